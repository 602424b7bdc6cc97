"""What is said: the content that each construction of a cue gives."""

from __future__ import annotations

from whence.language.analysis import SentenceTokens, Token

from .cues import FIGURES, NEEDS_CLAUSE, OBJECT_CONTENT, PREPOSITIONS, PUT
from .phrases import EDGE, Phrases, Ranges


class Contents(Phrases):
    """The contents of the cues of one analysis."""

    def content(self, token: Token, cue: tuple[int, int], source: Ranges, sentence: SentenceTokens) -> tuple[Ranges, str, bool]:
        """What is said, by the first construction that gives it; (ranges, which construction, is it quoted)."""
        outside = self.within[token.i] is None
        quote = self._quote_beside(token, sentence) if outside else None
        clause = self._clause(token)
        if clause is not None:
            members = [k for k in self.subtree(clause.i) if not cue[0] <= k < cue[1]]
            opening = next((k for k in clause.children if self.tokens[k].lower == "that" and k >= cue[1]), None)
            if opening is not None:
                members = [k for k in members if k >= opening]  # who was told is no part of what was said
            if members and not (source and any(source[0][0] <= k < source[0][1] for k in members)):
                piece = self.span(members)
                if piece[0] >= cue[1]:
                    piece = self._to_the_end(piece, token, sentence)
                piece = self._with_quotes(piece, cue, source)
                return [piece], f"clause of {self.base(token)!r}", self._is_quote(piece)
        that = self._that(token, cue, sentence)
        if that is not None:
            piece = self._with_quotes(self._to_the_end((that, that + 2), token, sentence), cue, source)
            return [piece], f"{self.base(token)} ... that", self._is_quote(piece)
        if quote is not None:
            return [quote], f"quotation beside {self.base(token)!r}", True
        lemma = self.base(token)
        if lemma in PREPOSITIONS or lemma in OBJECT_CONTENT or lemma == "rule":
            below = [k for c in token.children if self.tokens[c].dep in ("obj", "iobj") for k in self.tokens[c].children]
            below += [k for c in below if self.tokens[c].dep in ("appos", "flat") for k in self.tokens[c].children]  # "the SPLM-N of"
            for c in [*token.children, *below]:
                t = self.tokens[c]
                allowed = PREPOSITIONS.get(lemma, frozenset())
                if (
                    t.i > token.i
                    and t.dep in ("obl", "nmod", "obl:arg", "advcl", "acl")
                    and any(self.tokens[k].lower in allowed for k in t.children)
                ):
                    skip = [k for k in t.children if self.tokens[k].lower in allowed and k < t.i]
                    piece = self.span([k for k in self.subtree(t.i) if k not in skip and k > token.i])
                    return [self._to_the_end(piece, token, sentence)], f"{self.base(token)} + preposition", False
        if token.dep == "parataxis" or self._follows_comma(token, sentence):
            rest = self._rest(token, source, cue, sentence)
            if rest is not None and any(self.tokens[k].pos in ("VERB", "AUX") for k in range(*rest)):
                return [self._with_quotes(rest, cue, source)], f"clause before {self.base(token)!r}", self._is_quote(rest)
        if lemma in OBJECT_CONTENT or lemma == "rule":
            obj = self.child(token, "obj", "xcomp")
            if obj is not None and obj.i > token.i:
                return [self.span(self.subtree(obj.i))], f"object of {self.base(token)!r}", False
        figure = self.child(token, "obj") if lemma in PUT and token.tag in ("VBD", "VBZ", "VBP", "VBN", "VB") else None
        if figure is not None and figure.i > token.i and figure.lemma.lower() in FIGURES:
            members = [k for k in self.subtree(token.i) if k >= min(self.subtree(figure.i))]
            if any(self.tokens[k].lower in ("at", "to") for k in members):
                return [self._to_the_end(self.span(members), token, sentence)], f"figure of {lemma!r}", False
        if self.base(token) not in NEEDS_CLAUSE or self.base(token) in (
            "hope",
            "want",
            "demand",
            "ask",
            "urge",
            "expect",
            "promise",
            "request",
        ):
            clause = self.child(token, "xcomp")
            if (
                clause is not None
                and clause.i > token.i
                and self.base(token)
                in ("want", "hope", "demand", "expect", "vow", "pledge", "promise", "threaten", "claim", "agree", "ask", "urge", "request")
            ):
                return [self.span(self.subtree(clause.i))], f"complement of {self.base(token)!r}", False
        return [], "", False

    def _that(self, token: Token, cue: tuple[int, int], sentence: SentenceTokens) -> int | None:
        """ "told Radio Shikan that nine people ...": the "that" behind a cue, whatever the parser hung it on."""
        first = cue[1]
        if first < sentence.last and self.tokens[first].text == ",":  # "claimed, in a message to the paper, that ..."
            second = next((k for k in range(first + 2, min(first + 14, sentence.last)) if self.tokens[k].text == ","), None)
            inside = self.tokens[first + 1 : second] if second is not None else []
            if second is not None and not any(t.pos in ("VERB", "AUX") and t.tag != "VBG" for t in inside):
                first = second + 1
        carried = any(  # "in a statement carried by the agency that"
            t.tag == "VBN" and self.tokens[t.i + 1].lower in ("by", "on", "to", "through", "in")
            for t in self.tokens[first : min(first + 8, sentence.last - 2)]
        )
        for i in range(first, min(first + (14 if carried else 8), sentence.last - 2)):
            t = self.tokens[i]
            if carried and t.tag == "VBN":
                continue
            told = self.base(token) in ("tell", "inform", "remind", "assure", "warn", "notify")  # whose object is who was told
            if t.lower == "that" and (t.pos == "SCONJ" or t.dep == "mark" or (i > cue[1] and told)):
                clause = any(self.tokens[k].pos in ("VERB", "AUX") for k in range(i + 1, sentence.last))
                return i if clause else None
            if t.pos in ("VERB", "AUX", "PUNCT") or t.lower in ("who", "which", "when"):
                return None
        return None

    def _clause(self, token: Token) -> Token | None:
        """The clause that says what is said: its complement, or what the parser hung elsewhere but "that" begins."""
        own = self.child(token, "ccomp")
        if own is not None and own.i != token.i:
            return own
        for c in token.children:
            t = self.tokens[c]
            if (
                t.i > token.i
                and t.dep in ("advcl", "acl", "obl", "nmod", "parataxis", "conj", "dep", "acl:relcl", "advcl:relcl", "obj")
                and any(
                    self.tokens[k].lower in ("that", "whether") and self.tokens[k].dep == "mark" and self.tokens[k].i > token.i
                    for k in t.children
                )
            ):
                return t
            if t.dep in ("iobj", "obj", "obl") and self.base(token) in (
                "tell",
                "inform",
                "report",
                "say",
                "explain",
                "announce",
                "reveal",
                "confirm",
            ):
                for c2 in t.children:
                    u = self.tokens[c2]
                    if (
                        u.dep.startswith("acl")
                        and u.i > t.i
                        and any(self.tokens[k].lower == "that" and self.tokens[k].dep == "mark" for k in u.children)
                    ):
                        return u  # "told the radio that ...", taken for a relative clause
        return None

    def _to_the_end(self, piece: tuple[int, int], token: Token, sentence: SentenceTokens) -> tuple[int, int]:
        """A clause that follows its cue runs on to the end of the sentence, unless the cue's own clause goes on."""
        first, last = piece
        stop = sentence.last
        for c in token.children:
            t = self.tokens[c]
            if t.i > last and (
                (t.dep in ("conj", "parataxis") and t.pos in ("VERB", "AUX")) or (t.dep == "advcl" and self._marked(t, "while"))
            ):
                begin = min(self.subtree(t.i))
                if begin >= last:
                    stop = min(stop, begin)
        if token.dep in ("acl:relcl", "acl", "advcl", "conj", "ccomp", "parataxis"):
            own = list(self.subtree(token.i))
            stop = min(stop, max(max(own) + 1, last))
        while stop > last and (self.tokens[stop - 1].text in EDGE or self.tokens[stop - 1].pos == "CCONJ"):
            stop -= 1
        return first, max(last, stop)

    def _follows_comma(self, token: Token, sentence: SentenceTokens) -> bool:
        """ "..., he said." where the parser made something else of it: subject and verb end the sentence after a comma."""
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
        before = list(range(sentence.first, start))
        after = list(range(max(used) + 1, sentence.last))
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
        if (
            last < len(self.tokens)
            and self.within[last] is not None
            and self.within[last] == self.within[last - 1]
            and self.tokens[last].text in '”"»'
        ):
            last += 1
        if (
            last + 1 < len(self.tokens)
            and self.tokens[last].text in ",."
            and self.tokens[last + 1].text in '”"»'
            and self.within[last - 1] == self.within[last + 1] is not None
        ):
            last += 2
        return first, last

    def _quote_beside(self, token: Token, sentence: SentenceTokens) -> tuple[int, int] | None:
        """The quotation that a speech verb outside of it brings in: before it, or after a comma or colon."""
        for n in dict.fromkeys(w for w in self.within[sentence.first : sentence.last] if w is not None):
            q = self.quotes[n]
            words = sum(t.pos not in ("PUNCT",) for t in self.tokens[q.first : q.last])
            if words < 3:
                continue
            if (
                q.last <= token.i
                and token.i - q.last <= 25
                and not any(t.pos == "VERB" and t.lemma in self.lexicon.verbs and t.i != token.i for t in self.tokens[q.last : token.i])
            ):
                before = self.tokens[q.last - 2].text if q.last >= 2 else ""
                if before in ",.!?…" or self.tokens[q.last].text in ",":
                    return q.first, q.last
            if token.i < q.first <= token.i + 30 and self.tokens[q.first - 1].text in (",", ":"):
                return q.first, q.last
        return None
