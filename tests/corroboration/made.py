"""Reports and accounts written by hand for linking: invented incidents in real places."""

from __future__ import annotations

from typing import Any

import msgspec

from whence.corroboration.accounts import Account
from whence.corroboration.texts import folded, numbers_in, quotations, shingles, words_of
from whence.records import Acled, Party, Report, Tally, Telling

INKHIL = {"place": "Inkhil", "geonames_id": 169375, "latitude": 33.018, "longitude": 36.128}
JASIM = {"place": "Jāsim", "geonames_id": 165997, "latitude": 32.991, "longitude": 36.061}
OUTLETS = ("Levant Wire", "Orontes Daily", "Hawran Voice", "Jawlan Register", "Worldline Digest")


def party(name: str, kind: str = "media", *, named: bool = True) -> Party:
    return Party(entity=f"N-{folded(name)}", name=name, type=kind, country=None, named=named)  # type: ignore[arg-type]


def telling(*chain: Party, stance: str = "asserts", polarity: str = "positive") -> Telling:
    return Telling(claim="C", chain=chain, stance=stance, polarity=polarity, certainty="certain", content=())  # type: ignore[arg-type]


def report(n: int, *, publisher: str = "Levant Wire", killed: int | None = 4, day: str | None = "2025-03-04", **more: Any) -> Report:
    made = Report(
        id=f"R-{n:02}",
        number=n,
        document=f"D-{n:02}",
        incident=f"I-{n}",
        publisher=publisher,
        published="2025-03-05",
        type="ASSAULT",
        mode="heavy-weapons",
        acled=Acled(event_type="Explosions/Remote violence", sub_event_type="Shelling/artillery/missile attack"),
        earliest=day,
        latest=day,
        precision="day",
        country="SYR",
        admin1="Daraa",
        place_kind="town",
        precision_km=5.0,
        actors=(),
        targets=(party("farmers", "civilians", named=False),),
        counts=() if killed is None else (Tally(measure="killed", of="farmers", low=killed, high=killed),),
        weapons=(),
        status="happened",
        origins=1,
        disputed=False,
        triggers=(),
        tellings=(telling(party(publisher)),),
        **INKHIL,
    )
    return msgspec.structs.replace(made, **more)


def account(n: int, text: str, *, publisher: str = "Levant Wire", published: str | None = "2025-03-05", **more: Any) -> Account:
    sentences = [s for paragraph in text.split("\n") for s in paragraph.split(". ")]
    names = {folded(w.strip('.,"')) for w in text.split() if w[:1].isupper() and len(w) > 4}
    made = Account(
        document=f"D-{n:02}",
        publisher=publisher,
        published=published,
        via=(),
        cites=tuple(folded(o) for o in OUTLETS if o in text and o != publisher),
        passages=tuple(shingles(w) for s in sentences if len(w := words_of(s)) >= 8),
        quotes=quotations(text),
        names=frozenset(names),
        numbers=frozenset(x for _, x in numbers_in(text)),
        facts=tuple(dict.fromkeys(x for _, x in numbers_in(text))),
        text=text,
        details={},
    )
    return msgspec.structs.replace(made, **more)
