"""The pieces of a clause that attributions are made of: subjects, cues with their auxiliaries, stretches of words."""

from __future__ import annotations

from collections.abc import Sequence

from whence.language.analysis import Analysis, SentenceTokens, Token
from whence.records import trimmed

from .cues import CueLexicon
from .quotations import Quotation

Ranges = list[tuple[int, int]]
"""Half-open ranges of tokens."""

ADVERBS = frozenset(("reportedly", "allegedly", "supposedly", "purportedly"))
EDGE = frozenset((",", ";", ":", "-", "–", "—", "."))
STATEMENTS = frozenset(
    (
        "statement interview letter speech tweet post report memo email press conference briefing remarks comments message video broadcast"
    ).split()
)


class Phrases:
    """Pieces of one analysis, with the quotation in which each token stands."""

    def __init__(self, analysis: Analysis, lexicon: CueLexicon, quotes: Sequence[Quotation]) -> None:
        self.analysis = analysis
        self.tokens = analysis.tokens
        self.lexicon = lexicon
        self.quotes = quotes
        self.within: list[int | None] = [None] * len(analysis.tokens)
        for n, q in enumerate(quotes):
            for i in range(q.first, q.last):
                self.within[i] = n

    def span(self, indices: Sequence[int]) -> tuple[int, int]:
        """The range from the first to the last of some tokens, without commas at its edges."""
        first, last = min(indices), max(indices) + 1
        while first < last and self.tokens[first].text in EDGE:
            first += 1
        while last > first and self.tokens[last - 1].text in EDGE:
            last -= 1
        return first, last

    def subtree(self, i: int, without: Sequence[int] = ()) -> list[int]:
        gone = {k for j in without for k in self.analysis.subtree(j)}
        return [k for k in self.analysis.subtree(i) if k not in gone and self.tokens[k].sentence == self.tokens[i].sentence]

    def child(self, token: Token, *deps: str) -> Token | None:
        return next((self.tokens[c] for c in token.children if self.tokens[c].dep in deps), None)

    def subject(self, token: Token) -> Token | None:
        """Its subject, or that of the verb it is joined to ("... has said and repeated")."""
        own = self.child(token, "nsubj", "nsubj:outer")
        if own is None and token.dep in ("conj", "xcomp", "advcl") and self.tokens[token.head].pos in ("VERB", "AUX"):
            return self.child(self.tokens[token.head], "nsubj", "nsubj:pass")
        return own

    def cue_range(self, token: Token) -> tuple[int, int]:
        """The verb with its auxiliaries, negation and particle, and "in a statement" after it."""
        first = last = token.i
        for c in token.children:
            t = self.tokens[c]
            if t.dep in ("aux", "aux:pass", "cop") and t.i < first and token.i - t.i <= 5:
                first = t.i
            if t.dep == "compound:prt" and t.i == last + 1:
                last = t.i
        n = next((t for t in self.tokens[last + 1 : last + 5] if t.lower in STATEMENTS), None)
        if n is not None and self.tokens[last + 1].lower == "in" and n.sentence == token.sentence:
            last = n.i
        return first, last + 1

    def negated(self, token: Token) -> bool:
        return any(self.tokens[c].lower in ("not", "n't", "n’t", "never") for c in token.children) or any(
            t.lower in ("not", "n't", "n’t", "never") for t in self.tokens[max(0, token.i - 2) : token.i] if t.sentence == token.sentence
        )

    def _mistaken(self, token: Token) -> bool:
        """A verb that the tagger took for a noun: it has an object ("the latter fears the stationing") or an auxiliary
        ("has been warning of plans")."""
        if token.pos != "NOUN":
            return False
        kinds = {self.tokens[c].dep for c in token.children}
        if token.lower.endswith("ing"):
            return self.base(token) in self.lexicon.verbs and bool(kinds & {"aux", "cop"}) and "det" not in kinds
        follows = self.tokens[token.i + 1].lower if token.i + 1 < len(self.tokens) else ""
        before = self.tokens[token.i - 1] if token.i else None
        if token.lemma in self.lexicon.verbs and follows == "that" and before is not None and before.sentence == token.sentence:
            here = self.analysis.of(self.analysis.sentences[token.sentence])
            verbless = all(t.pos not in ("VERB", "AUX") for t in here if t.i < token.i) and not any(
                t.dep == "root" and t.pos == "VERB" for t in here
            )
            return ("det" not in kinds or verbless) and before.pos in ("NOUN", "PROPN", "PRON") and before.text != "’s"
        return (
            token.lemma in self.lexicon.verbs
            and bool(kinds & {"obj", "ccomp"})
            and any(self.tokens[c].dep in ("amod", "nsubj", "compound") and c < token.i for c in token.children)
        )

    def base(self, token: Token) -> str:
        """The lemma of a verb, also where the tagger took it for a noun."""
        if token.pos == "NOUN" and token.lower.endswith("ing"):
            stem = token.lower[:-3]
            return stem if stem in self.lexicon.verbs else stem + "e"
        return self.lexicon.verb(token)

    def _is_rule_out(self, token: Token) -> bool:
        after = self.tokens[token.i + 1] if token.i + 1 < len(self.tokens) else None
        return token.lemma == "rule" and token.pos == "VERB" and after is not None and after.lower == "out"

    def _pieces(self, indices: Sequence[int]) -> Ranges:
        out: Ranges = []
        for i in indices:
            if out and out[-1][1] == i:
                out[-1] = (out[-1][0], i + 1)
            else:
                out.append((i, i + 1))
        return [self.span(range(a, b)) for a, b in out if any(self.tokens[k].text not in EDGE for k in range(a, b))]

    def _joined(self, parts: Ranges) -> Ranges:
        """Pieces as they are; a stray closing mark joins the piece before it."""
        return [p for p in parts if p[1] > p[0]]

    def _wordy(self, part: tuple[int, int]) -> bool:
        return any(self.tokens[i].pos not in ("PUNCT", "SYM", "CCONJ", "SCONJ") for i in range(*part))

    def _only_quotes(self, sentence: SentenceTokens, at: int) -> bool:
        return any(self.within[i] is not None for i in range(sentence.first, sentence.last) if i != at)

    def _whole(self, sentence: SentenceTokens, quote: int | None) -> bool:
        return all(self.within[i] == quote for i in range(sentence.first, sentence.last))

    def _marked(self, token: Token, word: str) -> bool:
        return any(self.tokens[c].lower == word and self.tokens[c].dep == "case" for c in token.children)


def offsets(analysis: Analysis, piece: tuple[int, int]) -> tuple[int, int]:
    """A range of tokens as offsets in the text, without white space at its edges."""
    return trimmed(analysis.text, analysis.tokens[piece[0]].start, analysis.tokens[piece[1] - 1].end)
