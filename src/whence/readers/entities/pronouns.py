"""Pronouns: whom each means, by agreement and salience."""

from __future__ import annotations

from collections.abc import Sequence

from whence.language.analysis import Analysis
from whence.records.vocabulary import EntityType

from .antecedents import Antecedents
from .candidates import HE, IT, OURS, RELATIVE, THEY, Candidate
from .chains import GROUPS, SPEAKING, Cluster, quoted

SHE = frozenset(("she", "her", "hers", "herself"))


class Pronouns(Antecedents):
    """Clusters of candidates, pronouns joined to whom they mean."""

    def link_pronouns(self, found: Sequence[Candidate]) -> None:
        tokens = self.analysis.tokens
        inside = quoted(self.analysis)
        ordered = sorted(found, key=lambda c: c.first)
        for c in ordered:
            c.quoted = inside[c.first]
        for at, c in enumerate(ordered):
            if c.form != "pronoun" and not (c.form == "nominal" and c.lemma in ("latter", "former")):
                continue
            word = tokens[c.first].lower
            if word in OURS:
                continue
            if word in RELATIVE:
                self._relative(c, ordered[:at])
                continue
            if c.lemma in ("latter", "former") and c.form == "nominal":
                taken = self.latter(c, c.lemma)
                if taken is not None:
                    self.clusters[taken].add(c, 0.0)
                continue
            chosen = self._ahead(c, word, ordered[at + 1 :])
            if chosen is None:
                chosen = self._salient(c, word, ordered[:at])
            if chosen is not None:
                self.clusters[chosen].add(c, 0.0)

    def _relative(self, c: Candidate, before: Sequence[Candidate]) -> None:
        tokens = self.analysis.tokens
        for d in reversed(before):
            if d.entity is None or d.form == "pronoun" or tokens[d.first].sentence != tokens[c.first].sentence:
                continue
            gap = [t.text for t in tokens[d.last : c.first] if t.text not in (",", ")", "(")]
            if len(gap) <= 4:
                self.clusters[d.entity].add(c, 0.0)
                return

    def _ahead(self, c: Candidate, word: str, after: Sequence[Candidate]) -> int | None:
        """ "Since its invasion ..., Russia has": a pronoun in a clause that opens the sentence means its subject."""
        tokens = self.analysis.tokens
        own = self.analysis.sentences[tokens[c.first].sentence]
        opening = tokens[own.first].lower in (
            "since",
            "after",
            "before",
            "while",
            "when",
            "as",
            "despite",
            "in",
            "following",
            "with",
            "during",
            "although",
            "though",
        )
        if not opening or word not in ("its", "their", "his", "her", "he", "she", "they"):
            return None
        for d in after:
            if tokens[d.first].sentence != own.index:
                return None
            head = tokens[d.head]
            if (
                d.form == "name"
                and d.entity is not None
                and head.dep.startswith("nsubj")
                and tokens[head.head].dep in ("root", "parataxis", "ccomp", "conj")
                and (self._agrees(word, d, self.clusters[d.entity].type))
                and any(t.text == "," for t in tokens[c.last : d.first])
            ):
                return d.entity
        return None

    def _salient(self, c: Candidate, word: str, before: Sequence[Candidate]) -> int | None:
        tokens = self.analysis.tokens
        own = tokens[c.first].sentence
        verb = tokens[tokens[c.head].head]
        speaks = verb.lemma in SPEAKING and tokens[c.head].dep.startswith("nsubj")
        best: tuple[float, int] | None = None
        reach = 4 if speaks else 3
        latest: dict[int, int] = {}
        subjects: set[tuple[int, int]] = set()
        named: set[tuple[int, int]] = set()
        for d in before:
            if d.entity is not None:
                latest[d.entity] = latest.get(d.entity, 0) + 1
                if tokens[d.head].dep.startswith("nsubj"):
                    subjects.add((d.entity, tokens[d.first].sentence))
                if d.form == "name":
                    named.add((d.entity, tokens[d.first].sentence))
        said = {
            d.entity
            for d in before
            if speaks and d.entity is not None and tokens[d.first].sentence == own and d.form != "pronoun" and self._said_before(d, c)
        }
        for d in reversed(before):
            if d.entity is None or (d.entity in said and tokens[d.head].dep.startswith("nsubj")):
                continue
            away = own - tokens[d.first].sentence
            if away > reach:
                break
            if d.quoted and not c.quoted:
                continue
            cluster = self.clusters[d.entity]
            if not self._agrees(word, d, cluster.type):
                continue
            gender = self.gender(cluster) if word in HE else None
            if gender is not None and gender != ("f" if word in SHE else "m"):
                continue
            head = tokens[d.head]
            over = tokens[head.head]
            if away == 0 and head.head == tokens[c.head].head and head.dep.startswith("nsubj") and word not in ("its", "their", "his"):
                continue
            if away == 0 and speaks and self._said_before(d, c):
                continue
            score = -1.0 * away
            if head.dep.startswith("nsubj"):
                score += 0.8 if over.dep in ("root", "conj", "parataxis", "ccomp") else 0.4
            elif (d.entity, tokens[d.first].sentence) in subjects:
                score += 0.6
            if d.form == "name" or (d.entity, tokens[d.first].sentence) in named:
                score += 0.4
            if gender is not None:
                score += 0.7
            if d.form != "name" and d.specific is False and tokens[d.first].lower in ("his", "her", "its", "their", "our", "my"):
                score -= 0.9  # "his cousin": who is told of is whose cousin it is
            if d.first == self.analysis.sentences[tokens[d.first].sentence].first:
                score += 0.2
            score += 0.15 * min(3, latest[d.entity] - 1)
            spoke = (over.lemma in SPEAKING and head.dep.startswith("nsubj")) or self._spoke_after_quote(d)
            if spoke or _according(self.analysis, d):
                score += 2.0 if speaks else 0.6
            if head.dep.startswith(("compound", "nmod:poss", "conj")):
                score -= 0.6
            elif head.dep.startswith(("obl", "nmod")):
                score -= 0.3
            if best is None or score > best[0]:
                best = (score, d.entity)
        if word in THEY and (pair := self._pair_before(c.first)) is not None and self._pair_fits(pair, c, best):
            return pair.index
        return best[1] if best is not None else None

    def _spoke_after_quote(self, d: Candidate) -> bool:
        """'"...," laughed Omaira Chocué': who stands right behind a verb of speech that follows a quotation."""
        tokens = self.analysis.tokens
        i = d.first - 1
        while i > 0 and (tokens[i].pos in ("DET", "ADJ", "NOUN", "PROPN")) and d.first - i < 5:
            i -= 1
        return i > 0 and tokens[i].lemma in SPEAKING and tokens[i - 1].text in ("”", '"', "»", ",")

    def _pair_fits(self, pair: Cluster, c: Candidate, best: tuple[float, int] | None) -> bool:
        """Whether "they" means two that were joined: they are the subject of the sentence before, and nothing nearer agrees."""
        tokens = self.analysis.tokens
        whole = pair.members[0]
        away = tokens[c.first].sentence - tokens[whole.first].sentence
        kinds = {k.type for d in (whole,) for k in self.clusters if any(m.first >= d.first and m.last <= d.last for m in k.members)}
        if not kinds & {"person", "civilians"} or not tokens[whole.head].dep.startswith("nsubj"):
            return False
        score = 1.2 - away
        return best is None or score > best[0]

    def _said_before(self, d: Candidate, c: Candidate) -> bool:
        """Whether somebody stands in what the pronoun is about to be told to have said ("... came with the ministers, they complained")."""
        tokens = self.analysis.tokens
        cue = tokens[c.head].head
        first = self.analysis.sentences[tokens[c.first].sentence].first
        inside = tokens[cue].dep in ("parataxis", "root", "ccomp", "conj") and any(
            t.text in (",", "”", '"') for t in tokens[d.last : c.first]
        )
        tail = sum(t.pos != "PUNCT" for t in tokens[cue + 1 : self.analysis.sentences[tokens[c.first].sentence].last])
        verbs = any(t.pos in ("VERB", "AUX") for t in tokens[first : c.first])
        return inside and tail <= 8 and verbs

    def _agrees(self, word: str, d: Candidate, kind: EntityType | None) -> bool:
        if word in HE:
            return kind == "person" or (
                kind in ("civilians", "state_forces", "armed_group", "anonymous_sources") and not d.plural and d.form == "nominal"
            )
        if word in THEY:
            return (
                (d.plural and kind not in ("object", "person", None))
                or (kind in GROUPS and kind != "state" and (d.form != "nominal" or d.plural))
                or (d.plural and kind in ("person", "object"))
            )
        if word in IT:
            return kind in ("state", "organization", "media", "armed_group", "political_body", "state_forces", "object") and not (
                d.plural and d.form == "nominal"
            )
        return False


def _according(analysis: Analysis, d: Candidate) -> bool:
    tokens = analysis.tokens
    return d.first >= 2 and tokens[d.first - 1].lower == "to" and tokens[d.first - 2].lower == "according"
