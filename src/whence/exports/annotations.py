"""W3C Web Annotation: every claim as a note on the exact words of its document, bound to the digest of the document's text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from . import wording
from .cells import plain
from .losses import Lost, dropped
from .rows import Paper, Quote, Row, Statement

NAME, TITLE, SUFFIX = "annotations", "W3C Web Annotation", ".jsonld"
CARRIES = ("evidence", "chains", "denials", "papers")
CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"schema": "https://schema.org/"}]
NEEDS_TEXTS = True


def lost(row: Row) -> Iterator[Lost]:
    """Facts across documents are no annotation of one."""
    yield from dropped(row, CARRIES)
    if row.figures or row.place:
        yield Lost(field="facts", what="place, days, sides and figures are only told in the text of the note")
    if any(q.redacted for s in row.statements for q in s.quotes):
        yield Lost(field="statements", what="words with a withheld name are pointed at by their position alone")
    if not any(s.quotes for s in row.statements):
        yield Lost(field="statements", what="has no words to annotate: the row is left out", row=True)


def _selectors(quote: Quote) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if not quote.redacted:
        # A quote is given to the letter, or it would not be found again; readers must not run it as markup.
        told = {"type": "TextQuoteSelector", "exact": quote.text, "prefix": quote.prefix, "suffix": quote.suffix}
        found.append({k: v for k, v in told.items() if v})
    return [*found, {"type": "TextPositionSelector", "start": quote.start, "end": quote.end}]


def _source(paper: Paper) -> dict[str, Any]:
    made: dict[str, Any] = {"id": f"urn:whence:document:{paper.id}", "type": "Text", "format": "text/plain"}
    if paper.sha256:
        made["schema:sha256"] = paper.sha256
    if paper.url and re.match(r"https?://\S+$", paper.url):
        made["schema:url"] = paper.url
    if paper.language:
        made["language"] = paper.language
    return made


def annotation(row: Row, statement: Statement, paper: Paper) -> dict[str, Any]:
    """A claim as an annotation; its ids are those of the report and the claim."""
    note = f"{wording.chain(statement)} {statement.stance}: {wording.summary(row)}"
    targets = [{"source": _source(paper), "selector": _selectors(q)} for q in statement.quotes]
    return {
        "id": f"urn:whence:claim:{statement.id}",
        "type": "Annotation",
        "motivation": "describing",
        "body": [
            {"type": "TextualBody", "value": plain(note), "format": "text/plain", "language": "en", "purpose": "describing"},
            {"type": "TextualBody", "value": wording.what(row), "purpose": "tagging"},
            {"type": "TextualBody", "value": statement.stance, "purpose": "tagging"},
            {"type": "SpecificResource", "source": f"urn:whence:incident:{row.id}", "purpose": "linking"},
        ],
        "target": targets[0] if len(targets) == 1 else targets,
    }


def write(rows: Iterable[Row], path: Path) -> None:
    """A collection of one page, annotation by annotation, each claim once."""
    seen: set[str] = set()
    with path.open("wb") as out:
        head = msgspec.json.encode(
            {"@context": CONTEXT, "id": "urn:whence:annotations", "type": "AnnotationCollection", "label": "Claims and their words"}
        )
        out.write(head[:-1] + b',"first":{"id":"urn:whence:annotations:1","type":"AnnotationPage","startIndex":0,"items":[')
        for row in rows:
            for statement in row.statements:
                paper = row.paper(statement.document)
                if paper is None or not statement.quotes or statement.id in seen:
                    continue
                out.write((b",\n" if seen else b"\n") + msgspec.json.encode(annotation(row, statement, paper)))
                seen.add(statement.id)
        out.write(f'\n]}},"total":{len(seen)}}}\n'.encode())


def check(path: Path, texts: dict[str, str] | None = None) -> list[str]:
    """Where annotations break the model: what must be there, selectors, and, with the texts by document, words that do not stand there."""
    try:
        data = msgspec.json.decode(path.read_bytes())
    except msgspec.DecodeError as error:
        return [f"is no JSON ({error})"]
    if data.get("type") != "AnnotationCollection" or CONTEXT[0] not in data.get("@context", ()):
        return ["is no AnnotationCollection"]
    items = data["first"]["items"]
    problems = [] if data.get("total") == len(items) else ["total is not the number of items"]
    if len({i.get("id") for i in items}) != len(items):
        problems.append("an id is there twice")
    for item in items:
        if item.get("type") != "Annotation" or not item.get("id") or not item.get("target"):
            problems.append(f"{item.get('id')}: is no Annotation with a target")
            continue
        targets = item["target"] if isinstance(item["target"], list) else [item["target"]]
        problems += [f"{item['id']}: {p}" for t in targets for p in _faults(t, texts)]
    return problems


def _faults(target: dict[str, Any], texts: dict[str, str] | None) -> Iterator[str]:
    by = {s["type"]: s for s in target.get("selector", ())}
    at, quote = by.get("TextPositionSelector"), by.get("TextQuoteSelector")
    if at is None or not 0 <= at["start"] < at["end"]:
        yield "has no position, or one that ends before it begins"
        return
    if quote is not None and len(quote["exact"]) != at["end"] - at["start"]:
        yield "quote and position are not of one length"
    text = (texts or {}).get(target["source"]["id"].rpartition(":")[2])
    if text is not None and quote is not None:
        whole = quote.get("prefix", "") + quote["exact"] + quote.get("suffix", "")
        start = at["start"] - len(quote.get("prefix", ""))
        if text[start : start + len(whole)] != whole:
            yield "the words do not stand there"
