"""The thread that links what is added and judged, so that pages show incidents across documents without anybody's asking for it."""

from __future__ import annotations

import logging
import threading

from whence.errors import WhenceError
from whence.overview import current, refresh
from whence.store import Store

log = logging.getLogger(__name__)

LOOKS = 2.0
"""Seconds after which it looks again whether something came in, by the inbox or by a command on another terminal."""
PATIENCE = 3.0
"""Seconds for which a page waits after a judgement until incidents are up to date; beyond it, the page says that they are not yet."""


class Settler:
    """Keeps links, clusters and rows of incidents up to what the store holds, in a thread of its own."""

    def __init__(self, store: Store, *, linked: bool = True) -> None:
        """Without `linked`, rows are made from the clusters that are there, and no reports are compared."""
        self._store = store
        self._linked = linked
        self._wake = threading.Event()
        self._done = threading.Condition()
        self._closed = False
        self.doing = ""
        self.problem: str | None = None
        self._thread = threading.Thread(target=self._run, name="whence-linking", daemon=True)
        self._thread.start()

    @property
    def settled(self) -> bool:
        """Whether incidents are made from all that is kept and judged."""
        return current(self._store)

    def settle(self, patience: float = PATIENCE) -> bool:
        """Begin at once, and wait for the end of it; False where it takes longer."""
        self._wake.set()
        with self._done:
            return self._done.wait_for(lambda: self._closed or self.problem is not None or self.settled, timeout=patience)

    def close(self) -> None:
        """End it; what is being written is written."""
        self._closed = True
        self._wake.set()
        self._thread.join(timeout=30)

    def _run(self) -> None:
        while not self._closed:
            try:
                if not self.settled:
                    refresh(self._store, linked=self._linked, progress=self._tell)
                self.problem = None
            except WhenceError as error:
                if not self._closed:
                    log.warning("incidents could not be linked: %s", error)
                self.problem = str(error)
            except Exception as error:  # the pages must not die with it; they say that incidents are behind
                log.error("linking failed", exc_info=error)
                self.problem = f"{type(error).__name__}: {error}"
            self.doing = ""
            with self._done:
                self._done.notify_all()
            self._wake.wait(LOOKS)
            self._wake.clear()

    def _tell(self, what: str, done: int, of: int) -> None:
        if self._closed:
            raise WhenceError("the site is being closed")
        self.doing = f"{what}, {done:,} of {of:,}"
