"""The two networks of the bundled model and how each is trained.

Syntax (tags, features, lemmas, trees) and names have an encoder each: what helps the one does not have to help the
other, and either can be trained anew alone.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from spacy.attrs import NORM
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.vectors import Vectors
from thinc.api import Adam

from augment import Swapper, varied
from treebanks import Paragraph
from whence.language.models.tokens import norm

SYNTAX_ROWS = [10_000, 1_000, 4_000, 2_500]


def encoder(rows: list[int], width: int, depth: int, *, pieces: int = 3, vectors: bool = True) -> dict[str, Any]:
    """A hashed embedding of form, prefix, suffix, shape and vector, then `depth` layers that see one word each way."""
    return {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2", "width": width, "rows": rows,
            "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"], "include_static_vectors": vectors,
        },
        "encode": {
            "@architectures": "spacy.MaxoutWindowEncoder.v2", "width": width, "window_size": 1,
            "maxout_pieces": pieces, "depth": depth,
        },
    }  # fmt: skip


def listener(width: int) -> dict[str, Any]:
    return {"@architectures": "spacy.Tok2VecListener.v1", "width": width, "upstream": "*"}


def transitions(tok2vec: dict[str, Any], state: str, *, hidden: int) -> dict[str, Any]:
    """Scores the next move from a few words of the state: 8 for trees, 3 for names."""
    return {
        "@architectures": "spacy.TransitionBasedParser.v2", "state_type": state, "extra_state_tokens": False,
        "hidden_width": hidden, "maxout_pieces": 2, "use_upper": True, "nO": None, "tok2vec": tok2vec,
    }  # fmt: skip


def blank(vectors: Path | None) -> Any:
    """An empty English pipeline with the package's forms and the word vectors."""
    nlp = spacy.blank("en")
    nlp.vocab.lex_attr_getters[NORM] = norm
    if vectors is not None:
        nlp.vocab.vectors = read_vectors(vectors, nlp.vocab.strings)
    return nlp


def read_vectors(path: Path, strings: Any) -> Any:
    """floret's text form as a spaCy table, at the scale of one (floret's own numbers are too small to learn from)."""
    with path.open(encoding="utf-8") as rows:
        buckets, width, least, most, hashes, seed, bow, eow = rows.readline().split()
        table = np.zeros((int(buckets), int(width)), dtype="f")
        for row in rows:
            parts = row.split()
            table[int(parts[0])] = np.asarray(parts[1:], dtype="f")
    table /= table.std() + 1e-8
    return Vectors(
        strings=strings, data=table, mode="floret", minn=int(least), maxn=int(most), hash_count=int(hashes),
        hash_seed=int(seed), bow=bow, eow=eow,
    )  # fmt: skip


def syntax(vectors: Path | None, *, width: int = 128, depth: int = 4, hidden: int = 64) -> Any:
    """The untrained network for syntax."""
    nlp = blank(vectors)
    static = vectors is not None
    nlp.add_pipe("tok2vec", config={"model": encoder(SYNTAX_ROWS, width, depth, vectors=static)})
    tagger = {"@architectures": "spacy.Tagger.v2", "nO": None, "normalize": False, "tok2vec": listener(width)}
    nlp.add_pipe("tagger", config={"model": tagger})
    nlp.add_pipe("morphologizer", config={"model": tagger, "overwrite": True, "extend": False})
    nlp.add_pipe("trainable_lemmatizer", config={"model": tagger, "min_tree_freq": 2, "top_k": 3, "backoff": "orth"})
    trees = transitions(listener(width), "parser", hidden=hidden)
    nlp.add_pipe("parser", config={"model": trees, "min_action_freq": 20})
    return nlp


def names(vectors: Path | None, *, width: int = 128, depth: int = 4) -> Any:
    """The untrained network for names: an encoder of the same form as that for syntax."""
    nlp = blank(vectors)
    own = encoder(SYNTAX_ROWS, width, depth, vectors=vectors is not None)
    nlp.add_pipe("ner", config={"model": transitions(own, "ner", hidden=64)})
    return nlp


