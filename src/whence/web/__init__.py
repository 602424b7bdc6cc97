"""The review site: pages, tables and maps over the store, on loopback, for one person. `whence serve` starts it.

The language model is not loaded with it: what is added is read in a process of its own (see `inbox`).
"""

from __future__ import annotations

from .application import application
from .inbox import Inbox
from .site import Site

__all__ = ["Inbox", "Site", "application"]
