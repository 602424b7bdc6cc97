"""The command line. Records go to stdout, people's words to stderr; errors are caught in `program` and nowhere else."""

from __future__ import annotations

from .program import main

__all__ = ["main"]
