"""What is kept of many documents: SQLite by default, PostgreSQL by its DSN, one class for both."""

from __future__ import annotations

from .captures import Capture, captured
from .coding import CODED, Assignment, Coding, Codings
from .finding import KEYS, Filter, Hit, Listed
from .judging import GRADES
from .listing import KeptReading, Outlet
from .overviews import ActorRow, Cell, Overviews, Row, Standing
from .people import People
from .projecting import CORRECTABLE, projected, totals
from .protecting import Look, Protection
from .store import Store, migrate
from .verifying import Problem
from .writing import Item, Kept

__all__ = [
    "CODED",
    "CORRECTABLE",
    "GRADES",
    "KEYS",
    "ActorRow",
    "Assignment",
    "Capture",
    "Cell",
    "Coding",
    "Codings",
    "Filter",
    "Hit",
    "Item",
    "Kept",
    "KeptReading",
    "Listed",
    "Look",
    "Outlet",
    "Overviews",
    "People",
    "Problem",
    "Protection",
    "Row",
    "Standing",
    "Store",
    "captured",
    "migrate",
    "projected",
    "totals",
]
