"""A stage put to a model: sentences in portions, an answer that is JSON of the form asked for, item by item."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

import msgspec

from whence.errors import ReaderError
from whence.language.analysis import SentenceTokens
from whence.readers.base import Draft

from .model import Model

log = logging.getLogger(__name__)

FENCE = re.compile(r"\A\s*```(?:json)?\s*\n(.*?)\n?\s*```\s*\Z", re.S)
MENDED = 2
"""Answers that may be no JSON of the form before the document is given up."""
UNANCHORED = "with words that are not in the text"
MALFORMED = "not of the form"

Item = TypeVar("Item")


def portions(draft: Draft, sentences: Sequence[SentenceTokens], most: int) -> Iterator[list[SentenceTokens]]:
    """Sentences in portions of at most `most` characters, in order; a longer sentence is a portion by itself."""
    portion: list[SentenceTokens] = []
    size = 0
    for sentence in sentences:
        length = sentence.end - sentence.start
        if portion and size + length > most:
            yield portion
            portion, size = [], 0
        portion.append(sentence)
        size += length
    if portion:
        yield portion


def items(
    model: Model, draft: Draft, portion: list[SentenceTokens], *, prompt: str, schema: Mapping[str, Any], key: str, kind: type[Item]
) -> Iterator[tuple[list[SentenceTokens], list[Item]]]:
    """What the model finds in a portion, with the sentences that it was shown; an answer without room is asked for in halves.

    Items that are not of the form are dropped and counted. ReaderError where the whole answer is not, twice.
    """
    shown = "\n".join(f"[{s.index}] {' '.join(draft.text[s.start : s.end].split())}" for s in portion)
    messages = [{"role": "system", "content": prompt}, {"role": "user", "content": f"The report's sentences:\n\n{shown}"}]
    problem = ""
    for _ in range(MENDED):
        answer = model.ask(messages, schema=schema, title=key)
        if answer.cut:
            if len(portion) > 1:
                half = len(portion) // 2
                for part in (portion[:half], portion[half:]):
                    yield from items(model, draft, part, prompt=prompt, schema=schema, key=key, kind=kind)
                return
            problem = "it was cut off"
        else:
            try:
                yield portion, _converted(model, answer.text, key, kind)
                return
            except msgspec.MsgspecError as error:
                problem = str(error)
        log.info("an answer is not of the form (%s)", problem)
        messages = [
            *messages[:2],
            {"role": "assistant", "content": answer.text[:2000]},
            {"role": "user", "content": f"This is not of the form asked for ({problem}). Give the one JSON object and nothing else."},
        ]
    raise ReaderError(
        f"{draft.document.id}: language model {model.name} at {model.host} did not answer in the form asked for ({problem}); "
        "use a model that follows JSON schemas, or leave --reader llm out",
        code="llm",
    )


def _converted(model: Model, text: str, key: str, kind: type[Item]) -> list[Item]:
    fenced = FENCE.match(text)
    whole = msgspec.json.decode((fenced[1] if fenced else text).encode("utf8", "replace"), type=dict[str, list[msgspec.Raw]])
    if set(whole) != {key}:
        raise msgspec.ValidationError(f"the object has to have {key!r} and nothing else")
    found = []
    for raw in whole[key]:
        try:
            found.append(msgspec.json.decode(raw, type=kind))
        except msgspec.MsgspecError as error:
            log.info("an item is not of the form (%s)", error)
            model.spent.dropped[MALFORMED] += 1
    return found
