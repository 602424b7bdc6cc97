"""A real site with its real reading process, and a real browser before it; skipped where there is no Chromium.

`WHENCE_CHROMIUM` names the browser, else Debian's is taken. `WHENCE_SCREENSHOTS=folder` keeps pictures of the pages there.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytest.importorskip("litestar", reason="the review site wants the extra web")
playwright = pytest.importorskip("playwright.sync_api", reason="the tests in a browser want playwright")

CHROMIUM = os.environ.get("WHENCE_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
# WebGL in software, for the map.
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        pytest.skip("no Chromium (Debian: apt-get install chromium; elsewhere name it in WHENCE_CHROMIUM)")
    with playwright.sync_playwright() as playing:
        opened = playing.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where `whence serve` listens, over a store that begins empty."""
    place = tmp_path_factory.mktemp("site") / "kept.sqlite"
    command = [sys.executable, "-m", "whence", "serve", "--port", "0", "--who", "Nadia", "--store", str(place)]
    serving = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert serving.stderr is not None
    line = serving.stderr.readline()
    found = re.search(r"http://[\d.:]+", line)
    assert found, line
    yield found[0]
    serving.terminate()
    assert serving.wait(timeout=20) is not None


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that fails its test where anything on it fails: scripts, what the policy refuses, what is missing."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    opened = context.new_page()
    problems: list[str] = []
    opened.on("console", lambda m: problems.append(m.text) if m.type in ("error", "warning") and "GPU stall" not in m.text else None)
    opened.on("pageerror", lambda e: problems.append(str(e)))
    opened.on("requestfailed", lambda r: problems.append(f"{r.url}: {r.failure}") if "ERR_ABORTED" not in str(r.failure) else None)
    yield opened
    context.close()
    assert problems == []


@pytest.fixture(scope="session")
def picture() -> Callable[[Page, str], None]:
    """Keeps a picture of a page, where a folder for them is named."""
    folder = os.environ.get("WHENCE_SCREENSHOTS")

    def take(page: Page, name: str) -> None:
        if folder:
            page.screenshot(path=Path(folder) / f"{name}.png")

    return take
