"""The stages in their order: checked, run, timed, verified; a failure of one document is a record, not the end."""

from __future__ import annotations

import functools
import hashlib
import logging
import time
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any, cast

import msgspec

from whence._version import __version__
from whence.config import Settings
from whence.errors import IntakeError, ReaderError, RequirementError, ResourceError, WhenceError
from whence.language.analysis import Analysis
from whence.language.completion import completed
from whence.language.parser import Parser
from whence.language.recasing import caseless, recased
from whence.readers import built_in
from whence.readers.base import Draft, Reader
from whence.readers.parts import DATELINE, READABLE, split
from whence.records import (
    SCHEMA,
    Attribution,
    Claim,
    Document,
    Engine,
    Entity,
    Event,
    Extent,
    Failure,
    Incident,
    Mention,
    ModelId,
    Question,
    Reading,
    Record,
    Relation,
    Source,
    Span,
    Timex,
    Toponym,
    failure,
)

if TYPE_CHECKING:
    from whence.readers.llm import Model

log = logging.getLogger(__name__)


class Pipeline:
    """Readers in an order that can work. RequirementError names every unmet requirement at once."""

    def __init__(self, readers: Sequence[Reader]) -> None:
        self.readers = tuple(readers)
        unmet = []
        there: set[type[Record]] = {Document}
        for reader in self.readers:
            lacking = [kind.__name__ for kind in reader.requires if kind not in there]
            if lacking:
                unmet.append(f"{reader.name} needs {', '.join(lacking)}")
            there |= set(reader.produces)
        if unmet:
            raise RequirementError(f"{'; '.join(unmet)}: put the readers that find these before it")
        self.seconds: dict[str, float] = {}

    def __call__(self, draft: Draft) -> Draft:
        """Run every reader over a draft. ReaderError where one of them cannot read the document."""
        for reader in self.readers:
            began = time.perf_counter()
            try:
                draft.add(reader(draft))
            except WhenceError:
                raise
            except Exception as error:
                log.debug("reader %s failed", reader.name, exc_info=True)
                raise ReaderError(
                    f"{draft.document.id}: reader {reader.name} {reader.version} failed: "
                    f"{type(error).__name__}: {error}; please report it with the document"
                ) from error
            finally:
                self.seconds[reader.name] = self.seconds.get(reader.name, 0.0) + time.perf_counter() - began
        return draft


class Whence:
    """The engine: settings, language model, gazetteer and readers, loaded once and used for any number of documents.

    `model` is asked for attributions and events in place of the built-in readers, and its name marks the readings
    (`whence.readers.llm`). ResourceError where the model or the gazetteer is missing.
    """

    def __init__(self, settings: Settings | None = None, *, ask: Sequence[str] = (), model: Model | None = None) -> None:
        self.settings = settings or Settings()
        self.parser = Parser(model=self.settings.language.model)
        readers = built_in(self.settings, ask=ask)
        identity = ModelId(name=self.parser.name, digest=self.parser.digest)
        if model is not None:
            readers, identity = _asking(readers, identity, model)
        self.pipeline = Pipeline([*readers, *_extra(self.settings)])
        self.engine = Engine(
            name="whence",
            version=__version__,
            model=identity,
            config=self.settings.digest(),
        )
        self.parsing = 0.0

    def read(self, source: Source) -> Reading:
        """One document, read. ReaderError or IntakeError where it cannot be."""
        return self.draft(source)[1]

    def draft(self, source: Source) -> tuple[Draft, Reading]:
        """The draft with its reasons, and the reading made of it."""
        document = opened(source)
        began = time.perf_counter()
        analysis = self.parser(self._text(document), blocks_of(document))
        self.parsing += time.perf_counter() - began
        return self._finished(document, analysis, source.publisher)

    def _text(self, document: Document) -> str:
        """The text as it is parsed: its own, or with capitals put in where it has none of its own; offsets are the same."""
        if self.parser.common and caseless(document.text):
            return recased(document.text, self.parser.common)
        return document.text

    def _finished(self, document: Document, analysis: Analysis, outlet: str | None) -> tuple[Draft, Reading]:
        draft = self.pipeline(Draft(document=document, analysis=completed(analysis), outlet=outlet))
        return draft, assembled(draft, self.engine)

    def read_many(self, sources: Iterable[Source | Failure], *, batch: int = 16) -> Iterator[Reading | Failure]:
        """Readings in the order of the sources; what cannot be read comes as its failure. Memory stays flat.

        `batch` documents are parsed together; a batch whose parse fails is parsed again one by one.
        """
        waiting: list[tuple[Document | Failure, str | None]] = []
        for source in sources:
            waiting.append((_opened_or_failed(source), source.publisher if isinstance(source, Source) else None))
            if len(waiting) >= batch:
                yield from self._batch(waiting)
                waiting = []
        yield from self._batch(waiting)

    def _batch(self, items: Sequence[tuple[Document | Failure, str | None]]) -> Iterator[Reading | Failure]:
        documents = [d for d, _ in items if isinstance(d, Document)]
        began = time.perf_counter()
        try:
            analyses = iter(list(self.parser.pipe((self._text(d), blocks_of(d)) for d in documents)))
        except (ResourceError, MemoryError):
            raise
        except Exception:
            log.warning("a batch of %d documents could not be parsed together; one by one", len(documents))
            analyses = iter([self._parsed(d) for d in documents])
        self.parsing += time.perf_counter() - began
        for item, outlet in items:
            if isinstance(item, Failure):
                yield item
                continue
            analysis = next(analyses)
            if isinstance(analysis, Failure):
                yield analysis
                continue
            try:
                yield self._finished(item, analysis, outlet)[1]
            except ReaderError as error:
                yield failure(item.id, error.code, str(error))

    def _parsed(self, document: Document) -> Any:
        try:
            return self.parser(self._text(document), blocks_of(document))
        except Exception as error:
            return failure(document.id, "language", f"{document.id}: cannot be parsed ({type(error).__name__}: {error})")


