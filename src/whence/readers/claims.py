"""Claims: what each holder puts forward, through which chain, with which stance; and which claims gainsay each other."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import ClassVar

import msgspec

from whence.language.analysis import Analysis, Token
from whence.readers.attributions.cues import cues
from whence.readers.base import Draft
from whence.readers.chains import Chains
from whence.records import Attribution, Claim, Count, Event, Record, Span, identifier, span_of
from whence.records.vocabulary import Certainty, Polarity, Stance

NOT = frozenset(("not", "n't", "n’t", "never", "neither", "nor"))
FALSE = frozenset(
    (
        "false untrue incorrect wrong baseless unfounded groundless inaccurate misleading fabricated "
        "unacceptable impossible untenable rumour rumor lie"
    ).split()
)
WITHOUT = frozenset("indication evidence sign proof truth basis intention plan resumption need reason doubt connection link".split())
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


class ClaimReader:
    """A claim for every attribution, and for every statement of the outlet's own voice that bears on something told.

    The stance is the cue's, turned by its negation ("have not ruled out" allows) and by the content's own main clause
    ("there is no indication" denies); a negation elsewhere in the content changes nothing. Claims oppose each other
    where one affirms and the other denies, doubts or rules out a proposition of the same kind with shared parties or
    words, and their origins differ. Missed: contradictions that only an inference shows.
    """

    name: ClassVar[str] = "claims"
    version: ClassVar[str] = "1"
    requires: ClassVar[tuple[type[Record], ...]] = (Attribution, Event)
    produces: ClassVar[tuple[type[Record], ...]] = (Claim,)

    def __call__(self, draft: Draft, /) -> Sequence[Record]:
        chains = Chains(draft)
        made: list[Claim] = []
        for attribution in draft.statements:
            made += _attributed(draft, attribution, chains)
        made += _own_voice(draft, chains)
        return _opposed(draft, list({c.id: c for c in made}.values()), chains)


# ---- the holder's ------------------------------------------------------------------------------------------------------
def _attributed(draft: Draft, attribution: Attribution, chains: Chains) -> list[Claim]:
    analysis = draft.analysis
    inner = [e for e in draft.events if _within(e.trigger, attribution.content) and _innermost(draft, e.trigger, attribution)]
    stance, polarity, certainty, why = stance_of(draft, attribution)
    chain = chains.of(attribution)
    out = []
    for event in _principal(analysis, attribution.content, inner):
        claim = Claim(
            id=identifier("C", attribution.id, event.id if event else ""),
            event=event.id if event else None,
            content=attribution.content,
            attribution=attribution.id,
            chain=chain,
            stance=stance,
            polarity=polarity,
            certainty=certainty,
            opposes=(),
        )
        draft.why[claim.id] = why
        out.append(claim)
    return out


def _within(span: Span, content: Sequence[Span]) -> bool:
    return any(c.start <= span.start and span.end <= c.end for c in content)


def _innermost(draft: Draft, span: Span, attribution: Attribution) -> bool:
    size = sum(c.end - c.start for c in attribution.content)
    return not any(
        a.id != attribution.id and _within(span, a.content) and sum(c.end - c.start for c in a.content) < size for a in draft.statements
    )


def _principal(analysis: Analysis, content: Sequence[Span], events: Sequence[Event]) -> list[Event | None]:
    """The event a claim is of: the highest in the tree; and every other that a row may be made of."""
    if not events:
        return [None]

    def depth(e: Event) -> tuple[int, int]:
        first, _ = analysis.covering(e.trigger.start, e.trigger.end)
        return len(list(analysis.ancestors(first))), e.trigger.start

    ordered = sorted(events, key=depth)
    rest = [e for e in ordered[1:] if e.acled is not None and e.status in ("happened", "ongoing", "claimed")]
    return [ordered[0], *rest]


def stance_of(draft: Draft, attribution: Attribution) -> tuple[Stance, Polarity, Certainty, tuple[str, ...]]:
    """(stance, polarity, certainty, why) of what an attribution says, by its cue and its content's main clause."""
    analysis = draft.analysis
    first = attribution
    if not attribution.cue and attribution.continues:
        first = next((a for a in draft.statements if a.id == attribution.continues), attribution)
    stance: Stance = "asserts"
    certainty: Certainty = "certain"
    negated = False
    why = "no cue of its own"
    if first.cue:
        tokens = [t for s in first.cue for t in _tokens(analysis, s)]
        negated = any(t.lower in NOT for t in tokens)
        lexicon = cues()
        known = next((lexicon.verbs[t.lemma] for t in reversed(tokens) if t.lemma in lexicon.verbs and t.pos in ("VERB", "AUX")), None)
        known = known or next((lexicon.nouns[t.lemma] for t in tokens if t.lemma in lexicon.nouns), None)
        why = f"cue {' '.join(t.text for t in tokens)!r}"
        if any(t.lemma == "rule" for t in tokens) and any(t.lower == "out" for t in tokens):
            stance, certainty = ("allows", "possible") if negated else ("denies", "certain")
        elif known is not None:
            stance, certainty = known.stance, known.certainty
            if negated and stance == "denies":
                stance, certainty = "allows", "possible"
            elif negated and stance == "asserts":
                if known.lemma in ("believe", "think", "expect", "know"):
                    stance = "doubts"
                elif known.lemma in ("confirm", "claim", "verify", "report", "comment", "mention", "say", "state", "announce", "respond"):
                    stance, certainty = "disclaims", "unknown"
        elif any(t.lower in ("reportedly", "allegedly", "supposedly", "purportedly") for t in tokens):
            certainty = "unknown"
    negative, future, modal, because = main_clause(analysis, attribution.content)
    polarity: Polarity = "positive"
    if stance in ("denies", "disclaims"):
        polarity = "positive" if negative else "negative"
        if negative and attribution.form == "direct":
            polarity = "negative"
    elif negative:
        polarity = "negative"
        if stance == "asserts":
            stance = "predicts" if future else "denies"
    elif future and stance == "asserts":
        stance, certainty = "predicts", "probable"
    if modal and certainty == "certain":
        certainty = "possible"
    return stance, polarity, certainty, (why, *([because] if because else []))


