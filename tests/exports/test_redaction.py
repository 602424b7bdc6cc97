"""Whoever is withheld is named in no format, wherever the name stands."""

from __future__ import annotations

import zipfile
from pathlib import Path

import msgspec
import pytest

from whence.errors import ConfigError
from whence.exports import MODULES, Redaction, export, format_of
from whence.exports.redaction import redaction_of
from whence.exports.rows import Quote, Row

from .made import POST, grade, party, row

NAME = "Hala Najm"


def named() -> Row:
    """A row in which the name stands wherever a text can."""
    base = row(grades=(msgspec.structs.replace(grade(), why=f"{NAME} said so"),))
    said = f"the surgeon, Hala\nNajm, told of {NAME.upper()}"
    told = msgspec.structs.replace(
        base.statements[0], chain=(party(NAME, "person"), POST), quotes=(Quote(start=3, end=45, text=said, prefix=f"{NAME} "),)
    )
    papers = (msgspec.structs.replace(base.papers[0], title=f"{NAME} speaks"), base.papers[1])
    origin = msgspec.structs.replace(base.origins[0], key=f"holder:{NAME.lower()}", name=NAME)
    return msgspec.structs.replace(base, targets=(party(NAME, "person"),), statements=(told,), papers=papers, origins=(origin,))


@pytest.mark.parametrize("name", list(MODULES))
def test_a_withheld_name_is_in_no_format(name: str, tmp_path: Path) -> None:
    withheld = Redaction({NAME: "a surgeon"}).row(named())
    path = tmp_path / f"out{format_of(name).SUFFIX}"
    export(name, [withheld], path)
    data = [path.read_bytes()]
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as file:
            data = [file.read(n) for n in file.namelist()]
    for part in data:
        for form in (NAME, NAME.lower(), NAME.upper(), "Hala\nNajm"):
            assert form.encode() not in part
    if name != "ucdp":  # one-sided violence has civilians as its side b
        assert format_of(name).check(path) == []


def test_redacted_words_are_marked_and_ids_stay() -> None:
    before, after = named(), Redaction({NAME: ""}).row(named())
    assert after.statements[0].quotes[0].redacted
    assert "[name withheld]" in after.statements[0].quotes[0].text
    assert (after.id, after.papers[0].sha256) == (before.id, before.papers[0].sha256)
    assert Redaction().row(before) is before


def test_names_are_whole_words_and_the_longest_goes_first() -> None:
    redaction = Redaction({"Hala": "a witness", "Hala Najm": "a surgeon"})
    assert redaction.text("Hala Najm met Hala in Halaib; hala  najm") == "a surgeon met a witness in Halaib; a surgeon"


def test_a_list_of_names_is_read_and_what_is_none_is_said() -> None:
    assert (
        redaction_of("# who\nHala Najm\ta surgeon\n\nOmar Said\n", name="names").text("Omar Said, Hala Najm")
        == "[name withheld], a surgeon"
    )
    with pytest.raises(ConfigError, match="names, line 2"):
        redaction_of("a\nb\tc\td\n", name="names")
