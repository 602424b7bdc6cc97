"""The two trained networks, the vectors and the lemma table as the one file that the package ships."""

from __future__ import annotations

import collections
from pathlib import Path
from typing import Any

import numpy as np
import spacy
import srsly

import treebanks
import vectors
from whence.language.packing import pack

ORDER = ("tok2vec", "tagger", "morphologizer", "trainable_lemmatizer", "ner", "parser")
"""Names are found before trees are built: no sentence begins inside one."""


_SAME_FORM = {"VBD": "VBN", "VBN": "VBD", "VB": "VBP", "VBP": "VB"}
"""Tags of verbs whose forms are mostly the same: what is known of one is good for the other."""


def lemma_table(paragraphs: list[treebanks.Paragraph]) -> dict[str, str]:
    """Lemmas that the treebanks agree on, by lower-cased form and tag ("went\\tVBD").

    Left to the network: proper nouns, whose capitals it knows, and what has no lemma in more than seven cases of ten.
    """
    seen: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for p in paragraphs:
        for word, tag, lemma in zip(p.words, p.tags, p.lemmas, strict=True):
            if not tag.startswith("NNP") and lemma != "_":
                seen[f"{word.lower()}\t{tag}"][lemma] += 1
    table = {}
    for key, lemmas in seen.items():
        lemma, count = lemmas.most_common(1)[0]
        if count > 0.7 * lemmas.total():
            table[key] = lemma
    for key, lemma in list(table.items()):
        form, tag = key.split("\t")
        if tag in _SAME_FORM:
            table.setdefault(f"{form}\t{_SAME_FORM[tag]}", lemma)
    return table


def common_words(shared: Path) -> list[str]:
    """Words that running text mostly writes small: seen small ten times, and three times as often as with a capital."""
    small: collections.Counter[str] = collections.Counter()
    capital: collections.Counter[str] = collections.Counter()
    for line in vectors.lines(shared):
        for word in line.split()[1:]:
            if word.isalpha():
                (small if word.islower() else capital)[word.lower()] += 1
    return sorted(w for w, n in small.items() if n >= 10 and n >= 3 * capital[w])


def _prune(lemmatizer: Any) -> None:
    """Drop the edit trees that training met but the network cannot choose: nine in ten."""
    trees = srsly.msgpack_loads(lemmatizer.trees.to_bytes())["trees"]
    last, todo = 0, list(lemmatizer.cfg["labels"])
    while todo:
        i = todo.pop()
        last = max(last, i)
        todo += [trees[i][k] for k in ("prefix_tree", "suffix_tree") if trees[i].get(k, _NONE) != _NONE]
    lemmatizer.trees.from_bytes(srsly.msgpack_dumps({"trees": trees[: last + 1]}))


_NONE = 2**32 - 1


def _component(nlp: Any, name: str) -> dict[str, Any]:
    component = nlp.get_pipe(name)
    meta = nlp.get_pipe_meta(name)
    config = {k: v for k, v in nlp.get_pipe_config(name).items() if k not in ("factory", "scorer", "learn_tokens")}
    return {
        "name": name, "factory": meta.factory, "config": config,
        "state": component.to_bytes(exclude=["vocab", "model"]), "model": component.model.to_dict(),
    }  # fmt: skip


def _strings(nlp: Any, paragraphs: list[treebanks.Paragraph]) -> set[str]:
    """Every label and feature the model can write, so that none is forgotten between documents."""
    found: set[str] = set()
    for _, component in nlp.pipeline:
        labels = [str(label) for label in getattr(component, "labels", ())]
        found.update(labels)
        for label in labels:
            found.update(label.split("||"))
        if hasattr(component, "trees"):
            for tree in srsly.msgpack_loads(component.trees.to_bytes())["trees"]:
                found.update(nlp.vocab.strings[tree[k]] for k in ("orig", "subst") if k in tree)
    for p in paragraphs:
        for feats in p.feats:
            found.add(feats)
            for feat in feats.split("|"):
                found.update([feat, *feat.split("=")])
        found.update(p.pos)
        found.update(p.deps)
        found.update(p.tags)
    return found - {""}


def write(out: Path, *, work: Path, shared: Path) -> str:
    """Write `out`/model.bin from the parts in `work`; the digest."""
    syntax, names = spacy.load(work / "syntax"), spacy.load(work / "names")
    _prune(syntax.get_pipe("trainable_lemmatizer"))
    paragraphs = [p for d in treebanks.train(shared) for p in d.paragraphs]
    parts = {name: _component(syntax, name) for name in syntax.pipe_names}
    parts["ner"] = _component(names, "ner")
    table = syntax.vocab.vectors
    subwords: dict[str, Any] = {}
    if table.shape[0]:
        subwords = {
            "data": np.asarray(table.data), "minn": table.minn, "maxn": table.maxn, "hash_count": table.hash_count,
            "hash_seed": table.hash_seed, "bow": table.bow, "eow": table.eow,
        }  # fmt: skip
    content = {
        "strings": sorted(_strings(syntax, paragraphs) | _strings(names, [])),
        "vectors": subwords,
        "components": [parts[name] for name in ORDER],
        "lemmas": lemma_table(paragraphs),
        "common": common_words(shared),
    }
    digest = pack(content, out / "model.bin")
    print(f"{out / 'model.bin'}: {(out / 'model.bin').stat().st_size / 1e6:.1f} MB, {digest[:12]}")
    return digest
