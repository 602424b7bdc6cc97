"""The learned weights: data/places/weights.toml, made by training/toponyms.py."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files

from whence.errors import ResourceError

TABLES = ("detection", "resolution")


def load() -> dict[str, Mapping[str, float]]:
    """Weights by model and feature. ResourceError where the file is missing or not what it should be."""
    path = files("whence") / "data" / "places" / "weights.toml"
    try:
        content = tomllib.loads(path.read_text(encoding="utf8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ResourceError(f"the weights {path} cannot be read: {error}. Install Whence again.") from error
    for table in TABLES:
        if not isinstance(content.get(table), dict) or not all(isinstance(v, float) for v in content[table].values()):
            raise ResourceError(f"the weights {path} lack a table [{table}] of numbers. Install Whence again.")
    return {table: content[table] for table in TABLES}
