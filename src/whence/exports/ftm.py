"""FollowTheMoney statements: a value a line, each with the document's outlet as its origin, for Aleph and OpenSanctions' tools."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from whence.records import Party

from . import wording
from .cells import flat, plain, read_table, unguarded, write_table
from .codes import countries, country
from .losses import Lost, dropped
from .rows import Paper, Row

NAME, TITLE, SUFFIX = "ftm", "FollowTheMoney statements", ".csv"
COLUMNS = tuple(
    "canonical_id entity_id prop prop_type schema value dataset lang original_value external first_seen last_seen origin id".split()
)
CARRIES = ("interval", "evidence", "chains", "values", "denials", "papers", "measures", "range", "acled", "plover", "weapons", "status")
DATASET = "whence"
SCHEMATA = {
    "person": "Person",
    "state": "PublicBody",
    "state_forces": "PublicBody",
    "armed_group": "Organization",
    "political_body": "Organization",
    "media": "Organization",
    "organization": "Organization",
}
"""Of the types of entities that the model knows as somebody; civilians, objects and the unnamed are not entered as one."""
_LEGAL = {"name": "name", "country": "country"}
PROPERTIES: dict[str, dict[str, str]] = {
    "Event": {
        "name": "name",
        "summary": "text",
        "description": "text",
        "notes": "text",
        "keywords": "string",
        "startDate": "date",
        "endDate": "date",
        "location": "address",
        "country": "country",
        "involved": "entity",
        "proof": "entity",
        "sourceUrl": "url",
        "publisher": "string",
        "recordId": "string",
    },
    "Article": {
        "title": "string",
        "fileName": "string",
        "publisher": "string",
        "publishedAt": "date",
        "sourceUrl": "url",
        "contentHash": "checksum",
        "language": "language",
    },
    "Person": _LEGAL,
    "PublicBody": _LEGAL,
    "Organization": _LEGAL,
}
"""The properties that are written, with their types in FollowTheMoney's model (4.x)."""
LANGUAGES = {
    "en": "eng",
    "ar": "ara",
    "fr": "fra",
    "es": "spa",
    "uk": "ukr",
    "ru": "rus",
    "de": "deu",
    "pt": "por",
    "fa": "fas",
    "tr": "tur",
}


def lost(row: Row) -> Iterator[Lost]:
    """What the model has no property for."""
    yield from dropped(row, CARRIES)
    if row.place is not None and row.place.latitude is not None:
        yield Lost(field="place", what="coordinates are not carried; the place stands as an address in words")
    sides = [*row.actors, *row.targets]
    if any(not _entered(p) for p in sides):
        yield Lost(field="actors", what="civilians and sides without a name stand in the summary only, for they are nobody in particular")
    if row.actors and row.targets:
        yield Lost(field="actors", what="actors and targets are both `involved`")


def _entered(one: Party) -> bool:
    return one.named and bool(one.name) and one.type in SCHEMATA


def entity_id(kind: str, key: str) -> str:
    """A stable id, which must begin with the dataset's prefix."""
    return f"{DATASET}-{kind}-{hashlib.sha1(key.encode('utf8'), usedforsecurity=False).hexdigest()[:20]}"


def statement_id(entity: str, prop: str, value: str) -> str:
    """The id that FollowTheMoney gives a statement (SHA-1 over dataset, entity, property and value)."""
    return hashlib.sha1(f"{DATASET}.{entity}.{prop}.{value}".encode(), usedforsecurity=False).hexdigest()


def _line(entity: str, schema: str, prop: str, value: str, seen: tuple[str | None, str | None], origin: str | None) -> list[object]:
    kind = PROPERTIES[schema][prop]
    return [
        entity,
        entity,
        prop,
        kind,
        schema,
        value,
        DATASET,
        None,
        None,
        "f",
        seen[0],
        seen[1],
        origin,
        statement_id(entity, prop, value),
    ]


