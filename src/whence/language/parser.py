"""Text to `Analysis`. The only file of the package that knows spaCy.

The bundled model is spaCy's own components under the package's tokeniser; its file is made by `training/train.py`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from whence.errors import ResourceError
from whence.language.analysis import Analysis, Name, SentenceTokens, Token
from whence.language.models.capitals import lowered
from whence.language.models.punctuation import heads_of_punctuation
from whence.language.models.questions import headed_by_verb
from whence.language.models.sentences import cannot_start
from whence.language.models.tokens import norm, tokens
from whence.language.packing import unpack

BUNDLED = Path(__file__).parent / "models"

PIECE = 20_000
"""Code points that are parsed at once at most; a longer block is cut at white space. Paragraphs are far below."""

GROUP = 4_000
"""Words of one document that go through the networks together."""

REMEMBERED = 50_000
"""Words whose embedding is kept; beyond, all are forgotten, so that memory stays level."""

_LABELS = {
    "person": "person", "organization": "organization", "place": "place",
    "PERSON": "person", "PER": "person", "ORG": "organization", "GPE": "place", "LOC": "place", "FAC": "place",
}  # fmt: skip


class Parser:
    """Cuts a document's blocks into words and sentences, parses them and finds names.

    Found by a window encoder with word vectors, tagger, morphologizer, edit-tree lemmatizer with a table over it,
    transition parser, and a second encoder for names. Rules forbid sentences to begin where none can, hang punctuation
    where Universal Dependencies has it, and read headlines in the case of running text.
    Known to be missed: long-distance attachment, lists without punctuation, names in text without capitals.
    Measured by `training/evaluate.py`: scores in `models/fast/README.md`.

    The same text gives the same analysis, whatever was read before and in whatever company: a document's words go
    through the networks in groups that depend on that document alone.
    """

    name: str
    digest: str

    def __init__(self, *, model: str = "fast") -> None:
        """Load a bundled model ("fast"), a folder with one like it, or an installed spaCy pipeline by name or path.

        A foreign pipeline keeps its own tokeniser and labels. ResourceError where the model is missing or damaged.
        """
        self.name = model
        path = (BUNDLED if re.fullmatch(r"\w+", model) else Path()) / model / "model.bin"
        self._bundled = path.exists()
        self._lemmas: dict[str, str] = {}
        self._common: frozenset[str] = frozenset()
        if self._bundled:
            content, self.digest = unpack(path)
            try:
                self._nlp, self._lemmas = load(content), content["lemmas"]
                self._common = frozenset(content["common"])
            except KeyError as error:
                raise ResourceError(f"{path}: lacks {error}, made for another version of whence; install whence again") from error
        else:
            self._nlp, self.digest = _installed(model)

    @property
    def common(self) -> frozenset[str]:
        """Words that running text writes small; none are known of a foreign pipeline."""
        return self._common

    def __call__(self, text: str, blocks: Sequence[tuple[int, int]]) -> Analysis:
        """The analysis of the half-open ranges `blocks` of `text`, ascending; each is parsed on its own."""
        with self._nlp.memory_zone():
            return self._analysis(text, blocks)

    def pipe(self, documents: Iterable[tuple[str, Sequence[tuple[int, int]]]], *, batch_size: int = 32) -> Iterator[Analysis]:
        """The analyses of (text, blocks), in order, as the documents come.

        `batch_size` documents share what the library remembers of words before it is freed; results do not depend
        on it.
        """
        batch: list[tuple[str, Sequence[tuple[int, int]]]] = []
        for document in documents:
            batch.append(document)
            if len(batch) >= batch_size:
                yield from self._batch(batch)
                batch = []
        yield from self._batch(batch)

    def _batch(self, batch: list[tuple[str, Sequence[tuple[int, int]]]]) -> list[Analysis]:
        with self._nlp.memory_zone():
            return [self._analysis(text, blocks) for text, blocks in batch]

    def _analysis(self, text: str, blocks: Sequence[tuple[int, int]]) -> Analysis:
        out = _Gathering(text)
        group: list[tuple[Any, list[tuple[int, int]]]] = []
        size = 0
        for start, end in pieces(text, blocks):
            doc, ranges = self._words(text, start, end)
            if not ranges:
                continue
            group.append((doc, ranges))
            size += len(ranges)
            if size >= GROUP:
                self._parse(group, out)
                group, size = [], 0
        self._parse(group, out)
        return Analysis(text=text, tokens=out.tokens, sentences=out.sentences, names=out.names)

    def _words(self, text: str, start: int, end: int) -> tuple[Any, list[tuple[int, int]]]:
        """A piece as spaCy's document and the ranges of its words in `text`."""
        piece = text[start:end]
        if not self._bundled:
            doc = self._nlp.make_doc(piece)
            return doc, [(start + t.idx, start + t.idx + len(t)) for t in doc]
        ranges = list(tokens(piece))
        if not ranges and piece.strip():
            inner = start + len(piece) - len(piece.lstrip())
            ranges = [(inner - start, inner - start + 1)]
        words = [piece[a:b] for a, b in ranges]
        spaces = [piece[b : b + 1].isspace() for _, b in ranges]
        from spacy.tokens import Doc

        doc = Doc(self._nlp.vocab, words=words, spaces=spaces, user_data={"words": words, "spaces": spaces})
        return doc, [(start + a, start + b) for a, b in ranges]

    def _parse(self, group: list[tuple[Any, list[tuple[int, int]]]], out: _Gathering) -> None:
        """Run the networks over some pieces and gather what they find."""
        if not group:
            return
        docs = [doc for doc, _ in group]
        barred: list[list[bool]] = [[] for _ in docs]
        if self._bundled:
            named = [self._in_case(doc, ()) if out.shouts(ranges) else doc for doc, ranges in group]
            named = list(self._nlp.get_pipe("ner").pipe(named, batch_size=len(docs)))
            names = [[(e.start, e.end, e.label_) for e in doc.ents] for doc in named]
            docs = [self._in_case(doc, {i for a, b, _ in found for i in range(a, b)}) for doc, found in zip(docs, names, strict=True)]
            barred = [_forbid(doc, found) for doc, found in zip(docs, names, strict=True)]
            for name, component in self._nlp.pipeline:
                if name != "ner":
                    docs = list(component.pipe(docs, batch_size=len(docs)))
        else:
            docs = list(self._nlp.pipe(docs, batch_size=len(docs)))
            names = [[(e.start, e.end, e.label_) for e in doc.ents] for doc in docs]
        for doc, (_, ranges), bars, found in zip(docs, group, barred, names, strict=True):
            out.add(doc, ranges, bars, found, self._lemmas)

    def _in_case(self, doc: Any, kept: Collection[int]) -> Any:
        """The same words with the capitals of running text, if they are a headline."""
        words = lowered(doc.user_data["words"], self._common, kept)
        if words is None:
            return doc
        from spacy.tokens import Doc

        return Doc(self._nlp.vocab, words=words, spaces=doc.user_data["spaces"], user_data=doc.user_data)


