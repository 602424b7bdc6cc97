"""Losses and numbers: what each trigger counts, whose, how many, and which of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from whence.language.analysis import Analysis, Token
from whence.records import Count, Subset, span_of
from whence.records.vocabulary import Measure

from .arguments import Arguments
from .finding import Trigger, counted_together
from .lexicon import measure_of
from .quantities import OPEN, QUANTIFYING, Quantity, is_number, quantity

EntityAt = Callable[[int], str | None]
"""From the index of a token to the entity whose mention it heads."""


def counts(analysis: Analysis, trigger: Trigger, arguments: Arguments, entity_at: EntityAt, text: str) -> tuple[Count, ...]:
    """The counts of a trigger: of those who suffer it, of those who take part, of itself."""
    found: list[Count] = []
    measures = _measures(analysis, trigger)
    if measures:
        measure: Measure = "killed_or_injured" if {"killed", "injured"} <= set(measures) else measures[0]
        for head in _sufferers(analysis, trigger, arguments):
            count = _counted(analysis, head, measure, entity_at, text)
            if count is not None:
                found.append(count)
    elif trigger.sense.type == "PROTEST":
        for role, head in arguments.of(trigger):
            count = _counted(analysis, head, "participants", entity_at, text) if role == "actor" else None
            if count is not None:
                found.append(count)
    own = _incidents(analysis, trigger, text)
    if own is not None:
        found.append(own)
    return tuple(dict.fromkeys(found))


def _measures(analysis: Analysis, trigger: Trigger) -> list[Measure]:
    out: list[Measure] = []
    for token in counted_together(analysis, trigger):
        measure = measure_of(token)
        shares = token.i == trigger.token.i or _shares_object(analysis, trigger.token, token)
        if measure is not None and shares and measure not in out:
            out.append(measure)  # type: ignore[arg-type]  # the table's values are the vocabulary's
    if not out and trigger.sense.frame == "victim":
        return ["killed"]  # "lost their lives"
    if trigger.token.i != (trigger.light.i if trigger.light else trigger.token.i) and not out:
        return []
    return out


def _shares_object(analysis: Analysis, one: Token, other: Token) -> bool:
    """Whether two coordinated verbs or nouns are of one set of people: at most one of them has its own object."""

    def own(token: Token) -> bool:
        return any(analysis.tokens[c].dep in ("obj", "nsubj:pass", "nmod", "nummod") for c in token.children)

    if one.pos in ("NOUN", "PROPN"):
        return True
    first, second = sorted((one, other), key=lambda t: t.i)
    return not (own(first) and own(second)) and not (
        own(first) and first.i < second.i and any(analysis.tokens[c].dep == "obj" and first.i < c < second.i for c in first.children)
    )


def _sufferers(analysis: Analysis, trigger: Trigger, arguments: Arguments) -> Iterator[int]:
    tokens = analysis.tokens
    seen: set[int] = set()
    own = next((c for c in trigger.token.children if tokens[c].dep == "nummod" and trigger.token.pos == "VERB"), None)
    before = trigger.token.i - 1
    if own is None and trigger.token.tag in ("VBN", "VBD", "JJ") and before > 0 and is_number(tokens[before]):
        own = before if tokens[before - 1].lower in ("and", ",", ";") else None
    if own is not None:
        yield own  # "... and four wounded"
        return
    for role, head in arguments.of(trigger):
        if role == "target" and head not in seen:
            seen.add(head)
            yield head
    token = trigger.token
    if token.pos in ("NOUN", "PROPN") or token.tag == "VBG":
        for i in range(token.i, min(token.i + 5, len(tokens))):
            if tokens[i].lower == "of" and tokens[i].sentence == token.sentence:
                head = tokens[i].head
                if tokens[head].sentence == token.sentence and head > i and head not in seen:
                    seen.add(head)
                    yield head
                break
        for c in token.children:
            if tokens[c].dep == "nummod" and token.i not in seen and measure_of(token) in ("killed", "injured"):
                seen.add(token.i)
                yield token.i
    for c in trigger.governor.children:
        t = tokens[c]
        if t.dep in ("obj", "nsubj:pass", "nsubj") and t.pos == "NUM" and t.i not in seen:
            seen.add(t.i)
            yield t.i


def _counted(analysis: Analysis, head: int, measure: Measure, entity_at: EntityAt, text: str) -> Count | None:
    tokens = analysis.tokens
    token = tokens[head]
    if token.lower in ("week", "day", "month", "year", "percent", "kilometre", "kilometer", "mile", "hour"):
        return None
    first = _phrase_start(analysis, head)
    found = quantity(tokens, first, head)
    if found is None and token.lemma in ("dozen", "hundred", "thousand", "score"):
        found = quantity(tokens, first, head)
    if found is None:
        return None
    if tokens[found.last - 1].pos == "NUM" and found.last < len(tokens) and tokens[found.last].lower in ("percent", "%", "-year-old"):
        return None
    end = max(head + 1, found.last)
    end = _of_phrase(analysis, found, end)
    start, stop = tokens[found.first].start, tokens[end - 1].end
    of = entity_at(head) or next((e for i in range(found.first, end) if (e := entity_at(i)) is not None), None)
    return Count(
        measure=measure,
        of=of,
        low=found.low,
        high=found.high,
        span=span_of(text, start, stop),
        includes=tuple(_subsets(analysis, head, end, entity_at, text)),
    )


def _phrase_start(analysis: Analysis, head: int) -> int:
    tokens = analysis.tokens
    first = head
    while first > 0 and head - first < 10 and tokens[first - 1].sentence == tokens[head].sentence:
        before = tokens[first - 1]
        inner = before.pos in ("NOUN", "PROPN") and (
            before.dep.startswith(("compound", "amod", "nmod:poss", "flat")) or before.lower in OPEN or before.lower == "dozen"
        )
        if not (before.pos in ("NUM", "ADJ", "DET") or inner or before.lower in QUANTIFYING):
            break
        first -= 1
    return first


def _of_phrase(analysis: Analysis, found: Quantity, end: int) -> int:
    tokens = analysis.tokens
    if (
        end < len(tokens) - 1
        and tokens[end].lower == "of"
        and tokens[end - 1].lower in ("dozens", "scores", "hundreds", "thousands", "several", "some", "many")
    ):
        j = end + 1
        while j < len(tokens) and tokens[j].pos in ("DET", "ADJ", "NOUN", "PROPN") and tokens[j].sentence == tokens[end].sentence:
            j += 1
        return j
    return end


def _subsets(analysis: Analysis, head: int, end: int, entity_at: EntityAt, text: str) -> Iterator[Subset]:
    """ "including three officers", "among them two children": parts of the count, never added to it."""
    tokens = analysis.tokens
    sentence = tokens[head].sentence
    i = end
    while i < len(tokens) and i < end + 4 and tokens[i].sentence == sentence:
        low = tokens[i].lower
        if low in ("including", "among"):
            j = i + (2 if low == "among" and i + 1 < len(tokens) and tokens[i + 1].lower in ("them", "whom") else 1)
            yield from _listed(analysis, j, sentence, entity_at, text)
            return
        if low not in (",", "(", "people", "members", "others"):
            return
        i += 1


def _listed(analysis: Analysis, first: int, sentence: int, entity_at: EntityAt, text: str) -> Iterator[Subset]:
    tokens = analysis.tokens
    i = first
    while i < len(tokens) and tokens[i].sentence == sentence:
        j = i
        while (
            j < len(tokens)
            and tokens[j].sentence == sentence
            and (tokens[j].pos in ("NUM", "ADJ", "DET", "NOUN", "PROPN") or tokens[j].lower in ("at", "least", "more", "than", "-"))
        ):
            j += 1
        if j == i or tokens[j - 1].pos not in ("NOUN", "PROPN", "NUM"):
            return
        head = j - 1
        found = quantity(tokens, i, head)
        plural = tokens[head].tag in ("NNS", "NNPS")
        low, high = (found.low, found.high) if found is not None else ((2, None) if plural else (1, 1))
        yield Subset(of=entity_at(head), low=low, high=high, span=span_of(text, tokens[i].start, tokens[head].end))
        if j < len(tokens) and tokens[j].lower in ("and", ",") and j + 1 < len(tokens):
            i = j + 1
            if tokens[i].lower == "and":
                i += 1
            continue
        return


def _incidents(analysis: Analysis, trigger: Trigger, text: str) -> Count | None:
    """ "four attacks": the number of incidents that one mention sums up."""
    token = trigger.token
    if token.pos not in ("NOUN", "PROPN") or trigger.sense.type not in ("ASSAULT", "COERCE", "PROTEST"):
        return None
    if measure_of(token) in ("killed", "injured") or token.tag not in ("NNS", "NNPS"):
        return None
    first = _phrase_start(analysis, token.i)
    found = quantity(analysis.tokens, first, token.i)
    if found is None or found.last > token.i + 1 or any(t.lower == "of" for t in analysis.tokens[found.last : token.i]):
        return None  # "some of the attacks" takes up attacks already told
    span = span_of(text, analysis.tokens[found.first].start, token.end)
    return Count(measure="incidents", of=None, low=found.low, high=found.high, span=span, includes=())
