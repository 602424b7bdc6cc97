"""A server on this machine that speaks the wire of language models: a test says what it answers to each request."""

from __future__ import annotations

import contextlib
import http.server
import json
import re
import threading
import time
from collections.abc import Callable
from typing import Any

Answer = tuple[int, dict[str, str], bytes]
Asked = dict[str, Any]


def completion(content: object, *, finish: str = "stop", usage: bool = True) -> Answer:
    """An answer as a server wraps it."""
    text = content if isinstance(content, str) else json.dumps(content)
    body: dict[str, Any] = {"choices": [{"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": finish}]}
    if usage:
        body["usage"] = {"prompt_tokens": 1000, "completion_tokens": 100, "total_tokens": 1100}
    return 200, {}, json.dumps(body).encode()


def sentences(asked: Asked) -> dict[int, str]:
    """The sentences that a request shows."""
    return {int(n): text for n, text in re.findall(r"^\[(\d+)\] (.*)$", asked["messages"][1]["content"], re.M)}


def stage(asked: Asked) -> str:
    """The stage that a request is of."""
    return "attributions" if '"attributions"' in asked["messages"][0]["content"] else "events"


class Server:
    """`answer` is given the body of a request and its number and says what comes back; `asked` keeps the bodies."""

    def __init__(self, answer: Callable[[Asked, int], Answer]) -> None:
        self.answer = answer
        self.asked: list[Asked] = []
        self.headers: list[dict[str, str]] = []
        self.drip = 0.0
        server = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                server.asked.append(body)
                server.headers.append({**dict(self.headers), "path": self.path})
                status, headers, data = server.answer(body, len(server.asked))
                self.send_response(status)
                for name, value in {"Content-Length": str(len(data)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                if not server.drip:
                    self.wfile.write(data)
                    return
                for i in range(len(data)):
                    self.wfile.write(data[i : i + 1])
                    self.wfile.flush()
                    time.sleep(server.drip)

            def log_message(self, *_: Any) -> None:
                pass

            def handle(self) -> None:
                with contextlib.suppress(OSError):  # whoever asked has gone away
                    super().handle()

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/v1"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
