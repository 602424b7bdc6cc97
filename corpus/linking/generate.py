"""Makes train.jsonl and test.jsonl: invented incidents, told by invented outlets that have it from each other in known ways.

    PYTHONPATH=src python corpus/linking/generate.py

The same seed gives the same files. Each line is a document with what is true of it under `gold`: the incident, the facts as it tells
them, whom it has it from and how, its origins. Coordinates are those of the place index.
"""

from __future__ import annotations

import contextlib
import json
import random
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import wording as w
from telling import Account, Facts, Teller, bare, cap, low, rest
from world import CAPTIVES, COUNTRIES, DEADLY, FIRST, FORCES, HOLDERS, KINDS, LAST, OUTLETS, QUARTERS, TOWNS, VICTIMS, Outlet

from whence.config import Settings
from whence.gazetteer import Gazetteer

HERE = Path(__file__).parent
SEED = 20250608
PER_HALF = 38
NAMED = ("clash", "raid")
"""Kinds whose reports always say who."""


class World:
    """One half of the corpus as it comes into being."""

    def __init__(self, half: str, seed: int) -> None:
        self.half = half
        self.rng = random.Random(seed)
        self.teller = Teller(self.rng, half)
        self.quotes = self.rng.sample(w.QUOTES, len(w.QUOTES))
        self.quotes = self.quotes[: len(w.QUOTES) // 2] if half == "train" else self.quotes
        self.documents: list[dict[str, Any]] = []
        self.incidents: list[dict[str, Any]] = []

    def person(self, region: str) -> str:
        return f"{self.rng.choice(FIRST[region].split())} {self.rng.choice(LAST[region].split())}"

    def facts(self, region: str, town: str, kind: str, day: date) -> Facts:
        rng = self.rng
        actor, target = rng.sample(FORCES[region], 2)
        deadly = kind in DEADLY
        return Facts(
            kind=kind,
            day=day,
            part=rng.choice(("morning", "evening", "night", "afternoon", "at dawn")),
            town=town,
            spot=rng.choice(list(w.SPOTS)),
            actor=None if kind == "ied" or (kind not in NAMED and rng.random() < 0.25) else actor[0],
            target=target[0] if kind in ("ied", "ambush", "clash") else None,
            victims=rng.choice(VICTIMS.get(kind, ("people",))),
            killed=rng.randint(1, 11) if deadly else None,
            injured=rng.choice((None, rng.randint(2, 14), rng.randint(2, 14))) if deadly else None,
            captured=rng.randint(2, 9) if kind in ("raid", "abduction") else None,
            captives=rng.choice(CAPTIVES),
            crowd=rng.choice((60, 80, 150, 200, 300, 400)),
            cause=rng.choice(w.CAUSES),
        )

    def account(self, region: str, f: Facts, outlet: str) -> Account:
        rng = self.rng
        pool = list(range(len(w.PARTICULARS))) if f.killed else list(w.QUIET)
        chosen = rng.sample(pool, rng.randint(2, 4) if f.killed else rng.randint(1, 3))
        fill = []
        for _ in chosen:
            neighbour = rng.choice([t for t in TOWNS[region] if t != f.town])
            quarter, hospital = rng.choice(QUARTERS), rng.choice(w.HOSPITALS).format(neighbour=neighbour)
            fill.append(
                {
                    "victim": self.person(region),
                    "trade": rng.choice(w.TRADES.split("|")),
                    "n": str(rng.randint(2, 9)),
                    "quarter": quarter,
                    "quarter_cap": cap(quarter),
                    "hospital": hospital,
                    "hospital_cap": cap(hospital),
                    "neighbour": neighbour,
                    "vehicle": rng.choice(w.VEHICLES),
                    "minutes": str(rng.choice((15, 20, 25, 40, 50))),
                    "goods": rng.choice(w.GOODS),
                }
            )
        quotes = [(rng.choice(self.quotes), self.person(region), rng.choice(w.JOBS)) for _ in range(rng.choice((0, 1, 1, 2)))]
        return Account(particulars=chosen, fill=fill, quotes=quotes, background=rng.sample(range(len(w.BACKGROUND)), rng.randint(0, 2)))

    def background(self, a: Account, f: Facts, region: str) -> list[str]:
        other = next(t for t in TOWNS[region] if t != f.town)
        return [w.BACKGROUND[i].format(place=f.town, neighbour=other) for i in a.background]

    def write(self, outlet: Outlet, f: Facts, published: date, paragraphs: list[list[str]], title: str, **gold: Any) -> dict[str, Any]:
        text = "\n\n".join(" ".join(s for s in p if s) for p in paragraphs if any(p))
        made = {
            "id": "",
            "publisher": outlet.name,
            "published": published.isoformat(),
            "title": title,
            "text": f"{title}\n\n{text}",
            "gold": {"facts": facts_told(f), **gold},
            "_body": paragraphs,
            "_facts": f,
        }
        self.documents.append(made)
        return made

    def root(
        self, incident: str, region: str, outlet: Outlet, f: Facts, account: Account, published: date, holder: str | None
    ) -> dict[str, Any]:
        """An account of its own, or the words of a named holder."""
        lead = self.teller.lead(f, published)
        if holder is not None:
            pattern = self.rng.choice(w.OFFICIAL_LEADS)
            first = pattern.format(lead_bare=bare(lead), lead_low=low(lead), holder=holder, holder_cap=cap(holder))
            told = [s if "according to" in s else f"{s[:-1]}, according to {holder}." if s.endswith(".") else s for s in rest(lead)]
            paragraphs = [[first, *told], self.teller.particulars(account), self.background(account, f, region)]
            account = replace(account, quotes=[])
        else:
            own = self.rng.choice(w.OWN).format(outlet=outlet.name)
            paragraphs = [
                [lead],
                self.teller.particulars(account),
                [*self.teller.witnessed(account, outlet, None), own],
                self.background(account, f, region),
            ]
        if outlet.habit == "wire":
            paragraphs[0][0] = f"{f.town.upper()}, {published.strftime('%B')} {published.day} ({outlet.name}) - {paragraphs[0][0]}"
        elif outlet.habit == "monitor":
            paragraphs = [p for p in paragraphs if p][:2]
        made = self.write(
            outlet,
            f,
            published,
            paragraphs,
            self.teller.title(f, published),
            incident=incident,
            how="own" if holder is None else "statement",
            parents=[],
            origins=[f"outlet:{outlet.name}" if holder is None else f"holder:{holder}"],
        )
        made["_account"] = account
        made["_outlet"] = outlet
        return made

    def derived(self, incident: str, region: str, outlet: Outlet, parent: dict[str, Any], how: str, published: date) -> dict[str, Any]:
        """An account that is had from another: copied, rewritten with or without naming it, translated, republished, drifting."""
        f: Facts = parent["_facts"]
        account: Account = parent["_account"]
        origin: Outlet = parent["_outlet"]
        rng = self.rng
        parents = [
            {
                "document": parent,
                "kind": {"copy": "copies", "rewrite": "copies", "translation": "translates", "republished": "republishes"}.get(
                    how, "cites"
                ),
            }
        ]
        gold = {"incident": incident, "how": how, "parents": parents, "origins": list(parent["gold"]["origins"])}
        title = self.teller.title(f, published)
        if how in ("copy", "republished"):
            body = [list(p) for p in parent["_body"]]
            body[0][0] = body[0][0].split(") - ")[-1]
            if how == "copy":
                if len(body) > 2 and rng.random() < 0.6:
                    body = body[:-1]
                if rng.random() < 0.5 and len(body) > 1 and len(body[1]) > 1:
                    body[1] = body[1][:-1]
                if rng.random() < 0.5:
                    body.append([w.BACKGROUND[rng.randrange(len(w.BACKGROUND))].format(place=f.town, neighbour=TOWNS[region][0])])
            else:
                body.append([rng.choice(w.REPUBLISHED).format(origin=origin.name, outlet=outlet.name)])
            made = self.write(outlet, f, published, body, title, **gold)
        elif how == "translation":
            body = [
                [self.teller.lead(f, published)],
                self.teller.particulars(account),
                self.teller.witnessed(account, outlet, origin.name),
                [rng.choice(w.TRANSLATED).format(origin=origin.name, outlet=outlet.name)],
            ]
            made = self.write(outlet, f, published, body, title, **gold)
        else:
            if how == "drift" and f.killed:
                f = replace(f, killed=max(1, f.killed + rng.choice((1, 2, 3, -1))))
            if how == "brief":
                account = replace(account, particulars=account.particulars[:1], fill=account.fill[:1], quotes=[])
            lead = self.teller.lead(f, published)
            if how == "rewrite":
                first = [lead]
            else:
                pattern = rng.choice(w.CITED_LEADS)
                first = [
                    pattern.format(
                        lead_bare=bare(lead), lead_low=low(lead), origin=origin.name, origin_cap=cap(origin.name), outlet=outlet.name
                    )
                ]
                first += [f"{s[:-1]}, {origin.name} said." for s in rest(lead)]
            quoted = self.teller.witnessed(account, outlet, None if how == "rewrite" else origin.name)
            if how == "rewrite":
                quoted = [q.replace(f"told {outlet.name}", "said").replace(f"{outlet.name} was told by", "said") for q in quoted]
            body = [first, self.teller.particulars(account), quoted]
            made = self.write(outlet, f, published, body, title, **gold)
        made["_account"] = account
        made["_outlet"] = outlet
        return made


def facts_told(f: Facts) -> dict[str, Any]:
    kind, mode, event, sub = KINDS[f.kind]
    sides = {n: (t, c or None) for forces in FORCES.values() for n, t, c in forces}

    def side(name: str | None) -> list[dict[str, Any]]:
        return [] if name is None else [{"name": name, "type": sides[name][0], "country": sides[name][1]}]

    counts = {m: v for m, v in (("killed", f.killed), ("injured", f.injured), ("captured", f.captured)) if v is not None}
    if f.kind == "protest":
        counts["participants"] = f.crowd
    return {
        "type": kind,
        "mode": mode,
        "acled": event,
        "sub": sub,
        "earliest": None if f.vague_day else f.day.isoformat(),
        "latest": None if f.vague_day else f.day.isoformat(),
        "place": f.town,
        "actors": side(f.actor),
        "targets": side(f.target),
        "counts": counts,
    }


def tell(world: World, incident: str, region: str, f: Facts) -> None:
    """All the reports of one incident."""
    rng = world.rng
    home = [o for o in OUTLETS if o.region == region]
    away = [o for o in OUTLETS if o.region == "*"]
    free = rng.sample(home, len(home)) + rng.sample(away, len(away))
    made: list[dict[str, Any]] = []
    begin = len(world.documents)
    roots = rng.choice((1, 1, 2, 2, 3))
    holder = rng.choice(HOLDERS[region])
    shape = rng.choice(("plain", "plain", "plain", "circle", "statement", "statement"))

    def when() -> date:
        return f.day + timedelta(days=rng.choice((0, 1, 1, 1, 2)))

    if shape == "circle":  # two that have it from each other, and nobody from anyone else
        one, other = free.pop(0), free.pop(0)
        day = when()
        first = world.root(incident, region, one, f, world.account(region, f, one.name), day, None)
        lead = world.teller.lead(f, day)
        first["_body"][0] = [
            rng.choice(w.CITED_LEADS).format(
                lead_bare=bare(lead), lead_low=low(lead), origin=other.name, origin_cap=cap(other.name), outlet=one.name
            )
        ]
        first["_body"] = first["_body"][:2]
        first["text"] = first["title"] + "\n\n" + "\n\n".join(" ".join(p) for p in first["_body"] if p)
        first["_account"].quotes = []
        second = world.derived(incident, region, other, first, "cites", day)
        first["gold"] |= {"how": "circle", "parents": [{"document": second, "kind": "cites"}], "origins": [f"circle:{incident}"]}
        second["gold"] |= {"how": "circle", "origins": [f"circle:{incident}"]}
        made += [first, second]
    else:
        for n in range(roots):
            outlet = free.pop(0)
            told = f
            if n and f.killed and rng.random() < 0.4:
                told = replace(told, killed=max(1, f.killed + rng.choice((-2, -1, 1, 2, 3))))
            if n and f.injured and rng.random() < 0.4:
                told = replace(told, injured=max(1, f.injured + rng.choice((-2, -1, 1, 4))))
            if n and rng.random() < 0.3:
                told = told if f.kind in NAMED else replace(told, actor=None)
            if n and rng.random() < 0.12:
                told = replace(told, vague_day=True)
            said = holder if shape == "statement" and n < 2 else None
            made.append(world.root(incident, region, outlet, told, world.account(region, told, outlet.name), when(), said))
        if shape == "statement" and roots == 1:  # the same statement, told by a second outlet in its own words
            outlet = free.pop(0)
            made.append(world.root(incident, region, outlet, f, world.account(region, f, outlet.name), when(), holder))
    ways = {
        "wire": ("cites", "rewrite", "drift"),
        "local": ("cites", "copy", "rewrite", "drift"),
        "monitor": ("brief", "cites"),
        "aggregator": ("copy", "republished", "rewrite"),
        "translator": ("translation",),
        "radio": ("brief", "cites", "drift"),
    }
    for outlet in free[: rng.randint(2, 5)]:
        parent = rng.choice(made)
        published = date.fromisoformat(parent["published"]) + timedelta(days=rng.choice((0, 0, 1, 1, 2)))
        made.append(world.derived(incident, region, outlet, parent, rng.choice(ways[outlet.habit]), published))
    if rng.random() < 0.15 and f.killed:  # a correction of one's own
        earlier = made[0]
        if earlier["gold"]["how"] == "own":
            better = replace(earlier["_facts"], killed=earlier["_facts"].killed + 1)
            later = date.fromisoformat(earlier["published"]) + timedelta(days=1)
            body = [[world.teller.lead(better, later)], world.teller.particulars(earlier["_account"]), [rng.choice(w.CORRECTIONS)]]
            world.write(
                earlier["_outlet"],
                better,
                later,
                body,
                world.teller.title(better, later),
                incident=incident,
                how="correction",
                parents=[],
                origins=list(earlier["gold"]["origins"]),
            )
    told_docs = world.documents[begin:]
    values: dict[str, set[Any]] = {}
    for d in told_docs:
        for measure, value in d["gold"]["facts"]["counts"].items():
            values.setdefault(measure, set()).add(value)
    conflicts = {m: sorted(v) for m, v in values.items() if len(v) > 1}
    origins = sorted({o for d in told_docs for o in d["gold"]["origins"]})
    world.incidents.append(
        {
            "incident": incident,
            "half": world.half,
            "region": region,
            "place": f.town,
            "day": f.day.isoformat(),
            "kind": f.kind,
            "origins": origins,
            "conflicts": conflicts,
        }
    )


def make(half: str, seed: int) -> World:
    world = World(half, seed)
    rng = world.rng
    start = date(2025, 3, 3) if half == "train" else date(2025, 6, 2)
    kinds = list(KINDS)
    count = 0

    def add(region: str, f: Facts) -> None:
        nonlocal count
        count += 1
        tell(world, f"{half}-{count:02}", region, f)

    while count < PER_HALF:
        region = rng.choice(list(TOWNS))
        town = rng.choice(TOWNS[region])
        day = start + timedelta(days=rng.randrange(24))
        f = world.facts(region, town, rng.choice(kinds), day)
        add(region, f)
        twist = rng.random()
        if twist < 0.2:  # the same kind in the same town on the same day, elsewhere in it and with other losses
            twin = world.facts(region, town, f.kind, day)
            other = rng.choice([s for s in w.SPOTS if s != f.spot])
            add(region, replace(twin, spot=other, killed=None if twin.killed is None else (f.killed or 0) + rng.randint(3, 6)))
        elif twist < 0.4:  # the same kind on the same day in a town near by
            beside = rng.choice([t for t in TOWNS[region] if t != town])
            add(region, world.facts(region, beside, f.kind, day))
        elif twist < 0.5:  # the same kind in the same town soon after
            add(region, world.facts(region, town, f.kind, day + timedelta(days=rng.choice((1, 2, 3)))))
    return world


def places() -> dict[str, dict[str, Any]]:
    """The towns by name as the place index has them."""
    found: dict[str, dict[str, Any]] = {}
    with contextlib.closing(Gazetteer.open(Settings().gazetteer())) as gazetteer:
        for region, towns in TOWNS.items():
            for town in towns:
                here = [x.place for x in gazetteer.find(town) if x.place.country == COUNTRIES[region] and x.place.kind == "town"]
                if not here:
                    raise SystemExit(f"{town}: is not in the place index")
                p = max(here, key=lambda x: x.population)
                found[town] = {
                    "place": p.name,
                    "geonames_id": p.geonames_id,
                    "latitude": p.latitude,
                    "longitude": p.longitude,
                    "country": p.country,
                    "admin1": p.admin1,
                }
    return found


def main() -> None:
    known = places()
    incidents = []
    for half, seed in (("train", SEED), ("test", SEED + 1)):
        world = make(half, seed)
        order = sorted(range(len(world.documents)), key=lambda i: (world.documents[i]["published"], i))
        for n, i in enumerate(order):
            world.documents[i]["id"] = f"{half}-{n:03}"
        with (HERE / f"{half}.jsonl").open("w", encoding="utf8") as out:
            for i in order:
                d = world.documents[i]
                d["gold"]["parents"] = [{"document": p["document"]["id"], "kind": p["kind"]} for p in d["gold"]["parents"]]
                d["gold"]["facts"] |= known[d["gold"]["facts"]["place"]]
                out.write(json.dumps({k: v for k, v in d.items() if not k.startswith("_")}, ensure_ascii=False) + "\n")
        incidents += world.incidents
        print(half, len(world.incidents), "incidents", len(world.documents), "reports")
    (HERE / "incidents.jsonl").write_text("".join(json.dumps(i, ensure_ascii=False) + "\n" for i in incidents), encoding="utf8")


if __name__ == "__main__":
    main()
