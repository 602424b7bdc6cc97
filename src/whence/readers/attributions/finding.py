"""Finding cues with their sources and contents on the parse: what each construction gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from whence.language.analysis import Analysis, SentenceTokens, Token
from whence.records import trimmed

from .cues import NEEDS_CLAUSE, OBJECT_CONTENT, PREPOSITIONS, CueLexicon
from .quotations import Quotation

Ranges = list[tuple[int, int]]
"""Half-open ranges of tokens."""

ADVERBS = frozenset(("reportedly", "allegedly", "supposedly", "purportedly"))
EDGE = frozenset((",", ";", ":", "-", "–", "—", "."))
STATEMENTS = frozenset("statement interview letter speech tweet post report memo email press conference briefing remarks comments message video broadcast".split())


class Found:
    """One attribution in tokens: source, cue and content ranges, the cue's lemma and whether it is negated."""

    __slots__ = ("content", "cue", "lemma", "negated", "quoted", "sentence", "source", "why")

    def __init__(
        self, *, source: Ranges, cue: Ranges, content: Ranges, lemma: str, sentence: int, why: str,
        negated: bool = False, quoted: bool = False,
    ) -> None:
        self.source = source
        self.cue = cue
        self.content = content
        self.lemma = lemma
        self.sentence = sentence
        self.why = why
        self.negated = negated
        self.quoted = quoted


