"""Documentation is a promise: its commands exist, and every reader, setting, error and record is told of."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import click
import pytest

from whence import errors
from whence.cli import main
from whence.cli.exporting import FORMATS
from whence.config import Settings, flattened, load_settings
from whence.readers import BUILT_IN
from whence.records import Reading

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf8")
DOCS = {p.name: p.read_text(encoding="utf8") for p in (ROOT / "docs").glob("*.md")}


def commands(text: str) -> list[list[str]]:
    """The `whence ...` commands of the indented blocks of a page."""
    return [re.split(r"\s{2,}", row.strip())[0].split() for row in text.splitlines() if re.match(r" {4}whence \w", row)]


@pytest.mark.parametrize("words", commands(README + (ROOT / "CONTRIBUTING.md").read_text(encoding="utf8")), ids=" ".join)
def test_the_commands_of_the_readme_exist(words: list[str]) -> None:
    group: click.Command = main
    rest = words[1:]
    while isinstance(group, click.Group) and rest and rest[0] in group.commands:
        group = group.commands[rest.pop(0)]
    assert not isinstance(group, click.Group), f"{' '.join(words)}: no such command"
    options = {o for p in group.params for o in p.opts}
    assert {w for w in rest if w.startswith("--")} <= options


def test_every_command_is_in_the_readme() -> None:
    for name in main.commands:
        assert f"whence {name}" in README


@pytest.mark.parametrize("target", ["demo", "test"])
def test_the_two_commands_come_first_and_are_targets(target: str) -> None:
    assert f"make {target}" in README.split("##")[0]
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf8"), re.M)


def test_every_reader_is_described() -> None:
    for reader in BUILT_IN:
        assert f"| `{reader.name}` |" in DOCS["readers.md"]
        assert len((reader.__doc__ or "").split()) > 15, f"{reader.name}: its docstring says too little"
        assert re.search(r"missed", reader.__doc__ or "", re.I), f"{reader.name}: does not say what it misses"


def test_every_setting_is_described_with_its_default(tmp_path: Path) -> None:
    for name, _ in flattened(Settings()):
        assert f"`{name}`" in DOCS["settings.md"]
    example = re.search(r"```toml\n(.*?)```", DOCS["settings.md"], re.S)
    assert example
    file = tmp_path / "whence.toml"
    file.write_text(example[1], encoding="utf8")
    assert load_settings(file)[0] == Settings()
    told = tomllib.loads(example[1])
    names = {k if not isinstance(v, dict) else f"{k}.{n}" for k, v in told.items() for n in (v if isinstance(v, dict) else [k])}
    assert names == {name for name, _ in flattened(Settings())}


def test_every_error_is_described() -> None:
    for name, kind in vars(errors).items():
        if isinstance(kind, type) and issubclass(kind, errors.WhenceError):
            assert name in DOCS["reading.md"]
            assert name in (errors.__doc__ or "")


def test_every_record_kind_is_described() -> None:
    for field in Reading.__struct_fields__:
        assert f"`{field}`" in DOCS["reading.md"]


def test_every_code_of_intake_is_described() -> None:
    codes = set()
    for path in [*(ROOT / "src/whence/intake").glob("*.py"), ROOT / "src/whence/pipeline.py"]:
        codes |= set(re.findall(r'\bcode="(\w+)"', path.read_text(encoding="utf8")))
    assert codes
    for code in codes:
        assert f"`{code}`" in DOCS["reading.md"]


def test_every_format_is_described() -> None:
    for name in FORMATS:
        assert f"`{name}`" in DOCS["exports.md"]


def test_pages_that_are_pointed_at_exist() -> None:
    for page in (README, *DOCS.values()):
        for name in re.findall(r"`((?:docs|src|tests|training|benchmarks)/[\w/.-]+)`", page):
            assert (ROOT / name).exists(), name


def test_the_licence_is_whole() -> None:
    licence = (ROOT / "LICENSE").read_text(encoding="utf8")
    assert "Apache License" in licence
    assert "END OF TERMS AND CONDITIONS" in licence
    assert "GeoNames" in (ROOT / "NOTICE").read_text(encoding="utf8")


def test_no_file_is_too_long_or_a_catch_all() -> None:
    for path in (ROOT / "src").rglob("*.py"):
        assert len(path.read_text(encoding="utf8").splitlines()) <= 500, path
        assert path.stem not in ("utils", "helpers", "common", "misc"), path
