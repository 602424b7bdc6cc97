"""How often somebody may ask: counted in memory, by who they are or from where they come."""

from __future__ import annotations

import threading
import time
from collections import deque

MOST = 10_000
"""Keys that are remembered; beyond it the oldest are forgotten, for many addresses must not fill the memory."""


class Limits:
    """At most so many times within so many seconds for each key."""

    def __init__(self) -> None:
        self._seen: dict[str, deque[float]] = {}
        self._lock = threading.Lock()

    def take(self, key: str, *, most: int, seconds: float) -> float:
        """Count one; 0 where it is allowed, else the seconds to wait."""
        now = time.monotonic()
        with self._lock:
            times = self._seen.pop(key, None) or deque()
            self._seen[key] = times  # the last one used stands last
            while len(self._seen) > MOST:
                del self._seen[next(iter(self._seen))]
            while times and times[0] <= now - seconds:
                times.popleft()
            if len(times) >= most:
                return times[0] + seconds - now
            times.append(now)
        return 0.0
