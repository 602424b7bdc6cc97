"""STIX 2.1: an incident with its sides and place, a sighting for each document that reports it, an opinion for each that disputes it."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from whence.records import Party

from . import wording
from .cells import plain
from .codes import country
from .losses import Lost, dropped
from .moments import iso, known_since, now
from .requirement import required
from .rows import Row, Statement

NAME, TITLE, SUFFIX = "stix", "STIX 2.1 bundle", ".json"
CARRIES = ("evidence", "chains", "denials", "credibility", "papers", "direction", "precision", "values", "origins", "actor types")
NAMESPACE = uuid.UUID("6f0d2f6e-93a1-5d0c-8f4b-1f3a7d6c2b51")
"""Of our ids, so that the same incident has the same id in every bundle; not the one that STIX keeps for observables."""
CONFIDENCE = {1: 90, 2: 70, 3: 50, 4: 30, 5: 10}
"""STIX 2.1, appendix A, Admiralty credibility; 6, cannot be judged, maps to no number and is left out."""
CLASSES = {
    "person": "individual",
    "state": "organization",
    "state_forces": "organization",
    "armed_group": "group",
    "political_body": "organization",
    "media": "organization",
    "organization": "organization",
    "civilians": "class",
    "anonymous_sources": "class",
    "object": "unknown",
    "other": "unknown",
}
OPINIONS = {"denies": "strongly-disagree", "asserts": "strongly-disagree", "doubts": "disagree"}
"""What a claim against an incident says in STIX's words; `asserts` of what was negated."""
TYPES = frozenset("identity incident location note opinion relationship report sighting".split())


def lost(row: Row) -> Iterator[Lost]:
    """What STIX has no property for; it is told in the description where it can be."""
    yield from dropped(row, CARRIES)
    if row.figures:
        yield Lost(field="counts", what="figures are only told in words")
    if row.credibility == 6:
        yield Lost(field="credibility", what="credibility 6 maps to no confidence: it is left out")
    if row.place is not None and row.place.latitude is None and row.place.country is None:
        yield Lost(field="place", what="has neither coordinates nor country, which a location wants")


def identity(kind: str, *parts: str) -> str:
    """A stable id."""
    return f"{kind}--{uuid.uuid5(NAMESPACE, chr(31).join(parts))}"


def _object(kind: str, key: str, at: str, **more: Any) -> dict[str, Any]:
    moment = at.replace("Z", ".000Z")
    found = {"type": kind, "spec_version": "2.1", "id": identity(kind, kind, key), "created": moment, "modified": moment, **more}
    return {k: v for k, v in found.items() if v not in (None, [], "")}


def _identity(one: Party, row: Row, at: str) -> dict[str, Any]:
    """A side; "gunmen" of two incidents are not the same ones, so who has no name is of the incident alone."""
    key = f"{one.type}|{one.name or ''}|{one.country or ''}" + ("" if one.named else f"|{row.id}")
    return _object("identity", key, at, name=plain(wording.party(one)), identity_class=CLASSES[one.type])


def _outlet(name: str | None, at: str) -> dict[str, Any]:
    return _object("identity", f"outlet|{name or ''}", at, name=plain(name or "an outlet without name"), identity_class="organization")


def _location(row: Row, at: str) -> dict[str, Any] | None:
    place = row.place
    if place is None or (place.latitude is None and country(place.country) is None):
        return None
    land = country(place.country)
    located = place.latitude is not None and place.longitude is not None
    return _object(
        "location",
        f"{place.name}|{place.geonames_id}|{place.latitude}|{place.longitude}|{place.country}",
        at,
        name=plain(place.name) if place.name else None,
        latitude=place.latitude if located else None,
        longitude=place.longitude if located else None,
        precision=round(place.precision_km * 1000, 1) if located and place.precision_km is not None else None,
        country=land.alpha2 if land else None,
        administrative_area=plain(place.admin1) if place.admin1 else None,
    )


