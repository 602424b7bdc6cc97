"""Reading and linking on Spark: the same engine and the same comparisons, on as many cores as there are.

No Spark type is used anywhere else. `working` runs in the workers and knows nothing of Spark either.
"""

from __future__ import annotations

from .linking import link
from .reading import Done, read
from .session import session

__all__ = ["Done", "link", "read", "session"]
