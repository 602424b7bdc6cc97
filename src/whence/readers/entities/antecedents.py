"""Descriptions that take up somebody told of before: "the captain", "the group", "the two men", "the latter"."""

from __future__ import annotations

from collections.abc import Sequence

from whence.language.analysis import Analysis
from whence.records.vocabulary import EntityType

from .candidates import Candidate
from .chains import SPEAKING, UNIQUE, Chains, Cluster
from .given_names import Gender, given_names, plain
from .lexicon import RoleLexicon

PLAIN = frozenset(
    ("husband", "wife", "brother", "sister", "son", "daughter", "man", "woman", "boy", "girl", "widow", "widower", "mother", "father")
)
POINTING = ("joint", "latter", "former", "same", "two", "three", "pair", "both")
PAIRED = frozenset("man woman brother sister friend colleague soldier officer boy girl leader group side party couple pair duo".split())
MEDIA_NOUNS = frozenset("agency newspaper outlet website channel site station radio paper broadcaster portal magazine weekly daily".split())


class Antecedents(Chains):
    """Clusters of candidates, descriptions joined to what they take up.

    A definite description without modifiers of its own means the last entity that was described so: by the same noun, in
    apposition or before its name ("Captain Ihsan Murad ... the captain"), by a noun of the same sort ("the abbot ... the
    monk"), by what it does ("commands ... the commander"), by its type where nothing else is near. Pairs ("the two men")
    mean the last two that were joined by "and".
    """

    def __init__(self, analysis: Analysis, roles: RoleLexicon) -> None:
        super().__init__(analysis, roles)
        self._pairs: list[tuple[Candidate, Candidate, Cluster | None]] = []

    # ---- what is known of whom ---------------------------------------------------------------------------------------
    def titled(self, found: Sequence[Candidate]) -> None:
        """What stands before each name of a person ("Police inspector", "Captain", "the shepherd") becomes its description."""
        tokens = self.analysis.tokens
        for c in found:
            if c.form != "name" or c.entity is None or c.type not in ("person", None):
                continue
            words: list[str] = []
            i = c.first - 1
            while i >= 0 and c.first - i <= 4 and tokens[i].sentence == tokens[c.first].sentence:
                t = tokens[i]
                if t.pos not in ("NOUN", "PROPN", "ADJ") or t.text in (",",):
                    break
                words.append(t.lower.rstrip("."))
                i -= 1
            first = tokens[c.first]
            if c.last - c.first > 1 and plain(first.text) in given_names().titles:
                words.append(plain(first.text))
            self.clusters[c.entity].described.update(words)

    def gender(self, cluster: Cluster) -> Gender | None:
        """Whether a person is told to be a woman or a man."""
        if cluster.gender_known is None:
            known = given_names()
            told = known.of_nouns([*cluster.described, *(c.lemma for c in cluster.members if c.form == "nominal")])
            if told is None:
                for c in cluster.members:
                    if c.form == "name" and (told := known.of_name(self.words(c))) is not None:
                        break
            if told is None:
                return None
            cluster.gender_known = told
        return cluster.gender_known

    # ---- descriptions ------------------------------------------------------------------------------------------------
    def link_nominals(self, found: Sequence[Candidate], everything: Sequence[Candidate]) -> None:
        """Give each description its entity: that which it takes up, or a new one."""
        by_key: dict[str, Cluster] = {}
        self._find_pairs(everything)
        for c in found:
            if c.form != "nominal" or c.entity is not None:
                continue
            cluster: Cluster | None = None
            if c.lemma in ("latter", "former"):
                continue  # with the pronouns
            if c.lemma == "both":
                cluster = self._pair_before(c.first)
                if cluster is not None:
                    cluster.add(c, 0.0)
                continue
            bare = not [m for m in c.modifiers if m not in POINTING]
            if c.lemma == "others" and c.first and self.analysis.tokens[c.first - 1].pos == "NUM":
                cluster = self._counted_before(c, found)
            if c.lemma == "source" and "same" in c.modifiers:
                cluster = self._spoke_before(c)
            both = self.analysis.tokens[c.first].lower == "both"
            if cluster is None and (c.definite or both) and bare and c.plural and (c.lemma in PAIRED or "two" in c.modifiers or both):
                cluster = self._pair_before(c.first)
            if cluster is None and c.lemma in ("pair", "couple", "duo") and c.definite:
                cluster = self._pair_before(c.first)
            if cluster is not None:
                cluster.add(c, 0.0)
                continue
            if not c.specific or c.definite:
                cluster = by_key.get(c.key)
                if cluster is None and c.definite:
                    cluster = self._antecedent(c, bare)
                if cluster is None and c.lemma in UNIQUE and bare:
                    cluster = by_key.get(c.lemma)
            if cluster is None:
                cluster = self.new()
            if self.analysis.tokens[c.first].lower in ("any", "no", "every", "each"):
                cluster.add(c)
                continue
            by_key[c.key] = cluster
            if c.lemma in UNIQUE and (bare or c.country is not None):
                by_key.setdefault(c.lemma, cluster)
            cluster.add(c)

    def _spoke_before(self, c: Candidate) -> Cluster | None:
        """ "the same source": whoever spoke last, within three sentences."""
        tokens = self.analysis.tokens
        best: tuple[int, Cluster] | None = None
        for k in self.clusters:
            for m in k.members:
                head = tokens[m.head]
                away = tokens[c.first].sentence - tokens[m.first].sentence
                if k.type in ("media", "organization", "object"):
                    continue
                if m.first < c.first and 0 <= away <= 3 and head.dep.startswith("nsubj") and tokens[head.head].lemma in SPEAKING:
                    best = max(best or (m.first, k), (m.first, k), key=lambda x: x[0])
        return best[1] if best else None

    def _counted_before(self, c: Candidate, found: Sequence[Candidate]) -> Cluster | None:
        """ "killed ten soldiers and captured five others": the others are of those counted before in the sentence."""
        tokens = self.analysis.tokens
        for d in sorted((d for d in found if d.first < c.first), key=lambda d: -d.first):
            if tokens[d.first].sentence != tokens[c.first].sentence:
                return None
            if d.form == "nominal" and d.plural and d.entity is not None and d.type not in ("object",):
                return self.clusters[d.entity]
        return None

    def _antecedent(self, c: Candidate, bare: bool) -> Cluster | None:
        """The last entity told of that a definite description can mean: the closest in kind, the nearest of these."""
        best: tuple[float, int, Cluster] | None = None
        possessed = self.analysis.tokens[c.first].lower in ("its", "their", "his", "her", "our", "my")
        for k in self.clusters:
            before = [m.first for m in k.members if m.first < c.first and m.form != "pronoun"]
            if not before:
                continue
            fit = 0.0 if possessed and not bare else self._fit(c, k, bare, max(before))
            if fit and (best is None or (fit, max(before)) > best[:2]):
                best = (fit, max(before), k)
        return best[2] if best else None

    def _fit(self, c: Candidate, k: Cluster, bare: bool, last: int) -> float:
        """How well an entity answers to a description: 3 same noun, 2 described so, 1.5 a noun of the same sort, 1 by type."""
        tokens = self.analysis.tokens
        away = tokens[c.first].sentence - tokens[last].sentence
        for m in k.members:
            if m.first >= c.first or m.form == "pronoun":
                continue
            if m.form == "nominal" and m.lemma == c.lemma and (bare or set(c.modifiers) <= set(m.modifiers)):
                if bool(m.plural) == bool(c.plural):
                    return 3.0
            elif (m.form == "name" and bare and k.type == c.type and c.lemma == tokens[m.last - 1].lower.rstrip("s")) or (
                m.form == "name" and bare and c.lemma in MEDIA_NOUNS and k.type == "media"
            ):
                return 3.0
        if not bare or (c.plural and k.type == "person") or away > 5:
            return 0.0
        if c.lemma in k.described:
            return 2.0
        if self._sort_fits(c, k):
            return 1.5 if away <= 3 else 0.0
        if k.type == "person" and k.named and away <= 3 and self._human(c):
            if self._does(c, k):
                return 1.2
            told = given_names().of_nouns([c.lemma])
            known = self.gender(k)
            if told is not None and known is not None and told != known:
                return 0.0
            if told is not None and told == known and c.lemma in PLAIN:
                return 1.0
            occupied = c.type == "civilians" and self.roles.heads.get(c.lemma) == "civilians"
            if occupied and away <= 2 and not self._called_otherwise(c, k):
                return 0.5
        return 0.0

    def _called_otherwise(self, c: Candidate, k: Cluster) -> bool:
        """Whether a person was called something that a description of another sort would contradict."""
        known = {w for w in k.described if w in self.roles.heads} | {m.lemma for m in k.members if m.form == "nominal"}
        return bool(known) and c.lemma not in known

    def _human(self, c: Candidate) -> bool:
        return not c.plural and c.type in ("person", "civilians", "state_forces", "armed_group")

    def _sort_fits(self, c: Candidate, k: Cluster) -> bool:
        """Whether some noun that described the entity, or a word of its name, is of the same sort as the description's."""
        words = {m.lemma for m in k.members if m.form == "nominal"} | k.described
        if k.type != "person":
            if not k.named:
                return False
            for m in k.members:
                if m.form == "name":
                    words |= {t.lower.rstrip("s") for t in self.analysis.tokens[m.first : m.last]} | {
                        t.lower for t in self.analysis.tokens[m.first : m.last]
                    }
            if c.lemma in ("movement", "group", "organization", "organisation", "faction", "militia", "guerrilla", "rebel", "fighter"):
                if k.type == "armed_group" and k.named:
                    return True
                if c.lemma in ("group", "organization", "organisation") and k.type in ("organization",) and k.named:
                    return True
        elif c.plural:
            return False
        return any(c.lemma in sort and words & sort for sort in self.roles.alike)

    def _does(self, c: Candidate, k: Cluster) -> bool:
        """Whether the description names the doer of what the entity does ("commands three hundred fighters ... the commander")."""
        if not c.lemma.endswith(("er", "or")) or len(c.lemma) < 6:
            return False
        stem = c.lemma[:-2]
        tokens = self.analysis.tokens
        for m in k.members:
            head = tokens[m.head]
            if head.dep.startswith("nsubj") and tokens[head.head].lemma.startswith(stem[: max(4, len(stem) - 1)]):
                return True
        return False

    # ---- pairs ---------------------------------------------------------------------------------------------------------
    def _find_pairs(self, everything: Sequence[Candidate]) -> None:
        """Two that are joined by "and" (also "X and her client Y")."""
        tokens = self.analysis.tokens
        ordered = [c for c in sorted(everything, key=lambda c: (c.first, -c.last)) if c.form != "pronoun"]
        for one in ordered:
            i = one.last
            if i >= len(tokens) or tokens[i].lower != "and" or tokens[i].sentence != tokens[one.first].sentence:
                continue
            second = next(
                (
                    d
                    for d in ordered
                    if d.first > i
                    and d.first - i <= 5
                    and tokens[d.first].sentence == tokens[i].sentence
                    and (d.form == "name" or d.first <= i + 2)
                ),
                None,
            )
            if second is not None and all(t.pos in ("DET", "PRON", "NOUN", "PROPN", "ADJ") for t in tokens[i + 1 : second.first]):
                self._pairs.append((one, second, None))

    def _pair_before(self, at: int) -> Cluster | None:
        """The last two that were joined before a token, within three sentences, as one entity."""
        tokens = self.analysis.tokens
        for n in range(len(self._pairs) - 1, -1, -1):
            one, second, cluster = self._pairs[n]
            if one.first >= at or tokens[at].sentence - tokens[one.first].sentence > 3:
                continue
            if cluster is None:
                kind: EntityType = self.clusters[one.entity].type or "person" if one.entity is not None else (one.type or "person")
                whole = Candidate(first=one.first, last=second.last, head=one.head, form="name", type=kind, why="two joined by and")
                whole.plural = True
                cluster = self.new()
                cluster.add(whole)
                self.joined.append(whole)
                self._pairs[n] = (one, second, cluster)
            return cluster
        return None

    def latter(self, c: Candidate, word: str) -> int | None:
        """ "the latter" and "the former": of the last two that were joined; else of the last two told of in the sentence before."""
        tokens = self.analysis.tokens
        own = tokens[c.first].sentence
        for one, second, _ in reversed(self._pairs):
            if second.last <= c.first and own - tokens[second.first].sentence <= 2:
                chosen = second if word == "latter" else one
                if chosen.entity is not None:
                    return chosen.entity
        told: list[int] = []
        for s in (own, own - 1, own - 2):
            here = sorted(
                (m.first, k.index)
                for k in self.clusters
                for m in k.members
                if m.first < c.first
                and m.form != "pronoun"
                and tokens[m.first].sentence == s
                and k.type not in ("object", "other", "state", None)
            )
            told = list(dict.fromkeys(i for _, i in here))
            if len(told) >= 2:
                return told[-1] if word == "latter" else told[-2]
        return None
