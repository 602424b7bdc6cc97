"""Regular and common irregular inflections of English, to find a lexicon's lemma when a learned lemmatizer errs.

A statistical lemmatizer meets verbs that it never saw ("abducted" -> "abducte"); a lexicon knows its own words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

IRREGULAR: dict[str, tuple[str, ...]] = {
    "shoot": ("shot",),
    "slay": ("slew", "slain"),
    "fight": ("fought",),
    "strike": ("struck", "stricken"),
    "hit": ("hit",),
    "hurt": ("hurt",),
    "beat": ("beat", "beaten"),
    "burn": ("burnt",),
    "blow": ("blew", "blown"),
    "set": ("set",),
    "take": ("took", "taken"),
    "seize": (),
    "hold": ("held",),
    "meet": ("met",),
    "withdraw": ("withdrew", "withdrawn"),
    "flee": ("fled",),
    "give": ("gave", "given"),
    "say": ("said",),
    "tell": ("told",),
    "think": ("thought",),
    "know": ("knew", "known"),
    "write": ("wrote", "written"),
    "find": ("found",),
    "show": ("showed", "shown"),
    "put": ("put",),
    "swear": ("swore", "sworn"),
    "speak": ("spoke", "spoken"),
    "feel": ("felt",),
    "break": ("broke", "broken"),
    "fall": ("fell", "fallen"),
    "lay": ("laid",),
    "send": ("sent",),
    "sell": ("sold",),
    "seek": ("sought",),
    "overrun": ("overran",),
    "retake": ("retook", "retaken"),
    "overthrow": ("overthrew", "overthrown"),
    "besiege": (),
    "go": ("went", "gone"),
    "give_in": (),
    "stand": ("stood",),
    "forgive": ("forgave", "forgiven"),
    "lose": ("lost",),
    "join": (),
    "bring": ("brought",),
    "catch": ("caught",),
    "drive": ("drove", "driven"),
    "hang": ("hanged", "hung"),
    "die": ("dying",),
    "deny": ("denied",),
    "ban": ("banned",),
}
DOUBLED = frozenset("bglmnprt")


def inflected(lemma: str) -> Iterator[str]:
    """The forms of a verb or noun: itself, -s, -ed, -ing, with doubling and the irregular ones."""
    yield lemma
    yield from IRREGULAR.get(lemma, ())
    if not lemma.isalpha():
        return
    if lemma.endswith("e"):
        yield from (f"{lemma}s", f"{lemma}d", f"{lemma[:-1]}ing")
    elif lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        yield from (f"{lemma[:-1]}ies", f"{lemma[:-1]}ied", f"{lemma}ing")
    else:
        yield f"{lemma}es" if lemma.endswith(("s", "x", "z", "ch", "sh")) else f"{lemma}s"
        yield from (f"{lemma}ed", f"{lemma}ing")
        if len(lemma) > 2 and lemma[-1] in DOUBLED and lemma[-2] in "aeiou" and lemma[-3] not in "aeiou":
            yield from (f"{lemma}{lemma[-1]}ed", f"{lemma}{lemma[-1]}ing")


def plurals(noun: str) -> tuple[str, ...]:
    """A noun and its regular plural."""
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun, f"{noun[:-1]}ies"
    return noun, f"{noun}es" if noun.endswith(("s", "x", "z", "ch", "sh")) else f"{noun}s"


def index(lemmas: Iterable[str]) -> dict[str, str]:
    """From every form to its lemma; the first lemma that has a form keeps it."""
    found: dict[str, str] = {}
    for lemma in lemmas:
        for form in inflected(lemma):
            found.setdefault(form, lemma)
    return found