class Finder:
    """Attributions of one analysis."""

    def __init__(self, analysis: Analysis, lexicon: CueLexicon, quotes: Sequence[Quotation]) -> None:
        self.analysis = analysis
        self.tokens = analysis.tokens
        self.lexicon = lexicon
        self.quotes = quotes
        self.within: list[int | None] = [None] * len(analysis.tokens)
        for n, q in enumerate(quotes):
            for i in range(q.first, q.last):
                self.within[i] = n

    def __iter__(self) -> Iterator[Found]:
        for sentence in self.analysis.sentences:
            yield from self.according(sentence)
            for token in self.analysis.of(sentence):
                if token.pos in ("VERB", "AUX") and self.lexicon.verb(token) in self.lexicon.verbs or self._is_rule_out(token) or self._mistaken(token):
                    found = self.verb(token, sentence)
                    if found is not None:
                        yield found
                elif token.pos == "NOUN" and token.lemma in self.lexicon.nouns:
                    found = self.noun(token)
                    if found is not None:
                        yield found
                elif token.lower in ADVERBS:
                    yield self.adverb(token)

    # ---- pieces -------------------------------------------------------------------------------------------------------
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
        return token.lemma in self.lexicon.verbs and bool(kinds & {"obj", "ccomp"}) and any(
            self.tokens[c].dep in ("amod", "nsubj", "compound") and c < token.i for c in token.children)

    def base(self, token: Token) -> str:
        """The lemma of a verb, also where the tagger took it for a noun."""
        if token.pos == "NOUN" and token.lower.endswith("ing"):
            stem = token.lower[:-3]
            return stem if stem in self.lexicon.verbs else stem + "e"
        return self.lexicon.verb(token)

    def _is_rule_out(self, token: Token) -> bool:
        after = self.tokens[token.i + 1] if token.i + 1 < len(self.tokens) else None
        return token.lemma == "rule" and token.pos == "VERB" and after is not None and after.lower == "out"

    # ---- constructions ---------------------------------------------------------------------------------------------------
    def according(self, sentence: SentenceTokens) -> Iterator[Found]:
        """"according to X" with the rest of its sentence."""
        for token in self.analysis.of(sentence)[:-1]:
            if token.lower != "according" or self.tokens[token.i + 1].lower != "to":
                continue
            first = token.i + 2
            if first >= sentence.last:
                continue
            head = self._phrase_head(first, sentence)
            last = max(k for k in [first, *self.subtree(head)] if k >= first) + 1
            last = self._cut(first, last, sentence)
            rest = [i for i in range(sentence.first, sentence.last) if not token.i <= i < last]
            parts = [p for p in self._pieces(rest) if self._wordy(p)]
            quote = self._only_quotes(sentence, token.i)
            if parts:
                yield Found(
                    source=[self.span(range(first, last))], cue=[(token.i, token.i + 2)], content=self._joined(parts),
                    lemma="according", sentence=sentence.index, why='"according to"', quoted=quote,
                )

    def _phrase_head(self, first: int, sentence: SentenceTokens) -> int:
        i = first
        while i + 1 < sentence.last and self.tokens[i].pos in ("DET", "ADJ", "NUM", "ADV") and self.tokens[i].head > i:
            i += 1
        seen = 0
        while self.tokens[i].head > i and self.tokens[self.tokens[i].head].pos in ("NOUN", "PROPN", "PRON") and seen < 12:
            i = self.tokens[i].head
            seen += 1
        return i

    def _cut(self, first: int, last: int, sentence: SentenceTokens) -> int:
        """A source does not run past a comma unless an apposition follows, nor past a finite verb of its own clause."""
        opening = first - 2 <= sentence.first + 1
        for i in range(first, last):
            t = self.tokens[i]
            if t.text == "," and i + 1 < last:
                after = self.tokens[i + 1]
                described = after.dep == "appos" or self.tokens[after.head].dep == "appos" or after.pos == "DET" or after.lower in ("who", "which")
                if not described or opening and not any(x.text == "," for x in self.tokens[i + 1 : min(last, i + 16)]):
                    return i
        return min(last, sentence.last)

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

    def verb(self, token: Token, sentence: SentenceTokens) -> Found | None:
        if token.dep in ("amod", "compound") or token.tag == "VBN" and token.dep.startswith("acl") or token.tag == "VBG" and token.dep.startswith(("acl", "amod")) and not token.children:
            return None
        if self.within[token.i] is not None and self._whole(sentence, self.within[token.i]):
            pass                                           # speech inside a quotation is nested, and is kept
        cue = self.cue_range(token)
        subject = self.subject(token)
        passive = self.child(token, "nsubj:pass")
        if subject is None and token.pos == "NOUN":
            before = [c for c in token.children if c < token.i and self.tokens[c].dep in ("amod", "det", "compound")]
            if before:
                subject = self.tokens[before[-1]]
        if subject is None and passive is not None and self.child(token, "aux:pass") is None:
            subject, passive = passive, None               # no passive without its auxiliary
        source: Ranges = []
        if subject is not None:
            source = [self.span(self.subtree(subject.i))]
            source = [self._trim_source(source[0], cue)]
        elif passive is not None:
            agent = next((self.tokens[c] for c in token.children if self.tokens[c].dep in ("obl:agent", "obl") and self._marked(self.tokens[c], "by")), None)
            if agent is not None:
                source = [self.span([k for k in self.subtree(agent.i) if self.tokens[k].lower != "by" or k > agent.i])]
        content, why, quoted = self.content(token, cue, source, sentence)
        if not content:
            return None
        if not source and content[0][1] <= cue[0]:
            source = self._after(token, cue, sentence)     # "...," said Jabawi, a defected general
        if token.lemma == "tell" and not source and not quoted:
            return None
        return Found(
            source=source, cue=[cue], content=content, lemma="rule out" if token.lemma == "rule" else self.base(token),
            sentence=sentence.index, why=why, negated=self.negated(token), quoted=quoted,
        )

    def _trim_source(self, source: tuple[int, int], cue: tuple[int, int]) -> tuple[int, int]:
        first, last = source
        if first < cue[0] < last:
            last = cue[0]
        while last > first and self.tokens[last - 1].text in EDGE:
            last -= 1
        return first, last

    def _after(self, token: Token, cue: tuple[int, int], sentence: SentenceTokens) -> Ranges:
        """The words behind an inverted cue, up to the end of the sentence or of what describes them."""
        i = cue[1]
        if i >= sentence.last or self.tokens[i].pos not in ("PROPN", "NOUN", "DET", "ADJ", "PRON"):
            return []
        last = i + 1
        while last < sentence.last and (
            self.tokens[last].pos not in ("VERB", "AUX", "PUNCT") or self.tokens[last].text == "," or self.tokens[last].dep.startswith(("acl", "amod"))
        ) and self.within[last] is None:
            last += 1
        return [self.span(range(i, last))]

    def _whole(self, sentence: SentenceTokens, quote: int | None) -> bool:
        return all(self.within[i] == quote for i in range(sentence.first, sentence.last))

    def _marked(self, token: Token, word: str) -> bool:
        return any(self.tokens[c].lower == word and self.tokens[c].dep == "case" for c in token.children)

    def content(
        self, token: Token, cue: tuple[int, int], source: Ranges, sentence: SentenceTokens
    ) -> tuple[Ranges, str, bool]:
        """What is said, by the first construction that gives it; (ranges, which construction, is it quoted)."""
        outside = self.within[token.i] is None
        quote = self._quote_beside(token, sentence) if outside else None
        clause = self._clause(token)
        if clause is not None:
            members = [k for k in self.subtree(clause.i) if not cue[0] <= k < cue[1]]
            if members and not (source and any(source[0][0] <= k < source[0][1] for k in members)):
                piece = self.span(members)
                if piece[0] >= cue[1]:
                    piece = self._to_the_end(piece, token, sentence)
                piece = self._with_quotes(piece, cue, source)
                return [piece], f"clause of {self.base(token)!r}", self._is_quote(piece)
        if quote is not None:
            return [quote], f"quotation beside {self.base(token)!r}", True
        if token.dep == "parataxis" or self._follows_comma(token, sentence):
            rest = self._rest(token, source, cue, sentence)
            if rest is not None and any(self.tokens[k].pos in ("VERB", "AUX") for k in range(*rest)):
                return [self._with_quotes(rest, cue, source)], f"clause before {self.base(token)!r}", self._is_quote(rest)
        lemma = self.base(token)
        if lemma in PREPOSITIONS or lemma in OBJECT_CONTENT or lemma == "rule":
            for c in token.children:
                t = self.tokens[c]
                allowed = PREPOSITIONS.get(lemma, frozenset())
                if t.i > token.i and t.dep in ("obl", "nmod", "obl:arg", "advcl") and any(self.tokens[k].lower in allowed for k in t.children):
                    skip = [k for k in t.children if self.tokens[k].lower in allowed and k < t.i]
                    piece = self.span([k for k in self.subtree(t.i) if k not in skip and k > token.i])
                    return [self._to_the_end(piece, token, sentence)], f"{self.base(token)} + preposition", False
            if self.base(token) in OBJECT_CONTENT or self.base(token) == "rule":
                obj = self.child(token, "obj", "xcomp")
                if obj is not None and obj.i > token.i:
                    return [self.span(self.subtree(obj.i))], f"object of {self.base(token)!r}", False
        if self.base(token) not in NEEDS_CLAUSE or self.base(token) in ("hope", "want", "demand", "ask", "urge", "expect", "promise", "request"):
            clause = self.child(token, "xcomp")
            if clause is not None and clause.i > token.i and self.base(token) in (
                "want", "hope", "demand", "expect", "vow", "pledge", "promise", "threaten", "claim", "agree", "ask", "urge", "request"
            ):
                return [self.span(self.subtree(clause.i))], f"complement of {self.base(token)!r}", False
        return [], "", False

    def _clause(self, token: Token) -> Token | None:
        """The clause that says what is said: its complement, or what the parser hung elsewhere but "that" begins."""
        own = self.child(token, "ccomp")
        if own is not None and own.i != token.i:
            return own
        for c in token.children:
            t = self.tokens[c]
            if t.i > token.i and t.dep in ("advcl", "acl", "obl", "nmod", "parataxis", "conj", "dep", "acl:relcl", "advcl:relcl", "obj") and any(
                self.tokens[k].lower in ("that", "whether") and self.tokens[k].dep == "mark" and self.tokens[k].i > token.i for k in t.children
            ):
                return t
            if t.dep in ("iobj", "obj", "obl") and self.base(token) in ("tell", "inform", "report", "say", "explain", "announce", "reveal", "confirm"):
                for c2 in t.children:
                    u = self.tokens[c2]
                    if u.dep.startswith("acl") and u.i > t.i and any(
                        self.tokens[k].lower == "that" and self.tokens[k].dep == "mark" for k in u.children
                    ):
                        return u                           # "told the radio that ...", taken for a relative clause
        return None

    def _to_the_end(self, piece: tuple[int, int], token: Token, sentence: SentenceTokens) -> tuple[int, int]:
        """A clause that follows its cue runs on to the end of the sentence, unless the cue's own clause goes on."""
        first, last = piece
        stop = sentence.last
        for c in token.children:
            t = self.tokens[c]
            if t.i > last and (t.dep in ("conj", "parataxis") and t.pos in ("VERB", "AUX") or t.dep == "advcl" and self._marked(t, "while")):
                begin = min(self.subtree(t.i))
                if begin >= last:
                    stop = min(stop, begin)
        if token.dep in ("acl:relcl", "acl", "advcl", "conj", "ccomp", "parataxis"):
            own = [k for k in self.subtree(token.i)]
            stop = min(stop, max(max(own) + 1, last))
        while stop > last and (self.tokens[stop - 1].text in EDGE or self.tokens[stop - 1].pos == "CCONJ"):
            stop -= 1
        return first, max(last, stop)

    def _follows_comma(self, token: Token, sentence: SentenceTokens) -> bool:
        """"..., he said." where the parser made something else of it: subject and verb end the sentence after a comma."""
        subject = self.subject(token)
        at = min(subject.i, token.i) if subject is not None else token.i
        at = min([at, *self.subtree(subject.i)]) if subject is not None else at
        if at <= sentence.first + 2:
            return False
        tail = self.tokens[token.i + 1 : sentence.last]
        quiet = not any(t.pos in ("VERB",) and t.dep in ("ccomp", "conj") for t in tail)
        return self.tokens[at - 1].text in (",", "”", '"', "”,") and quiet and subject is not None

    def _rest(self, token: Token, source: Ranges, cue: tuple[int, int], sentence: SentenceTokens) -> tuple[int, int] | None:
        used = set(range(*cue))
        for a, b in source:
            used |= set(range(a, b))
        used |= {k for k in self.subtree(token.i) if k > token.i} if token.dep == "parataxis" else set()
        start = min(used)
        before = [i for i in range(sentence.first, start)]
        after = [i for i in range(max(used) + 1, sentence.last)]
        chosen = before if len(before) >= 3 or len(before) >= len(after) else after
        return self.span(chosen) if chosen else None

    def _is_quote(self, piece: tuple[int, int]) -> bool:
        return self.within[piece[0]] is not None and self.within[piece[1] - 1] is not None

    def _with_quotes(self, piece: tuple[int, int], cue: tuple[int, int], source: Ranges) -> tuple[int, int]:
        """A content that lies in one quotation takes all of it, where cue and source lie outside."""
        n = self.within[piece[0]]
        if n is not None and self.within[piece[1] - 1] == n and self.within[cue[0]] is None:
            q = self.quotes[n]
            return q.first, q.last
        first, last = piece
        if last < len(self.tokens) and self.within[last] is not None and self.within[last] == self.within[last - 1] and self.tokens[last].text in "”\"»":
            last += 1
        if last + 1 < len(self.tokens) and self.tokens[last].text in ",." and self.tokens[last + 1].text in "”\"»" and self.within[last - 1] == self.within[last + 1] is not None:
            last += 2
        return first, last

    def _quote_beside(self, token: Token, sentence: SentenceTokens) -> tuple[int, int] | None:
        """The quotation that a speech verb outside of it brings in: before it, or after a comma or colon."""
        for n in dict.fromkeys(w for w in self.within[sentence.first : sentence.last] if w is not None):
            q = self.quotes[n]
            words = sum(t.pos not in ("PUNCT",) for t in self.tokens[q.first : q.last])
            if words < 3:
                continue
            if q.last <= token.i and token.i - q.last <= 25 and not any(
                t.pos == "VERB" and t.lemma in self.lexicon.verbs and t.i != token.i for t in self.tokens[q.last : token.i]
            ):
                before = self.tokens[q.last - 2].text if q.last >= 2 else ""
                if before in ",.!?…" or self.tokens[q.last].text in ",":
                    return q.first, q.last
            if token.i < q.first <= token.i + 30 and self.tokens[q.first - 1].text in (",", ":"):
                return q.first, q.last
        return None

    def noun(self, token: Token) -> Found | None:
        """"claims that ...", "fears of ...": a reporting noun with its clause; the source is its possessor or agent."""
        clause = next((self.tokens[c] for c in token.children if self.tokens[c].dep in ("acl", "ccomp", "appos", "acl:relcl") and any(
            self.tokens[k].lower == "that" and self.tokens[k].dep == "mark" for k in self.tokens[c].children)), None)
        if clause is None:
            return None
        owner = self.child(token, "nmod:poss", "nmod:agent") or next(
            (self.tokens[c] for c in token.children if self.tokens[c].dep == "nmod" and (self._marked(self.tokens[c], "by") or self._marked(self.tokens[c], "from"))), None)
        source: Ranges = []
        if owner is not None:
            source = [self.span([k for k in self.subtree(owner.i) if self.tokens[k].lower not in ("by", "from", "'s", "’s")])]
        return Found(
            source=source, cue=[(token.i, token.i + 1)], content=[self.span(self.subtree(clause.i))], lemma=self.base(token),
            sentence=token.sentence, why=f"clause of the noun {self.base(token)!r}",
        )

    def adverb(self, token: Token) -> Found:
        head = self.tokens[token.head]
        sentence = self.analysis.sentences[token.sentence]
        members = [k for k in self.subtree(head.i) if k != token.i] or [
            i for i in range(sentence.first, sentence.last) if i != token.i]
        return Found(
            source=[], cue=[(token.i, token.i + 1)], content=self._pieces(members) or [(sentence.first, sentence.last)],
            lemma=token.lower, sentence=token.sentence, why=f"adverb {token.lower!r}",
        )


def offsets(analysis: Analysis, piece: tuple[int, int]) -> tuple[int, int]:
    """A range of tokens as offsets in the text, without white space at its edges."""
    return trimmed(analysis.text, analysis.tokens[piece[0]].start, analysis.tokens[piece[1] - 1].end)
