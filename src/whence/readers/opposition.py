"""Which claims gainsay each other: a denial and what it denies, figures that cannot both hold."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from whence.language.analysis import Analysis, Token
from whence.readers.base import Draft
from whence.readers.chains import Chains
from whence.records import Claim, Count, Span

SAME: tuple[frozenset[str], ...] = (
    frozenset(("SUPPORT", "AID", "COOPERATE", "CONSULT", "AGREE")),
    frozenset(("ASSAULT", "COERCE", "MOBILIZE")),
    frozenset(("PROTEST",)),
    frozenset(("RETREAT", "CONCEDE")),
    frozenset(("ACCUSE", "REJECT", "THREATEN", "REQUEST", "SANCTION")),
)
WEIGHTY = ("NOUN", "VERB", "PROPN", "ADJ")
LIGHT_WORDS = frozenset(
    "be have do say tell make take get go come be part result number people man area country city town "
    "group force day week month year time "
    "thing way other last new recent several many more some such same first".split()
)


class _Proposition:
    """What a claim is about: weighty lemmas, entities, kinds of events, and whether it speaks of just anybody."""

    def __init__(self, draft: Draft, claim: Claim) -> None:
        analysis = draft.analysis
        tokens = [t for s in claim.content for t in _tokens_of(analysis, s)]
        self.words = {t.lemma.lower() for t in tokens if t.pos in WEIGHTY and t.lemma.lower() not in LIGHT_WORDS and len(t.lemma) > 2}
        self.entities = {m.entity for m in draft.mentions if m.entity and any(s.start <= m.start and m.end <= s.end for s in claim.content)}
        self.kinds = {e.type for e in draft.events if within(e.trigger, claim.content)}
        self.triggers = {t.lemma.lower() for e in draft.events if within(e.trigger, claim.content) for t in _tokens_of(analysis, e.trigger)}
        self.denied = {e.type for e in draft.events if within(e.trigger, claim.content) and e.status == "denied"}
        self.anybody = any(t.lower in ("anyone", "anybody", "nobody") for t in tokens) or any(
            a.lower == "any" and b.pos == "NOUN" for a, b in itertools.pairwise(tokens)
        )


def related(one: _Proposition, other: _Proposition, rare: Counter[str]) -> float:
    """How far two claims are about one proposition: shared rare words, parties and kinds of acts."""
    shared = one.words & other.words
    score = sum(1.0 if rare[w] <= 4 else 0.5 for w in shared) + 1.0 * len(one.entities & other.entities)
    kinds = any(one.kinds & s and other.kinds & s for s in SAME)
    if not kinds:
        score *= 0.5
    if one.triggers & other.triggers:
        score += 1.0
    return score


APART = 8
"""Sentences within which two figures for the same sort of victims are taken for figures of one incident."""


def _numbers_apart(draft: Draft, claims: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Pairs of claims whose holders give figures that cannot both hold ("five policemen killed", "only two")."""
    events = {e.id: e for e in draft.events}
    counted = [
        (c, e, n) for c in claims if c.event and (e := events[c.event]) and not e.aggregate for n in e.counts if n.measure != "incidents"
    ]
    for i, (c, e, n) in enumerate(counted):
        for d, f, m in counted[i + 1 :]:
            if c.id == d.id or n.measure != m.measure or abs(e.sentence - f.sentence) > APART or _sort(n) != _sort(m):
                continue
            if e.when.timex and f.when.timex and (e.when.earliest, e.when.latest) != (f.when.earliest, f.when.latest):
                continue
            apart = (n.high is not None and m.low is not None and n.high < m.low) or (
                m.high is not None and n.low is not None and m.high < n.low
            )
            if apart and c.chain[:1] != d.chain[:1]:
                yield c, d


def _sort(count: Count) -> str:
    """What is counted, by its last word ("policemen")."""
    return count.span.text.split()[-1].lower().rstrip("s")


def opposed(draft: Draft, claims: list[Claim], chains: Chains) -> list[Claim]:
    props = {c.id: _Proposition(draft, c) for c in claims}
    rare: Counter[str] = Counter(w for p in props.values() for w in p.words)
    against: dict[str, list[str]] = {c.id: [] for c in claims}
    denials = [c for c in claims if (c.polarity == "negative" and c.stance in ("denies", "doubts")) or props[c.id].denied]
    for d in denials:
        for c in claims:
            if c.id == d.id or c.stance in ("asks", "disclaims", "denies", "doubts") or c.polarity == "negative":
                continue
            if chains.origin(c.chain) == chains.origin(d.chain) or c.chain == d.chain:
                continue
            if c.attribution is not None and c.attribution == d.attribution:
                continue
            if any(within(s, c.content) for s in d.content) or any(within(s, d.content) for s in c.content):
                continue  # a sentence does not gainsay the words that it quotes
            one, other = props[d.id], props[c.id]
            generic = one.anybody and any(
                (one.denied or one.kinds) & s and other.kinds & s & {"SUPPORT", "AID", "COOPERATE", "ASSAULT", "COERCE"} for s in SAME[:2]
            )
            kinds = any(one.kinds & s and other.kinds & s for s in SAME)
            shared = one.words & other.words
            taken_up = len(shared) >= 2 and 2 * len(shared) >= len(one.words)  # a short denial says little but what it denies
            if ((related(one, other, rare) >= 4.0 or taken_up) and kinds) or (generic and c.attribution is not None):
                against[d.id].append(c.id)
                against[c.id].append(d.id)
    for c, d in _numbers_apart(draft, claims):
        against[c.id].append(d.id)
        against[d.id].append(c.id)
    return [msgspec.structs.replace(c, opposes=tuple(dict.fromkeys(against[c.id]))) if against[c.id] else c for c in claims]


def within(span: Span, content: Sequence[Span]) -> bool:
    """Whether a span lies in one of some others."""
    return any(c.start <= span.start and span.end <= c.end for c in content)


def _tokens_of(analysis: Analysis, span: Span) -> list[Token]:
    first, last = analysis.covering(span.start, span.end)
    return list(analysis.tokens[first:last])