class _Gathering:
    """The tokens, sentences and names of a document, as its pieces come."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[Token] = []
        self.sentences: list[SentenceTokens] = []
        self.names: list[Name] = []

    def shouts(self, ranges: Sequence[tuple[int, int]]) -> bool:
        """Are these words all in capitals?"""
        return self.text[ranges[0][0] : ranges[-1][1]].isupper()

    def add(
        self, doc: Any, ranges: Sequence[tuple[int, int]], barred: Sequence[bool],
        names: Sequence[tuple[int, int, str]], lemmas: dict[str, str],
    ) -> None:  # fmt: skip
        """Add a parsed piece whose words have the given ranges; white space is left out.

        A sentence that the parser began at a word of `barred` all the same is joined to the one before, its root under
        that one's.
        """
        base = len(self.tokens)
        forms = [self.text[a:b] for a, b in ranges]
        place: list[int] = []
        at = base
        for form in forms:
            blank = not form or form.isspace()
            place.append(-1 if blank else at)
            at += not blank
        columns = doc.to_array(["TAG", "POS", "DEP", "MORPH", "LEMMA", "HEAD", "SENT_START"]).tolist()
        string = _Strings(doc.vocab.strings)
        firsts = [0, *(i for i, row in enumerate(columns) if i and row[6] == 1)]
        heads = [i + (row[5] if row[5] < _SIGN else row[5] - 2 * _SIGN) for i, row in enumerate(columns)]
        joined = _join(firsts, heads, barred) if barred else set[int]()
        for begin, end in zip(firsts, [*firsts[1:], len(ranges)], strict=True):
            inside = [i for i in range(begin, end) if place[i] >= 0]
            if not inside:
                continue
            index = len(self.sentences)
            if barred:
                marks = [string[columns[i][2]] == "punct" and i not in joined for i in range(begin, end)]
                local = [heads[i] - begin for i in range(begin, end)]
                for i, head in heads_of_punctuation(forms[begin:end], local, marks).items():
                    heads[begin + i] = begin + head
            for i in inside:
                tag, pos, dep, feats, lemma = (string[h] for h in columns[i][:5])
                form = forms[i]
                self.tokens.append(
                    Token(
                        i=place[i], start=ranges[i][0], end=ranges[i][1], text=form, pos=pos, tag=tag, feats=feats,
                        lemma=lemmas.get(f"{form.lower()}\t{tag}") or lemma or form,
                        dep="parataxis" if i in joined else "root" if dep == "ROOT" else dep,
                        head=place[_head(heads, place, i)], sentence=index,
                    )
                )  # fmt: skip
            first, last = place[inside[0]], place[inside[-1]] + 1
            headed_by_verb(self.tokens[first:last])
            self.sentences.append(
                SentenceTokens(index=index, first=first, last=last, start=ranges[inside[0]][0], end=ranges[inside[-1]][1])
            )
        for start, stop, kind in names:
            label = _LABELS.get(kind)
            words = [place[i] for i in range(start, stop) if place[i] >= 0]
            if label and words:
                last = min(words[-1] + 1, self.sentences[self.tokens[words[0]].sentence].last)
                self.names.append(Name(first=words[0], last=last, label=label))


def _join(firsts: list[int], heads: list[int], barred: Sequence[bool]) -> set[int]:
    """Take the starts that are barred out of `firsts` and hang the roots below the root before; those roots."""
    roots: dict[int, list[int]] = {}
    at, begins = -1, set(firsts)
    for i, head in enumerate(heads):
        at += i in begins
        if head == i:
            roots.setdefault(at, []).append(i)
    joined: set[int] = set()
    top = None
    for n, first in enumerate(list(firsts)):
        if n and barred[first] and top is not None:
            firsts.remove(first)
            for root in roots.get(n, ()):
                heads[root] = top
                joined.add(root)
        else:
            top = next(iter(roots.get(n, ())), None)
    return joined


_SIGN = 1 << 63


class _Strings(dict[int, str]):
    """Strings by their number, each asked for once."""

    def __init__(self, store: Any) -> None:
        self.store = store

    def __missing__(self, key: int) -> str:
        found = str(self.store[key]) if key else ""
        self[key] = found = "" if found == "_" else found
        return found


def _head(heads: Sequence[int], place: Sequence[int], i: int) -> int:
    """The nearest word above `i` that is kept; itself where there is none."""
    at = heads[i]
    while place[at] < 0:
        if heads[at] == at:
            return i
        at = heads[at]
    return at


def _forbid(doc: Any, names: Sequence[tuple[int, int, str]]) -> list[bool]:
    """Tell the parser where no sentence can begin, by rule and inside names; the same as a list."""
    barred = cannot_start(doc.user_data["words"], doc.user_data["spaces"])
    for start, stop, _ in names:
        barred[start + 1 : stop] = [True] * (stop - start - 1)
    for i, bar in enumerate(barred):
        if bar and i:
            doc[i].is_sent_start = False
    return barred


def pieces(text: str, blocks: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The blocks, those over PIECE code points cut: after a full stop, else at white space, else anywhere."""
    for start, end in blocks:
        while end - start > PIECE:
            middle, last = start + PIECE // 2, start + PIECE
            cut = max(text.rfind(mark, middle, last) + len(mark) for mark in (". ", ".\n", "\n"))
            if cut < middle:
                cut = max(text.rfind(mark, middle, last) + 1 for mark in " \t\u00a0")
            if cut < middle:
                cut = last
            yield start, cut
            start = cut
        if start < end:
            yield start, end


