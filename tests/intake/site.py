"""A web site on this machine whose pages a test sets, with what was asked of it."""

from __future__ import annotations

import contextlib
import http.server
import threading
import time
from collections.abc import Callable
from typing import Any

Page = bytes | tuple[int, dict[str, str], bytes]
"""A body; or a status, headers and a body."""


class Site:
    """Pages by their paths; `asked` are (path, headers) of the requests. A page may be a function of the request's headers."""

    def __init__(self) -> None:
        self.pages: dict[str, Page | Callable[[Any], Page]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append((self.path, dict(self.headers)))
                found = site.pages.get(self.path, (404, {}, b"not found"))
                page = found(self.headers) if callable(found) else found
                status, headers, body = (200, {}, page) if isinstance(page, bytes) else page
                self.send_response(status)
                for name, value in {"Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                pass

            def handle(self) -> None:
                with contextlib.suppress(OSError):  # whoever asked has gone away
                    super().handle()

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def paths(self) -> list[str]:
        """What was asked for but robots.txt, in order; asking forgets it."""
        found = [path for path, _ in self.asked if path != "/robots.txt"]
        self.asked.clear()
        return found

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def slowly(seconds: float, page: Page) -> Callable[[Any], Page]:
    """A page that takes its time."""

    def answer(_: Any) -> Page:
        time.sleep(seconds)
        return page

    return answer
