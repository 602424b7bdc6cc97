"""The chain of holders behind a statement: origin first, publisher last."""

from __future__ import annotations

from collections.abc import Sequence

from whence.readers.base import Draft
from whence.records import Attribution, Entity

from .carrying import Company

GOES_ON = frozenset(("he", "she", "they", "it", "who"))


class Chains:
    """Chains of one draft. The outlet is the publisher with every outlet in `via`, the original first in a chain."""

    def __init__(self, draft: Draft) -> None:
        document = draft.document
        self.entities: dict[str, Entity] = {e.id: e for e in draft.entities}
        self.attributions = {a.id: a for a in draft.attributions}
        self.publisher = document.publisher
        original = [v.publisher for v in reversed(document.via)]
        self.outlets: list[str] = [*original, *([document.publisher] if document.publisher else [])]
        self._draft = draft
        self.company = Company(draft)
        self._ordered = sorted(draft.attributions, key=lambda a: (a.cue or a.content)[0].start)
        self._found: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}

    def outlet(self) -> tuple[str, ...]:
        """The chain of what the outlet tells in its own voice."""
        return tuple(dict.fromkeys(self.outlets))

    def own(self) -> tuple[str, ...]:
        """The chain of titles and disclaimers: the publisher alone."""
        return (self.publisher,) if self.publisher else ()

    def of(self, attribution: Attribution) -> tuple[str, ...]:
        """The chain of an attribution: its holder, those inside whose words it stands, who carried it, the outlet."""
        chain: list[str] = []
        seen: set[str] = set()
        current: Attribution | None = attribution
        while current is not None and current.id not in seen:
            seen.add(current.id)
            first = self.attributions.get(current.continues, current) if current.continues else current
            for holder in (*self.before(first), current.holder or first.holder, *self.carriers(first)):
                if holder is not None and holder not in chain:
                    chain.append(holder)
            up = current.parent or first.parent
            current = self.attributions.get(up) if up else None
        for outlet in self.outlets:
            if outlet in chain:
                chain.remove(outlet)
            chain.append(outlet)
        return tuple(chain)

    def before(self, attribution: Attribution) -> tuple[str, ...]:
        """Whom the holder has it from: "the agency said, citing two officers", "who had it from a gravedigger"."""
        return self._beside(attribution)[0]

    def carriers(self, attribution: Attribution) -> tuple[str, ...]:
        """The outlets that carried it: "told al-Modon", "in a statement to the agency", "quoted by Radio Shikan". Somebody who
        goes on speaking, or sources without a name, speak through the outlet that they spoke to before."""
        own = self._beside(attribution)[1]
        if own or attribution.holder is None or not attribution.source:
            return own
        holder = self.entities.get(attribution.holder)
        pronoun = attribution.source[0].text.lower() in GOES_ON
        if holder is None or (holder.named and not pronoun):
            return own
        outlet = self.company.spoke_to(holder.id, attribution.source[0].start)
        return own if outlet is None else (outlet,)

    def _beside(self, attribution: Attribution) -> tuple[tuple[str, ...], tuple[str, ...]]:
        if attribution.id not in self._found:
            self._found[attribution.id] = self._company(attribution)
        return self._found[attribution.id]

    def _company(self, attribution: Attribution) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """(whom it is from, who carried it)."""
        origin, carriers = self.company.beside(attribution, self._ordered)
        told = self._told(attribution) if attribution.cue else []
        return origin, tuple(dict.fromkeys([*told, *carriers]))

    def _told(self, attribution: Attribution) -> list[str]:
        """Who was told it and passes it on: "he had been told by the boy who washes windscreens"."""
        analysis = self._draft.analysis
        first, last = analysis.covering(attribution.cue[0].start, attribution.cue[-1].end)
        for i in range(first, last):
            t = analysis.tokens[i]
            if t.lemma not in ("tell", "inform", "assure", "warn") or t.tag != "VBN":
                continue
            subject = next((analysis.tokens[c] for c in t.children if analysis.tokens[c].dep in ("nsubj:pass", "nsubj")), None)
            if subject is None or not any(analysis.tokens[c].dep in ("aux:pass", "aux") for c in t.children):
                continue
            told = next((m.entity for m in self._draft.mentions if m.entity and m.start <= subject.start < m.end), None)
            if told is not None and told != attribution.holder:
                return [told]
        return []

    def origin(self, chain: Sequence[str]) -> str:
        """A key for who is behind a chain: the first holder, where holders that cannot be told apart are one.

        Nameless holders that speak through one outlet are one origin; a state and its organs speak as one.
        """
        if not chain:
            return "nobody"
        first = self.entities[chain[0]]
        if first.id in self.outlets:
            return f"outlet:{self.outlets[0]}"
        if not first.named and first.type not in ("state", "state_forces") and not first.affiliations:
            through = next((c for c in chain[1:]), "nobody")
            return f"unnamed:{through}"
        if first.type in ("state", "state_forces") and first.country:
            return f"state:{first.country}"
        return first.id