def _installed(model: str) -> tuple[Any, str]:
    """An installed spaCy pipeline, and a digest of its name and version."""
    import hashlib

    import spacy

    try:
        nlp = spacy.load(model)
    except (OSError, ImportError, ValueError) as error:
        raise ResourceError(
            f"language model {model!r} is not there: use the bundled 'fast', or install it (python -m spacy download {model}) ({error})"
        ) from error
    meta = f"{nlp.meta.get('lang')}_{nlp.meta.get('name')}-{nlp.meta.get('version')}"
    return nlp, hashlib.sha256(meta.encode()).hexdigest()


def load(content: dict[str, Any]) -> Any:
    """A bundled model's spaCy pipeline, from the unpacked file."""
    import spacy
    from spacy.attrs import LOWER, NORM, PREFIX, SHAPE, SUFFIX
    from spacy.vectors import Vectors

    numpy_matrices()
    nlp = spacy.blank("en")
    getters = nlp.vocab.lex_attr_getters
    for unused in set(getters) - {LOWER, PREFIX, SHAPE, SUFFIX}:
        del getters[unused]
    getters[NORM] = norm
    for string in content["strings"]:
        nlp.vocab.strings.add(string)
    if content["vectors"]:
        nlp.vocab.vectors = Vectors(strings=nlp.vocab.strings, mode="floret", **content["vectors"])
    for part in content["components"]:
        component = nlp.add_pipe(part["factory"], name=part["name"], config=part["config"])
        component.from_bytes(part["state"], exclude=["vocab", "model"])
        component.model.from_dict(part["model"])
        for node in list(component.model.walk()):
            if "embed" in node.ref_names and "encode" in node.ref_names:
                _remember(node)
    return nlp


