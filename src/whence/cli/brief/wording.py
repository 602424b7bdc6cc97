"""Dates, places, numbers and stances in words."""

from __future__ import annotations

from datetime import date

from whence.cli.terminal import cut, line
from whence.records import Claim, Count, Event, Incident, Subset, Toponym, When

from .facts import Facts, country_names

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
LONG = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
PARTS_OF_DAY = {"MO": "morning", "MI": "midday", "AF": "afternoon", "EV": "evening", "NI": "night", "DT": "by day"}
SAID_PARTS = ("dawn", "daybreak", "sunrise", "noon", "midday", "midnight", "dusk", "sunset", "overnight")
KINDS = {
    "country": "the whole country",
    "admin1": "an area",
    "admin2": "an area",
    "town": "town",
    "area": "an area",
    "road": "a line, not a point",
    "water": "water",
    "other": "",
}
MEASURES = {
    "killed": "killed",
    "injured": "wounded",
    "killed_or_injured": "killed or wounded",
    "captured": "captured",
    "displaced": "displaced",
    "destroyed": "destroyed",
    "damaged": "damaged",
    "participants": "took part",
    "incidents": "incidents",
}
PEOPLE = frozenset(("killed", "injured", "killed_or_injured", "captured", "displaced", "participants"))
STANCES = {
    "asserts": "says",
    "denies": "denies",
    "doubts": "doubts",
    "allows": "does not rule out",
    "predicts": "expects",
    "warns": "warns",
    "asks": "asks",
    "wants": "wants",
    "fears": "fears",
    "disclaims": "does not vouch",
}
AGAINST = frozenset(("denies", "doubts"))
VIA = {"translated_from": "translating", "republished_from": "republishing", "citing": "citing"}
KNOWN_FROM = {"given": "given", "metadata": "from the page", "inferred": "inferred"}


def day(iso: str, *, weekday: bool = False) -> str:
    """An ISO date as a person writes it."""
    d = date.fromisoformat(iso)
    return (f"{DAYS[d.weekday()]} " if weekday else "") + f"{d.day} {MONTHS[d.month - 1]} {d.year}"


def long_day(iso: str) -> str:
    d = date.fromisoformat(iso)
    return f"{d.day} {LONG[d.month - 1]} {d.year}"


def between(earliest: str, latest: str) -> str:
    """Two days with what they share said once."""
    a, b = date.fromisoformat(earliest), date.fromisoformat(latest)
    if a.year != b.year:
        return f"{day(earliest)} to {day(latest)}"
    if a.month != b.month:
        return f"{a.day} {MONTHS[a.month - 1]} to {day(latest)}"
    return f"{a.day} to {day(latest)}"


def when(facts: Facts, told: When) -> str:
    """When something was, with how exactly that is known."""
    first, last = told.earliest, told.latest
    if first is None and last is None:
        return "day not told"
    if first is None:
        assert last is not None
        return f"day not told; by {day(last)}"
    if last is None:
        return f"{day(first)} on"
    if told.precision == "unknown":
        return f"day not told; {between(first, last)}"
    if first == last:
        part = _part_of_day(facts, told)
        return day(first, weekday=True) + (f", {part}" if part else "")
    a, b = date.fromisoformat(first), date.fromisoformat(last)
    if told.precision == "month" and (a.year, a.month) == (b.year, b.month):
        return f"{LONG[a.month - 1]} {a.year}, day not told"
    if told.precision == "year" and a.year == b.year:
        return f"{a.year}, day not told"
    if told.precision == "interval" and last == facts.reading.document.published:
        return f"{_begin(a)} on"
    return f"about {between(first, last)}"


def _begin(first: date) -> str:
    """The beginning of an open time, as exactly as it is known."""
    if first.day == 1:
        return str(first.year) if first.month == 1 else f"{MONTHS[first.month - 1]} {first.year}"
    return day(first.isoformat())


def _part_of_day(facts: Facts, told: When) -> str:
    timex = facts.timexes.get(told.timex) if told.timex else None
    if timex is None:
        return ""
    said = timex.text.lower().split()
    for part in SAID_PARTS:
        if part in said:
            return part
    _, _, clock = (timex.value or "").partition("T")
    if clock[:2] in PARTS_OF_DAY:
        return PARTS_OF_DAY[clock[:2]]
    return clock[:5] if clock[:2].isdigit() and ":" in clock else ""