def go_on(nlp: Any, folder: Path) -> None:
    """Take over all that was learnt for syntax, for a second round.

    The lemmatizer's weights are worth nothing with other edit trees, so the labels have to be the same.
    """
    learnt = spacy.load(folder)
    for name in ("tok2vec", "tagger", "morphologizer", "trainable_lemmatizer", "parser"):
        old, new = learnt.get_pipe(name), nlp.get_pipe(name)
        if name != "tok2vec" and old.labels != new.labels:
            raise ValueError(f"{name} has other labels than the one in {folder}: train syntax from the beginning")
        new.model.from_dict(old.model.to_dict())


def begin_with(nlp: Any, syntax_folder: Path) -> None:
    """Let the encoder for names begin where the one for syntax ended: it knows words, capitals and what is a noun."""
    learnt = spacy.load(syntax_folder).get_pipe("tok2vec").model
    nlp.get_pipe("ner").model.get_ref("tok2vec").layers[0].from_dict(learnt.to_dict())


def go_on_with_names(nlp: Any, folder: Path) -> None:
    """Take over the whole network for names."""
    nlp.get_pipe("ner").model.from_dict(spacy.load(folder).get_pipe("ner").model.to_dict())


def example(vocab: Any, p: Paragraph) -> Example:
    """A paragraph as what spaCy learns from: as much of it as is annotated."""
    given: dict[str, Any] = {}
    if p.heads:
        given = {
            "tags": p.tags, "pos": p.pos, "morphs": p.feats, "lemmas": p.lemmas, "heads": p.heads, "deps": p.deps,
        }  # fmt: skip
    reference = Doc(vocab, words=p.words, spaces=p.spaces, **given)
    if p.names is not None:
        reference.set_ents(
            [Span(reference, a, b, label=kind) for a, b, kind in p.names],
            missing=[Span(reference, i, i + 1, label="unsure") for i in p.unsure],
            default="outside",
        )
    return Example(Doc(vocab, words=p.words, spaces=p.spaces), reference)


def batches(items: list[Paragraph], words: int, source: random.Random) -> Iterator[list[Paragraph]]:
    """Endless batches of about `words` words, every item once a round, in a new order each round."""
    batch: list[Paragraph] = []
    size = 0
    while True:
        source.shuffle(items)
        for p in items:
            if batch and size + len(p.words) > words:
                yield batch
                batch, size = [], 0
            batch.append(p)
            size += len(p.words)


def train(
    nlp: Any,
    paragraphs: list[Paragraph],
    *,
    steps: int,
    words: int = 1_200,
    rate: float = 0.0015,
    warm_up: int = 250,
    dropout: float = 0.3,
    swapper: Swapper | None = None,
    seed: int = 1,
    every: int = 800,
    check: Callable[[int], None] | None = None,
    begin: Callable[[Any], None] | None = None,
    free: bool = False,
) -> None:
    """Train in place; the weights at the end are the averages. `check(step)` is called each `every` steps, with
    averages in place; `begin(nlp)` once, before the first step. `free` lets names be swapped for names
    of other lengths."""
    source = random.Random(seed)
    spacy.util.fix_random_seed(seed)
    nlp.initialize(lambda: [example(nlp.vocab, p) for p in paragraphs])
    if begin:
        begin(nlp)
    optimizer = Adam(rate, L2=0.01, L2_is_weight_decay=True, grad_clip=1.0, use_averages=True)
    stream = batches(list(paragraphs), words, source)
    start = time.time()
    losses: dict[str, float] = {}
    for step in range(1, steps + 1):
        left = max(0.0, (steps - step) / max(1, steps - warm_up))
        optimizer.learn_rate = rate * min(step / warm_up, 0.02 + 0.98 * left)
        examples = [example(nlp.vocab, varied(p, source, swapper, free=free)) for p in next(stream)]
        nlp.update(examples, sgd=optimizer, drop=dropout, losses=losses)
        if step % 100 == 0:
            told = " ".join(f"{k} {v / 100:.1f}" for k, v in losses.items())
            print(f"{step} {time.time() - start:.0f}s {told}", flush=True)
            losses = {}
        if check and step % every == 0 and step < steps:
            with nlp.use_params(optimizer.averages):
                check(step)
    for _, component in nlp.pipeline:
        for node in component.model.walk():
            for name in node.param_names:
                if (node.id, name) in optimizer.averages:
                    node.set_param(name, optimizer.averages[node.id, name])
