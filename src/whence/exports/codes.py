"""How the datasets of the field name countries, sides and kinds: codes for what a row says, nothing guessed beyond it."""

from __future__ import annotations

import functools
from collections.abc import Iterable

from whence import data
from whence.records import Party, Record

from .rows import Row

ARMED = ("state", "state_forces", "armed_group")
CIVIL = ("civilians", "person", "media", "organization", "anonymous_sources")


class Country(Record):
    """A country under its codes; None where a scheme has none for it."""

    alpha3: str
    alpha2: str
    name: str
    numeric: int | None
    gw: int | None
    cow: int | None
    acled_region: str | None
    ucdp_region: str | None


@functools.cache
def countries() -> dict[str, Country]:
    """Every country by ISO 3166 alpha-3."""
    columns = ("alpha3", "numeric", "gw", "cow", "acled_region", "ucdp_region")
    codes = {r["alpha3"]: r for r in data.rows("places/codes.tsv", columns)}
    named = data.rows(
        "places/countries.tsv",
        ("alpha3", "alpha2", "name", "aliases", "demonyms", "capital", "latitude", "longitude", "radius_km", "geonames_id"),
    )
    found = {}
    for row in named:
        code = codes[row["alpha3"]]
        found[row["alpha3"]] = Country(
            alpha3=row["alpha3"],
            alpha2=row["alpha2"],
            name=row["name"],
            numeric=int(code["numeric"]) if code["numeric"] else None,
            gw=int(code["gw"]) if code["gw"] else None,
            cow=int(code["cow"]) if code["cow"] else None,
            acled_region=code["acled_region"] or None,
            ucdp_region=code["ucdp_region"] or None,
        )
    return found


def country(alpha3: str | None) -> Country | None:
    """A country, None for no code or one that nobody has."""
    return countries().get(alpha3) if alpha3 else None


@functools.cache
def _by_name() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in data.rows(
        "places/countries.tsv",
        ("alpha3", "alpha2", "name", "aliases", "demonyms", "capital", "latitude", "longitude", "radius_km", "geonames_id"),
    ):
        for name in (row["alpha3"], row["name"], *row["aliases"].split(";")):
            if name.strip():
                found.setdefault(name.strip().casefold(), row["alpha3"])
    return found


def alpha3_of(name: str | None) -> str | None:
    """The code of a country by code or name, in the datasets' spellings too ("Yemen (North Yemen)", "DR Congo (Zaire)")."""
    told = (name or "").strip().casefold()
    return _by_name().get(told) or _by_name().get(told.split("(")[0].strip()) if told else None


def country_name(alpha3: str | None) -> str | None:
    """The name in common use."""
    found = country(alpha3)
    return found.name if found else None


INTER = {
    1: "State forces",
    2: "Rebel group",
    3: "Political militia",
    4: "Identity militia",
    5: "Rioters",
    6: "Protesters",
    7: "Civilians",
    8: "External/Other forces",
}
"""ACLED's kinds of actors."""


def inter(one: Party, row: Row, *, acting: bool) -> int | None:
    """ACLED's kind of a side, None where the row does not say; militias are not told from rebels by name alone."""
    kind = row.acled.event_type if row.acled else None
    if kind in ("Protests", "Riots") and acting and one.type not in ARMED:
        return 6 if kind == "Protests" else 5
    if row.acled and row.acled.sub_event_type == "Excessive force against protesters" and not acting and one.type in CIVIL:
        return 6
    if one.type in ("state", "state_forces"):
        return 8 if one.country and row.country and one.country != row.country else 1
    if one.type == "armed_group":
        return 2
    return 7 if one.type in CIVIL and not acting else None


def acled_name(one: Party, row: Row, *, acting: bool) -> str | None:
    """A side as ACLED names it: nameless groups and crowds by their kind and country, others as they are called."""
    land = country_name(one.country or row.country)
    behind = f" ({land})" if land else ""
    code = inter(one, row, acting=acting)
    if code in (5, 6):
        return f"{INTER[code]}{behind}"
    if one.type in ("civilians", "person") and not acting:
        return f"Civilians{behind}"
    if one.type == "armed_group" and not one.named:
        return f"Unidentified Armed Group{behind}"
    return one.name


def bodies(parties: Iterable[Party]) -> list[Party]:
    """Sides that are somebody: things that were hit are no actors in any of the datasets."""
    return [p for p in parties if p.type != "object"]


def is_civil(one: Party) -> bool:
    """Whether a side bears no arms."""
    return one.type in CIVIL


SECTORS = {
    "state": "GOV",
    "state_forces": "MIL",
    "political_body": "PTY",
    "media": "MED",
    "civilians": "CVL",
    "person": "CVL",
}
"""PLOVER's sectors of actors; armed groups are REB where they have a name and UAF (unidentified armed) where not."""


def sector(one: Party) -> str | None:
    """PLOVER's sector of a side."""
    if one.type == "armed_group":
        return "REB" if one.named else "UAF"
    return SECTORS.get(one.type)
