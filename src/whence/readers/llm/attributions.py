"""Attributions asked of a language model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import msgspec

from whence.readers.attributions.found import Found
from whence.readers.attributions.holders import Holders
from whence.readers.base import Draft
from whence.records import Attribution, Entity, Mention, Record, Span, identifier
from whence.records.vocabulary import AttributionForm

from .anchoring import Anchor, Anchors
from .asking import UNANCHORED, items, portions
from .model import Model
from .prompts import ATTRIBUTIONS, ATTRIBUTIONS_SCHEMA

OPENING, CLOSING = "“«„\"'‘", "”»\"'’"


class Told(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One attribution as the model gives it."""

    source: Anchor | None
    cue: Anchor | None
    content: tuple[Anchor, ...]


class LlmAttributionReader:
    """Sources, cues and contents as a language model gives them, each found again in the text word for word.

    An attribution of which any part does not stand in the text is dropped and counted. The entity behind a source is found as the
    built-in reader finds it; `parent` is the narrowest attribution inside whose content this one stands. Missed: what the model
    misses, and what it finds only in other words. Measured by `score.py attribution`, on the model that is used.
    """

    name: ClassVar[str] = "attributions"
    version: ClassVar[str] = "llm-1"
    requires: ClassVar[tuple[type[Record], ...]] = (Mention, Entity)
    produces: ClassVar[tuple[type[Record], ...]] = (Attribution, Mention, Entity)

    def __init__(self, *, model: Model) -> None:
        self.model = model

    def __call__(self, draft: Draft, /) -> Sequence[Record]:
        holders = Holders(draft)
        holders.whom_from()
        made: dict[str, Attribution] = {}
        for portion in portions(draft, draft.analysis.sentences, self.model.settings.max_characters):
            for shown, told in items(
                self.model, draft, portion, prompt=ATTRIBUTIONS, schema=ATTRIBUTIONS_SCHEMA, key="attributions", kind=Told
            ):
                anchors = Anchors(draft, shown)
                for item in told:
                    record = _record(draft, item, anchors, holders)
                    if record is None:
                        self.model.spent.dropped[UNANCHORED] += 1
                        continue
                    made[record.id] = record
                    draft.why[record.id] = (f"language model {self.model.name} at {self.model.host}",)
        self.model.spent.kept += len(made)
        records = list(made.values())
        return [*holders.made, *(msgspec.structs.replace(a, parent=_parent(a, records)) for a in records)]


def _record(draft: Draft, item: Told, anchors: Anchors, holders: Holders) -> Attribution | None:
    content = tuple(dict.fromkeys(anchors.span(a) for a in item.content))
    if not content or any(c is None for c in content):
        return None
    spans = tuple(c for c in content if c is not None)
    cue = anchors.span(item.cue, near=spans[0])
    source = anchors.span(item.source, near=cue or spans[0])
    if (item.cue is not None and cue is None) or (item.source is not None and source is None) or (cue is None and source is None):
        return None
    return Attribution(
        id=identifier("A", *([cue.start] if cue else []), *(s.start for s in spans), *(s.end for s in spans)),
        source=(source,) if source else (),
        cue=(cue,) if cue else (),
        content=spans,
        form=_form(draft.text, spans),
        holder=holders.of(_found(draft, source, cue, spans)) if source else None,
        parent=None,
        continues=None,
    )


def _found(draft: Draft, source: Span | None, cue: Span | None, content: Sequence[Span]) -> Found:
    """The same in tokens, as the search for holders wants it."""
    analysis = draft.analysis

    def ranges(spans: Sequence[Span | None]) -> list[tuple[int, int]]:
        found = [analysis.covering(s.start, s.end) for s in spans if s is not None]
        return [(a, b) for a, b in found if a < b]

    cues = ranges([cue])
    verb = next((analysis.tokens[i] for a, b in cues for i in range(a, b) if analysis.tokens[i].pos in ("VERB", "NOUN")), None)
    contents = ranges(content)
    at = (cues or contents or [(0, 0)])[0][0]
    return Found(
        source=ranges([source]),
        cue=cues,
        content=contents,
        lemma=verb.lemma if verb else "",
        sentence=analysis.tokens[at].sentence,
        why="language model",
    )


def _form(text: str, content: Sequence[Span]) -> AttributionForm:
    first, last = content[0], content[-1]
    opened = first.text[0] in OPENING or (first.start > 0 and text[first.start - 1] in OPENING)
    closed = last.text.rstrip(".,!?")[-1:] in CLOSING or text[last.end : last.end + 2].strip(".,")[:1] in tuple(CLOSING)
    if opened and closed:
        return "direct"
    return "mixed" if any(q in s.text for s in content for q in '“”«»„"') else "indirect"


def _parent(record: Attribution, others: Sequence[Attribution]) -> str | None:
    """The narrowest attribution inside whose content this one stands."""
    core = [*record.cue, *record.source] or [*record.content]
    size = sum(c.end - c.start for c in record.content)
    best: tuple[int, str] | None = None
    for other in others:
        length = sum(c.end - c.start for c in other.content)
        inside = all(any(s.start <= c.start and c.end <= s.end for s in other.content) for c in core)
        if other.id != record.id and inside and length > size and (best is None or length < best[0]):
            best = (length, other.id)
    return best[1] if best else None
