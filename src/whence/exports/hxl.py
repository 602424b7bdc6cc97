"""CSV with HXL tags (HXL 1.1): a heading, a row of hashtags, and an incident a row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from . import wording
from .cells import read_table, write_table
from .codes import country_name
from .losses import Lost, dropped
from .rows import Row

NAME, TITLE, SUFFIX = "hxl", "CSV with HXL hashtags", ".csv"
TAGGED = (
    ("id", "#meta+id"),
    ("earliest", "#date+start"),
    ("latest", "#date+end"),
    ("what", "#event+type"),
    ("status", "#event+status"),
    ("actors", "#group+name+first"),
    ("targets", "#group+name+second"),
    ("country_code", "#country+code+v_iso3"),
    ("country", "#country+name"),
    ("admin1", "#adm1+name"),
    ("place", "#loc+name"),
    ("latitude", "#geo+lat"),
    ("longitude", "#geo+lon"),
    ("precision_km", "#geo+precision+km"),
    *(
        (f"{m}_{end}", f"#affected+{m}+{tag}")
        for m in ("killed", "injured", "displaced")
        for end, tag in (("low", "min"), ("shown", "best"), ("high", "max"))
    ),
    ("disputed", "#meta+disputed"),
    ("origins", "#meta+source+num"),
    ("credibility", "#meta+credibility"),
    ("sources", "#meta+source"),
    ("addresses", "#meta+url"),
    ("description", "#description"),
)
COLUMNS = tuple(name for name, _ in TAGGED)
CARRIES = (
    "interval",
    "range",
    "direction",
    "precision",
    "status",
    "origins",
    "credibility",
    "values",
    "papers",
    "evidence",
    "chains",
    "denials",
    "weapons",
)
TAGS = frozenset("#meta #date #event #group #country #adm1 #loc #geo #affected #description".split())
"""Hashtags of the core schema that stand in the heading."""
_TAG = re.compile(r"#[a-z][a-z0-9_]*(\+[a-z][a-z0-9_]*)*")


def lost(row: Row) -> Iterator[Lost]:
    """What the columns do not say; words, chains and differing values stand in the description."""
    yield from dropped(row, CARRIES)
    if any(f.measure not in ("killed", "injured", "displaced") for f in row.figures):
        yield Lost(field="counts", what="figures other than of killed, injured and displaced stand in the description")


def cells(row: Row) -> list[object]:
    """A row without heading and hashtags."""
    place = row.place
    figures: list[object] = []
    for measure in ("killed", "injured", "displaced"):
        f = row.figure(measure)
        figures += [f.low, f.best_low, f.high] if f else [None, None, None]
    described = [wording.summary(row), *(f"{wording.chain(s)} ({s.stance}): “{wording.words(s)}”." for s in row.statements)]
    differing = wording.differing(row)
    if differing:
        described.append(f"Told differently: {'; '.join(differing)}.")
    return [
        row.id,
        row.earliest,
        row.latest,
        wording.what(row),
        row.status,
        wording.parties(row.actors) or None,
        wording.parties(row.targets) or None,
        row.country,
        country_name(row.country),
        place.admin1 if place else None,
        place.name if place else None,
        place.latitude if place else None,
        place.longitude if place else None,
        place.precision_km if place else None,
        *figures,
        row.disputed,
        len(row.origins),
        row.credibility,
        "; ".join(dict.fromkeys(p.publisher for p in row.papers if p.publisher)) or None,
        " ".join(p.url for p in row.papers if p.url) or None,
        " ".join(dict.fromkeys(described)),
    ]


def write(rows: Iterable[Row], path: Path) -> None:
    """Heading, hashtags, rows."""

    def all_rows() -> Iterator[list[object]]:
        for row in rows:
            yield cells(row)

    # The row of hashtags begins with #, which is no formula, so it goes through the same guard.
    write_table(path, COLUMNS, _with_tags(all_rows()))


def _with_tags(rows: Iterable[list[object]]) -> Iterator[list[object]]:
    yield [tag for _, tag in TAGGED]
    yield from rows


def check(path: Path) -> list[str]:
    """Where a file breaks HXL: a row of hashtags that are well formed, of the core schema, each spec once; numbers where tags want them."""
    rows = read_table(path)
    first = next(rows, None)
    if first is None or not all(_TAG.fullmatch(v) for v in first[1].values() if v):
        return ["the second row is no row of hashtags"]
    tags = first[1]
    problems = [f"{t} is no hashtag of the core schema" for t in tags.values() if t.split("+")[0] not in TAGS]
    problems += [f"{t} is there twice" for t in sorted(set(tags.values())) if list(tags.values()).count(t) > 1]
    for line, row in rows:
        for name, value in row.items():
            tag = tags[name]
            if value and tag.startswith(("#affected", "#geo+l")) and not re.fullmatch(r"-?\d+(\.\d+)?", value):
                problems.append(f"line {line}: {tag} {value!r} is no number")
            if value and tag.startswith("#date") and not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
                problems.append(f"line {line}: {tag} {value!r} is no date")
    return problems
