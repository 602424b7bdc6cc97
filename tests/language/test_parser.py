"""Text to Analysis: offsets, blocks, names, and that company does not matter."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from whence.errors import ResourceError
from whence.language import parser as module
from whence.language.analysis import Analysis
from whence.language.parser import BUNDLED, Parser

LEAD = (
    "Opposition groups in Daraa are claiming that Washington is getting in touch with them, according to al-Modon. "
    "“We were not told,” Gen. Samir Haddad of the U.S. Army said on Jan. 5. He left."
)


@pytest.fixture(scope="module")
def fast() -> Parser:
    return Parser()


def plain(analysis: Analysis) -> tuple[object, ...]:
    return (
        [(t.start, t.end, t.text, t.lemma, t.pos, t.tag, t.feats, t.dep, t.head, t.sentence) for t in analysis.tokens],
        [(s.index, s.first, s.last, s.start, s.end) for s in analysis.sentences],
        [(n.first, n.last, n.label) for n in analysis.names],
    )


def whole(text: str) -> list[tuple[int, int]]:
    return [(0, len(text))]


def check(text: str, blocks: Sequence[tuple[int, int]], analysis: Analysis) -> None:
    """What holds of every analysis."""
    assert [t.i for t in analysis.tokens] == list(range(len(analysis.tokens)))
    for token in analysis.tokens:
        assert token.text == text[token.start : token.end] != ""
        assert not token.text.isspace()
        assert any(a <= token.start and token.end <= b for a, b in blocks)
        assert analysis.sentences[token.sentence].first <= token.head < analysis.sentences[token.sentence].last
        assert (token.dep == "root") == (token.head == token.i)
    at = 0
    for n, sentence in enumerate(analysis.sentences):
        assert (sentence.index, sentence.first) == (n, at)
        assert sentence.last > sentence.first
        at = sentence.last
        inside = analysis.of(sentence)
        assert (sentence.start, sentence.end) == (inside[0].start, inside[-1].end)
        assert any(a <= sentence.start and sentence.end <= b for a, b in blocks)
    assert at == len(analysis.tokens)
    for a, b in blocks:
        assert not text[a:b].strip() or any(a <= s.start and s.end <= b for s in analysis.sentences)
    for name in analysis.names:
        assert name.first < name.last
        assert analysis.tokens[name.first].sentence == analysis.tokens[name.last - 1].sentence
        assert name.label in ("person", "organization", "place")


def sentences(fast: Parser, text: str) -> list[str]:
    return [text[s.start : s.end] for s in fast(text, whole(text)).sentences]


def test_a_lead(fast: Parser) -> None:
    analysis = fast(LEAD, whole(LEAD))
    check(LEAD, whole(LEAD), analysis)
    claiming = next(t for t in analysis.tokens if t.text == "claiming")
    assert (claiming.lemma, claiming.pos, claiming.dep) == ("claim", "VERB", "root")
    assert "VerbForm=Part" in claiming.feats
    assert analysis.tokens[claiming.children[0]].text == "groups"
    names = {LEAD[analysis.tokens[n.first].start : analysis.tokens[n.last - 1].end]: n.label for n in analysis.names}
    assert names["Daraa"] == "place"
    assert names["al-Modon"] == "organization"
    assert names["Samir Haddad"] == "person"


def test_sentences_of_a_lead(fast: Parser) -> None:
    assert sentences(fast, LEAD) == [
        "Opposition groups in Daraa are claiming that Washington is getting in touch with them, according to al-Modon.",
        "“We were not told,” Gen. Samir Haddad of the U.S. Army said on Jan. 5.",
        "He left.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "“Operations have not stopped,” he told al-Modon.",
        "Col. Ahmad Rahal and Maj. Gen. Hassan Ali met.",
        "He was close to the U.S. envoy.",
        "The army shelled the town, No. 3 on its list.",
        "Activists, whom al-Modon has reached out to, have not ruled it out.",
    ],
)
def test_one_sentence(fast: Parser, text: str) -> None:
    assert sentences(fast, text) == [text]


def test_a_closing_quotation_mark_belongs_to_its_sentence(fast: Parser) -> None:
    for opening, closing in ("“”", '""', "«»"):
        text = f"He said: {opening}The army left the town on Monday.{closing} The town was quiet after that."
        assert [s[-1] for s in sentences(fast, text)] == [closing, "."]


def test_title_case_is_read(fast: Parser) -> None:
    title = "Has the U.S. Entered the Crisis Zone in Daraa?"
    analysis = fast(title, whole(title))
    assert len(analysis.sentences) == 1
    root = next(t for t in analysis.tokens if t.dep == "root")
    assert (root.text, root.lemma) == ("Entered", "enter")


def test_blocks_are_never_crossed(fast: Parser) -> None:
    text = "The army said\n\nthe town fell"
    blocks = [(0, 13), (15, 28)]
    analysis = fast(text, blocks)
    check(text, blocks, analysis)
    assert [text[s.start : s.end] for s in analysis.sentences] == ["The army said", "the town fell"]


def test_text_outside_the_blocks_is_not_read(fast: Parser) -> None:
    text = "Menu | Home\n\nThe town fell.\n\nCookies"
    blocks = [(13, 27)]
    analysis = fast(text, blocks)
    check(text, blocks, analysis)
    assert [t.text for t in analysis.tokens] == ["The", "town", "fell", "."]


@pytest.mark.parametrize("text", ["", " ", "\u00a0\n", "\u200f", "\u200b \u200b", "🇸🇾", ".", "\x00", "a\u00a0 \nb"])
def test_little_text(fast: Parser, text: str) -> None:
    check(text, whole(text), fast(text, whole(text)))
    assert fast(text, []).tokens == []
    assert fast(text, [(0, 0)]).tokens == []


def test_white_space_inside_a_block_is_no_token(fast: Parser) -> None:
    text = "The army\u00a0 \n\t shelled   the town.\u00a0 "
    analysis = fast(text, whole(text))
    check(text, whole(text), analysis)
    assert [t.text for t in analysis.tokens] == ["The", "army", "shelled", "the", "town", "."]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(max_size=60), max_size=4))
def test_any_text(fast: Parser, parts: list[str]) -> None:
    text, blocks = "", []
    for part in parts:
        blocks.append((len(text), len(text) + len(part)))
        text += part + "\n\n"
    check(text, blocks, fast(text, blocks))


def test_a_word_of_a_million_letters(fast: Parser) -> None:
    text = "The word " + "x" * 1_000_000 + " is long."
    short = text[:100_000]
    check(short, whole(short), fast(short, whole(short)))
    assert max(b - a for a, b in module.pieces(text, whole(text))) <= module.PIECE
    assert [a for a, _ in module.pieces(text, whole(text))][1:] == [b for _, b in list(module.pieces(text, whole(text)))[:-1]]


def test_a_long_block_is_cut_at_a_sentence(fast: Parser) -> None:
    text = "The army shelled the town. " * 1_000
    cuts = list(module.pieces(text, whole(text)))
    assert len(cuts) == 2
    assert text[cuts[1][0] :].startswith("The army")
    check(text, whole(text), fast(text, whole(text)))


def test_company_does_not_matter(fast: Parser) -> None:
    texts = [
        LEAD,
        "",
        "Fighters of the Southern Front shelled Jassim, Khirbet Ghazala and Nawa on 17 March 2022.",
        "RUSSIA DENIES STRIKE ON HOSPITAL IN IDLIB",
        "Ibrahim Jabawi, a member of the opposition's committee, said that the attacks were retaliation. " * 9,
    ] * 5
    documents = [(text, whole(text)) for text in texts]
    fresh = Parser()
    alone = [plain(fresh(*d)) for d in documents[::-1]][::-1]
    assert [plain(a) for a in fast.pipe(documents)] == alone
    assert [plain(a) for a in fast.pipe(documents, batch_size=2)] == alone
    assert [plain(a) for a in fast.pipe(reversed(documents))] == alone[::-1]


def test_pipe_streams(fast: Parser) -> None:
    taken = []

    def documents() -> object:
        for n in range(6):
            taken.append(n)
            yield LEAD, whole(LEAD)

    stream = fast.pipe(documents(), batch_size=2)  # type: ignore[arg-type]
    next(stream)
    assert taken == [0, 1]


def test_forgetting_words_changes_nothing(fast: Parser, monkeypatch: pytest.MonkeyPatch) -> None:
    before = plain(fast(LEAD, whole(LEAD)))
    monkeypatch.setattr(module, "REMEMBERED", 0)
    assert plain(fast(LEAD, whole(LEAD))) == before


def test_words_are_remembered(fast: Parser) -> None:
    nodes = [node.name for _, component in fast._nlp.pipeline for node in component.model.walk()]
    assert nodes.count("remembered") == 2, "an encoder for syntax and one for names"


def test_digest_names_the_weights(fast: Parser) -> None:
    assert fast.name == "fast"
    assert len(fast.digest) == 64
    assert (BUNDLED / "fast/model.bin").stat().st_size < 13_000_000


@pytest.mark.parametrize("model", ["no_such_model", "", "../models/fast", "."])
def test_a_missing_model_is_told(model: str) -> None:
    with pytest.raises(ResourceError, match="fast"):
        Parser(model=model)


def test_a_damaged_model_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken/model.bin").write_bytes((BUNDLED / "fast/model.bin").read_bytes()[:-1])
    monkeypatch.setattr(module, "BUNDLED", tmp_path)
    with pytest.raises(ResourceError, match="install"):
        Parser(model="broken")


def test_importing_does_not_load_spacy() -> None:
    code = "import sys, whence.language.parser; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