def statements(row: Row) -> Iterator[list[object]]:
    """The lines of a row; `origin` is the outlet whose document tells the value, for values of several an outlet each."""
    kept = sorted(p.kept for p in row.papers if p.kept)
    seen = (kept[0][:19], kept[-1][:19]) if kept else (None, None)
    event = entity_id("event", row.id)
    first = row.papers[0].publisher if row.papers else None

    def line(prop: str, value: str | None, origin: str | None = first) -> Iterator[list[object]]:
        if value and flat(value):
            yield _line(event, "Event", prop, flat(value), seen, flat(origin) if origin else None)

    yield from line("name", wording.title(row))
    yield from line("recordId", row.id)
    yield from line("summary", wording.summary(row))
    yield from line("keywords", wording.what(row))
    yield from line("keywords", row.type)
    yield from line("startDate", row.earliest)
    yield from line("endDate", row.latest)
    yield from line("location", wording.where(row) if row.place else None)
    land = country(row.country)
    yield from line("country", land.alpha2.lower() if land else None)
    for field in row.fields:
        for told in field.told:
            for report in told.reports:
                yield from line("notes", f"{wording.MEASURES.get(field.name, field.name)}: {told.value}", row.outlet(report) or first)
    for statement in row.statements:
        paper = row.paper(statement.document)
        words = wording.words(statement)
        if words:
            yield from line("description", f"{wording.chain(statement)} ({statement.stance}): {words}", paper.publisher if paper else first)
    for one in (*row.actors, *row.targets):
        if _entered(one):
            yield from line("involved", _somebody(one))
    for paper in row.papers:
        yield from line("proof", entity_id("article", paper.id), paper.publisher)
        yield from _article(paper, seen)
    for one in (*row.actors, *row.targets):
        if _entered(one):
            who, schema = _somebody(one), SCHEMATA[one.type]
            yield _line(who, schema, "name", flat(str(one.name)), seen, first)
            home = country(one.country)
            if home:
                yield _line(who, schema, "country", home.alpha2.lower(), seen, first)


def _somebody(one: Party) -> str:
    return entity_id("actor", f"{SCHEMATA[one.type]}|{' '.join(str(one.name).casefold().split())}|{one.country or ''}")


def _article(paper: Paper, seen: tuple[str | None, str | None]) -> Iterator[list[object]]:
    article = entity_id("article", paper.id)
    values = (
        ("title", paper.title),
        ("fileName", paper.id),
        ("publisher", paper.publisher),
        ("publishedAt", paper.published),
        ("sourceUrl", paper.url if paper.url and re.match(r"https?://\S+$", paper.url) else None),
        ("language", LANGUAGES.get(paper.language or "")),
    )
    for prop, value in values:
        if value and flat(value):
            yield _line(article, "Article", prop, flat(value), seen, flat(paper.publisher) if paper.publisher else None)


def write(rows: Iterable[Row], path: Path) -> None:
    """Statement by statement; of one that several rows make the first is written (its id is held)."""
    seen: set[str] = set()

    def lines() -> Iterator[list[object]]:
        for row in rows:
            for line in statements(row):
                if str(line[-1]) not in seen:
                    seen.add(str(line[-1]))
                    yield line

    write_table(path, COLUMNS, lines())


def check(path: Path) -> list[str]:
    """Where statements break the model: schemata, properties and their types, codes, dates, ids, entities without what they must have."""
    problems: list[str] = []
    schemata: dict[str, str] = {}
    props: dict[str, set[str]] = {}
    pointed: list[tuple[int, str]] = []
    for number, row in read_table(path):
        if set(row) != set(COLUMNS):
            return [f"columns are {list(row)}, not those of statements"]
        value = unguarded(row["value"])
        schema, prop, entity = row["schema"], row["prop"], row["entity_id"]
        if PROPERTIES.get(schema, {}).get(prop) != row["prop_type"]:
            problems.append(f"line {number}: {schema}:{prop} of type {row['prop_type']} is not in the model")
        if schemata.setdefault(entity, schema) != schema:
            problems.append(f"line {number}: {entity} is both {schemata[entity]} and {schema}")
        if row["id"] != statement_id(entity, prop, value):
            problems.append(f"line {number}: the id is not that of the statement")
        if row["prop_type"] == "country" and value.upper() not in {c.alpha2 for c in countries().values()}:
            problems.append(f"line {number}: {value!r} is no code of a country")
        if row["prop_type"] == "date" and not _is_date(value):
            problems.append(f"line {number}: {value!r} is no date")
        if row["prop_type"] == "entity":
            pointed.append((number, value))
        if plain(value) != value:
            problems.append(f"line {number}: the value has control characters")
        props.setdefault(entity, set()).add(prop)
    problems += [f"line {n}: points at {v}, which is not there" for n, v in pointed if v not in schemata]
    needed = {"Event": "name", "Article": "fileName", "Person": "name", "PublicBody": "name", "Organization": "name"}
    return problems + [f"{e}: has no {needed[s]}" for e, s in schemata.items() if s in needed and needed[s] not in props[e]]


def _is_date(value: str) -> bool:
    try:
        return bool(date.fromisoformat(value))
    except ValueError:
        return False
