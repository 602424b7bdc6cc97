"""`whence watch` as a program: what is kept, said and remembered, and what a kill in the middle costs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.intake import made
from tests.intake.site import Site

from whence.cli import main
from whence.store import Store

TEXT = "Gunmen killed two policemen in the Syrian town of {place} on Tuesday, three residents told the Courier by telephone."
PLACES = "Nawa Tafas Dael Inkhil Jassim Nasib Busra Izra Sanamayn Harra Muzayrib Hirak".split()


@pytest.fixture
def site() -> Iterator[Site]:
    found = Site()
    yield found
    found.close()


@pytest.fixture
def config(tmp_path: Path) -> Path:
    file = tmp_path / "whence.toml"
    file.write_text("[intake]\nprivate_addresses = true\ndelay = 0.0\ntimeout = 5.0\n")
    return file


def fill(site: Site) -> str:
    for place in PLACES:
        site.pages[f"/{place}"] = made.page(f"Two killed in {place}", TEXT.format(place=place))
    site.pages["/feed"] = made.rss([(f"{site.address}/{p}", f"Two killed in {p}", "") for p in PLACES])
    return f"{site.address}/feed"


def watch(tmp_path: Path, config: Path, *words: str) -> list[str]:
    return ["watch", "--store", str(tmp_path / "kept.sqlite"), "--config", str(config), *words]


def addresses(tmp_path: Path) -> list[str]:
    with Store(tmp_path / "kept.sqlite") as store:
        return [document.url or "" for document in store.documents()]


def test_a_round_keeps_what_is_new_and_tells_of_it(tmp_path: Path, site: Site, config: Path) -> None:
    feed = fill(site)
    site.pages["/bad"] = (500, {}, b"")
    ran = CliRunner().invoke(main, watch(tmp_path, config, "--once", f"{site.address}/bad", feed))
    assert ran.exit_code == 3, ran.output
    assert "answered 500" in ran.stderr
    assert "12 added" in ran.stderr
    assert ran.stdout.count("added") == 12
    assert sorted(addresses(tmp_path)) == sorted(f"{site.address}/{p}" for p in PLACES)
    assert (tmp_path / "kept.sqlite.watch").exists()
    site.paths()
    ran = CliRunner().invoke(main, watch(tmp_path, config, "--once", feed))
    assert ran.exit_code == 0, ran.output
    assert "nothing new" in ran.stderr
    assert site.paths() == ["/feed"]


@pytest.mark.parametrize(("word", "code"), [("nowhere.opml", 1), ("http://user:x@a.example/", 3)])
def test_what_cannot_be_followed(tmp_path: Path, config: Path, word: str, code: int) -> None:
    ran = CliRunner().invoke(main, watch(tmp_path, config, "--once", word))
    assert ran.exit_code == code, ran.output
    assert "whence: " in ran.stderr


def started(words: list[str], tmp_path: Path) -> subprocess.Popen[bytes]:
    log = (tmp_path / "log").open("ab")
    process = subprocess.Popen(
        [sys.executable, "-m", "whence", *words], stdout=log, stderr=log, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    )
    log.close()
    return process


def test_killed_in_the_middle_it_goes_on_where_it_was(tmp_path: Path, site: Site, config: Path) -> None:
    feed = fill(site)
    reached, go = threading.Event(), threading.Event()
    whole = site.pages[f"/{PLACES[9]}"]

    def held(_: object) -> bytes:
        reached.set()
        go.wait(60)
        return whole  # type: ignore[return-value]

    site.pages[f"/{PLACES[9]}"] = held
    words = watch(tmp_path, config, feed)
    process = started(words, tmp_path)
    assert reached.wait(60), (tmp_path / "log").read_text()
    time.sleep(0.3)
    process.kill()
    process.wait()
    first = addresses(tmp_path)
    assert len(first) == 8  # one batch is whole, and on disk
    site.pages[f"/{PLACES[9]}"] = whole
    go.set()
    site.paths()
    process = started(words, tmp_path)
    try:
        until = time.monotonic() + 60
        while len(addresses(tmp_path)) < 12 and time.monotonic() < until:
            time.sleep(0.2)
        assert sorted(addresses(tmp_path)) == sorted(f"{site.address}/{p}" for p in PLACES)
        assert not {f"/{p}" for p in PLACES[:8]} & set(site.paths())
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    said = (tmp_path / "log").read_text()
    assert "stopping" in said
    assert "Traceback" not in said