def _remember(tok2vec: Any) -> None:
    """Keep each word's embedding: it depends on the word alone, and most words of a text are seen before.

    New words are embedded in tables of one fixed height, so that a word's numbers are the same in any company.
    """
    from spacy.tokens import Doc
    from thinc.api import Model

    embed = tok2vec.layers[0]
    known: dict[int, int] = {}
    rows: list[Any] = []
    height = 64

    def forward(model: Any, docs: Any, is_train: bool) -> tuple[Any, Any]:
        import numpy as np

        if len(known) > REMEMBERED:
            known.clear()
            rows.clear()
        new: dict[int, str] = {}
        keys = [doc.to_array("ORTH").tolist() for doc in docs]
        for orth in {k for row in keys for k in row}.difference(known):
            new[orth] = docs[0].vocab.strings[orth]
        items = list(new.items())
        for at in range(0, len(items), height):
            some = items[at : at + height]
            words = [word for _, word in some] + ["."] * (height - len(some))
            out = embed.predict([Doc(docs[0].vocab, words=words)])[0]
            for n, (orth, _) in enumerate(some):
                known[orth] = len(rows)
                rows.append(out[n].copy())
        found = [np.array([rows[known[k]] for k in row], dtype="f") for row in keys]
        return found, lambda d: []

    tok2vec._layers[0] = Model("remembered", forward, dims={"nO": tok2vec.maybe_get_dim("nO")})


@cache
def numpy_matrices() -> str:
    """Multiply matrices with numpy, whatever machine this is; the name of what multiplies them.

    spaCy's own (blis) is slower on the processors measured, and a choice made by the clock would let one text give two
    readings that differ where a score is a tie.
    """
    from thinc.backends import NumpyOps, Ops

    NumpyOps.gemm = Ops.gemm
    return "numpy"
