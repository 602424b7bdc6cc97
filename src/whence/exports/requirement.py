"""Libraries that only some formats want; they are asked for when a format is, and not before."""

from __future__ import annotations

import importlib
from types import ModuleType

from whence.errors import RequirementError


def required(module: str, *, what: str) -> ModuleType:
    """A library. RequirementError says which extra brings it."""
    try:
        return importlib.import_module(module)
    except ImportError:
        name = module.split(".")[0]
        raise RequirementError(f"{what} wants the library {name}, which is not installed: pip install 'whence[export]'") from None