def place(toponym: Toponym) -> str:
    """A place with how exactly it is known."""
    found = toponym.place
    if found is None:
        return f"{cut(toponym.text, 50)} (not on the map)"
    said = cut(toponym.text, 60)
    said = said[4:] if said.lower().startswith("the ") else said
    plain = said[:1].isupper() and not (said.isupper() and len(said) > 4)  # a dateline shouts
    name = said if plain and toponym.use == "literal" else line(found.name)
    names = [name]
    if found.admin1 and found.admin1 not in (found.name, name) and found.kind != "country":
        names.append(line(found.admin1))
    country = country_names().get(found.country or "")
    if country and country not in (found.name, name):
        names.append(country)
    kind = KINDS[found.kind]
    return ", ".join(names) + (f" ({kind})" if kind else "")


def places(facts: Facts, ids: tuple[str, ...]) -> str:
    """The places of an incident, three at most."""
    found = list(dict.fromkeys(place(facts.toponyms[i]) for i in ids if i in facts.toponyms))
    if not found:
        return "place not told"
    return "; ".join(found[:3]) + (f"; and {len(found) - 3} more" if len(found) > 3 else "")


def number(low: int | None, high: int | None, said: str) -> str:
    """A range as it is known; the words themselves where they give no number."""
    if low is not None and high is not None:
        return f"{low:,}" if low == high else f"{low:,} to {high:,}"
    if low is not None and low > 1:
        return f"{low:,} or more"
    if high is not None:
        return f"up to {high:,}"
    return f"number not told (“{cut(said, 40)}”)"


def count(facts: Facts, told: Count, *, own: frozenset[str]) -> str:
    """A number with its measure, its part and, where it is not the outlet's own, whose it is."""
    words = f"{MEASURES[told.measure]} {number(told.low, told.high, told.span.text)}"
    if told.includes:
        words += f" ({'; '.join(_included(facts, part) for part in told.includes)})"
    claim = facts.teller(told.span)
    if claim is not None and claim.attribution is not None and claim.chain and claim.id not in own:
        words += f", says {facts.name(claim.chain[0])}"
    return words


def _included(facts: Facts, part: Subset) -> str:
    whose = facts.name(part.of) if part.of else cut(part.span.text, 40)
    if part.low is None or whose[:1].isdigit():
        return f"among them {whose}"
    return f"{number(part.low, part.high, part.span.text)} of them: {whose}"


def stance(claim: Claim) -> str:
    """What a holder does with a claim, as a verb."""
    verb = STANCES[claim.stance]
    if claim.attribution is None and claim.stance == "asserts":
        verb = "tells"
    if claim.polarity == "negative" and claim.stance not in ("denies", "doubts", "disclaims"):
        verb += " not"
    if claim.certainty in ("probable", "possible") and claim.stance == "asserts":
        verb += " probably" if claim.certainty == "probable" else " possibly"
    return verb


def against(claim: Claim) -> bool:
    """Whether a holder gainsays something."""
    return claim.stance in AGAINST or (claim.stance == "asserts" and claim.polarity == "negative")


def kind(told: Incident | Event) -> str:
    """What sort of thing it was: ACLED's finer word, or PLOVER's."""
    if told.acled is not None:
        sub = told.acled.sub_event_type
        return sub if sub != "Other" else told.acled.event_type
    return told.type.capitalize() + (f" ({told.mode})" if told.mode else "")


def sides(facts: Facts, incident: Incident) -> str:
    """Who to whom; both ways where both do the same."""
    actors = [facts.name(a) for a in incident.actors]
    targets = [facts.name(t) for t in incident.targets]
    both = (
        len(actors) > 1
        and not targets
        and (incident.type in ("AGREE", "CONSULT") or (incident.acled is not None and incident.acled.event_type == "Battles"))
    )
    if both:
        return " ↔ ".join(actors)
    if incident.type == "PROTEST" and not targets:
        return ", ".join(actors) or "by whom is not told"
    return f"{', '.join(actors) or 'unknown'} → {', '.join(targets) or 'not told'}"


def origins(n: int) -> str:
    return f"{n} origin" + ("" if n == 1 else "s")
