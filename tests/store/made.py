"""Documents and readings written by hand for the store: invented incidents in real places."""

from __future__ import annotations

from typing import Any

import msgspec

from whence.intake import text_source
from whence.records import (
    SCHEMA,
    Acled,
    Claim,
    Count,
    Document,
    Engine,
    Entity,
    Event,
    Incident,
    Mention,
    ModelId,
    Place,
    Reading,
    Source,
    Span,
    Toponym,
    Via,
    When,
)
from whence.store import Item, captured

ENGINE = Engine(name="whence", version="0.1.0", model=ModelId(name="fast", digest="abc123"), config="0123456789ab")
NEWER = msgspec.structs.replace(ENGINE, version="0.2.0")
TIME = "2025-06-09T10:00:00Z"
TEXT = (
    "Gunmen ambushed a supply convoy outside {place} on Saturday, killing {killed} guards, the Nile Courier said, citing Radio Kosti. "
    "A nurse at the district clinic confirmed the deaths. The militia denied it."
)


def source(n: int = 0, *, place: str = "Um Rawaba", publisher: str | None = "Sahel Post", url: str | None = None, **more: Any) -> Source:
    """A source whose text differs by `n`."""
    text = TEXT.format(place=place, killed=3 + n % 5) + f" Report number {n}."
    given = {"title": f"Convoy ambushed near {place}", "published": "2025-06-08", **more}
    return text_source(text, identity=f"doc-{n}", publisher=publisher, url=url, **given)


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start=start, end=start + len(words), text=words)


def reading(of: Source, *, engine: Engine = ENGINE, killed: int | None = None, country: str = "SDN") -> Reading:
    """A reading of a source made by `source`: one incident with two sides, a place, a count and a chain."""
    text = of.text
    place = text[text.index("outside ") + 8 : text.index(" on Saturday")]
    told = span(text, "killing ")
    number = int(text[told.end]) if killed is None else killed
    entity = {"country": None, "roles": (), "affiliations": (), "named": True}
    publisher = Entity(id="N-pub", name=of.publisher or "unknown outlet", type="media", **entity)
    courier = Entity(id="N-courier", name="Nile Courier", type="media", **entity)
    gunmen = Entity(id="N-gunmen", name="Gunmen", type="armed_group", **(entity | {"named": False}))
    guards = Entity(id="N-guards", name="guards", type="state_forces", **(entity | {"country": country}))
    at = span(text, place)
    trigger = span(text, "ambushed")
    when = When(timex=None, earliest="2025-06-07", latest="2025-06-07", precision="day")
    acled = Acled(event_type="Battles", sub_event_type="Armed clash")
    count = Count(measure="killed", of="N-guards", low=number, high=number, span=span(text, f"{text[told.end]} guards"), includes=())
    claim = Claim(
        id="C-1",
        event="E-1",
        content=(span(text, text[: text.index(", killing")]),),
        attribution=None,
        chain=("N-courier", "N-pub"),
        stance="asserts",
        polarity="positive",
        certainty="certain",
        opposes=(),
    )
    return Reading(
        schema=SCHEMA,
        engine=engine,
        document=Document(
            id=of.id,
            title=of.title,
            publisher="N-pub" if of.publisher else None,
            published=of.published,
            published_earliest=None,
            published_latest=None,
            published_from=of.published_from,
            url=of.url,
            language="en",
            text=text,
            parts=(),
            via=(Via(publisher="N-courier", relation="citing", span=span(text, "Nile Courier")),),
        ),
        sentences=(),
        mentions=(Mention(id="M-1", start=0, end=6, text="Gunmen", form="nominal", entity="N-gunmen"),),
        entities=(publisher, courier, gunmen, guards),
        timexes=(),
        toponyms=(
            Toponym(
                id="T-1",
                start=at.start,
                end=at.end,
                text=at.text,
                use="literal",
                place=Place(
                    name=place,
                    geonames_id=366847,
                    latitude=12.9,
                    longitude=31.2,
                    country=country,
                    admin1="North Kordofan",
                    kind="town",
                    precision_km=5.0,
                ),
                alternatives=0,
            ),
        ),
        attributions=(),
        events=(
            Event(
                id="E-1",
                type="ASSAULT",
                mode="firearms",
                acled=acled,
                trigger=trigger,
                arguments=(),
                places=("T-1",),
                when=when,
                weapons=(),
                counts=(count,),
                status="happened",
                sentence=0,
                aggregate=False,
                parts=(),
            ),
        ),
        claims=(claim,),
        incidents=(
            Incident(
                id="I-1",
                events=("E-1",),
                type="ASSAULT",
                mode="firearms",
                acled=acled,
                actors=("N-gunmen",),
                targets=("N-guards",),
                places=("T-1",),
                when=when,
                weapons=(),
                counts=(count,),
                status="happened",
                claims=("C-1",),
                origins=1,
                disputed=False,
            ),
        ),
        questions=(),
        relations=(),
    )


def item(n: int = 0, *, engine: Engine = ENGINE, at: str = TIME, **more: Any) -> Item:
    """A document ready to be kept, with its reading."""
    of = source(n, **more)
    return Item(capture=captured(of, at=at), reading=reading(of, engine=engine))
