"""Claims: what each holder puts forward, through which chain, with which stance; and which claims gainsay each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from whence.language.analysis import Analysis, Token
from whence.readers.attributions.cues import cues
from whence.readers.base import Draft
from whence.readers.chains import Chains
from whence.readers.clauses import Told, clauses, innermost
from whence.readers.factuality import Commitments
from whence.readers.opposition import opposed, within
from whence.readers.statements import own_voice, principal
from whence.records import Attribution, Claim, Event, Record, Span, identifier
from whence.records.vocabulary import Certainty, Polarity, Stance

NOT = frozenset(("not", "n't", "n’t", "never", "neither", "nor"))
FALSE = frozenset(
    (
        "false untrue incorrect wrong baseless unfounded groundless inaccurate misleading fabricated "
        "unacceptable impossible untenable rumour rumor lie"
    ).split()
)
SAYING = frozenset(("asserts", "predicts", "denies"))
WITHOUT = frozenset("indication evidence sign proof truth basis intention plan resumption need reason doubt connection link".split())


class ClaimReader:
    """A claim for every attribution, and for every statement of the outlet's own voice that bears on something told.

    The stance is the cue's, turned by its negation ("have not ruled out" allows) and by the content's own main clause
    ("there is no indication" denies); a negation elsewhere in the content changes nothing. Claims oppose each other
    where one affirms and the other denies, doubts or rules out a proposition of the same kind with shared parties or
    words, and their origins differ. A clause that its holder, or the outlet, puts otherwise than what is around it makes
    a claim of its own, by what they commit to (docs/factuality.md). Missed: contradictions that only an inference shows.
    Measured by `score.py factuality` and `seed`.
    """

    name: ClassVar[str] = "claims"
    version: ClassVar[str] = "2"
    requires: ClassVar[tuple[type[Record], ...]] = (Attribution, Event)
    produces: ClassVar[tuple[type[Record], ...]] = (Claim,)

    def __call__(self, draft: Draft, /) -> Sequence[Record]:
        chains = Chains(draft)
        owner = _owners(draft)
        commitments = Commitments(draft.analysis, _roots(draft, owner))
        made: list[Claim] = []
        parts: list[Claim] = []
        for attribution in draft.statements:
            whole, within_it = _attributed(draft, attribution, chains, commitments, owner)
            made += whole
            parts += within_it
        made += own_voice(draft, chains, commitments)
        known = {c.id: c for c in made}
        return [*opposed(draft, list(known.values()), chains), *{c.id: c for c in parts if c.id not in known}.values()]


# ---- the holder's ------------------------------------------------------------------------------------------------------
def _owners(draft: Draft) -> list[str | None]:
    """For each token the attribution with the fewest words in whose content it stands."""
    analysis = draft.analysis
    owner: list[str | None] = [None] * len(analysis.tokens)
    for a in sorted(draft.statements, key=lambda a: -sum(c.end - c.start for c in a.content)):
        for span in a.content:
            first, last = analysis.covering(span.start, span.end)
            for i in range(first, last):
                owner[i] = a.id
    return owner


def _roots(draft: Draft, owner: Sequence[str | None]) -> set[int]:
    """The heads of what is cited: a token whose head stands outside of the content that it is of."""
    tokens = draft.analysis.tokens
    return {t.i for t in tokens if owner[t.i] is not None and t.pos != "PUNCT" and (owner[t.head] != owner[t.i])}


def _attributed(
    draft: Draft, attribution: Attribution, chains: Chains, commitments: Commitments, owner: Sequence[str | None]
) -> tuple[list[Claim], list[Claim]]:
    """(the claims of an attribution's whole content, those of clauses in it that its holder puts otherwise)."""
    analysis = draft.analysis
    inner = [e for e in draft.events if within(e.trigger, attribution.content) and _innermost(draft, e.trigger, attribution)]
    stance, polarity, certainty, why = stance_of(draft, attribution)
    chain = chains.of(attribution)

    def claim(event: Event | None, content: tuple[Span, ...], told: Told, because: tuple[str, ...], *key: str | int) -> Claim:
        made = Claim(
            id=identifier("C", attribution.id, *key, event.id if event else ""),
            event=event.id if event else None,
            content=content,
            attribution=attribution.id,
            chain=chain,
            stance=told.stance,
            polarity=told.polarity,
            certainty=told.certainty,
            opposes=(),
        )
        draft.why[made.id] = because
        return made

    told = Told(stance, polarity, certainty)
    heads = [(analysis.head_of(*analysis.covering(e.trigger.start, e.trigger.end)), e) for e in inner]
    triggers = frozenset(i for i, _ in heads)
    parts = []
    if stance in SAYING:
        for first, last in _sentences(analysis, attribution.content):
            mine = [t for t in analysis.tokens[first:last] if owner[t.i] == attribution.id]
            main = analysis.head_of(first, last)
            around = Told("asserts" if stance == "denies" else stance, polarity, certainty)
            parts += clauses(draft.text, commitments, mine, around, main=main, triggers=triggers)
    homes = {i: innermost(parts, i) for i in triggers}
    whole = [claim(e, attribution.content, told, why) for e in principal(draft, [e for i, e in heads if homes[i] is None])]
    within_it = [
        claim(e, (p.span,), p.told, ("a clause of it", *p.why), p.span.start, p.span.end)
        for p in parts
        for e in principal(draft, [e for i, e in heads if homes[i] is p])
    ]
    return whole, within_it


def _sentences(analysis: Analysis, content: Sequence[Span]) -> list[tuple[int, int]]:
    """The tokens (half-open) of a content, sentence by sentence."""
    out = []
    for span in content:
        first, last = analysis.covering(span.start, span.end)
        for s in sorted({analysis.tokens[i].sentence for i in range(first, last)}):
            sentence = analysis.sentences[s]
            out.append((max(first, sentence.first), min(last, sentence.last)))
    return out


def whole(claims: Iterable[Claim]) -> list[Claim]:
    """Claims without those of a clause inside another claim of the same attribution."""
    claims = list(claims)
    longest: dict[str | None, int] = {}
    for c in claims:
        longest[c.attribution] = max(longest.get(c.attribution, 0), _length(c))
    return [c for c in claims if c.attribution is None or _length(c) == longest[c.attribution]]


def _length(claim: Claim) -> int:
    return sum(s.end - s.start for s in claim.content)


def _innermost(draft: Draft, span: Span, attribution: Attribution) -> bool:
    size = sum(c.end - c.start for c in attribution.content)
    return not any(
        a.id != attribution.id and within(span, a.content) and sum(c.end - c.start for c in a.content) < size for a in draft.statements
    )


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
