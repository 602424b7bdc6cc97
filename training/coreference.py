"""Learns the weights of `corroboration.mentions` from ECB+ (Cybulska and Vossen 2014), train part, and which lemmas are related.

    PYTHONPATH=src python training/coreference.py ../shared/gold/ecbplus/train.jsonl.xz CACHE

Related are lemmas whose mentions were of one event in at least two topics' worth of pairs (three documents or more). Pairs of mentions
are those that `mentions.pairs` gives; calibration is learned on topics left out.
"""

from __future__ import annotations

import json
import lzma
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec

from linking import DATA, fitted, save
from whence.coreference import prepared
from whence.corroboration import mentions as m
from whence.corroboration.texts import STOP, stem, words_of
from whence.language.parser import Parser

Row = dict[str, Any]


def events(document: Row) -> dict[tuple[int, int], str]:
    return {(x["start"], x["end"]): x["chain"] for x in document["mentions"] if x["kind"] == "action" and x["validated_sentence"]}


def main() -> None:
    with lzma.open(sys.argv[1], "rt", encoding="utf8") as lines:
        documents = [json.loads(line) for line in lines]
    topic = {d["id"]: str(d["topic"]) for d in documents}
    told, chain = mentions_of(documents, Path(sys.argv[2]))
    words = {d["id"]: dict(Counter(s for w in words_of(d["text"]) if w not in STOP and len(w) > 2 for s in (stem(w),))) for d in documents}
    known = m.Documents(words)
    save_nominals(told)
    pairs = related_pairs(told, chain, topic)
    save_related(sorted(" ".join(p) for p, topics in pairs.items() if topics))
    rows, truth, groups = [], [], []
    for name in sorted(set(topic.values())):
        # In its own topic a pair of lemmas counts as related only where another topic says so: elsewhere nobody tells us either.
        others = frozenset(p for p, topics in pairs.items() if topics - {name})
        m.related = lambda found=others: found  # type: ignore[assignment]
        for a, b in m.pairs([x for x in told if topic[x.document] == name], known):
            rows.append(m.levels(a, b, known))
            truth.append(chain[a.id] == chain[b.id])
            groups.append(name)
    print(len(told), "mentions,", len(rows), "pairs,", sum(truth), "of one event")
    save("mentions", fitted(rows, truth, groups, c=0.3))


def mentions_of(documents: list[Row], cache: Path) -> tuple[list[m.EventMention], dict[str, str]]:
    """The gold mentions as they are compared, parsed once and kept in a file, and their chains."""
    if not cache.exists():
        texts = [(d["text"], [(a, b) for _, a, b in d["sentences"]]) for d in documents]
        made = [x for d, analysis in zip(documents, Parser().pipe(texts), strict=True) for x in prepared(analysis, d["id"], events(d))]
        cache.write_bytes(msgspec.json.encode(made))
    told = msgspec.json.decode(cache.read_bytes(), type=list[m.EventMention])
    gold = {d["id"]: events(d) for d in documents}
    return told, {x.id: gold[x.document][x.start, x.end] for x in told}


def related_pairs(told: list[m.EventMention], chain: dict[str, str], topic: dict[str, str]) -> dict[tuple[str, str], set[str]]:
    """Pairs of stems with the topics in which mentions of one event in three documents or more have them."""
    by: dict[str, list[m.EventMention]] = {}
    for mention in told:
        by.setdefault(chain[mention.id], []).append(mention)
    seen: dict[tuple[str, str], dict[str, set[str]]] = {}
    for members in by.values():
        for a in members:
            for b in members:
                if a.lemma < b.lemma and len(a.lemma) > 2 and a.lemma not in STOP and b.lemma not in STOP:
                    seen.setdefault((a.lemma, b.lemma), {}).setdefault(topic[a.document], set()).update((a.document, b.document))
    return {p: {t for t, docs in topics.items() if len(docs) >= 3} for p, topics in seen.items()}


def save_nominals(told: list[m.EventMention], *, least: int = 3) -> None:
    seen = Counter(x.lemma for x in told if x.pos == "noun" and len(x.lemma) > 2 and x.lemma.isalpha())
    words = sorted(w for w, k in seen.items() if k >= least)
    rows = "\n".join(" ".join(words[i : i + 14]) for i in range(0, len(words), 14))
    head = "# Stems of nouns that name events, seen at least three times in the training part of ECB+; made by training/coreference.py."
    (DATA / "nominals.toml").write_text(f'{head}\nstems = """\n{rows}\n"""\n', encoding="utf8")


def save_related(pairs: list[str]) -> None:
    lines = ["# Stems that mention one event often enough in the training data; made by training/coreference.py.", "pairs = ["]
    lines += [f'  "{p}",' for p in pairs] + ["]"]
    (DATA / "related.toml").write_text("\n".join(lines) + "\n", encoding="utf8")
    print(len(pairs), "related pairs")


if __name__ == "__main__":
    assert Path(sys.argv[1]).exists(), f"{sys.argv[1]}: no such file"
    main()
