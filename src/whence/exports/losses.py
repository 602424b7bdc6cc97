"""What a format cannot carry, counted field by field with examples, so that nothing is lost without a word."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import msgspec

from whence.records import Record

from .rows import Row

EXAMPLES = 5
"""Ids named for each loss."""


class Lost(Record):
    """What is lost of one row: which field, and what becomes of it. `row`: the whole row is left out."""

    field: str
    what: str
    row: bool = False


class Loss(Record):
    """One kind of loss over all rows."""

    field: str
    what: str
    rows: int
    examples: tuple[str, ...]


class LossReport(Record):
    """What a file does not say that was known. `written` and `left_out` count rows."""

    format: str
    rows: int
    written: int
    left_out: int
    losses: tuple[Loss, ...]


class Losses:
    """Losses as they are counted while rows go by; memory is bounded by the kinds of loss."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._rows = self._left_out = 0
        self._found: dict[tuple[str, str], tuple[int, list[str]]] = {}

    def take(self, row: Row, lost: Iterable[Lost]) -> bool:
        """Count the losses of a row; whether it can be written at all."""
        self._rows += 1
        stays = True
        for item in dict.fromkeys((one.field, one.what, one.row) for one in lost):
            field, what, whole = item
            stays = stays and not whole
            count, examples = self._found.get((field, what), (0, []))
            self._found[field, what] = (count + 1, examples if len(examples) >= EXAMPLES else [*examples, row.id])
        self._left_out += not stays
        return stays

    def through(self, rows: Iterable[Row], lost: Callable[[Row], Iterable[Lost]]) -> Iterator[Row]:
        """The rows that can be written, their losses counted as they go by."""
        for row in rows:
            if self.take(row, lost(row)):
                yield row

    def report(self) -> LossReport:
        """What was counted so far, the most frequent first."""
        found = sorted(self._found.items(), key=lambda item: (-item[1][0], item[0]))
        return LossReport(
            format=self._name,
            rows=self._rows,
            written=self._rows - self._left_out,
            left_out=self._left_out,
            losses=tuple(Loss(field=f, what=w, rows=n, examples=tuple(ids)) for (f, w), (n, ids) in found),
        )


FEATURES: dict[str, tuple[str, str, Callable[[Row], bool]]] = {
    "interval": ("when", "an interval of days became its first day", lambda r: r.earliest != r.latest),
    "range": ("killed", "a range of figures became one number", lambda r: any(f.low != f.high for f in r.figures if f.measure == "killed")),
    "measures": ("counts", "figures other than of the dead are not carried", lambda r: any(f.measure != "killed" for f in r.figures)),
    "owners": ("counts", "which group was counted is not carried", lambda r: any(c.of for c in r.counts)),
    "values": ("disputed", "differing values of reports are not carried", lambda r: any(len(f.told) > 1 for f in r.fields)),
    "denials": ("statements", "denials and doubts are not carried", lambda r: any(s.against for s in r.statements)),
    "origins": ("origins", "the number of independent origins is not carried", lambda r: len(r.origins) > 1),
    "chains": ("statements", "chains of sources are not carried", lambda r: any(len(s.chain) > 1 for s in r.statements)),
    "evidence": ("statements", "the words of the documents are not carried", lambda r: any(s.quotes for s in r.statements)),
    "status": ("status", "that it is only claimed, or going on, is not carried", lambda r: r.status != "happened"),
    "precision": (
        "place",
        "the radius of the place is not carried",
        lambda r: r.place is not None and r.place.precision_km is not None,
    ),
    "weapons": ("weapons", "weapons are not carried", lambda r: bool(r.weapons)),
    "credibility": ("credibility", "the grade of credibility is not carried", lambda r: True),
    "lineage": ("lineage", "who has it from whom is not carried", lambda r: bool(r.lineage)),
    "acled": ("type", "ACLED's type is not carried", lambda r: r.acled is not None),
    "plover": ("type", "PLOVER's type and mode are not carried", lambda r: True),
    "direction": ("actors", "who acted on whom is not told apart", lambda r: bool(r.actors and r.targets)),
    "actor types": ("actors", "the kinds of actors are not carried", lambda r: bool(r.actors or r.targets)),
    "papers": ("sources", "documents are not carried one by one", lambda r: len(r.papers) > 1),
}
"""What a row may hold: the field, what is said where a format drops it, and whether a row has it."""


def dropped(row: Row, carries: Iterable[str]) -> Iterator[Lost]:
    """The features that a row has and a format does not carry."""
    kept = set(carries)
    for name, (field, what, has) in FEATURES.items():
        if name not in kept and has(row):
            yield Lost(field=field, what=what)


def encoded(report: LossReport) -> bytes:
    """A report as indented JSON."""
    return msgspec.json.format(msgspec.json.encode(report), indent=2)
