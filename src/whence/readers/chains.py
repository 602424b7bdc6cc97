"""The chain of holders behind a statement: origin first, publisher last."""

from __future__ import annotations

import re
from collections.abc import Sequence

from whence.readers.base import Draft
from whence.readers.entities.outlets import PLATFORMS
from whence.records import Attribution, Entity, Mention, Span

OUTLETS = "newspaper|website|agency|paper|station|channel|radio|outlet|site|broadcaster|magazine|weekly|daily|network"
BETWEEN = rf"(?:\s+(?:the|a|an|its|[a-z-]+))?(?:\s+(?:{OUTLETS}))?"
TOLD = re.compile(rf"\b(?:told|telling|informed|assured){BETWEEN}\s+$", re.I)
TO_OUTLET = re.compile(
    rf"\b(?:speaking|spoke|talking|talked|statements?|remarks|comments?|interview|message|letter|address|call|reply|answer|conversation|chat"
    rf"|briefing|said|added|revealed|disclosed|confirmed|explained|admitted|complained)"
    rf"(?:\s+[a-z]+){{0,3}}\s+(?:to|with|for){BETWEEN}\s+$",
    re.I,
)
BY_OUTLET = re.compile(
    rf"\b(?:carried|published|broadcast|aired|quoted(?: as saying)?|cited|seen|obtained|reviewed|posted|relayed|reported|reached"
    rf"|picked up|interviewed|contacted|shown to|distributed|circulated)"
    rf"(?:\s+(?:on|in|as|saying|[A-Z][a-z]+day)){{0,2}}\s+by{BETWEEN}\s+$"
)
SHOWN = re.compile(rf"\b(?:shown|provided|leaked|passed|given|sent|available) to{BETWEEN}\s+$")
REACHED = re.compile(r"^\s+(?:had |has )?(?:reached|contacted|interviewed|called|phoned|spoke (?:to|with)|asked)\b")
FROM = re.compile(
    r"\b(?:citing|quoting|cites?|quotes?|referring to|(?:had|got|has|have|heard|learned|learnt|knew) (?:it|this|that|the news) from"
    r"|(?:learned|learnt|heard|understood|gathered) from)\s+(?:\S+\s+){0,2}$"
)


GOES_ON = frozenset(("he", "she", "they", "it", "who"))


def _holds(attribution: Attribution, span: Span | Mention) -> bool:
    return any(c.start <= span.start and span.end <= c.end for c in attribution.content)


def _citing(attribution: Attribution) -> bool:
    return any(c.text.lower().startswith(("citing", "quoting", "cites", "quotes", "referring")) for c in attribution.cue)


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
        for earlier in reversed(self._ordered):
            if earlier.holder == attribution.holder and earlier.cue and earlier.cue[0].start < attribution.cue[0].start:
                found = self._beside(earlier)[1]
                if found:
                    return found
        return own

    def _beside(self, attribution: Attribution) -> tuple[tuple[str, ...], tuple[str, ...]]:
        if attribution.id not in self._found:
            self._found[attribution.id] = self._company(attribution)
        return self._found[attribution.id]

    def _company(self, attribution: Attribution) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """(whom it is from, who carried it), from the words of the sentence that are no content."""
        if not attribution.cue:
            return (), ()
        draft = self._draft
        cue = attribution.cue[-1]
        sentence = next((s for s in draft.analysis.sentences if s.start <= cue.start < s.end), None)
        if sentence is None:
            return (), ()
        origin: list[str] = []
        carriers = self._told(attribution)
        beyond = [a for a in self._ordered if a.id != attribution.id and a.cue and sentence.start <= a.cue[0].start < sentence.end]
        for m in draft.mentions:
            if m.entity is None or not (sentence.start <= m.start and m.end <= sentence.end) or m.form == "pronoun":
                continue
            if any(c.start <= m.start and m.end <= c.end for c in attribution.content) or m.entity == attribution.holder:
                continue
            if any(_holds(a, m) and not _holds(a, attribution.cue[0]) and not _citing(a) for a in beyond):
                continue  # it stands in the words of somebody else
            lead = draft.text[max(sentence.start, m.start - 56) : m.start]
            if FROM.search(lead):
                if m.entity not in origin and not (m.form == "name" and self.entities[m.entity].type == "state" and origin):
                    origin.insert(0, m.entity)
            elif m.form == "name" and m.entity not in carriers and self._carries(m, lead, cue):
                carriers.append(m.entity)
        return tuple(origin), tuple(carriers)

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

    def _carries(self, mention: Mention, lead: str, cue: Span) -> bool:
        entity = self.entities.get(mention.entity or "")
        if entity is None or entity.type in ("person", "state", "civilians", "state_forces", "armed_group") or mention.text in PLATFORMS:
            return False
        told = mention.start >= cue.end and mention.start - cue.end <= 40 and TOLD.search(lead) is not None
        after = self._draft.text[mention.end : mention.end + 30]
        return (
            told
            or any(pattern.search(lead) for pattern in (TO_OUTLET, BY_OUTLET, SHOWN))
            or (
                entity.type == "media"
                and lead.rstrip().endswith(("when", "when the", "whom", "whom the"))
                and REACHED.match(after) is not None
            )
        )

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
