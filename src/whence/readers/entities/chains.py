"""Which mentions are of one entity: names by their words, descriptions by head and modifiers, pronouns by salience."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from whence.language.analysis import Analysis
from whence.records.vocabulary import EntityType

from .candidates import HE, IT, OURS, RELATIVE, THEY, Candidate, acronym_of, key_of
from .lexicon import RoleLexicon

SPEAKING = frozenset(
    "say tell add explain claim state announce report note stress deny confirm insist argue assert reveal warn believe think "
    "describe write continue reply point indicate affirm declare emphasize emphasise conclude admit acknowledge recall".split()
)
GROUPS: frozenset[EntityType] = frozenset(
    ("armed_group", "state_forces", "political_body", "organization", "civilians", "anonymous_sources", "media", "state", "other")
)
UNIQUE = frozenset("regime government army opposition police military junta parliament administration presidency coalition".split())


class Cluster:
    """An entity in the making: its mentions (candidates), type votes, and what is known of it."""

    def __init__(self, index: int) -> None:
        self.index = index
        self.members: list[Candidate] = []
        self.names: set[str] = set()
        self.votes: Counter[EntityType] = Counter()
        self.country: str | None = None
        self.lexical: str | None = None

    def add(self, c: Candidate, weight: float = 1.0) -> None:
        self.members.append(c)
        c.entity = self.index
        if c.type is not None:
            self.votes[c.type] += int(weight * 10)
        self.country = self.country or c.country

    @property
    def type(self) -> EntityType | None:
        return self.votes.most_common(1)[0][0] if self.votes else None

    @property
    def named(self) -> bool:
        return any(c.form == "name" for c in self.members)

    @property
    def plural(self) -> bool:
        return any(c.plural for c in self.members)


class Chains:
    """Clusters of one document's candidates."""

    def __init__(self, analysis: Analysis, roles: RoleLexicon) -> None:
        self.analysis = analysis
        self.roles = roles
        self.clusters: list[Cluster] = []

    def new(self) -> Cluster:
        cluster = Cluster(len(self.clusters))
        self.clusters.append(cluster)
        return cluster

    def words(self, c: Candidate) -> str:
        tokens = self.analysis.tokens
        return self.analysis.text[tokens[c.first].start : tokens[c.last - 1].end]

    # ---- names -----------------------------------------------------------------------------------------------------
    def link_names(self, found: Sequence[Candidate]) -> None:
        by_key: dict[str, Cluster] = {}
        full: list[tuple[set[str], Cluster]] = []
        for c in sorted(found, key=lambda c: (c.first - c.last, c.first)):
            key = c.key or key_of(self.words(c))
            cluster = by_key.get(key)
            if cluster is None and c.type in ("person", None) and not c.key:
                parts = key.split()
                hits = [k for w, k in full if set(parts) <= w and "person" in k.votes]
                if hits and (len(parts) > 1 or parts[0] not in ("abu", "al", "umm")):
                    cluster = hits[0] if len(hits) == 1 else self._nearest(hits, c)
            if cluster is None and not c.key and self.words(c).replace(".", "").isupper() and len(key) < 9:
                short = self.words(c).replace(".", "")
                cluster = next(
                    (k for k in self.clusters if any(acronym_of(self.words(m)) == short for m in k.members if m.last - m.first > 1)),
                    None,
                )
            if cluster is None:
                cluster = self.new()
                full.append((set(key.split()), cluster))
            by_key[key] = cluster
            cluster.names.add(key)
            cluster.add(c, 3.0 if c.key else 1.0)
            if c.key:
                cluster.lexical = c.key

    def _nearest(self, clusters: Sequence[Cluster], c: Candidate) -> Cluster:
        def distance(k: Cluster) -> tuple[bool, int]:
            before = [m.first for m in k.members if m.first < c.first]
            return (not before, c.first - max(before) if before else min(m.first for m in k.members))

        return min(clusters, key=distance)

    # ---- descriptions ------------------------------------------------------------------------------------------------
    def link_nominals(self, found: Sequence[Candidate]) -> None:
        by_key: dict[str, Cluster] = {}
        for c in found:
            if c.form != "nominal" or c.entity is not None:
                continue
            cluster: Cluster | None = None
            bare = not [m for m in c.modifiers if m not in ("joint", "latter", "former", "same")]
            if c.lemma == "others" and c.first and self.analysis.tokens[c.first - 1].pos == "NUM":
                cluster = self._counted_before(c, found)
            if c.lemma == "source" and "same" in c.modifiers:
                cluster = self._spoke_before(c)
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
        """The last entity told of that a definite description can mean: same head, and no modifier of its own."""
        best: tuple[int, Cluster] | None = None
        for k in self.clusters:
            for m in k.members:
                if m.first >= c.first or m.form == "pronoun":
                    continue
                if m.form == "nominal":
                    same = m.lemma == c.lemma and (bare or set(c.modifiers) <= set(m.modifiers))
                    if same and bool(m.plural) != bool(c.plural):
                        same = False
                else:
                    last = self.analysis.tokens[m.last - 1].lower
                    same = bare and c.lemma == last.rstrip("s") and k.type == c.type
                    if bare and c.lemma in ("agency", "newspaper", "outlet", "website", "channel", "site") and k.type == "media":
                        same = True
                if same and (best is None or m.first > best[0]):
                    best = (m.first, k)
        return best[1] if best else None

    # ---- apposition --------------------------------------------------------------------------------------------------
    def link_appositions(self, found: Sequence[Candidate]) -> None:
        """ "Ibrahim Jabawi, a member of ..." and "army spokesman Ali Hassan": the description joins the name."""
        tokens = self.analysis.tokens
        ordered = sorted((c for c in found if c.form != "pronoun"), key=lambda c: c.first)
        starts = {c.first: c for c in ordered}
        for c in ordered:
            if c.form != "name" or c.entity is None:
                continue
            cluster = self.clusters[c.entity]
            after = c.last
            if after < len(tokens) and tokens[after].text == "(":
                while after < len(tokens) and tokens[after].text != ")" and after - c.last < 6:
                    after += 1
                after += 1
            if after + 1 < len(tokens) and tokens[after].text == "," and tokens[after].sentence == tokens[c.first].sentence:
                d = starts.get(after + 1)
                fits = d is not None and d.form == "nominal" and d.entity is None and self._fits(cluster, d) and not d.plural
                if d is not None and fits and self._closed(d):
                    cluster.add(d, 1.5)
            d = next((x for x in ordered if x.last == c.first and x.form == "nominal"), None)
            if (
                d is not None
                and d.entity is None
                and not d.plural
                and self._fits(cluster, d)
                and (tokens[d.head].pos in ("NOUN", "PROPN") and (d.definite or not d.specific))
                and self.roles.heads.get(d.lemma) == "person"
            ):
                cluster.add(d, 1.5)
            d = next((x for x in ordered if x.form == "nominal" and x.last + 1 == c.first and tokens[x.last].text == ","), None)
            if (
                d is not None
                and d.entity is None
                and not d.plural
                and self._fits(cluster, d)
                and c.last < len(tokens)
                and (tokens[c.last].text in (",", "."))
                and cluster.type == "person"
                and self.roles.heads.get(d.lemma) == "person"
                and d.definite
            ):
                cluster.add(d, 1.5)

    def _fits(self, cluster: Cluster, d: Candidate) -> bool:
        kind = cluster.type
        if kind in (None, "person"):
            return d.type in ("person", "civilians", "state_forces", "armed_group", "anonymous_sources")
        return d.type == kind or (
            d.type in ("organization", "media", "political_body") and kind in ("organization", "media", "political_body", "armed_group")
        )

    def _closed(self, d: Candidate) -> bool:
        """Whether the description ends where an apposition ends, before a comma, a verb or the end of the sentence."""
        tokens = self.analysis.tokens
        i = d.last
        while i < len(tokens) and tokens[i].sentence == tokens[d.head].sentence:
            t = tokens[i]
            if t.text in (",", ".", ";", "—", "–", ")"):
                return True
            if t.pos in ("VERB", "AUX") and t.dep not in ("acl", "acl:relcl", "amod"):
                return True
            if t.pos == "CCONJ" and i == d.last:
                return False
            i += 1
        return True

    # ---- pronouns ------------------------------------------------------------------------------------------------------
    def link_pronouns(self, found: Sequence[Candidate]) -> None:
        tokens = self.analysis.tokens
        inside = quoted(self.analysis)
        ordered = sorted(found, key=lambda c: c.first)
        for c in ordered:
            c.quoted = inside[c.first]
        for at, c in enumerate(ordered):
            if c.form != "pronoun" and not (c.form == "nominal" and c.lemma in ("latter",)):
                continue
            word = tokens[c.first].lower
            if word in OURS:
                continue
            if word in RELATIVE:
                self._relative(c, ordered[:at])
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
        if not opening or word not in ("its", "their", "his", "her"):
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
        speaks = tokens[tokens[c.head].head].lemma in SPEAKING and tokens[c.head].dep.startswith("nsubj")
        best: tuple[float, int] | None = None
        reach = 4 if speaks else 3
        for d in reversed(before):
            if d.entity is None:
                continue
            away = own - tokens[d.first].sentence
            if away > reach:
                break
            if d.quoted and not c.quoted:
                continue
            kind = self.clusters[d.entity].type
            if not self._agrees(word, d, kind):
                continue
            head = tokens[d.head]
            verb = tokens[head.head]
            if away == 0 and head.head == tokens[c.head].head and head.dep.startswith("nsubj") and word not in ("its", "their", "his"):
                continue
            score = -1.0 * away
            if head.dep.startswith("nsubj"):
                score += 0.8
            if d.form == "name":
                score += 0.4
            if (verb.lemma in SPEAKING and head.dep.startswith("nsubj")) or _according(self.analysis, d):
                score += 2.0 if speaks else 0.6
            if head.dep.startswith(("compound", "nmod:poss", "conj")):
                score -= 0.6
            if best is None or score > best[0]:
                best = (score, d.entity)
        return best[1] if best is not None else None

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


OPEN = "“«„"
CLOSE = "”»"


def quoted(analysis: Analysis) -> list[bool]:
    """For each token, whether it stands inside quotation marks; a paragraph may open again what it did not close."""
    out: list[bool] = []
    depth = False
    at = -1
    for token in analysis.tokens:
        if at >= 0 and "\n" in analysis.text[at : token.start]:
            depth = False
        at = token.end
        text = token.text
        if text in OPEN or text == "``":
            depth = True
            out.append(True)
        elif text in CLOSE or text == "''":
            out.append(True)
            depth = False
        elif text == '"':
            out.append(True)
            depth = not depth
        else:
            out.append(depth)
    return out