def objects(row: Row, at: str) -> list[dict[str, Any]]:
    """The objects of a row; `at` is the time of creation where the row knows none."""
    at = known_since(row) or at
    confidence = CONFIDENCE.get(row.credibility)
    described = [
        wording.summary(row),
        f"{len(row.origins)} independent origins: {'; '.join(o.name for o in row.origins)}.",
        *wording.differing(row),
    ]
    incident = _object(
        "incident", row.id, at, name=plain(wording.title(row)), description=plain(" ".join(described)), confidence=confidence
    )
    incident["external_references"] = [{"source_name": "whence", "external_id": row.id}]
    found = [incident]
    place = _location(row, at)
    if place is not None:
        found += [place, _relation(incident, "located-at", place, at, confidence)]
    for side, kind in ((row.actors, "attributed-to"), (row.targets, "targets")):
        for one in side:
            who = _identity(one, row, at)
            found += [who, _relation(incident, kind, who, at, confidence)]
    for paper in row.papers:
        outlet = _outlet(paper.publisher, at)
        reference = {"source_name": plain(paper.publisher or "unknown outlet"), "external_id": paper.id}
        if paper.url and re.match(r"https?://\S+$", paper.url):
            reference["url"] = paper.url
        if paper.sha256 and "url" in reference:  # the standard wants a hash beside an address only
            reference["hashes"] = {"SHA-256": paper.sha256}  # type: ignore[assignment]
        reference["description"] = plain(paper.title or paper.id)
        found.append(outlet)
        found.append(
            _object(
                "sighting",
                f"{row.id}|{paper.id}",
                at,
                sighting_of_ref=incident["id"],
                where_sighted_refs=[outlet["id"]],
                count=1,
                description="; ".join(
                    dict.fromkeys(plain(wording.chain(s)) for s in row.statements if s.document == paper.id and not s.against)
                ),
                external_references=[reference],
            )
        )
    found += [_opinion(s, row, incident, at) for s in row.statements if s.against]
    for grade in row.grades:
        found.append(
            _object(
                "opinion",
                grade.id,
                grade.made,
                opinion={1: "strongly-agree", 2: "agree", 3: "neutral", 4: "disagree", 5: "strongly-disagree", 6: "neutral"}[grade.value],
                explanation=plain(f"Graded {grade.value} ({wording.CREDIBILITY[grade.value]})" + (f": {grade.why}" if grade.why else "")),
                authors=[plain(grade.who)],
                object_refs=[incident["id"]],
            )
        )
    return found


def _relation(a: dict[str, Any], kind: str, b: dict[str, Any], at: str, confidence: int | None) -> dict[str, Any]:
    return _object(
        "relationship",
        f"{a['id']}|{kind}|{b['id']}",
        at,
        relationship_type=kind,
        source_ref=a["id"],
        target_ref=b["id"],
        confidence=confidence,
    )


def _opinion(statement: Statement, row: Row, incident: dict[str, Any], at: str) -> dict[str, Any]:
    who = [wording.party(p) for p in statement.chain[:1]]
    told = f"{wording.chain(statement)}: “{wording.words(statement)}”"
    return _object(
        "opinion",
        f"{row.id}|{statement.id}",
        at,
        opinion=OPINIONS[statement.stance],
        explanation=plain(told),
        authors=[plain(w) for w in who],
        object_refs=[incident["id"]],
    )


def write(rows: Iterable[Row], path: Path) -> None:
    """One bundle, each object once, object by object; only the ids that were written are held."""
    at = iso(now())
    seen: set[str] = set()
    with path.open("wb") as out:
        out.write(f'{{"type":"bundle","id":"{identity("bundle", "whence")}","objects":['.encode())
        first = True
        for row in rows:
            for item in objects(row, at):
                if item["id"] not in seen:
                    seen.add(item["id"])
                    out.write((b"\n" if first else b",\n") + msgspec.json.encode(item))
                    first = False
        out.write(b"\n]}\n")


def check(path: Path) -> list[str]:
    """Where a bundle breaks STIX 2.1: as the library stix2 reads it, and references to nothing. RequirementError without stix2."""
    stix2 = required("stix2", what="The check of STIX")
    try:
        data = msgspec.json.decode(path.read_bytes())
        if not data["objects"]:
            return []
        bundle = stix2.parse(data, allow_custom=False, version="2.1")
    except (msgspec.DecodeError, KeyError, TypeError, ValueError, stix2.exceptions.STIXError) as error:
        return [f"is no STIX 2.1 bundle ({type(error).__name__}: {error})"]
    ids = {o["id"] for o in bundle.objects}
    problems = [f"{o['id']}: {o['type']} has no place in it" for o in bundle.objects if o["type"] not in TYPES]
    for item in data["objects"]:
        refs = [item[k] for k in ("source_ref", "target_ref", "sighting_of_ref") if k in item]
        refs += [*item.get("object_refs", ()), *item.get("where_sighted_refs", ())]
        problems += [f"{item['id']}: refers to {r}, which is not there" for r in refs if r not in ids]
    return problems
