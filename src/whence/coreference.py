"""Mentions of events in texts made ready for linking: given ones, or those that reading finds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from whence.corroboration.mentions import Documents, EventMention, coreferent
from whence.corroboration.texts import STOP, numbers_in, stem, words_of
from whence.data import toml
from whence.errors import IntakeError, ReaderError
from whence.language.analysis import Analysis
from whence.pipeline import Whence, blocks_of, opened
from whence.records import Failure, Record, Source, failure

ARGUMENTS = ("nsubj", "obj", "iobj", "obl", "nmod", "compound", "amod")
PARTICIPANTS = ("NOUN", "PROPN", "NUM")


class Given(Record):
    """A text with the half-open spans of the event mentions in it; None: those that reading finds."""

    source: Source
    spans: tuple[tuple[int, int], ...] | None = None


class Placed(Record):
    """A mention in its cluster, as `whence link --jsonl` prints it."""

    cluster: str
    document: str
    start: int
    end: int


def linked(whence: Whence, texts: Iterable[Given | Failure]) -> tuple[list[Placed], list[Failure]]:
    """Every mention with its cluster, in the order of the texts, and what could not be read."""
    mentions: list[EventMention] = []
    words: dict[str, dict[str, int]] = {}
    failed: list[Failure] = []
    for given in texts:
        if isinstance(given, Failure):
            failed.append(given)
            continue
        try:
            analysis, spans = _analysed(whence, given)
        except (IntakeError, ReaderError) as error:  # as in `read_many`: the document fails and the run goes on
            failed.append(failure(given.source.id, error.code, str(error)))
            continue
        document = given.source.id
        words[document] = dict(Counter(s for w in words_of(given.source.text) if w not in STOP and len(w) > 2 for s in (stem(w),)))
        mentions += prepared(analysis, document, spans)
    clusters = coreferent(mentions, Documents(words))
    names = {identity: f"c{n}" for n, identity in enumerate(dict.fromkeys(clusters[m.id] for m in mentions), 1)}
    return [Placed(cluster=names[clusters[m.id]], document=m.document, start=m.start, end=m.end) for m in mentions], failed


def _analysed(whence: Whence, given: Given) -> tuple[Analysis, Sequence[tuple[int, int]]]:
    if given.spans is None:
        draft, reading = whence.draft(given.source)
        return draft.analysis, found_in(draft.analysis, [(e.trigger.start, e.trigger.end) for e in reading.events])
    document = opened(given.source)
    return whence.parser(document.text, blocks_of(document)), sorted(set(given.spans))


@cache
def nominals() -> frozenset[str]:
    """Stems of nouns that name events."""
    return frozenset(toml("linking/nominals.toml")["stems"].split())


def found_in(analysis: Analysis, triggers: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The triggers that reading found, and of what it has no type for the verbs and the nouns that name events."""
    found = set(triggers)
    taken = {i for start, end in found for i in range(*analysis.covering(start, end))}
    for token in analysis.tokens:
        verb = token.pos == "VERB" and token.dep.split(":")[0] not in ("aux", "cop", "case", "mark", "amod")
        if token.i not in taken and (verb or (token.pos == "NOUN" and _key(token.lemma or token.lower) in nominals())):
            found.add((token.start, token.end))
    return sorted(found)


def prepared(analysis: Analysis, document: str, spans: Iterable[tuple[int, int]]) -> Iterator[EventMention]:
    """Mentions with what stands around them."""
    for start, end in spans:
        first, last = analysis.covering(start, end)
        if first >= last:
            text = analysis.text[start:end]
            lemma = stem(words_of(text)[-1]) if words_of(text) else text.lower()
            nothing: frozenset[str] = frozenset()
            yield EventMention(
                document=document,
                start=start,
                end=end,
                lemma=lemma,
                pos="X",
                sentence=-1,
                words=nothing,
                names=nothing,
                participants=nothing,
                numbers=nothing,
            )
            continue
        head = analysis.tokens[analysis.head_of(first, last)]
        sentence = analysis.sentences[head.sentence]
        around = [t for t in analysis.of(sentence) if not first <= t.i < last and t.pos not in ("PUNCT", "SYM", "X")]
        near = [analysis.tokens[i] for i in head.children]
        up = analysis.tokens[head.head]
        if head.dep.startswith(("acl", "conj", "xcomp", "compound", "nmod")):  # "the man accused of", "shot and killed"
            near += [analysis.tokens[i] for i in up.children if i != head.i] + [up]
        sides = {
            t.i: t for t in near if t.pos in PARTICIPANTS and t.dep.split(":")[0] in (*ARGUMENTS, "root", "acl", "conj", "appos", "ccomp")
        }
        for t in list(sides.values()):
            for i in t.children:
                child = analysis.tokens[i]
                if child.dep.split(":")[0] in ("compound", "flat", "nmod") and child.pos in PARTICIPANTS:
                    sides[i] = child
        yield EventMention(
            document=document,
            start=start,
            end=end,
            lemma=_key(head.lemma or head.lower),
            pos="verb" if head.pos in ("VERB", "AUX") else "noun",
            sentence=head.sentence,
            words=frozenset(s for t in around if (s := _key(t.lemma or t.lower)) and s not in STOP and len(s) > 2),
            names=frozenset(_key(t.lower) for t in around if t.pos == "PROPN"),
            participants=frozenset(_key(t.lemma or t.lower) for t in sides.values() if not first <= t.i < last),
            numbers=frozenset(n for _, n in numbers_in(analysis.text[sentence.start : sentence.end])),
        )


def _key(word: str) -> str:
    told = words_of(word)
    return stem(told[-1].split()[-1]) if told else ""  # folding an apostrophe leaves two words
