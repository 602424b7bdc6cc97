"""`whence serve`: where it listens and where not, and what it says where it cannot."""

from __future__ import annotations

import builtins
import re
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from whence.cli import main
from whence.cli.serving import loopback


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["serve", *words], prog_name="whence")
    return result.exit_code, result.output


def test_any_other_address_demands_accounts_and_makes_an_admin_once(tmp_path: Path) -> None:
    pytest.importorskip("litestar")
    place = tmp_path / "kept.sqlite"
    command = [sys.executable, "-m", "whence", "serve", "--host", "0.0.0.0", "--port", "0", "--who", "Amna", "--store", str(place)]
    serving = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        assert serving.stderr is not None
        lines = [serving.stderr.readline() for _ in range(3)]
        link = re.search(r"become it, once: http://0\.0\.0\.0:(\d+)(/join/\S+)", "".join(lines))
        assert link, lines
        assert "travel unprotected" in "".join(lines)
        for path, word in (("/incidents", "Sign in"), (link[2], "Welcome, <bdi>Amna</bdi>")):
            asked = urllib.request.Request(f"http://127.0.0.1:{link[1]}{path}", headers={"accept": "text/html"})
            with urllib.request.urlopen(asked, timeout=20) as answer:
                assert word in answer.read().decode()
    finally:
        serving.terminate()
        assert serving.wait(timeout=30) is not None


def test_a_host_that_is_not_of_this_machine_is_told(tmp_path: Path) -> None:
    pytest.importorskip("litestar")
    code, told = run("--host", "192.0.2.7", "--store", str(tmp_path / "kept.sqlite"))
    assert code == 2
    assert "192.0.2.7" in told


def test_what_is_loopback() -> None:
    assert [loopback(h) for h in ("127.0.0.1", "127.8.8.8", "::1", "[::1]", "localhost", "10.0.0.1")] == [True] * 5 + [False]


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    pytest.importorskip("litestar")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        code, told = run("--port", str(taken.getsockname()[1]), "--store", str(tmp_path / "kept.sqlite"))
    assert code == 2
    assert "--port" in told


def test_the_way_out_is_told_where_the_packages_are_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    real = builtins.__import__

    def without(name: str, *given: Any, **named: Any) -> Any:
        if name == "uvicorn":
            raise ImportError("No module named 'uvicorn'")
        return real(name, *given, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    code, told = run("--store", str(tmp_path / "kept.sqlite"))
    assert code == 2
    assert "pip install 'whence[web]'" in told


def test_it_begins_a_store_answers_and_ends(tmp_path: Path) -> None:
    pytest.importorskip("litestar")
    place = tmp_path / "folder" / "kept.sqlite"
    command = [sys.executable, "-m", "whence", "serve", "--port", "0", "--who", "Nadia", "--store", str(place)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as serving:
        assert serving.stderr is not None
        found = re.search(r"http://127\.0\.0\.1:\d+/", serving.stderr.readline())
        assert found
        with urllib.request.urlopen(found[0], timeout=30) as answer:
            assert "Nadia" in answer.read().decode()
            assert answer.url.endswith("/inbox")
        serving.terminate()
        rest = serving.stderr.read()
        assert "Traceback" not in rest
    assert place.exists()