def _tokens(analysis: Analysis, span: Span) -> list[Token]:
    first, last = analysis.covering(span.start, span.end)
    return list(analysis.tokens[first:last])


def main_clause(analysis: Analysis, content: Sequence[Span]) -> tuple[bool, bool, bool, str]:
    """(negated, future, merely possible, why) of the main clause of some content; scope, not nearness, decides."""
    tokens = analysis.tokens
    for span in content:
        first, last = analysis.covering(span.start, span.end)
        if first >= last:
            continue
        for s in sorted({tokens[i].sentence for i in range(first, last)}):
            sentence = analysis.sentences[s]
            lo, hi = max(first, sentence.first), min(last, sentence.last)
            if hi - lo < 3:
                continue
            root = tokens[analysis.head_of(lo, hi)]
            heads = [root, *(tokens[c] for c in root.children if lo <= c < hi and _beside(analysis, tokens[c]))]
            marks = {tokens[c].lower for c in root.children if tokens[c].dep.startswith(("aux", "cop"))}
            future = bool(marks & {"will", "shall", "’ll", "'ll"})
            modal = bool(marks & {"may", "might", "could"}) or root.lemma in ("seem", "appear")
            for head in heads:
                reason = _denied(analysis, head)
                if reason:
                    return True, future, modal, reason
            if s == tokens[first].sentence:
                return False, future, modal, ""
    return False, False, False, ""


def _beside(analysis: Analysis, token: Token) -> bool:
    """Whether a clause stands beside the main one rather than below it: it has a subject, and no word subordinates it."""
    tokens = analysis.tokens
    if token.dep not in ("conj", "parataxis", "ccomp", "advcl") or token.pos not in ("VERB", "ADJ", "AUX", "NOUN"):
        return False
    if token.dep == "conj":
        return True
    kinds = {tokens[c].dep for c in token.children}
    return "mark" not in kinds and bool(kinds & {"nsubj", "csubj", "expl", "nsubj:pass"})