def opened(source: Source) -> Document:
    """A source as the document that the readers begin with. IntakeError `language` where it is not English."""
    language = source.language or detected(source.text)
    if language is not None and language.split("-")[0].lower() not in ("en", "eng"):
        raise IntakeError(
            f"{source.id}: is in language {language!r}, and only English is read; translate it first, or give "
            "--language en if this is wrong",
            code="language",
        )
    parts, title = split(source)
    return Document(
        id=source.id,
        title=title or None,
        publisher=None,
        published=source.published,
        published_earliest=None,
        published_latest=None,
        published_from=source.published_from if source.published else None,
        url=source.url,
        language="en",
        text=source.text,
        parts=parts,
        via=(),
    )


def _opened_or_failed(source: Source | Failure) -> Document | Failure:
    if isinstance(source, Failure):
        return source
    try:
        return opened(source)
    except IntakeError as error:
        return failure(source.id, error.code, str(error))


def detected(text: str) -> str | None:
    """The language of a text (ISO 639-1), or None where there is too little of it to say."""
    letters = sum(ch.isalpha() for ch in text[:4000])
    if letters < 60:
        return None
    ascii_share = sum(ch.isascii() and ch.isalpha() for ch in text[:4000]) / letters
    if ascii_share > 0.9 and _english_words(text[:6000]) > 0.12:
        return "en"
    code, _ = _identifier()(text[:6000])
    return cast("str", code)


ENGLISH = frozenset("the of and to in a that is was for on with as by he it at from his were are has have said be this".split())


def _english_words(text: str) -> float:
    words = text.lower().split()
    return sum(w in ENGLISH for w in words) / max(1, len(words))


@functools.cache
def _identifier() -> Any:
    import py3langid

    return py3langid.classify


def blocks_of(document: Document) -> list[tuple[int, int]]:
    """The extents that are parsed: every part that is read, a dateline apart from the sentence it opens."""
    found: list[tuple[int, int]] = []
    for part in document.parts:
        if part.kind not in READABLE:
            continue
        opening = DATELINE.match(document.text, part.start, part.end) if part.kind == "body" else None
        if opening is not None and opening.end() - part.start < 120:
            found += [(part.start, opening.end()), (opening.end(), part.end)]
        else:
            found.append((part.start, part.end))
    return found


def assembled(draft: Draft, engine: Engine) -> Reading:
    """The reading made of a finished draft, its spans verified. ReaderError where one does not equal its slice."""
    sentences = tuple(Extent(start=s.start, end=s.end) for s in draft.analysis.sentences)

    def of(kind: type[Any]) -> tuple[Any, ...]:
        return tuple(sorted(draft.all(kind), key=_position))

    reading = Reading(
        schema=SCHEMA,
        engine=engine,
        document=draft.document,
        sentences=sentences,
        mentions=of(Mention),
        entities=tuple(draft.all(Entity)),
        timexes=of(Timex),
        toponyms=of(Toponym),
        attributions=of(Attribution),
        events=of(Event),
        claims=tuple(draft.all(Claim)),
        incidents=tuple(draft.all(Incident)),
        questions=tuple(draft.all(Question)),
        relations=tuple(draft.all(Relation)),
    )
    verify(reading)
    return reading


def _position(record: Any) -> tuple[int, int, str]:
    span = record if hasattr(record, "start") else getattr(record, "trigger", None) or record.content[0]
    return span.start, span.end, record.id


def verify(reading: Reading) -> None:
    """Every span equals its slice. ReaderError names the first that does not."""
    text = reading.document.text

    def walk(value: object, path: str) -> None:
        if isinstance(value, tuple):
            for i, item in enumerate(value):
                walk(item, f"{path}[{i}]")
        elif isinstance(value, msgspec.Struct):
            if isinstance(value, Span | Mention | Timex | Toponym) and (not value.text or text[value.start : value.end] != value.text):
                raise ReaderError(f"{reading.document.id}: {path}: {value.text!r} is not the slice at {value.start}")
            for name in value.__struct_fields__:
                walk(getattr(value, name), f"{path}.{name}")

    for field in reading.__struct_fields__[3:]:
        walk(getattr(reading, field), field)


def _asking(readers: Sequence[Reader], identity: ModelId, model: Model) -> tuple[list[Reader], ModelId]:
    """The readers with those that ask the model in their places, and what marks a reading as theirs."""
    from whence.readers.llm import DIGEST, substituted

    digest = hashlib.sha256(f"{identity.digest}\n{model.name}\n{DIGEST}".encode()).hexdigest()
    name = f"{identity.name} + llm:{model.name}"
    return substituted(readers, model), ModelId(name=name, digest=digest[: len(identity.digest)])


def _extra(settings: Settings) -> list[Reader]:
    """Readers of other packages, by the names given in the settings. ResourceError where one is not installed."""
    there = {point.name: point for point in entry_points(group="whence.readers")}
    found = []
    for name in settings.readers.extra:
        if name not in there:
            raise ResourceError(
                f"reader {name!r} is not installed; known: {', '.join(sorted(there)) or 'none'} (entry points whence.readers)"
            )
        found.append(cast("Reader", there[name].load()()))
    return found
