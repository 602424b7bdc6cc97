"""Every test of the store runs on both engines; on PostgreSQL it skips where there is no server and no binaries.

`WHENCE_TEST_POSTGRESQL` names a server by its DSN (a user who may create databases); else one is started from Debian's binaries.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from whence.store import Store

ENGINES = ("sqlite", "postgresql")


def _binaries() -> Path | None:
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name) if p.parent.name.isdigit() else 0)
    found = [f for f in folders if (f / "initdb").is_file() and int(f.parent.name) >= 15]
    named = shutil.which("initdb")
    return found[-1] if found else Path(named).parent if named else None


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The DSN of a PostgreSQL server, up to the name of the database."""
    named = os.environ.get("WHENCE_TEST_POSTGRESQL")
    if named:
        yield named
        return
    pytest.importorskip("psycopg", reason="psycopg is not installed: no tests on PostgreSQL")
    binaries = _binaries()
    if binaries is None:
        pytest.skip("no server binaries of PostgreSQL 15 or newer (Debian: apt-get install postgresql), and no WHENCE_TEST_POSTGRESQL")
    as_root = os.geteuid() == 0
    if as_root and shutil.which("runuser") is None:
        pytest.skip("PostgreSQL does not start as root, and there is no runuser")
    user = ["runuser", "-u", "postgres", "--"] if as_root else []
    folder = Path(tempfile.mkdtemp(prefix="whence-pg-"))
    if as_root:
        shutil.chown(folder, "postgres", "postgres")
    folder.chmod(0o755)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def call(*words: str) -> None:
        subprocess.run([*user, *words], check=True, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    data = str(folder / "data")
    call(str(binaries / "initdb"), "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8")
    options = f"-p {port} -k {folder} -c listen_addresses='' -c fsync=off"
    call(str(binaries / "pg_ctl"), "-D", data, "-w", "-l", str(folder / "log"), "-o", options, "start")
    try:
        yield f"postgresql://postgres@/{{name}}?host={folder}&port={port}"
    finally:
        call(str(binaries / "pg_ctl"), "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[object]:
    """A function that gives the place of a new store on the engine of the test."""
    kind = request.param if hasattr(request, "param") else "sqlite"
    made: list[str] = []

    def place() -> str:
        name = f"t{uuid.uuid4().hex[:12]}"
        if kind == "sqlite":
            return str(tmp_path / f"{name}.sqlite")
        import psycopg

        server: str = request.getfixturevalue("server")
        with psycopg.connect(server.format(name="postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')  # type: ignore[arg-type]
        made.append(name)
        return server.format(name=name)

    yield place
    if made:
        import psycopg

        with psycopg.connect(request.getfixturevalue("server").format(name="postgres"), autocommit=True) as connection:
            for name in made:
                connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')  # type: ignore[arg-type]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if {"fresh", "place", "store"} & set(metafunc.fixturenames):
        metafunc.parametrize("fresh", ENGINES, indirect=True)


@pytest.fixture
def place(fresh: object) -> str:
    """The place of a new store."""
    return fresh()  # type: ignore[operator, no-any-return]


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    """A new store."""
    with Store(place) as opened:
        yield opened
