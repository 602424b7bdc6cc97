"""What is kept of many documents: SQLite by default, PostgreSQL by its DSN, one class for both."""

from __future__ import annotations

from .captures import Capture, captured
from .finding import KEYS, Filter, Hit, Listed
from .judging import GRADES
from .listing import KeptReading, Outlet
from .projecting import CORRECTABLE, projected, totals
from .store import Store, migrate
from .verifying import Problem
from .writing import Item, Kept

__all__ = [
    "CORRECTABLE",
    "GRADES",
    "KEYS",
    "Capture",
    "Filter",
    "Hit",
    "Item",
    "Kept",
    "KeptReading",
    "Listed",
    "Outlet",
    "Problem",
    "Store",
    "captured",
    "migrate",
    "projected",
    "totals",
]
