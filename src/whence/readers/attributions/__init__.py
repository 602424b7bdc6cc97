"""Attributions: who says what, with which words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from whence.language.analysis import Analysis
from whence.readers.base import Draft
from whence.records import Attribution, Entity, Mention, Record, Span, identifier, span_of
from whence.records.vocabulary import AttributionForm

from .cues import cues
from .features import Features
from .finding import Finder
from .found import Found
from .holders import Holders
from .learned import LearnedFinder, model
from .phrases import offsets
from .quotations import Quotation, quotations

__all__ = ["AttributionReader", "distinct"]

POINTING = frozenset(("this", "that", "these", "it"))


class AttributionReader:
    """Sources, cues and contents (PARC, PolNeAR), learned over the parse, and the entity that holds each.

    Constructions: verbs with a clause, a quotation, a fronted clause or an object ("denied the accusation"),
    "according to", reporting nouns with a clause, adverbs such as "reportedly" are what it sees first; which words are
    cues, and which words around one are its source and content, two learned models decide (training/attribution.py).
    Cues that name an act rather than a statement ("signed a ceasefire") make no claim. A quotation that runs over sentences is
    one content; a sentence of it without a cue, and a sentence that only points back ("This was part of ..."), carry
    on the statement before. `parent` is the narrowest attribution inside whose content this one stands.
    Missed: contents that run over sentences without quotation marks or a pointing word; free indirect speech.
    Measured by `score.py attribution` on PolNeAR and GUM.
    """

    name: ClassVar[str] = "attributions"
    version: ClassVar[str] = "1"
    requires: ClassVar[tuple[type[Record], ...]] = (Mention, Entity)
    produces: ClassVar[tuple[type[Record], ...]] = (Attribution, Mention, Entity)

    def __call__(self, draft: Draft, /) -> Sequence[Record]:
        analysis = draft.analysis
        quotes = quotations(analysis)
        rules = distinct(list(Finder(analysis, cues(), quotes)))
        found = distinct(LearnedFinder(analysis, Features(analysis, quotes, rules), model())())
        holders = Holders(draft)
        holders.whom_from()
        records: list[tuple[Found, Attribution]] = []
        for f in found:
            f.source = [_behind_dateline(analysis, piece) for piece in f.source]
            record = _record(draft, f, holders)
            if record.content:
                records.append((f, record))
        further = _further(draft, analysis, quotes, records)
        everything = _nested([*records, *further])
        for f, record in everything:
            if f.act:
                draft.acts.add(record.id)
            draft.why[record.id] = (f.why, f"cue {f.lemma!r}" + (" negated" if f.negated else ""))
        return [*holders.made, *(record for _, record in everything)]


STRAY = frozenset((",", ";", ":", '"', "”", "»", "“", "«"))
"""Marks at the edges of a source that are no part of it."""


def _behind_dateline(analysis: Analysis, piece: tuple[int, int]) -> tuple[int, int]:
    """A source without the dateline that opens its sentence: not "DAMASCUS, 3 March - The Defence Ministry"."""
    first, last = piece
    tokens = analysis.tokens
    while last - first > 1 and tokens[first].text in STRAY:
        first += 1
    while last - first > 1 and tokens[last - 1].text in STRAY:
        last -= 1
    piece = (first, last)
    if first >= last or first - analysis.sentences[tokens[first].sentence].first > 1:
        return piece
    for i in range(first + 1, min(first + 12, last - 1)):
        t = tokens[i]
        spaced = t.start > tokens[i - 1].end and tokens[i + 1].start > t.end
        if t.text in ("-", "–", "—", "--") and spaced and not any(x.pos in ("VERB", "AUX") for x in tokens[first:i]):
            return i + 1, last
    return piece


def distinct(found: Sequence[Found]) -> list[Found]:
    """One attribution per cue; where two cues give the same content, the one with a source stands."""
    kept: list[Found] = []
    for f in sorted(found, key=lambda f: (not f.source, f.cue[0])):
        same = next((k for k in kept if k.cue == f.cue or (k.content == f.content and (not f.source or k.source == f.source))), None)
        if same is None:
            kept.append(f)
    return sorted(kept, key=lambda f: f.cue[0])


def _spans(draft: Draft, ranges: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
    out = []
    for piece in ranges:
        if piece[0] >= piece[1]:
            continue
        start, end = offsets(draft.analysis, piece)
        if start < end:
            out.append(span_of(draft.text, start, end))
    return tuple(out)


def _record(draft: Draft, f: Found, holders: Holders) -> Attribution:
    source, cue, content = _spans(draft, f.source), _spans(draft, f.cue), _spans(draft, f.content)
    return Attribution(
        id=identifier("A", *(s.start for s in cue), *(s.start for s in content), *(s.end for s in content)),
        source=source,
        cue=cue,
        content=content,
        form=_form(f, content),
        holder=holders.of(f),
        parent=None,
        continues=None,
    )


MARKS = "“”«»„\"'‘’"


def _form(f: Found, content: Sequence[Span]) -> AttributionForm:
    words = content[0].text.strip(" ,.") if content else ""
    if words[:1] in '“«„"' and words[-1:] in '”»"':
        return "direct"
    if any(q in s.text for s in content for q in '“«„"'):
        return "mixed"
    return "indirect"


def _further(
    draft: Draft, analysis: Analysis, quotes: Sequence[Quotation], records: Sequence[tuple[Found, Attribution]]
) -> list[tuple[Found, Attribution]]:
    """Sentences without a cue that carry on a statement: quoted ones after it, and those that only point back."""
    covered = [False] * len(analysis.tokens)
    last_in: dict[int, tuple[Found, Attribution]] = {}
    for f, record in records:
        for a, b in [*f.content, *f.cue, *f.source]:
            for i in range(a, b):
                covered[i] = True
        at = last_in.get(f.sentence)
        if at is None or (f.cue[0] < at[0].cue[0] and f.source):
            last_in[f.sentence] = (f, record)
    out: list[tuple[Found, Attribution]] = []
    text = draft.text
    for s in analysis.sentences[1:]:
        if s.index in last_in or all(covered[i] for i in range(s.first, s.last) if analysis.tokens[i].pos != "PUNCT"):
            continue
        before = analysis.sentences[s.index - 1]
        gap = text[before.end : s.start]
        previous = last_in.get(before.index)
        quote = next((q for q in quotes if q.first >= s.first and q.last <= s.last and q.last - q.first >= 0.7 * (s.last - s.first)), None)
        spoken = previous is not None and previous[1].holder is not None and (previous[0].quoted or "\n" not in gap)
        first = analysis.tokens[s.first]
        points = (
            previous is not None
            and "\n" not in gap
            and first.lower in POINTING
            and first.pos in ("PRON", "DET")
            and first.dep.startswith("nsubj")
            and _whole(previous[0], before.first, before.last)
            and previous[0].lemma != "according"
        )
        if quote is not None and spoken and previous is not None:
            piece = (quote.first, quote.last)
        elif points and previous is not None:
            piece = (s.first, s.last)
        else:
            continue
        content = _spans(draft, [piece])
        if not content:
            continue
        f = Found(
            source=[],
            cue=[],
            content=[piece],
            lemma=previous[0].lemma,
            sentence=s.index,
            why="carries on the statement before",
            quoted=quote is not None,
        )
        f.negated = previous[0].negated
        record = Attribution(
            id=identifier("A", "further", content[0].start, content[0].end),
            source=(),
            cue=(),
            content=content,
            form=_form(f, content),
            holder=previous[1].holder,
            parent=None,
            continues=previous[1].continues or previous[1].id,
        )
        out.append((f, record))
        last_in[s.index] = (f, record)
    return out


def _whole(f: Found, first: int, last: int) -> bool:
    """Whether an attribution takes up nearly all of its sentence."""
    size = sum(b - a for a, b in [*f.content, *f.cue, *f.source] if first <= a < last)
    return size >= 0.8 * (last - first)


def _nested(records: Sequence[tuple[Found, Attribution]]) -> list[tuple[Found, Attribution]]:
    import msgspec

    out: list[tuple[Found, Attribution]] = []
    for f, record in records:
        core = [*record.cue] or [*record.content]
        best: tuple[int, str] | None = None
        for _, other in records:
            if other.id == record.id or other.continues == record.id or record.continues == other.id:
                continue
            size = sum(s.end - s.start for s in other.content)
            inside = all(any(s.start <= c.start and c.end <= s.end for s in other.content) for c in core)
            own = sum(s.end - s.start for s in record.content)
            if inside and size > own and (best is None or size < best[0]):
                best = (size, other.id)
        out.append((f, msgspec.structs.replace(record, parent=best[1]) if best else (f, record)[1]))
    return out
