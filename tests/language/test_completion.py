"""Names by their company, and capitals for texts that have none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.language.analysis import Analysis, Name, SentenceTokens, Token
from whence.language.completion import completed
from whence.language.recasing import caseless, recased

COMMON = frozenset("the army said that guerrillas attacked a farm in province of on and near it was not".split())


def analysed(words: list[tuple[str, str, str, int]], names: list[Name] | None = None) -> Analysis:
    """Words as (text, UPOS, dep, head) of one sentence."""
    tokens, at = [], 0
    for i, (text, pos, dep, head) in enumerate(words):
        lemma = {"said": "say", "shelled": "shell", "told": "tell"}.get(text, text)
        tag = "NNP" if pos == "PROPN" else pos
        tokens.append(
            Token(i=i, start=at, end=at + len(text), text=text, lemma=lemma, pos=pos, tag=tag, feats="", dep=dep, head=head, sentence=0)
        )
        at += len(text) + 1
    sentence = SentenceTokens(index=0, first=0, last=len(tokens), start=0, end=at - 1)
    return Analysis(text=" ".join(w[0] for w in words), tokens=tokens, sentences=[sentence], names=names or [])


def found(analysis: Analysis) -> list[tuple[str, str]]:
    return [(" ".join(t.text for t in analysis.tokens[n.first : n.last]), n.label) for n in analysis.names]


SEEN: list[tuple[list[tuple[str, str, str, int]], tuple[str, str]]] = [
    (
        [("guards", "NOUN", "nsubj", 1), ("left", "VERB", "root", 1), ("in", "ADP", "case", 3), ("Salkhad", "PROPN", "obl", 1)],
        ("Salkhad", "place"),
    ),
    ([("they", "PRON", "nsubj", 1), ("told", "VERB", "root", 1), ("Verify-Sy", "PROPN", "obj", 1)], ("Verify-Sy", "organization")),
    (
        [("then", "ADV", "advmod", 3), ("Osama", "PROPN", "nsubj", 3), ("Juwaili", "PROPN", "flat", 1), ("said", "VERB", "root", 3)],
        ("Osama Juwaili", "person"),
    ),
    ([("guns", "NOUN", "nsubj", 1), ("shelled", "VERB", "root", 1), ("Kazgil", "PROPN", "obj", 1)], ("Kazgil", "place")),
]


@pytest.mark.parametrize(("words", "name"), SEEN)
def test_company_tells_the_type(words: list[tuple[str, str, str, int]], name: tuple[str, str]) -> None:
    assert found(completed(analysed(words))) == [name]


def test_where_nothing_tells_nothing_is_added() -> None:
    assert found(completed(analysed([("they", "PRON", "nsubj", 1), ("like", "VERB", "root", 1), ("Kazgil", "PROPN", "obj", 1)]))) == []


def test_names_of_the_model_stay() -> None:
    words = [("guards", "NOUN", "nsubj", 1), ("left", "VERB", "root", 1), ("with", "ADP", "case", 3), ("Salkhad", "PROPN", "obl", 1)]
    assert found(completed(analysed(words, [Name(first=3, last=4, label="organization")]))) == [("Salkhad", "organization")]


@pytest.mark.parametrize(
    ("text", "is_caseless"),
    [
        ("the army said that guerrillas attacked a farm in the province of morazan on the night of the fourth", True),
        ("THE ARMY SAID THAT GUERRILLAS ATTACKED A FARM IN THE PROVINCE OF MORAZAN ON THE NIGHT OF THE FOURTH", True),
        ("The army said that guerrillas attacked a farm in the province of Morazan on the night of the fourth", False),
        ("short and small", False),
    ],
)
def test_which_texts_have_no_capitals(text: str, is_caseless: bool) -> None:
    assert caseless(text) is is_caseless


def test_capitals_are_put_in() -> None:
    text = "the army said that the fmln attacked a farm in the province of morazan. it was not near santo tomas."
    assert recased(text, COMMON) == "The army said that the FMLN attacked a farm in the province of Morazan. It was not near Santo Tomas."


@given(st.text(max_size=300))
def test_the_length_never_changes(text: str) -> None:
    assert len(recased(text, COMMON)) == len(text)
