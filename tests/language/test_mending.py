"""Trees that the parser takes apart: what an object shows to be a verb heads its clause again, and what is right stays."""

from __future__ import annotations

import pytest

from whence.language.analysis import Analysis, SentenceTokens, Token
from whence.language.mending import mended

Word = tuple[str, str, str, str, int]


def analysed(words: list[Word]) -> Analysis:
    """Words as (text, UPOS, tag, dep, head) of one sentence."""
    tokens, at = [], 0
    for i, (text, pos, tag, dep, head) in enumerate(words):
        end = at + len(text)
        tokens.append(
            Token(
                i=i,
                start=at,
                end=end,
                text=text,
                lemma={"given": "give"}.get(text, text),
                pos=pos,
                tag=tag,
                feats="",
                dep=dep,
                head=head,
                sentence=0,
            )
        )
        at = end + 1
    sentence = SentenceTokens(index=0, first=0, last=len(tokens), start=0, end=at - 1)
    return Analysis(text=" ".join(w[0] for w in words), tokens=tokens, sentences=[sentence], names=[])


def tree(analysis: Analysis) -> list[tuple[str, str]]:
    for token in analysis.tokens:
        assert token.children == sorted(t.i for t in analysis.tokens if t.head == token.i and t is not token)
    return [(t.dep, analysis.tokens[t.head].text) for t in analysis.tokens]


FRAGMENT: list[Word] = [
    ("fighters", "NOUN", "NNS", "root", 0),
    ("abducted", "VERB", "VBN", "acl", 0),
    ("workers", "NOUN", "NNS", "obj", 1),
    (".", "PUNCT", ".", "punct", 0),
]
SHOT: list[Word] = [
    ("gunmen", "NOUN", "NNS", "compound", 1),
    ("shot", "NOUN", "NN", "root", 1),
    ("two", "NUM", "CD", "nummod", 3),
    ("men", "NOUN", "NNS", "obj", 1),
]
TOLD: list[Word] = [
    ("kin", "NOUN", "NNS", "nsubj", 1),
    ("tell", "VERB", "VBP", "root", 1),
    ("Radio", "PROPN", "NNP", "iobj", 1),
    ("that", "PRON", "WDT", "nsubj", 6),
    ("the", "DET", "DT", "det", 6),
    ("army", "NOUN", "NN", "compound", 6),
    ("shot", "NOUN", "NN", "acl:relcl", 2),
    ("farmers", "NOUN", "NNS", "obj", 6),
]
SOURCE: list[Word] = [
    ("Kosti", "PROPN", "NNP", "obl", 3),
    (",", "PUNCT", ",", "punct", 2),
    ("gunmen", "NOUN", "NNS", "conj", 0),
    ("killed", "VERB", "VBD", "root", 3),
]
HELPER: list[Word] = [
    ("militia", "NOUN", "NN", "nsubj", 2),
    ("may", "AUX", "MD", "aux", 2),
    ("have", "AUX", "VB", "aux", 3),
    ("used", "VERB", "VBN", "root", 3),
]
MENDED = [
    (FRAGMENT, [("nsubj", "abducted"), ("root", "abducted"), ("obj", "abducted"), ("punct", "abducted")]),
    (SHOT, [("nsubj", "shot"), ("root", "shot"), ("nummod", "men"), ("obj", "shot")]),
    (
        TOLD,
        [
            ("nsubj", "tell"),
            ("root", "tell"),
            ("iobj", "tell"),
            ("mark", "shot"),
            ("det", "army"),
            ("nsubj", "shot"),
            ("ccomp", "tell"),
            ("obj", "shot"),
        ],
    ),
    (SOURCE, [("obl", "killed"), ("punct", "gunmen"), ("nsubj", "killed"), ("root", "killed")]),
    (HELPER, [("nsubj", "used"), ("aux", "used"), ("aux", "used"), ("root", "used")]),
]
LEFT: list[list[Word]] = [
    [("men", "NOUN", "NNS", "root", 0), ("given", "VERB", "VBN", "acl", 0), ("food", "NOUN", "NN", "obj", 1)],
    [("men", "NOUN", "NNS", "root", 0), ("killed", "VERB", "VBN", "acl", 0), ("Friday", "PROPN", "NNP", "obj", 1)],
    [("a", "DET", "DT", "det", 1), ("man", "NOUN", "NN", "root", 1), ("killed", "VERB", "VBN", "acl", 1)],
    [("car", "NOUN", "NN", "compound", 1), ("bombs", "NOUN", "NNS", "root", 1)],
    [
        ("Kosti", "PROPN", "NNP", "obl", 3),
        ("and", "CCONJ", "CC", "cc", 2),
        ("Rabak", "PROPN", "NNP", "conj", 0),
        ("fell", "VERB", "VBD", "root", 3),
    ],
]


@pytest.mark.parametrize(("words", "gold"), MENDED, ids=["fragment", "noun", "told", "source", "helper"])
def test_mended(words: list[Word], gold: list[tuple[str, str]]) -> None:
    assert tree(mended(analysed(words))) == gold


@pytest.mark.parametrize("words", LEFT)
def test_left_as_it_is(words: list[Word]) -> None:
    assert tree(mended(analysed(words))) == tree(analysed(words))
