"""ClaimReview (schema.org), only where a person has graded a report: a machine's number is no verdict."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from . import wording
from .cells import plain
from .losses import Lost, dropped
from .rows import Grade, Row

NAME, TITLE, SUFFIX = "claimreview", "ClaimReview of what was judged", ".jsonld"
CARRIES = ("evidence", "chains", "credibility", "papers")
RATINGS = {1: 5, 2: 4, 3: 3, 4: 2, 5: 1}
"""schema.org counts up to the best, STANAG 2511 down to it; 6, cannot be judged, has words and no number."""


def lost(row: Row) -> Iterator[Lost]:
    """A row that nobody judged is left out."""
    if not row.grades:
        yield Lost(field="judgements", what="no person has judged it: the row is left out", row=True)
    yield from dropped(row, CARRIES)
    if any(g.value == 6 for g in row.grades):
        yield Lost(field="credibility", what="a grade of 6 has words and no number")


def review(row: Row, grade: Grade) -> dict[str, Any]:
    """One person's verdict on one report of an incident."""
    paper = row.paper(grade.document)
    told = [s for s in row.statements if s.report == grade.report]
    words = next((w for s in told if not s.against and (w := wording.words(s))), None) or wording.summary(row)
    rating: dict[str, Any] = {"@type": "Rating", "alternateName": wording.CREDIBILITY[grade.value].capitalize()}
    if grade.value in RATINGS:
        rating |= {"ratingValue": RATINGS[grade.value], "bestRating": 5, "worstRating": 1}
    appearance: dict[str, Any] = {"@type": "CreativeWork", "identifier": grade.document}
    if paper is not None:
        appearance |= {k: v for k, v in (("headline", paper.title), ("datePublished", paper.published)) if v}
        if paper.url and re.match(r"https?://\S+$", paper.url):
            appearance["url"] = paper.url
    claim: dict[str, Any] = {"@type": "Claim", "appearance": appearance}
    holder = next((s.chain[0] for s in told if s.chain), None)
    if holder is not None:
        claim["author"] = {"@type": "Person" if holder.type == "person" else "Organization", "name": plain(wording.party(holder))}
    elif paper is not None and paper.publisher:
        claim["author"] = {"@type": "Organization", "name": plain(paper.publisher)}
    if paper is not None and paper.published:
        claim["datePublished"] = paper.published
    made = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "@id": f"urn:whence:judgement:{grade.id}",
        "claimReviewed": plain(words),
        "datePublished": grade.made[:10],
        "author": {"@type": "Person", "name": plain(grade.who)},
        "itemReviewed": claim,
        "reviewRating": rating,
        "about": {"@type": "Event", "identifier": row.id, "name": plain(wording.title(row))},
    }
    if grade.why:
        made["reviewBody"] = plain(grade.why)
    return made


def write(rows: Iterable[Row], path: Path) -> None:
    """An array of reviews, one for each judgement."""
    with path.open("wb") as out:
        out.write(b"[")
        first = True
        for row in rows:
            for grade in row.grades:
                out.write((b"\n" if first else b",\n") + msgspec.json.encode(review(row, grade)))
                first = False
        out.write(b"\n]\n")


def check(path: Path) -> list[str]:
    """Where reviews break schema.org's and the search engines' rules: what must be there, ratings within their ends, dates."""
    try:
        data = msgspec.json.decode(path.read_bytes())
    except msgspec.DecodeError as error:
        return [f"is no JSON ({error})"]
    problems: list[str] = []
    seen: set[str] = set()
    for n, item in enumerate(data):
        problems += [f"review {n}: {p}" for p in _faults(item)]
        if item.get("@id") in seen:
            problems.append(f"review {n}: {item.get('@id')} is there twice")
        seen.add(item.get("@id"))
    return problems


def _faults(item: dict[str, Any]) -> Iterator[str]:
    if item.get("@context") != "https://schema.org" or item.get("@type") != "ClaimReview":
        yield "is no ClaimReview of schema.org"
    for name in ("claimReviewed", "author", "reviewRating", "itemReviewed", "datePublished"):
        if not item.get(name):
            yield f"has no {name}"
    rating = item.get("reviewRating") or {}
    if not rating.get("alternateName"):
        yield "the rating has no words"
    if "ratingValue" in rating and not rating.get("worstRating", 1) <= rating["ratingValue"] <= rating.get("bestRating", 5):
        yield "the rating lies beyond its ends"
    if not (item.get("author") or {}).get("name"):
        yield "nobody is named as its author"
    try:
        datetime.fromisoformat(item.get("datePublished", ""))
    except ValueError:
        yield f"datePublished {item.get('datePublished')!r} is no date"
