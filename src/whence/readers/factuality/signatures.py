"""Signatures: what a word with a clausal or eventive complement says of whether the complement is so.

Nairn, Condoravdi & Karttunen (2006) and Karttunen (2012) for implicatives; Saurí & Pustejovsky (2012, FactBank) for the
classes of source-introducing words; White & Rawlins (2018, MegaVeridicality) for the grades between. The entries are
ours: lexicon/signatures.tsv; docs/factuality.md tells the classes.
"""

from __future__ import annotations

import functools
from typing import Literal, NamedTuple, cast

from whence.data import rows
from whence.data.inflection import index
from whence.errors import ResourceError

Part = Literal["V", "N", "A"]
Frame = Literal["that", "to", "ing", "obj", "of"]
PARTS = ("V", "N", "A")
FRAMES = ("that", "to", "ing", "obj", "of")
GRADES: dict[str, float] = {"+": 3.0, "p": 1.5, "o": 0.0, "n": -1.5, "-": -3.0}
"""Grades on the scale of commitment: so, probably so, open, probably not so, not so."""


class Signature(NamedTuple):
    """What follows of the complement when the word is affirmed and when it is denied, each in [-3, 3]."""

    lemma: str
    part: Part
    frame: Frame
    positive: float
    negative: float
    kind: str

    @property
    def factive(self) -> bool:
        """Whether the complement is taken for so however the word itself stands."""
        return self.positive == self.negative == GRADES["+"]


class SignatureLexicon:
    """Signatures by lemma, part and frame. ResourceError where a row of the table is none."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, str, str], Signature] = {}
        for row in rows("lexicon/signatures.tsv", ("lemma", "part", "frame", "positive", "negative", "class")):
            grades = row["positive"], row["negative"]
            if row["part"] not in PARTS or row["frame"] not in FRAMES or not all(g in GRADES for g in grades):
                raise ResourceError(f"lexicon/signatures.tsv: {' '.join(row.values())!r} is no signature; install whence again")
            self._rows[row["lemma"], row["part"], row["frame"]] = Signature(
                row["lemma"], cast("Part", row["part"]), cast("Frame", row["frame"]), GRADES[grades[0]], GRADES[grades[1]], row["class"]
            )
        self.verbs = {lemma for lemma, part, _ in self._rows if part == "V"}
        self._forms = index(sorted(self.verbs))

    def __len__(self) -> int:
        return len(self._rows)

    def lemmas(self) -> frozenset[str]:
        """All lemmas of the table."""
        return frozenset(lemma for lemma, _, _ in self._rows)

    def of(self, lemma: str, form: str, part: Part, frame: Frame) -> Signature | None:
        """The signature of a word in a frame; by its form where the lemma is none of the table's."""
        found = self._rows.get((lemma, part, frame))
        if found is None and part == "V" and lemma not in self.verbs:
            found = self._rows.get((self._forms.get(form, lemma), part, frame))
        return found


@functools.cache
def signatures() -> SignatureLexicon:
    """The table, loaded once."""
    return SignatureLexicon()
