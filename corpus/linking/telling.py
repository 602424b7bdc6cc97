"""An incident told: sentences put together for one outlet's account, from the facts as that account has them."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date

import wording as w
from world import Outlet

SMALL = "zero one two three four five six seven eight nine ten eleven twelve".split()
PARTS = ("morning", "evening", "night", "afternoon", "at dawn")


@dataclass
class Facts:
    """What one account holds to be so; `None` or empty: it does not say."""

    kind: str
    day: date
    part: str
    town: str
    spot: str
    actor: str | None
    target: str | None
    victims: str
    killed: int | None
    injured: int | None
    captured: int | None
    captives: str
    crowd: int
    cause: str
    vague_day: bool = False


@dataclass
class Account:
    """What one account tells beside the facts; the rewritten ones share it with what they have it from."""

    particulars: list[int]
    fill: list[dict[str, str]]
    quotes: list[tuple[str, str, str]]
    background: list[int] = field(default_factory=list)


def number(n: int) -> str:
    return SMALL[n] if n < len(SMALL) else str(n)


def cap(text: str) -> str:
    return text[:1].upper() + text[1:]


def losses(f: Facts, rng: random.Random) -> tuple[str, str]:
    """("killing four people and wounding nine", "Four people were killed and nine wounded")."""
    k, i = f.killed, f.injured
    one = {"people": "person", "policemen": "policeman"}
    noun = lambda n: one.get(f.victims, f.victims[:-1]) if n == 1 else f.victims  # noqa: E731
    were = lambda n: "was" if n == 1 else "were"  # noqa: E731
    hurt = rng.choice(("wounding", "injuring"))
    done = "wounded" if hurt == "wounding" else "injured"
    if k is None and i is None:
        return "causing casualties", "There were dead and wounded"
    if k is None:
        return f"{hurt} {number(i)} {noun(i)}", f"{cap(number(i))} {noun(i)} {were(i)} {done}"
    if i is None:
        return f"killing {number(k)} {noun(k)}", f"{cap(number(k))} {noun(k)} {were(k)} killed"
    toll = rng.choice(
        (
            f"{cap(number(k))} {noun(k)} {were(k)} killed and {number(i)} {done}",
            f"{cap(number(k))} {noun(k)} died and {number(i)} {were(i)} {done}",
        )
    )
    return f"killing {number(k)} {noun(k)} and {hurt} {number(i)}", toll


def day_words(f: Facts, published: date, rng: random.Random) -> str:
    weekday = f.day.strftime("%A")
    month = f"{f.day.strftime('%B')} {f.day.day}"
    if f.vague_day:
        return "this week" if (published - f.day).days < 5 else "in the past days"
    if (published - f.day).days > 5:
        return f"on {month}"
    if f.part == "at dawn":
        return rng.choice((f"at dawn on {weekday}", f"early on {weekday}", f"on {weekday} at dawn"))
    return rng.choice((f"on {weekday} {f.part}", f"on {weekday}", f"on {weekday}, {month},"))


class Teller:
    """Words for one account. `half` and its parity choose two thirds of the patterns, so that each half has some of its own."""

    def __init__(self, rng: random.Random, half: str) -> None:
        self.rng, self.half = rng, half

    def pick(self, patterns: tuple[str, ...]) -> str:
        if len(patterns) < 6:
            return self.rng.choice(patterns)
        bar = 0 if self.half == "train" else 1
        return self.rng.choice([p for i, p in enumerate(patterns) if i % 3 != bar])

    def slots(self, f: Facts, published: date) -> dict[str, str]:
        spot = self.rng.choice(w.SPOTS[f.spot])
        killing, toll = losses(f, self.rng)
        captured = f"{number(f.captured)} {f.captives}" if f.captured else f"several {f.captives}"
        actor, target = f.actor or "gunmen", f.target or "a convoy"
        return {
            "spot": spot,
            "spot_bare": spot.removeprefix("the ").removeprefix("a "),
            "place": f.town,
            "day": day_words(f, published, self.rng),
            "actor": actor,
            "Actor": cap(actor),
            "target": target,
            "Target": cap(target),
            "target_bare": target.removeprefix("the "),
            "killing": killing,
            "toll": toll,
            "captured": captured,
            "Captured": cap(captured),
            "crowd": str(f.crowd),
            "cause": f.cause,
        }

    def lead(self, f: Facts, published: date) -> str:
        patterns = w.LEADS[f.kind]
        if f.actor is None:
            patterns = tuple(p for p in patterns if "{actor}" not in p and "{Actor}" not in p)
        sentence = self.pick(patterns).format(**self.slots(f, published))
        return cap(sentence.replace(",,", ",").replace(",.", "."))

    def title(self, f: Facts, published: date) -> str:
        bare = self.rng.choice(w.TITLES[f.kind]).format(**self.slots(f, published))
        if f.killed and self.rng.random() < 0.4:
            return f"{cap(number(f.killed))} killed: {bare}" if self.rng.random() < 0.5 else f"{bare}, {number(f.killed)} dead"
        return cap(bare)

    def particulars(self, a: Account) -> list[str]:
        found = []
        for which, fill in zip(a.particulars, a.fill, strict=True):
            found.append(self.rng.choice(w.PARTICULARS[which]).format(**fill))
        return found

    def witnessed(self, a: Account, outlet: Outlet, origin: str | None) -> list[str]:
        found = []
        for quote, witness, job in a.quotes:
            patterns = w.REQUOTES if origin else w.WITNESSES
            found.append(self.rng.choice(patterns).format(quote=quote, witness=witness, job=job, outlet=outlet.name, origin=origin))
        return found


def bare(sentence: str) -> str:
    """The first sentence without its full stop, and what follows is left out."""
    return sentence.split(". ")[0].rstrip(".").rstrip(",")


def low(sentence: str) -> str:
    first = bare(sentence)
    word = first.split(" ")[0]
    keep = word not in (
        "The",
        "A",
        "An",
        "About",
        "Some",
        "Several",
        "Two",
        "Three",
        "Four",
        "Five",
        "Six",
        "Seven",
        "Eight",
        "Nine",
        "Ten",
        "One",
        "Eleven",
        "Twelve",
        "Gunmen",
        "Artillery",
        "Heavy",
        "Clashes",
        "Shelling",
        "Armed",
        "Around",
        "Fighters",
        "Guns",
        "Residents",
        "Protesters",
        "Anger",
    )
    return first if keep else first[:1].lower() + first[1:]


def rest(sentence: str) -> list[str]:
    """The further sentences of a lead."""
    return [s if s.endswith(".") else f"{s}." for s in sentence.split(". ")[1:]]