def _denied(analysis: Analysis, head: Token) -> str:
    tokens = analysis.tokens
    ending = head.lemma in ("stop", "cease", "end", "halt", "deny", "doubt")
    if any(tokens[c].lower in NOT and tokens[c].dep in ("advmod", "neg", "cc") for c in head.children) and not ending:
        return f"{head.text!r} is negated"
    if head.lemma.lower() in FALSE:
        return f"{head.text!r}"
    for c in head.children:
        t = tokens[c]
        if any(tokens[k].lower == "no" and tokens[k].dep == "det" for k in t.children) and (
            t.dep.startswith(("nsubj", "obj", "expl")) and (t.lemma in WITHOUT or head.lemma == "be" or t.dep.startswith("nsubj"))
        ):
            return f"no {t.text}"
        if t.lower in ("nobody", "none", "nothing") and t.dep.startswith("nsubj"):
            return f"{t.text!r}"
    if any(tokens[c].lower == "no" and tokens[c].dep == "det" for c in head.children) and head.lemma in WITHOUT:
        return f"no {head.text}"
    return ""


# ---- the outlet's ------------------------------------------------------------------------------------------------------
def _own_voice(draft: Draft, chains: Chains) -> list[Claim]:
    analysis = draft.analysis
    kinds = [(p.start, p.end, p.kind) for p in draft.document.parts]
    covered = [False] * len(analysis.tokens)
    for a in draft.statements:
        for s in (*a.content, *a.cue, *a.source):
            first, last = analysis.covering(s.start, s.end)
            for i in range(first, last):
                covered[i] = True
    out: list[Claim] = []
    named = {m.start for m in draft.mentions if m.form != "pronoun"}
    for sentence in analysis.sentences:
        kind = next((k for a, b, k in kinds if a <= sentence.start < b), "body")
        if kind not in ("body", "lead", "title", "disclaimer"):
            continue
        words = [t for t in analysis.of(sentence) if t.pos != "PUNCT"]
        open_ = sum(not covered[t.i] for t in words)
        if not words or open_ < 0.45 * len(words):
            continue
        text = draft.text[sentence.start : sentence.end]
        asked = text.rstrip("”\"' ").endswith("?")
        if kind == "title" and not asked and not any(t.pos == "VERB" for t in words):
            continue
        events = [
            e for e in draft.events if e.sentence == sentence.index and not any(_within(e.trigger, a.content) for a in draft.statements)
        ]
        if kind == "body" and not events and not any(t.pos in ("VERB", "AUX") for t in words):
            continue
        if kind == "body" and not events and not any(sentence.start <= n < sentence.end for n in named):
            continue
        content = (span_of(draft.text, sentence.start, sentence.end),)
        negative, future, modal, because = main_clause(analysis, content)
        stance: Stance = "asks" if asked else "predicts" if future else "asserts"
        if kind == "disclaimer" and (negative or any(t.lower in ("responsibility", "views", "opinions") for t in words)):
            stance = "disclaims"
        certainty: Certainty = "unknown" if stance in ("asks", "disclaims") else "possible" if modal else "certain"
        chain = chains.own() if kind in ("title", "disclaimer") else chains.outlet()
        for event in _principal(analysis, content, events):
            claim = Claim(
                id=identifier("C", "own", sentence.start, event.id if event else ""),
                event=event.id if event else None,
                content=content,
                attribution=None,
                chain=chain,
                stance=stance,
                polarity="negative" if negative else "positive",
                certainty=certainty,
                opposes=(),
            )
            draft.why[claim.id] = ("the outlet's own voice", *([because] if because else []))
            out.append(claim)
    return out


# ---- contradictions ----------------------------------------------------------------------------------------------------
class _Proposition:
    """What a claim is about: weighty lemmas, entities, kinds of events, and whether it speaks of just anybody."""

    def __init__(self, draft: Draft, claim: Claim) -> None:
        analysis = draft.analysis
        tokens = [t for s in claim.content for t in _tokens(analysis, s)]
        self.words = {t.lemma.lower() for t in tokens if t.pos in WEIGHTY and t.lemma.lower() not in LIGHT_WORDS and len(t.lemma) > 2}
        self.entities = {m.entity for m in draft.mentions if m.entity and any(s.start <= m.start and m.end <= s.end for s in claim.content)}
        self.kinds = {e.type for e in draft.events if _within(e.trigger, claim.content)}
        self.triggers = {t.lemma.lower() for e in draft.events if _within(e.trigger, claim.content) for t in _tokens(analysis, e.trigger)}
        self.denied = {e.type for e in draft.events if _within(e.trigger, claim.content) and e.status == "denied"}
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


def _opposed(draft: Draft, claims: list[Claim], chains: Chains) -> list[Claim]:
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
