"""The documentation builds without a warning, its commands exist, and the tutorial runs as it is written."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from whence.cli import main
from whence.cli.reading import prepare
from whence.config import Settings

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = {str(p.relative_to(DOCS)): p.read_text(encoding="utf8") for p in sorted(DOCS.rglob("*.md")) if "generated" not in p.parts}
TUTORIAL = PAGES["tutorial.md"]


def commands() -> list[tuple[str, list[str]]]:
    """Every `whence ...` of the pages' blocks, with its page."""
    found = []
    for page, text in PAGES.items():
        fenced = "\n".join(re.findall(r"```(?:sh|console)\n(.*?)```", text, re.S))
        rows = [row for row in text.splitlines() if re.match(r" {4}whence \w", row)]
        rows += [row for row in fenced.splitlines() if row.startswith("whence ")]
        for row in rows:
            for part in re.split(r"\s[|>]\s", re.split(r"\s{2,}#?", row.strip())[0]):
                if part.startswith("whence "):
                    found.append((page, re.sub(r'"[^"]*"', "TEXT", part).split()))
    return found


@pytest.mark.parametrize(("page", "words"), commands(), ids=lambda x: " ".join(x) if isinstance(x, list) else x)
def test_the_commands_of_the_pages_exist(page: str, words: list[str]) -> None:
    group: click.Command = main
    rest = words[1:]
    while isinstance(group, click.Group) and rest and rest[0] in group.commands:
        group = group.commands[rest.pop(0)]
    assert not isinstance(group, click.Group), f"{page}: {' '.join(words)}: no such command"
    options = {o for p in group.params for o in (*p.opts, *p.secondary_opts)} | {"--help"}
    assert {w for w in rest if w.startswith("--")} <= options, page


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_points_at_exists(page: str) -> None:
    for name in re.findall(r"`((?:docs|src|tests|training|benchmarks|corpus)/[\w/.-]+)`", PAGES[page]):
        assert (ROOT / name).exists(), name


def test_every_page_stands_in_the_contents() -> None:
    contents = PAGES["index.md"]
    for page in PAGES:
        if page != "index.md":
            assert re.search(rf"^{re.escape(page.removesuffix('.md'))}$", contents, re.M), page


def test_the_tutorial_runs(tmp_path: Path) -> None:
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("bash is not there")
    prepare(Settings())
    tools = tmp_path / "bin"
    tools.mkdir()
    for name, words in (("whence", "-m whence "), ("python", "")):
        tool = tools / name
        tool.write_text(f'#!/bin/sh\nexec "{sys.executable}" {words}"$@"\n')
        tool.chmod(0o755)
    blocks = re.findall(r"```sh\n(.*?)```", TUTORIAL, re.S)
    assert len(blocks) >= 6
    work = tmp_path / "work"
    work.mkdir()
    environment = {k: v for k, v in os.environ.items() if k not in ("WHENCE_STORE", "WHENCE_CONFIG")}
    environment |= {"PATH": f"{tools}:{environment.get('PATH', '')}", "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(
        [bash, "-euo", "pipefail", "-c", "\n".join(blocks)],
        cwd=work,
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
    assert "INCIDENTS  1" in done.stdout
    assert "Dārat ‘Izzah" in done.stdout
    assert "#date" in (work / "october.csv").read_text(encoding="utf8")
    assert (work / "october.geojson").stat().st_size > 500
    assert (work / "lost.json").exists()


def test_the_pages_build_without_a_warning(tmp_path: Path) -> None:
    for module in ("sphinx", "myst_parser", "furo", "sphinx_click"):
        pytest.importorskip(module, reason="the extra docs is not installed")
    words = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html", str(DOCS), str(tmp_path / "html")]
    done = subprocess.run(words, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    for page in ("index", "tutorial", "reference/commands", "reference/api", "reference/generated/schema", "explanation/ethics"):
        assert (tmp_path / f"html/{page}.html").stat().st_size > 5000
    assert "whence-cluster-read" in (tmp_path / "html/reference/commands.html").read_text(encoding="utf8")
