"""Trigger senses of the bundled lexicon, checked against the ontology when they are loaded."""

from __future__ import annotations

import functools
from typing import Literal, NamedTuple, cast

from whence.data import toml
from whence.data.inflection import index
from whence.errors import ResourceError
from whence.language.analysis import Token
from whence.records import Acled
from whence.records.vocabulary import ACLED, MODES, EventType

Frame = Literal["transitive", "symmetric", "agent", "victim", "take", "speech"]


class Sense(NamedTuple):
    """What a trigger tells of: PLOVER type and mode, ACLED's coding, who takes which part.

    A weak sense wants somebody to take part; one that `needs_target` ("hit", "strike") somebody or something hit.
    """

    type: EventType
    mode: str | None
    acled: Acled | None
    frame: Frame
    weak: bool
    needs_target: bool


def acled_of(cell: str | None) -> Acled | None:
    if not cell:
        return None
    for event_type, subs in ACLED.items():
        if cell.startswith(f"{event_type}/"):
            sub = cell.removeprefix(f"{event_type}/")
            if sub in subs:
                return Acled(event_type=event_type, sub_event_type=sub)
    raise ResourceError(f"lexicon/triggers.toml: acled {cell!r} is none of ACLED's; install whence again")


class TriggerLexicon:
    """Senses by lemma, verbs and nouns apart; triggers of several words by their first; light verbs; weapons; what
    makes a trigger mean something else."""

    def __init__(self) -> None:
        table = toml("lexicon/triggers.toml")
        self.verbs: dict[str, list[Sense]] = {}
        self.nouns: dict[str, list[Sense]] = {}
        self.phrases: dict[str, list[tuple[tuple[str, ...], str, Sense]]] = {}
        for row in table["sense"]:
            if row["type"] not in MODES or row.get("mode") not in (None, *MODES[row["type"]]):
                raise ResourceError(f"lexicon/triggers.toml: {row['type']}/{row.get('mode')} is none of PLOVER's")
            for part, into in (("verbs", self.verbs), ("nouns", self.nouns)):
                weak = bool(row.get("weak") or (part == "nouns" and row.get("weak_nouns")))
                sense = Sense(
                    row["type"],
                    row.get("mode"),
                    acled_of(row.get("acled")),
                    cast("Frame", row["frame"]),
                    weak,
                    bool(row.get("needs_target")),
                )
                for lemma in row.get(part, "").split():
                    if "_" in lemma:
                        words = tuple(lemma.split("_"))
                        self.phrases.setdefault(words[0], []).append((words, part, sense))
                    else:
                        into.setdefault(lemma, []).append(sense)
        self.with_objects: dict[str, list[tuple[frozenset[str], Sense]]] = {}
        self._read_objects()
        self.verb_forms = index(self.verbs)
        self.noun_forms = index(self.nouns)
        for options in self.phrases.values():
            options.sort(key=lambda o: -len(o[0]))
        light = table["light"]
        self.light = frozenset(light["verbs"].split())
        self.weapons = frozenset(w.replace("_", " ") for w in table["weapons"]["words"].split())
        self.odd_objects = frozenset(w.replace("_", " ") for w in table["negative"]["objects"].split())
        self.odd_heads = frozenset(table["negative"]["heads"].split())

    def _read_objects(self) -> None:
        """Senses that a verb has with some objects only (lexicon/objects.toml)."""
        table = toml("lexicon/objects.toml")
        groups = {
            name: frozenset(words.replace("_", " ").split()) | {w.replace("_", " ") for w in words.split()}
            for name, words in table["groups"].items()
        }
        for row in table["sense"]:
            if row["type"] not in MODES or row.get("mode") not in (None, *MODES[row["type"]]):
                raise ResourceError(f"lexicon/objects.toml: {row['type']}/{row.get('mode')} is none of PLOVER's")
            unknown = [name for name in row["objects"] if name not in groups]
            if unknown:
                raise ResourceError(f"lexicon/objects.toml: no group of objects is called {unknown[0]!r}")
            objects = frozenset(word for name in row["objects"] for word in groups[name])
            sense = Sense(row["type"], row.get("mode"), acled_of(row.get("acled")), cast("Frame", row["frame"]), False, False)
            for lemma in row["verbs"].split():
                self.with_objects.setdefault(lemma, []).append((objects, sense))


@functools.cache
def triggers() -> TriggerLexicon:
    """The trigger lexicon, loaded once."""
    return TriggerLexicon()


class _Measures:
    """What words of loss count: some wherever they stand, others as verbs or as nouns only."""

    def __init__(self) -> None:
        table = toml("lexicon/measures.toml")
        self.anywhere: dict[str, str] = {}
        self.verbs: dict[str, str] = {}
        self.nouns: dict[str, str] = {}
        for measure, words in table.items():
            for part, into in (("anywhere", self.anywhere), ("verbs", self.verbs), ("nouns", self.nouns)):
                for lemma in words[part].split():
                    into.setdefault(lemma, measure)
        self.forms = index(self.anywhere)
        self.verb_forms = index(self.verbs)


@functools.cache
def _measures() -> _Measures:
    return _Measures()


def measure_of(token: Token) -> str | None:
    """The measure that a word counts, by its lemma or by its form."""
    known = _measures()
    lemma = token.lemma
    found = known.anywhere.get(lemma) or known.anywhere.get(known.forms.get(token.lower, ""))
    if found is not None:
        return found
    if token.pos == "VERB" or token.tag in ("VBN", "VBD"):
        return known.verbs.get(lemma) or known.verbs.get(known.verb_forms.get(token.lower, ""))
    return known.nouns.get(lemma.lower()) if token.pos == "NOUN" else None
