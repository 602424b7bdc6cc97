"""Two constructions that parsers often break: who closes a sentence by telling it, and who is quoted as saying it."""

from __future__ import annotations

from whence.language.analysis import SentenceTokens, Token

from .contents import Contents
from .found import Found

TELLING = frozenset(
    "tell say add report recall recount explain write note remember complain testify announce relate insist claim go continue conclude "
    "warn maintain confide swear whisper observe stress assert acknowledge admit concede".split()
)
"""Verbs that may close a sentence with whom it was told."""
SAYING = frozenset(("saying", "telling", "asking", "having", "claiming", "admitting", "denying"))
RELATIVE = frozenset(("who", "whom", "whose", "which"))
OPENS = frozenset(("DET", "PROPN", "NOUN", "ADJ", "NUM", "PRON", "ADP"))
AFTER = frozenset(("as", "while", "when", "after", "before", "by", "from", "because"))


class Telling(Contents):
    """Both read from the commas and the parts of speech, without the tree."""

    def trailing(self, token: Token, cue: tuple[int, int], sentence: SentenceTokens) -> Found | None:
        """ "..., the foreman, Hennadii Solovar, told Dnipro Line.": what is said, a comma, who, the cue, whom it was told.

        The pieces before the cue are the source as long as they hold no verb but in a relative clause.
        """
        tokens = self.tokens
        if self.within[token.i] is not None or self.base(token) not in TELLING:
            return None
        if token.lemma == "go" and (cue[1] >= sentence.last or "on" not in (tokens[cue[1] - 1].lower, tokens[cue[1]].lower)):
            return None
        passive = self._told(token)
        end = next((t.i for t in tokens[cue[1] : sentence.last] if t.text == ";"), sentence.last)
        tail = [t for t in tokens[cue[1] : end] if t.pos != "PUNCT"]
        tail = tail[: next((n for n, t in enumerate(tail) if t.lower in AFTER), len(tail))]
        if passive and self.teller(token, end) is None and any(t.lower == "by" for t in tokens[cue[1] : end]):
            return None
        if len(tail) > 9 or any(t.pos in ("VERB", "AUX") or t.lower in ("that", "how", "why", "whether") for t in tail):
            return None
        if any(t.text in ("“", '"', "«", ":") for t in tokens[cue[1] : sentence.last]):
            return None
        commas = [i for i in range(sentence.first, cue[0]) if tokens[i].text == ","]
        if cue[0] and tokens[cue[0] - 1].text == ",":
            commas = commas[:-1]
        first = self._source_begins(commas, cue[0])
        if first is None:
            return None
        content = self.span(range(sentence.first, first))
        named = any(t.pos in ("PROPN", "NOUN", "PRON") for t in tokens[first + 1 : cue[0]])
        if not named or content[1] - content[0] < 3 or not any(t.pos in ("VERB", "AUX") for t in tokens[content[0] : content[1]]):
            return None
        source = self.span(range(first + 1, cue[0]))
        if passive:
            teller = self.teller(token, end)
            source = teller if teller is not None else (0, 0)
        return Found(
            source=[source] if source[0] < source[1] else [],
            cue=[cue],
            content=[self._with_quotes(content, cue, [source] if source[0] < source[1] else [])],
            lemma=self.base(token),
            sentence=sentence.index,
            why=f"told: before who {self.base(token)!r}" if passive else f"clause before who {self.base(token)!r}",
            negated=self.negated(token),
            quoted=self._is_quote(content),
        )

    def _told(self, token: Token) -> bool:
        """ "He had been told by ...": the subject of the passive hears it."""
        if self.base(token) not in ("tell", "inform", "assure", "warn") or token.tag != "VBN":
            return False
        helpers = [self.tokens[c] for c in token.children if self.tokens[c].pos == "AUX"]
        helpers += [t for t in self.tokens[max(0, token.i - 1) : token.i] if t.pos == "AUX" and t.sentence == token.sentence]
        return any(t.lemma in ("be", "get") for t in helpers)

    def teller(self, token: Token, end: int) -> tuple[int, int] | None:
        """Who told somebody, behind "was told by"; None where nobody is named."""
        tokens = self.tokens
        by = next((i for i in range(token.i + 1, min(token.i + 5, end)) if tokens[i].lower == "by"), None)
        if by is None or by + 1 >= end:
            return None
        last = by + 1
        while last < end and tokens[last].text not in (",", ";", ".") and tokens[last].lower not in ("that", "how", "why", "whether"):
            last += 1
        return (by + 1, last) if last > by + 1 else None

    def _source_begins(self, commas: list[int], end: int) -> int | None:
        """The comma before the source, going back over its appositions; None where no piece is one."""
        tokens = self.tokens
        first = None
        for at in reversed(commas):
            piece = tokens[at + 1 : end]
            if not piece:
                break
            relative = any(t.lower in RELATIVE or t.lower == "that" for t in piece)
            finite = any(t.pos in ("VERB", "AUX") and t.tag not in ("VBN", "VBG") for t in piece)
            if (finite and not relative) or (piece[0].lower not in RELATIVE and piece[0].pos not in OPENS):
                break
            if piece[0].lower not in RELATIVE and piece[0].lower not in ("of", "from", "in"):
                first = at
            end = at
        return first

    def quoted_as(self, token: Token, sentence: SentenceTokens) -> Found | None:
        """ "X was quoted by the Post as saying that ...": the source is who is quoted, the Post stands beside."""
        tokens = self.tokens
        if token.lower not in ("quoted", "cited", "reported", "quotes", "cites", "quoting", "citing") or self.within[token.i] is not None:
            return None
        auxiliary = next((i for i in range(token.i - 1, max(sentence.first - 1, token.i - 4), -1) if tokens[i].pos == "AUX"), None)
        saying = next(
            (
                i
                for i in range(token.i + 1, min(token.i + 14, sentence.last - 1))
                if tokens[i].lower == "as"
                and (tokens[i + 1].lower in SAYING or (tokens[i + 1].tag == "VBG" and self.base(tokens[i + 1]) in self.lexicon.verbs))
            ),
            None,
        )
        if auxiliary is None and saying is not None and token.tag in ("VBD", "VBZ", "VBP", "VBN", "VBG"):
            return self._quoting(token, saying, sentence)
        if auxiliary is None or (saying is None and token.lower != "quoted"):
            return None
        begin = auxiliary
        while begin - 1 > sentence.first and tokens[begin - 1].pos in ("AUX", "ADV", "PART"):
            begin -= 1
        quote = self._quote_beside(token, sentence)
        first = quote[1] if quote is not None and quote[1] <= begin else sentence.first
        end = begin - 1 if tokens[begin - 1].text == "," else begin
        source = self.span(range(first, end)) if first < end else (0, 0)
        if source[0] >= source[1]:
            return None
        words = tokens[source[0] : source[1]]
        if any(t.tag == "VBD" for t in words) and not any(t.lower in RELATIVE for t in words):
            return None
        piece = quote
        cues = [(begin, token.i + 1)]
        if saying is not None:
            cues = [(begin, saying + 2)] if saying == token.i + 1 else [*cues, (saying, saying + 2)]
            that = next((i for i in range(saying + 2, min(saying + 8, sentence.last)) if tokens[i].lower == "that"), None)
            if piece is None and that is None and tokens[saying + 2].lower == "by":
                return None
            piece = piece or self.span(range(that if that is not None else saying + 2, sentence.last))
        if piece is None:
            return None
        return Found(
            source=[source],
            cue=cues,
            content=[piece],
            lemma="say",
            sentence=sentence.index,
            why="quoted as saying",
            negated=False,
            quoted=quote is not None,
        )

    def _quoting(self, token: Token, saying: int, sentence: SentenceTokens) -> Found | None:
        """ "Radio Mitumba quoted a driver as saying that ...": the source is who is quoted, not who quotes."""
        tokens = self.tokens
        source = self.span(range(token.i + 1, saying)) if token.i + 1 < saying else (0, 0)
        if source[0] >= source[1] or any(t.pos in ("VERB", "AUX") and t.tag not in ("VBN", "VBG") for t in tokens[source[0] : source[1]]):
            return None
        that = next((i for i in range(saying + 2, min(saying + 8, sentence.last)) if tokens[i].lower == "that"), saying + 2)
        if that >= sentence.last:
            return None
        return Found(
            source=[source],
            cue=[(token.i, token.i + 1), (saying, saying + 2)],
            content=[self.span(range(that, sentence.last))],
            lemma=self.base(tokens[saying + 1]),
            sentence=sentence.index,
            why="quoted as saying",
            quoted=False,
        )
