"""The chain of holders behind a statement: origin first, publisher last."""

from __future__ import annotations

from collections.abc import Sequence

from whence.readers.base import Draft
from whence.records import Attribution, Entity


class Chains:
    """Chains of one draft. The outlet is the publisher with every outlet in `via`, the original first in a chain."""

    def __init__(self, draft: Draft) -> None:
        document = draft.document
        self.entities: dict[str, Entity] = {e.id: e for e in draft.entities}
        self.attributions = {a.id: a for a in draft.attributions}
        self.publisher = document.publisher
        citing = {v.publisher for v in document.via if v.relation == "citing"}
        original = [v.publisher for v in reversed(document.via) if v.publisher not in citing]
        self.outlets: list[str] = [*original, *([document.publisher] if document.publisher else [])]
        self._draft = draft
        self._carriers: dict[str, str | None] = {}

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
            for holder in (current.holder or first.holder, self.carrier(first)):
                if holder is not None and holder not in chain:
                    chain.append(holder)
            up = current.parent or first.parent
            current = self.attributions.get(up) if up else None
        for outlet in self.outlets:
            if outlet in chain:
                chain.remove(outlet)
            chain.append(outlet)
        return tuple(chain)

    def carrier(self, attribution: Attribution) -> str | None:
        """The outlet that was told: "told al-Modon", "in a statement to the agency", "quoted by Radio Shikan"."""
        if attribution.id not in self._carriers:
            self._carriers[attribution.id] = self._carried(attribution)
        return self._carriers[attribution.id]

    def _carried(self, attribution: Attribution) -> str | None:
        if not attribution.cue:
            return None
        analysis = self._draft.analysis
        first, last = analysis.covering(attribution.cue[-1].start, attribution.cue[-1].end)
        tokens = analysis.tokens
        if first >= last:
            return None
        sentence = tokens[first].sentence
        said = tokens[last - 1]
        stop = last
        while (
            stop < len(tokens)
            and stop < last + 7
            and tokens[stop].sentence == sentence
            and tokens[stop].text not in (",", "that", ".", "“", "”")
        ):
            stop += 1
        start, end = said.end, tokens[stop - 1].end
        words = [t.lower for t in tokens[last:stop]]
        verb = any(t.lemma == "tell" for t in tokens[first:last])
        if not verb and not any(w in ("to", "with", "by") for w in words[:4]):
            return None
        for m in self._draft.mentions:
            if start <= m.start and m.end <= end and m.entity is not None and m.form == "name":
                entity = self.entities.get(m.entity)
                if entity is not None and entity.type == "media":
                    return entity.id
        return None

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
