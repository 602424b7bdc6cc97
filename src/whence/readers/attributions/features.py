"""What the learned part of the attribution reader sees: of a word that may be a cue, and of the words around a cue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from whence.language.analysis import Analysis, Token
from whence.readers.entities.lexicon import blind

from .cues import cues
from .found import Found
from .quotations import Quotation

CANDIDATES = frozenset(("VERB", "NOUN", "AUX", "ADJ", "ADP", "ADV", "PART", "PROPN", "SCONJ", "X"))
MARKS = frozenset((":", "―", "—", "--", "–", "-"))
QUOTES = frozenset(("“", "”", '"', "«", "»", "„", "''", "``"))
LONGEST = 220
"""Words at most that are looked at for one cue: of 19,868 statements in PolNeAR's training half 0.4 % reach further."""
PERSONAL = frozenset("he she they i we it you who".split())


class Features:
    """Features of one analysis, as strings; `rules` are what the constructions find, a hint like any other."""

    def __init__(self, analysis: Analysis, quotes: Sequence[Quotation], rules: Sequence[Found]) -> None:
        self.analysis = analysis
        self.tokens = analysis.tokens
        self.quotes = quotes
        n = len(analysis.tokens)
        self.within = [-1] * n
        for k, q in enumerate(quotes):
            for i in range(q.first, q.last):
                self.within[i] = k
        self.rules: dict[int, Found] = {}
        for found in rules:
            for a, b in found.cue:
                for i in range(a, b):
                    self.rules.setdefault(i, found)
        self.named = [""] * n
        for name in analysis.names:
            for i in range(name.first, min(name.last, n)):
                self.named[i] = name.label
        self.lexicon = cues()
        self._own: dict[int, list[str]] = {}

    # ---- is it a cue? ---------------------------------------------------------------------------------------------
    def candidate(self, t: Token) -> bool:
        """Whether a word is looked at as a cue at all."""
        return t.pos in CANDIDATES or t.text in MARKS

    def _word(self, i: int, t: Token) -> str:
        if not 0 <= i < len(self.tokens):
            return "#"
        w = self.tokens[i]
        seen = blind(w, named=bool(self.named[i]))
        return seen if w.sentence == t.sentence else "|" + seen

    def _kind(self, t: Token) -> str:
        """A coarse kind of who: a name's label, a pronoun's word, else the part of speech."""
        if t.pos == "PRON":
            return t.lower if t.lower in PERSONAL else "PRON"
        return "@" if blind(t, named=bool(self.named[t.i])) == "@" else t.pos

    def of_cue(self, t: Token) -> list[str]:
        """Features of a word as the head of a cue."""
        tokens, i = self.tokens, t.i
        verb = self.lexicon.verb(t)
        known = verb in self.lexicon.verbs if t.pos in ("VERB", "AUX") else t.lemma in self.lexicon.nouns
        rule = self.rules.get(i)
        said = "" if rule is None else ("q" if rule.quoted else "r") + ("s" if rule.source else "")
        lemma = blind(t, named=bool(self.named[i]))
        inside = "i" if self.within[i] >= 0 else "o"
        out = [
            "b",
            f"l={lemma}",
            f"lp={lemma}/{t.pos}",
            f"w={t.lower if lemma != '@' else lemma}",
            f"p={t.pos}/{t.dep}",
            f"t={t.tag}",
            f"k={known}{t.pos}",
            f"r={said}{known}",
            f"rl={said}{lemma}",
            f"in={inside}",
            f"-1={self._word(i - 1, t)}",
            f"+1={self._word(i + 1, t)}",
            f"-1p={tokens[i - 1].pos if i else '#'}",
            f"+1p={tokens[i + 1].pos if i + 1 < len(tokens) else '#'}",
            f"+2={self._word(i + 2, t)}",
            f"l+1={lemma}_{self._word(i + 1, t)}",
            f"l-1={self._word(i - 1, t)}_{lemma}",
        ]
        head = tokens[t.head]
        out += [f"h={blind(head, named=bool(self.named[head.i]))}", f"hp={head.pos}/{t.dep}"] if head.i != i else ["root"]
        below = set()
        for c in t.children:
            d = tokens[c]
            below.add(d.dep)
            if d.dep.startswith(("nsubj", "csubj")):
                kind = self._kind(d)
                out += [f"{d.dep}={kind}", f"sl={blind(d, named=bool(self.named[c]))}", f"ls={lemma}_{d.dep}_{kind}"]
            elif d.dep.startswith(("obj", "obl", "xcomp", "nmod")):
                case = next((tokens[k].lower for k in d.children if tokens[k].dep in ("case", "mark")), "")
                out += [
                    f"{d.dep}={case}",
                    f"l{d.dep}={lemma}_{case}",
                    f"ol={blind(d, named=bool(self.named[c]))}",
                    f"ok={d.dep}{self._kind(d)}",
                ]
            elif d.dep in ("ccomp", "parataxis", "acl", "advcl", "acl:relcl"):
                mark = next((tokens[k].lower for k in d.children if tokens[k].dep == "mark"), "")
                out += [f"{d.dep}~{mark}", f"l{d.dep}~{lemma}_{mark}{'>' if d.i > i else '<'}"]
            elif d.dep in ("nmod:poss", "aux", "aux:pass", "advmod", "compound:prt", "det"):
                out += [f"{d.dep}:{blind(d, named=bool(self.named[c]))}"]
        out += [f"d={d}" for d in below]
        out.append("c=" + ("s" if any(d.startswith("nsubj") for d in below) else "") + ("c" if "ccomp" in below else "") + f"/{t.pos}")
        ways = "".join(
            sorted({v[0] + (self._kind(tokens[k]) if v[-1] == "h" else "") for k, v in self._speakers(t).items() if v[-1] == "h"})
        )
        out += [f"S={ways}{t.pos}", f"Sl={lemma}_{ways[:1]}"]
        near = [k for k in range(max(0, i - 12), min(len(tokens), i + 13)) if tokens[k].text in QUOTES]
        before = min((i - k for k in near if k < i), default=99)
        after = min((k - i for k in near if k > i), default=99)
        out += [f"qb={min(before, 9) if before < 99 else 'n'}{inside}", f"qa={min(after, 9) if after < 99 else 'n'}{inside}"]
        nq = any(self.within[k] >= 0 for k in (i - 1, i + 1) if 0 <= k < len(tokens))
        out.append(f"lq={lemma}_{before < 4}{after < 4}{nq}")
        return out

    # ---- its window -----------------------------------------------------------------------------------------------
    def window(self, i: int) -> tuple[int, int]:
        """The tokens in which source and content of a cue are looked for: its sentence, the one before, the one after, and
        all that stands in a quotation with one of them."""
        sentences = self.analysis.sentences
        s = self.tokens[i].sentence
        first = sentences[max(0, s - 1)].first
        last = sentences[min(len(sentences) - 1, s + 1)].last
        own = sentences[s]
        for side in (first, own.first):
            k = self.within[side]
            if k >= 0 and self.within[i] != k:
                first = min(first, self.quotes[k].first)
        for side in (own.last - 1, min(own.last, len(self.tokens) - 1), last - 1):
            k = self.within[side]
            if k >= 0 and self.within[i] != k:
                last = max(last, self.quotes[k].last)
        return max(first, i - LONGEST), min(last, i + LONGEST)

    def _static(self, i: int) -> list[str]:
        own = self._own.get(i)
        if own is None:
            t = self.tokens[i]
            sentence = self.analysis.sentences[t.sentence]
            mark = t.text if t.pos == "PUNCT" else ""
            own = [
                f"w={t.lower}",
                f"p={t.pos}",
                f"t={t.tag}/{t.dep}",
                f"q={self.within[i] >= 0}{mark}",
                f"n={self.named[i] or t.pos}",
            ]
            if i == sentence.first:
                own.append("first")
            if i == sentence.last - 1:
                own.append("last" + mark)
            self._own[i] = own
        return own

    def branches(self, cue: Token, first: int, last: int) -> list[str]:
        """How each token of a window hangs on the cue: the branch below it, or the ancestor of it that both share."""
        tokens = self.tokens
        up: dict[int, str] = {cue.i: "="}
        at, steps = cue, 0
        while at.head != at.i and steps < 6:
            dep = at.dep.split(":")[0]
            at = tokens[at.head]
            steps += 1
            up[at.i] = f"^{min(steps, 3)}{dep}"
        known: dict[int, str] = dict(up)
        below: dict[int, str] = {}
        out = []
        for i in range(first, last):
            path: list[int] = []
            j = i
            while j not in known and tokens[j].head != j and len(path) < 60:
                path.append(j)
                j = tokens[j].head
            if j not in known:
                known[j] = "-"
            label = known[j]
            for k in reversed(path):
                if (j in up and label in ("=",)) or (j in up and label.startswith("^") and "/" not in label):
                    t = tokens[k]
                    mark = next((tokens[c].lower for c in t.children if tokens[c].dep in ("mark", "case") and c < k), "")
                    label = f"{up[j]}/{t.dep}{'>' if k > cue.i else '<'}{mark if mark in MARKERS else ''}"
                    below[k] = label
                else:
                    below[k] = below.get(j, label)
                    if below[k] == label and tokens[k].dep in CLAUSAL:
                        label = f"{label}+{tokens[k].dep}"
                known[k] = label
                j = k
            out.append(known[i])
        return out

    def _subject(self, i: int) -> int | None:
        return next((c for c in self.tokens[i].children if self.tokens[c].dep in ("nsubj", "nsubj:outer")), None)

    def _speakers(self, cue: Token) -> dict[int, str]:
        """Tokens of the phrases that the grammar offers as a source, by how: its subject, that of the verb it is joined to
        or hangs on, the noun it describes, the agent of a passive, the owner of a noun, the subject of its light verb."""
        tokens = self.tokens
        found: list[tuple[int, str]] = []
        passive = any(tokens[c].dep in ("nsubj:pass", "aux:pass") for c in cue.children)
        own = self._subject(cue.i)
        if own is not None:
            found.append((own, "s"))
        for c in cue.children:
            t = tokens[c]
            first = next((tokens[k].lower for k in t.children if tokens[k].dep == "case"), "")
            if t.dep in ("obl:agent", "nmod:agent") or (first == "by" and t.dep in ("obl", "nmod")):
                found.append((c, "a"))
            elif t.dep == "nmod:poss":
                found.append((c, "p"))
            elif cue.pos == "NOUN" and t.dep == "nmod" and first in ("of", "from", "among"):
                found.append((c, "o" + first))
        at, how = cue, ""
        for _ in range(4):
            if own is not None and not passive:
                break
            up = tokens[at.head]
            if up.i == at.i:
                break
            dep = at.dep.split(":")[0]
            how = how or dep
            if dep in ("acl", "amod") and up.pos in ("NOUN", "PROPN", "PRON"):
                found.append((up.i, "n" + at.dep))
                break
            if dep not in ("conj", "xcomp", "advcl", "ccomp", "obj", "obl", "parataxis", "compound"):
                break
            subject = self._subject(up.i)
            if subject is not None and subject != at.i:
                found.append((subject, "u" + how))
                break
            at = up
        out: dict[int, str] = {}
        for head, kind in found:
            stop = set(self.analysis.subtree(cue.i)) if cue.i in self.analysis.subtree(head) else set()
            for k in self.analysis.subtree(head):
                if k not in stop:
                    out.setdefault(k, kind + ("h" if k == head else ""))
        return out

    def _others(self, i0: int, first: int, last: int) -> list[int]:
        """For each token of a window, how many other words that look like cues stand between it and the cue."""
        out = [0] * (last - first)
        for step, stop in ((-1, first - 1), (1, last)):
            count = 0
            i = i0 + step
            while i != stop:
                if first <= i < last:
                    out[i - first] = count
                    t = self.tokens[i]
                    if i in self.rules and self.rules[i] is not self.rules.get(i0) and self.within[i] == self.within[i0] and t.pos != "AUX":
                        count += 1
                i += step
        return out

    def _quotes_about(self, cue: Token, first: int, last: int) -> dict[int, str]:
        """How each quotation of a window stands to the cue: side, how many lie between, how far, what joins them."""
        tokens, i0 = self.tokens, cue.i
        out: dict[int, str] = {}
        seen = [k for k in dict.fromkeys(self.within[first:last]) if k >= 0]
        home = self.within[i0]
        before = [k for k in seen if self.quotes[k].last <= i0]
        after = [k for k in seen if self.quotes[k].first > i0]
        for n, k in enumerate(reversed(before)):
            q = self.quotes[k]
            gap = i0 - q.last
            ends = tokens[q.last - 2].text if q.last >= 2 else ""
            away = cue.sentence - tokens[q.last - 1].sentence
            out[k] = f"<{min(n, 2)}{away}{'n' if gap < 4 else 'm' if gap < 12 else 'f'}{ends if ends in ',.?!' else 'w'}"
        for n, k in enumerate(after):
            q = self.quotes[k]
            gap = q.first - i0
            lead = tokens[q.first - 1].text
            whole = "s" if tokens[q.first].i == self.analysis.sentences[tokens[q.first].sentence].first else ""
            out[k] = (
                f">{min(n, 2)}{min(tokens[q.first].sentence - cue.sentence, 2)}{'n' if gap < 4 else 'm' if gap < 12 else 'f'}"
                f"{lead if lead in ',:.' else 'w'}{whole}{len(before) > 0}"
            )
        if home >= 0:
            out[home] = "home"
        return out

    def around(self, cue: Token, first: int, last: int) -> list[list[str]]:
        """Features of each token of a window, for one cue."""
        tokens, i0 = self.tokens, cue.i
        rule = self.rules.get(i0)
        hint: Mapping[int, str] = {}
        if rule is not None:
            marked: dict[int, str] = {}
            for label, ranges in (("C", rule.content), ("S", rule.source), ("Q", rule.cue)):
                for a, b in ranges:
                    for k in range(a, b):
                        marked[k] = label + ("^" if k == a else "")
            hint = marked
        else:
            hint = {}
        none = "" if rule is not None else "0"
        branch = self.branches(cue, first, last)
        lemma = cue.lemma.lower()
        pos = cue.pos
        home = self.within[i0]
        s0 = cue.sentence
        out: list[list[str]] = []
        # commas between the word and the cue, within the cue's sentence: which piece of the sentence it stands in
        commas = [0] * (last - first)
        count = 0
        for i in range(i0 - 1, first - 1, -1):
            if tokens[i].text in (",", ";", ":", "―", "—", "–"):
                count += 1
            commas[i - first] = count
        count = 0
        for i in range(i0 + 1, last):
            if tokens[i].text in (",", ";", ":", "―", "—", "–"):
                count += 1
            commas[i - first] = count
        others = self._others(i0, first, last)
        quotes = self._quotes_about(cue, first, last)
        speakers = self._speakers(cue)
        ways = "".join(sorted({v[0] for v in speakers.values()}))
        for i in range(first, last):
            t = tokens[i]
            k = i - first
            d = i - i0
            delta = t.sentence - s0
            side = "=" if d == 0 else ("<" if d < 0 else ">")
            way = branch[k]
            deeper = way.partition("/")[2] or way
            quote = self.within[i]
            state = "i" if quote >= 0 else "o"
            if quote >= 0 and quote == home:
                state = "h"
            former = branch[k - 1] if k else "#"
            latter = branch[k + 1] if k + 1 < len(branch) else "#"
            where = f"{side}{max(-2, min(2, delta))}{state}"
            dist = str(d) if -3 <= d <= 3 else (side + ("5" if abs(d) <= 6 else "12" if abs(d) <= 12 else "25" if abs(d) <= 25 else "+"))
            item = [
                *self._static(i),
                f"d={dist}",
                f"W={where}",
                f"W,={where}{min(commas[k], 3)}",
                f"Wp={where}{t.pos}",
                f"B={way}",
                f"Bl={way}_{lemma}" if delta == 0 else f"Bs={delta}",
                f"Bp={deeper}_{pos}{side}",
                f"B-={former == way}{former}_{way}",
                f"B+={latter == way}{latter}_{way}",
                f"R={hint.get(i, none)}",
                f"RW={hint.get(i, none)}{where}",
                f"R-={hint.get(i - 1, none)}{hint.get(i, none)}{hint.get(i + 1, none)}",
                f"cp={pos}{where}",
                f"o={min(others[k], 2)}{where}",
                f"oR={min(others[k], 1)}{hint.get(i, none)}{side}",
            ]
            speaker = speakers.get(i, "")
            if speaker:
                item += [f"S={speaker}{pos}", f"Sl={speaker[0]}_{lemma}", f"Sw={speaker}{ways}"]
            else:
                item.append(f"S0={ways}")
            if quote >= 0:
                about = quotes[quote]
                item += [f"Q={about}", f"Ql={about}_{lemma}", f"Qo={about}{min(others[k], 2)}"]
            if -3 <= d <= 3:
                item += [f"dl={d}_{lemma}", f"dw={d}_{t.lower}", f"dp={d}_{pos}_{t.pos}"]
            if t.pos in ("PUNCT", "SCONJ", "CCONJ", "ADP") or (i + 1 < last and tokens[i + 1].pos == "PUNCT"):
                item += [f"pw={t.lower}_{where}", f"n={tokens[i + 1].text if i + 1 < last else '#'}_{where}"]
            if i > first:
                p = tokens[i - 1]
                item.append(f"-1={p.lower if p.pos in CLOSED else p.pos}{'|' if p.sentence != t.sentence else ''}")
            if i + 1 < last:
                p = tokens[i + 1]
                item.append(f"+1={p.lower if p.pos in CLOSED else p.pos}{'|' if p.sentence != t.sentence else ''}")
            out.append(item)
        return out


CLAUSAL = frozenset("advcl conj acl:relcl acl parataxis ccomp appos advcl:relcl".split())
CLOSED = frozenset(("PUNCT", "SCONJ", "CCONJ", "ADP", "DET", "PRON", "AUX", "PART"))
MARKERS = frozenset("that if whether because while as to of about for by in with on from at after before since against over".split())
