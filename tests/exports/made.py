"""Rows written by hand: invented incidents in real places, told by invented outlets."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec

from whence.exports.rows import Field, Figure, Grade, Origin, Paper, Quote, Row, Spot, Statement, Told
from whence.records import Acled, Descent, Party, Tally

TEXTS = {
    "D-1": "Sahel Post, 8 June. Gunmen ambushed a supply convoy outside Um Rawaba on Saturday, killing three guards, a nurse said.",
    "D-2": "KOSTI - Five guards died when a convoy was ambushed near Um Rawaba, Radio Kosti reported. The militia denied any part in it.",
}
HOSTILE = (
    '=HYPERLINK("https://example.org/x","click")',
    "+1234|' /C calc'!A0",
    "@SUM(1+1)*cmd",
    "-2+3",
    "\ttab first",
    "line\r\nbreak, \"quotes\", commas; 'and' <b>tags</b> & ampersands",
    "\u202ereversed\u202c and \u2066isolated\u2069",
    "bell \x07, escape \x1b[2J, null-like \x7f",
    "]]> <script>alert(1)</script> <!-- ",
    "الخرطوم 喀土穆 🚩 ﷽",
    "x" * 70_000,
)
"""Texts that documents have held, each meant to break something."""


def party(name: str | None, kind: str, *, country: str | None = None, named: bool = True) -> Party:
    return Party(entity=f"N-{hashlib.sha256(f'{name}{kind}'.encode()).hexdigest()[:6]}", name=name, type=kind, country=country, named=named)  # type: ignore[arg-type]


GUNMEN = party("Gunmen", "armed_group", named=False)
GUARDS = party("guards", "state_forces", country="SDN", named=False)
NURSE = party("a nurse", "person", named=False)
POST = party("Sahel Post", "media")
KOSTI = party("Radio Kosti", "media")
COURIER = party("Nile Courier", "media")
MILITIA = party("the militia", "armed_group", named=False)


def quote(document: str, words: str) -> Quote:
    text = TEXTS[document]
    at = text.index(words)
    return Quote(start=at, end=at + len(words), text=words, prefix=text[max(0, at - 32) : at], suffix=text[at + len(words) :][:32])


def paper(identity: str, publisher: str, published: str, title: str) -> Paper:
    return Paper(
        id=identity,
        title=title,
        publisher=publisher,
        published=published,
        url=f"https://example.org/{identity.lower()}",
        language="en",
        sha256=hashlib.sha256(TEXTS[identity].encode()).hexdigest(),
        kept="2025-06-09T10:00:00Z",
    )


def statement(number: int, document: str, chain: tuple[Party, ...], stance: str, words: str) -> Statement:
    report = f"R-{document[2:]}"
    return Statement(
        id=f"{report}/C-{number}",
        report=report,
        document=document,
        chain=chain,
        stance=stance,  # type: ignore[arg-type]
        polarity="positive",
        certainty="certain",
        quotes=(quote(document, words),),
    )


def row(**changes: Any) -> Row:
    """A disputed clash told by two outlets, 3 or 5 dead; fields can be changed."""
    made = Row(
        id="I-0123456789ab",
        rule="origins",
        type="ASSAULT",
        mode="firearms",
        acled=Acled(event_type="Battles", sub_event_type="Armed clash"),
        earliest="2025-06-07",
        latest="2025-06-07",
        precision="day",
        place=Spot(
            name="Um Rawaba",
            geonames_id=366847,
            latitude=12.9061,
            longitude=31.2158,
            country="SDN",
            admin1="North Kordofan",
            kind="town",
            precision_km=5.0,
        ),
        actors=(GUNMEN,),
        targets=(GUARDS,),
        counts=(Tally(measure="killed", of="guards", low=3, high=3),),
        figures=(Figure(measure="killed", low=3, high=5, best_low=3, best_high=3, disputed=True),),
        weapons=("rifles",),
        status="happened",
        disputed=True,
        credibility=3,
        credibility_why="2 independent origins, but 1 who denies it",
        fields=(
            Field(
                name="killed",
                shown="3",
                told=(
                    Told(value="3", low=3, high=3, reports=("R-1",), origins=("holder:a nurse",)),
                    Told(value="5", low=5, high=5, reports=("R-2",), origins=("outlet:radio kosti",)),
                ),
                disputed=True,
            ),
        ),
        origins=(
            Origin(key="outlet:sahel post", kind="outlet", name="Sahel Post", documents=("D-1",)),
            Origin(key="outlet:radio kosti", kind="outlet", name="Radio Kosti", documents=("D-2",)),
        ),
        papers=(
            paper("D-1", "Sahel Post", "2025-06-08", "Convoy ambushed"),
            paper("D-2", "Nile Courier", "2025-06-09", "Five guards dead"),
        ),
        told_in={"R-1": "D-1", "R-2": "D-2"},
        statements=(
            statement(1, "D-1", (NURSE, POST), "asserts", "killing three guards"),
            statement(2, "D-2", (KOSTI, COURIER), "asserts", "Five guards died when a convoy was ambushed"),
            statement(3, "D-2", (MILITIA, COURIER), "denies", "any part in it"),
        ),
        grades=(),
        lineage=(Descent(document="D-2", parent="D-1", kind="cites", probability=0.8, why=("cites Sahel Post",)),),
    )
    return msgspec.structs.replace(made, **changes)


def grade(value: int = 2) -> Grade:
    return Grade(
        id=f"J-{value}", report="R-1", document="D-1", value=value, who="Amna", why="the clinic's list", made="2025-06-10T08:00:00Z"
    )


def varied() -> list[Row]:
    """Rows that differ in all that formats have to tell apart."""
    base = row()
    assert base.place is not None
    land = msgspec.structs.replace(base.place, name="Sudan", admin1=None, kind="country", precision_km=800.0)
    nowhere = msgspec.structs.replace(base.place, name="the valley", latitude=None, longitude=None, kind="other", precision_km=None)
    civil = party("residents", "civilians", named=False)
    open_ended = Figure(measure="killed", low=17, high=None, best_low=17, best_high=None, disputed=False)
    hurt = Figure(measure="injured", low=4, high=9, best_low=4, best_high=9, disputed=False)
    protest = Acled(event_type="Protests", sub_event_type="Peaceful protest")
    attack = Acled(event_type="Violence against civilians", sub_event_type="Attack")
    bare = {"fields": (), "counts": (), "lineage": ()}
    return [
        base,
        row(id="I-000000000001", grades=(grade(2), grade(6)), earliest="2025-06-01", latest="2025-06-30", precision="month"),
        row(id="I-000000000002", acled=attack, targets=(civil,), figures=(open_ended, hurt), place=land, **bare),
        row(
            id="I-000000000003", acled=protest, type="PROTEST", mode="demo", actors=(civil,), targets=(), figures=(), disputed=False, **bare
        ),
        row(id="I-000000000004", place=nowhere, status="claimed", figures=(), **bare),
        row(
            id="I-000000000005",
            place=None,
            earliest=None,
            latest=None,
            precision="unknown",
            acled=None,
            mode=None,
            actors=(),
            targets=(),
            **bare,
        ),
        row(id="I-000000000006", earliest=None, latest="2025-06-09", precision="interval", papers=(), statements=(), credibility=6, **bare),
    ]


def hostile() -> list[Row]:
    """Rows with hostile texts wherever a document's words can stand."""
    found = []
    for n, text in enumerate(HOSTILE):
        base = row()
        assert base.place is not None
        told = msgspec.structs.replace(
            base.statements[0], quotes=(Quote(start=0, end=len(text), text=text),), chain=(party(text, "person"), POST)
        )
        found.append(
            row(
                id=f"I-{n + 1:012x}",
                actors=(party(text, "armed_group"),),
                targets=(party(text, "state_forces", country="SDN"),),
                place=msgspec.structs.replace(base.place, name=text[:500], admin1=text[:500]),
                weapons=(text,),
                papers=(
                    msgspec.structs.replace(base.papers[0], title=text, publisher=text[:300], url=f"javascript:{text[:20]}"),
                    base.papers[1],
                ),
                statements=(told, *base.statements[1:]),
                grades=(msgspec.structs.replace(grade(), id=f"J-{n}", who=text[:100] or "x", why=text),),
                origins=(Origin(key=f"holder:{text[:50]}", kind="holder", name=text, documents=("D-1",)),),
            )
        )
    return found
