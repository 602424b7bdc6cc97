"""PROV-JSON (W3C member submission of 2013): who has an account from whom, down to the holders it goes back to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from whence._version import __version__

from . import wording
from .cells import plain
from .losses import Lost, dropped
from .rows import Row

NAME, TITLE, SUFFIX = "prov", "PROV-JSON lineage", ".prov.json"
CARRIES = ("lineage", "origins", "chains", "evidence", "papers", "denials", "credibility")
PREFIX = {
    "whence": "https://w3id.org/whence/ns#",
    "incident": "urn:whence:incident:",
    "report": "urn:whence:report:",
    "document": "urn:whence:document:",
    "holder": "urn:whence:holder:",
    "claim": "urn:whence:claim:",
}
DERIVED = {
    "copies": None,
    "translates": "Revision",
    "republishes": None,
    "quotes": "Quotation",
    "cites": "PrimarySource",
    "shares_origin": None,
}
"""PROV-DM's kinds of derivation for the edges of a lineage; a translation is a revision, what is cited a primary source."""


def lost(row: Row) -> Iterator[Lost]:
    """PROV says where things come from, not what they say."""
    yield from dropped(row, CARRIES)
    if row.figures or row.place:
        yield Lost(field="facts", what="place, days, sides and figures are only told in the incident's label")


def _typed(name: str) -> dict[str, str]:
    return {"$": name, "type": "prov:QUALIFIED_NAME"}


def _local(text: str) -> str:
    """A name as the local part of a qualified name: letters, digits, - and _; others by their code."""
    return "".join(
        ch if ch.isascii() and (ch.isalnum() or ch in "-_") else f".{ord(ch):x}." if not ch.isspace() else "_" for ch in plain(text)
    )


def bundle(rows: Iterable[Row]) -> dict[str, Any]:
    """Entities, agents and relations of all rows."""
    entity: dict[str, Any] = {}
    agent: dict[str, Any] = {"whence:engine": {"prov:type": _typed("prov:SoftwareAgent"), "prov:label": f"Whence {__version__}"}}
    derived: dict[str, Any] = {}
    attributed: dict[str, Any] = {}

    def derive(a: str, b: str, kind: str | None, **more: object) -> None:
        told = {"prov:generatedEntity": a, "prov:usedEntity": b, **more}
        if kind:
            told["prov:type"] = _typed(f"prov:{kind}")
        derived[f"_:d{len(derived) + 1}"] = told

    def attribute(a: str, b: str) -> None:
        if (a, b) not in seen:
            seen.add((a, b))
            attributed[f"_:a{len(attributed) + 1}"] = {"prov:entity": a, "prov:agent": b}

    def holder(name: str, kind: str, within: str = "") -> str:
        """An agent; "residents" of two claims are not the same ones, so who has no name is of the claim alone."""
        key = f"holder:{_local(kind)}-{_local(name.casefold())}" + (f"-{_local(within)}" if within else "")
        agent.setdefault(key, {"prov:type": _typed("prov:Person" if kind == "person" else "prov:Organization"), "prov:label": plain(name)})
        return key

    seen: set[tuple[str, str]] = set()
    edges: set[tuple[str, str, str]] = set()
    for row in rows:
        incident = f"incident:{row.id}"
        entity[incident] = {
            "prov:label": plain(wording.title(row)),
            "whence:origins": len(row.origins),
            "whence:credibility": row.credibility,
            "whence:rule": row.rule,
        }
        attribute(incident, "whence:engine")
        for paper in row.papers:
            document = f"document:{paper.id}"
            told = {
                "prov:label": plain(paper.title or paper.id),
                "whence:published": paper.published,
                "prov:location": paper.url,
                "whence:sha256": paper.sha256,
            }
            entity.setdefault(document, {k: v for k, v in told.items() if v})
            if paper.publisher:
                attribute(document, holder(paper.publisher, "media"))
            derive(incident, document, None)
        for statement in row.statements:
            claim = f"claim:{_local(statement.id)}"
            if claim in entity:
                continue
            entity[claim] = {
                "prov:label": wording.words(statement) or statement.id,
                "whence:stance": statement.stance,
                "whence:chain": wording.chain(statement),
            }
            derive(claim, f"document:{statement.document}", "Quotation")
            derive(incident, claim, None)
            for one in statement.chain:
                attribute(claim, holder(wording.party(one), one.type, "" if one.named else statement.id))
        for edge in row.lineage:
            if (edge.document, edge.parent, edge.kind) not in edges:
                edges.add((edge.document, edge.parent, edge.kind))
                entity.setdefault(f"document:{edge.parent}", {"prov:label": edge.parent})
                derive(
                    f"document:{edge.document}",
                    f"document:{edge.parent}",
                    DERIVED[edge.kind],
                    **{"whence:kind": edge.kind, "whence:probability": edge.probability},
                )
    return {"prefix": PREFIX, "entity": entity, "agent": agent, "wasDerivedFrom": derived, "wasAttributedTo": attributed}


def write(rows: Iterable[Row], path: Path) -> None:
    """One document; PROV-JSON groups by kind, so it is put together before it is written."""
    path.write_bytes(msgspec.json.format(msgspec.json.encode(bundle(rows)), indent=1) + b"\n")


def check(path: Path) -> list[str]:
    """Where a document breaks PROV-JSON: prefixes, sections, relations between what is not there, and what derives from itself."""
    try:
        data = msgspec.json.decode(path.read_bytes())
    except msgspec.DecodeError as error:
        return [f"is no JSON ({error})"]
    prefixes = {*data.get("prefix", {}), "prov", "xsd", "_"}
    problems = [
        f"{s} is no section of PROV-JSON" for s in data if s not in ("prefix", "entity", "agent", "wasDerivedFrom", "wasAttributedTo")
    ]
    known = {**data.get("entity", {}), **data.get("agent", {})}
    names = [*known, *(k for v in known.values() for k in v)]
    problems += [f"{n}: its prefix is not declared" for n in names if n.split(":")[0] not in prefixes]
    for section, ends in (
        ("wasDerivedFrom", ("prov:generatedEntity", "prov:usedEntity")),
        ("wasAttributedTo", ("prov:entity", "prov:agent")),
    ):
        for name, item in data.get(section, {}).items():
            missing = [e for e in ends if item.get(e) not in known]
            problems += [f"{name}: {e} {item.get(e)!r} is not there" for e in missing]
            if item.get(ends[0]) == item.get(ends[1]):
                problems.append(f"{name}: {item.get(ends[0])} derives from itself")
    return problems
