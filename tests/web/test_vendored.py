"""What is bundled: from which versions, unchanged, and small."""

from __future__ import annotations

import hashlib
import json
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
VENDOR = ROOT / "src/whence/web/static/vendor"


def test_bundled_files_are_those_of_the_pinned_versions() -> None:
    pinned = json.loads((ROOT / "frontend/package.json").read_text(encoding="utf8"))["dependencies"]
    listed = json.loads((VENDOR / "vendored.json").read_text(encoding="utf8"))
    for entry in listed:
        assert pinned[entry["package"]] == entry["version"]
        assert hashlib.sha256((VENDOR / entry["file"]).read_bytes()).hexdigest() == entry["sha256"], entry["file"]
        assert (VENDOR / f"{entry['package']}.LICENSE.txt").is_file()
    there = {p.name for p in VENDOR.iterdir() if p.name != "vendored.json" and not p.name.endswith(".LICENSE.txt")}
    assert there == {entry["file"] for entry in listed}


def test_bundled_files_are_lean() -> None:
    assert sum(p.stat().st_size for p in (ROOT / "src/whence/web/static").rglob("*") if p.is_file()) < 3_000_000


def test_the_wheel_takes_the_whole_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf8"))
    assert project["tool"]["hatch"]["build"]["targets"]["wheel"] == {"packages": ["src/whence"]}
