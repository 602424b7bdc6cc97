"""The brief: what a person reads first. What it tells, and what it refuses to tell, leads back to the words."""

from __future__ import annotations

from .page import print_brief

__all__ = ["print_brief"]
