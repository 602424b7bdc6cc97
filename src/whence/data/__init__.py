"""Lexicons, ontology and role tables as TOML and TSV, with a loader that checks them."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from whence.errors import ResourceError


def path_of(name: str) -> Path:
    """The bundled file or folder `name` ("lexicon/roles.toml"). ResourceError where it is missing."""
    path = Path(str(files("whence.data"))) / name
    if not path.exists():
        raise ResourceError(f"{name}: is missing from the installed package; install whence again")
    return path


@functools.cache
def toml(name: str) -> dict[str, Any]:
    """A bundled TOML file. ResourceError where it is missing or broken."""
    try:
        return tomllib.loads(path_of(name).read_text(encoding="utf8"))
    except tomllib.TOMLDecodeError as error:
        raise ResourceError(f"{name}: is broken ({error}); install whence again") from error


def rows(name: str, columns: Sequence[str]) -> list[dict[str, str]]:
    """The rows of a bundled TSV file by column; "#" begins a comment line. ResourceError names a row that is short."""
    found: list[dict[str, str]] = []
    header: list[str] | None = None
    for number, line in enumerate(path_of(name).read_text(encoding="utf8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [c.strip() for c in line.split("\t")]
        if header is None:
            header = cells
            if list(columns) != header:
                raise ResourceError(f"{name}: columns are {header}, expected {list(columns)}")
            continue
        if len(cells) > len(header):
            raise ResourceError(f"{name}, line {number}: {len(cells)} cells for {len(header)} columns")
        cells += [""] * (len(header) - len(cells))
        found.append(dict(zip(header, cells, strict=True)))
    return found
