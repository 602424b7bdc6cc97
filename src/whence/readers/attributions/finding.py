"""Finding cues with their sources and contents on the parse: what each construction gives."""

from __future__ import annotations

from collections.abc import Iterator

from whence.language.analysis import SentenceTokens, Token

from .found import Found
from .phrases import EDGE, Ranges
from .telling import Telling

REPORTING_INVERTED = frozenset(
    "say add read state write caution warn recall recount report note explain insist claim announce declare stress admit complain remember "
    "observe continue conclude argue testify remark maintain".split()
)
"""Verbs that stand before who speaks, behind what is said."""
PAPERS = frozenset(
    "letter statement report memo document note leaflet communiqué communique message post cable order decree circular dossier indictment "
    "bulletin complaint recording video transcript file".split()
)
"""What speaks where nobody is named who speaks in it."""
VOICING = frozenset("voice express raise cast make repeat issue renew share air have give release offer level spread".split())
"""Verbs that bring in a reporting noun with its subject as the source."""
ADVERBS = frozenset(("reportedly", "allegedly", "supposedly", "purportedly"))


class Finder(Telling):
    """Attributions of one analysis."""

    def __iter__(self) -> Iterator[Found]:
        for sentence in self.analysis.sentences:
            yield from self.according(sentence)
            yield from self.document(sentence)
            for token in self.analysis.of(sentence):
                if (
                    (token.pos in ("VERB", "AUX") and self.lexicon.verb(token) in self.lexicon.verbs)
                    or self._is_rule_out(token)
                    or self._mistaken(token)
                    or (token.lemma == "go" and token.pos == "VERB" and any(self.tokens[c].lower == "on" for c in token.children))
                ):
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
    def according(self, sentence: SentenceTokens) -> Iterator[Found]:
        """ "according to X" with the rest of its sentence."""
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
                    source=[self.span(range(first, last))],
                    cue=[(token.i, token.i + 2)],
                    content=self._joined(parts),
                    lemma="according",
                    sentence=sentence.index,
                    why='"according to"',
                    quoted=quote,
                )

    def document(self, sentence: SentenceTokens) -> Iterator[Found]:
        """ "In an unsigned letter left at the mosque, the army was given three days": a document that nobody else speaks for."""
        tokens = self.tokens
        first = sentence.first
        while first < sentence.last and tokens[first].pos == "PUNCT":
            first += 1
        if first + 4 >= sentence.last or tokens[first].lower != "in":
            return
        comma = next((i for i in range(first + 2, min(first + 16, sentence.last)) if tokens[i].text == ","), None)
        if comma is None or comma + 3 >= sentence.last:
            return
        nouns = [t for t in tokens[first + 1 : comma] if t.pos == "NOUN"]
        stop = next((t.i for t in tokens[first + 2 : comma] if t.pos in ("ADP", "VERB") or t.lower in ("which", "that")), comma)
        heads = [t for t in nouns if t.i < stop]
        rest = tokens[comma + 1 : sentence.last]
        if not heads or heads[-1].lemma not in PAPERS or not any(t.pos in ("VERB", "AUX") for t in rest):
            return
        if any(
            self.lexicon.verb(t) in self.lexicon.verbs and t.dep in ("root", "ccomp", "parataxis") and self.subject(t) is not None
            for t in rest
        ):
            return  # "In a letter, the army said ...": who says it is named
        if any(t.text in '“«„"' for t in rest[:1]) or any(t.lower == "according" for t in rest):
            return
        yield Found(
            source=[self.span(range(first + 1, comma))],
            cue=[(first, first + 1)],
            content=[self.span(range(comma + 1, sentence.last))],
            lemma="state",
            sentence=sentence.index,
            why="in a document",
            quoted=False,
        )

    def inverted(self, token: Token, cue: tuple[int, int], sentence: SentenceTokens) -> Found | None:
        """ "The crossing failed, said a sergeant who gave only his call sign": a clause, a comma, the cue, who says it."""
        tokens = self.tokens
        at = cue[0]
        if token.tag not in ("VBD", "VBZ") or at - sentence.first < 4 or at + 1 >= sentence.last or cue[1] != token.i + 1:
            return None
        quote = self.within[at - 1] is not None and self.within[at] is None and tokens[at - 1].text in '”"»'
        if not quote and (tokens[at - 1].text != "," or self.within[at] is not None):
            return None
        after = tokens[cue[1]]
        if after.pos not in ("DET", "PROPN", "NOUN", "ADJ", "NUM") or after.lower in ("that", "this"):
            return None
        last = self._after(token, cue, sentence)
        if (
            last
            and last[0][1] < sentence.last
            and tokens[last[0][1]].pos in ("VERB", "AUX")
            and tokens[last[0][1]].tag not in ("VBN", "VBG")
        ):
            return None  # "said no captive had been harmed": what is said comes behind
        if not last or any(t.text in '“«"' for t in tokens[cue[1] : sentence.last]):
            return None
        content = self._quote_beside(token, sentence) if quote else self.span(range(sentence.first, at - 1))
        if content is None or not any(t.pos in ("VERB", "AUX") for t in tokens[content[0] : content[1]]):
            return None
        if self.base(token) not in REPORTING_INVERTED:
            return None
        return Found(
            source=last,
            cue=[cue],
            content=[content],
            lemma=self.base(token),
            sentence=sentence.index,
            why=f"clause before {self.base(token)!r} and who",
            negated=self.negated(token),
            quoted=quote,
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
                described = (
                    after.dep == "appos" or self.tokens[after.head].dep == "appos" or after.pos == "DET" or after.lower in ("who", "which")
                )
                if not described or (opening and not any(x.text == "," for x in self.tokens[i + 1 : min(last, i + 16)])):
                    return i
        return min(last, sentence.last)

    def verb(self, token: Token, sentence: SentenceTokens) -> Found | None:
        if (
            token.dep in ("amod", "compound")
            or (token.tag == "VBN" and token.dep.startswith("acl"))
            or (token.tag == "VBG" and token.dep.startswith(("acl", "amod")) and not token.children)
        ):
            return None
        cue = self.cue_range(token)
        fronted = (
            self.quoted_as(token, sentence)
            or self.trailing(token, cue, sentence)
            or self._fronted(token, cue, sentence)
            or self.inverted(token, cue, sentence)
        )
        if fronted is not None:
            return fronted
        subject = self.subject(token)
        passive = self.child(token, "nsubj:pass")
        if self._told(token):
            teller = self.teller(token, sentence.last)
            begin = teller[1] if teller is not None else cue[1]
            that = next(
                (i for i in range(begin, min(begin + 2, sentence.last - 1)) if self.tokens[i].lower in ("that", "how", "whether")), None
            )
            content, why, quoted = self.content(token, cue, [teller] if teller is not None else [], sentence)
            if that is not None:
                content, why = [self.span(range(that, sentence.last))], "that"
            if content:
                return Found(
                    source=[teller] if teller is not None else [],
                    cue=[cue],
                    content=content,
                    lemma=self.base(token),
                    sentence=sentence.index,
                    why=f"told: {why}",
                    negated=self.negated(token),
                    quoted=quoted,
                )
        if subject is None and token.pos == "NOUN":
            before = [c for c in token.children if c < token.i and self.tokens[c].dep in ("amod", "det", "compound")]
            first = self._phrase_before(token)
            if first < token.i - 1 or (first == token.i - 1 and not before):
                return self._found_with([(first, token.i)], token, cue, sentence)
            if before:
                subject = self.tokens[before[-1]]
        if subject is None and passive is not None and self.child(token, "aux:pass") is None:
            subject, passive = passive, None  # no passive without its auxiliary
        source: Ranges = []
        closed = cue[0] > sentence.first and self.tokens[cue[0] - 1].text in ("”", '"', "»") and self.within[token.i] is None
        if closed and (subject is None or subject.i < cue[0]):
            source, subject = self._after(token, cue, sentence), None  # '"...," said the director': who speaks comes behind
        if subject is not None:
            source = [self.span(self.subtree(subject.i))]
            source = [self._trim_source(source[0], cue)]
        elif passive is not None and not source:
            agent = next(
                (
                    self.tokens[c]
                    for c in token.children
                    if self.tokens[c].dep in ("obl:agent", "obl") and self._marked(self.tokens[c], "by")
                ),
                None,
            )
            if agent is not None:
                source = [self.span([k for k in self.subtree(agent.i) if self.tokens[k].lower != "by" or k > agent.i])]
        if source and self.tokens[source[0][0]].lower in ("nobody", "none", "no", "neither"):
            return None  # "Nobody has claimed the attack" says that nothing was said
        content, why, quoted = self.content(token, cue, source, sentence)
        if not content:
            return None
        if not source and content[0][1] <= cue[0] and token.lemma != "tell":
            source = self._after(token, cue, sentence)  # "...," said Jabawi, a defected general
        if token.lemma == "tell" and not source and not quoted:
            return None
        return Found(
            source=source,
            cue=[cue],
            content=content,
            lemma="rule out" if token.lemma == "rule" else self.base(token),
            sentence=sentence.index,
            why=why,
            negated=self.negated(token),
            quoted=quoted,
        )

    def _fronted(self, token: Token, cue: tuple[int, int], sentence: SentenceTokens) -> Found | None:
        """ "..., the head of the council, Serhii Porokhnia, told the radio": what is said first, then who, then the cue.

        The source is the stretch of comma-bounded pieces without a verb right before the cue; only where the cue ends the
        sentence but for an addressee, and the parser gave it no subject beside it.
        """
        tokens = self.tokens
        tail = [t for t in tokens[cue[1] : sentence.last] if t.pos != "PUNCT"]
        if len(tail) > 8 or any(t.pos in ("VERB", "AUX") or t.lower in ("that", "how", "why") for t in tail):
            return None
        if self.within[token.i] is not None or tokens[cue[0] - 1].text in ("”", '"') or cue[0] - sentence.first < 6:
            return None
        subject = self.subject(token)
        if subject is not None and (subject.i > token.i or all(t.text != "," for t in tokens[subject.i : cue[0]])):
            return None
        first = cue[0]
        while first > sentence.first and tokens[first - 1].pos not in ("VERB", "AUX"):
            first -= 1
        while first < cue[0] and tokens[first].text != ",":
            first += 1
        source = self.span(range(first + 1, cue[0])) if first + 1 < cue[0] else (0, 0)
        if source[0] >= source[1] or tokens[source[0]].pos not in ("DET", "PROPN", "NOUN", "ADJ", "NUM", "PRON"):
            return None
        content = self.span(range(sentence.first, first))
        if not any(tokens[k].pos == "VERB" for k in range(*content)):
            return None
        return Found(
            source=[source],
            cue=[cue],
            content=[self._with_quotes(content, cue, [source])],
            lemma=self.base(token),
            sentence=sentence.index,
            why=f"clause before a source before {self.base(token)!r}",
            negated=self.negated(token),
            quoted=self._is_quote(content),
        )

    def _phrase_before(self, token: Token) -> int:
        """Where the noun phrase begins that stands right before a verb that was taken for a noun."""
        first = token.i
        while (
            first > 0
            and self.tokens[first - 1].sentence == token.sentence
            and (
                self.tokens[first - 1].pos in ("NOUN", "PROPN", "ADJ", "DET", "NUM", "PRON")
                or self.tokens[first - 1].lower in ("in", "of", "from")
            )
        ):
            first -= 1
        return first

    def _found_with(self, source: Ranges, token: Token, cue: tuple[int, int], sentence: SentenceTokens) -> Found | None:
        content, why, quoted = self.content(token, cue, source, sentence)
        if not content:
            return None
        return Found(
            source=source,
            cue=[cue],
            content=content,
            lemma=self.base(token),
            sentence=sentence.index,
            why=why,
            negated=self.negated(token),
            quoted=quoted,
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
        while (
            last < sentence.last
            and (
                self.tokens[last].pos not in ("VERB", "AUX", "PUNCT")
                or self.tokens[last].text == ","
                or self.tokens[last].dep.startswith(("acl", "amod"))
            )
            and self.within[last] is None
        ):
            last += 1
        return [self.span(range(i, last))]

    def noun(self, token: Token) -> Found | None:
        """ "claims that ...", "fears of ...": a reporting noun with its clause; the source is its possessor or agent."""
        clause = next(
            (
                self.tokens[c]
                for c in token.children
                if self.tokens[c].dep in ("acl", "ccomp", "appos", "acl:relcl")
                and any(self.tokens[k].lower == "that" and self.tokens[k].dep == "mark" for k in self.tokens[c].children)
            ),
            None,
        )
        if clause is None:
            return None
        owner = self.child(token, "nmod:poss", "nmod:agent") or next(
            (
                self.tokens[c]
                for c in token.children
                if self.tokens[c].dep == "nmod" and (self._marked(self.tokens[c], "by") or self._marked(self.tokens[c], "from"))
            ),
            None,
        )
        source: Ranges = []
        verb = self.tokens[token.head]
        if owner is None and token.dep == "obj" and verb.lemma in VOICING:
            owner = self.subject(verb)  # "one rescuer voiced doubt that ..."
        if owner is not None:
            source = [self.span([k for k in self.subtree(owner.i) if self.tokens[k].lower not in ("by", "from", "'s", "’s")])]
        voiced = token.dep == "obj" and verb.lemma in VOICING and bool(source)
        return Found(
            source=source,
            cue=[(token.i, token.i + 1)],
            content=[self.span(self.subtree(clause.i))],
            lemma=self.base(token),
            sentence=token.sentence,
            why=f"{'voiced: ' if voiced else ''}clause of the noun {self.base(token)!r}",
        )

    def adverb(self, token: Token) -> Found:
        head = self.tokens[token.head]
        sentence = self.analysis.sentences[token.sentence]
        members = [k for k in self.subtree(head.i) if k != token.i] or [i for i in range(sentence.first, sentence.last) if i != token.i]
        return Found(
            source=[],
            cue=[(token.i, token.i + 1)],
            content=self._pieces(members) or [(sentence.first, sentence.last)],
            lemma=token.lower,
            sentence=token.sentence,
            why=f"adverb {token.lower!r}",
        )
