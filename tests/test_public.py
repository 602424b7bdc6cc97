"""The public names, and what importing them costs."""

from __future__ import annotations

import datetime
import subprocess
import sys

import pytest

import whence
from whence._version import __version__
from whence.records import encode

TEXT = "Gunmen killed two policemen in the Syrian town of Jassim on Tuesday, residents told the Daily. The ministry denied it."


def test_exported_names_are_few_sorted_and_there() -> None:
    assert whence.__all__ == ["Reading", "Whence", "WhenceError", "__version__", "read"]
    assert list(whence.__all__) == sorted(whence.__all__)
    for name in whence.__all__:
        assert getattr(whence, name) is not None
        assert name in dir(whence)
    assert whence.__version__ == __version__
    with pytest.raises(AttributeError, match="nothing_of_this_name"):
        _ = whence.nothing_of_this_name


def test_importing_loads_neither_model_nor_network() -> None:
    code = (
        "import sys, whence, whence.cli; bad = {'spacy', 'thinc', 'numpy', 'trafilatura', 'rich.console'} & set(sys.modules); "
        "sys.exit(f'loaded: {bad}' if bad else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_read() -> None:
    reading = whence.read(TEXT, published=datetime.date(2022, 3, 21), publisher="The Daily", title="Two killed", id="mine")
    assert isinstance(reading, whence.Reading)
    assert reading.document.id == "mine"
    assert reading.document.title == "Two killed"
    assert reading.document.published == "2022-03-21"
    assert reading.document.text == TEXT
    again = whence.read(TEXT, published="2022-03-21", publisher="The Daily", title="Two killed", id="mine")
    assert encode(again) == encode(reading)


@pytest.mark.parametrize("text", ["", " \n", "\ufeff", "\ud800"])
def test_what_is_no_text_raises_our_own_error(text: str) -> None:
    with pytest.raises(whence.WhenceError):
        whence.read(text)


def test_a_false_date_raises_our_own_error() -> None:
    with pytest.raises(whence.WhenceError, match="YYYY-MM-DD"):
        whence.read(TEXT, published="yesterday")
