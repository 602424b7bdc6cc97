"""Which mentions are of one entity: names by their words, descriptions by head and modifiers, pronouns by salience."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from whence.language.analysis import Analysis
from whence.records.vocabulary import EntityType

from .candidates import COLLECTIVE, Candidate, acronym_of, key_of
from .given_names import Gender
from .lexicon import RoleLexicon

SPEAKING = frozenset(("").split())
GROUPS: frozenset[EntityType] = frozenset(
    ("armed_group", "state_forces", "political_body", "organization", "civilians", "anonymous_sources", "media", "state", "other")
)
BODIES: frozenset[EntityType] = frozenset(("media", "organization", "armed_group", "political_body"))
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
        self.described: set[str] = set()
        self.gender_known: Gender | None = None

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
        self.joined: list[Candidate] = []

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

    # ---- apposition --------------------------------------------------------------------------------------------------
    def link_appositions(self, found: Sequence[Candidate]) -> None:
        """ "Ibrahim Jabawi, a member of ..." and "army spokesman Ali Hassan": the description joins the name."""
        tokens = self.analysis.tokens
        ordered = sorted((c for c in found if c.form != "pronoun"), key=lambda c: c.first)
        starts: dict[int, Candidate] = {}
        for c in sorted(ordered, key=lambda c: c.last):
            starts[c.first] = c  # the longest that begins there
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
                and (self._one_person(d) or (d.definite and cluster.type in BODIES and d.type in BODIES))
            ):
                cluster.add(d, 0.5 if cluster.type in BODIES else 1.5)
            leading = [x for x in ordered if x.form == "nominal" and x.last < c.first and self._one_person(x) and self._leads_to(x, c)]
            d = max(leading, key=lambda x: (x.last, x.last - x.first)) if leading else None
            if (
                d is not None
                and d.entity is None
                and not d.plural
                and self._fits(cluster, d)
                and c.last < len(tokens)
                and (tokens[c.last].text in (",", "."))
                and cluster.type == "person"
                and self._one_person(d)
                and (d.definite or d.specific)
            ):
                cluster.add(d, 1.5)

    def _leads_to(self, d: Candidate, c: Candidate) -> bool:
        """ "A spokesman for the Oromo Liberation Army, Jaal ...": nothing but what belongs to the description up to a comma."""
        tokens = self.analysis.tokens
        begin = c.first
        while begin > d.last and tokens[begin - 1].text.rstrip(".") in self.roles.titles:
            begin -= 1
        if begin - d.last > 9 or tokens[begin - 1].text != "," or tokens[d.first].sentence != tokens[c.first].sentence:
            return False
        return all(t.pos in ("ADP", "DET", "NOUN", "PROPN", "ADJ", "PART") or t.lower in ("'s", "’s") for t in tokens[d.last : begin - 1])

    def _one_person(self, d: Candidate) -> bool:
        """Whether a description is of one human being: "captain", "driver", not "brigade"."""
        kind = self.roles.heads.get(d.lemma)
        return kind == "person" or (kind in ("civilians", "state_forces", "armed_group") and not d.plural and d.lemma not in COLLECTIVE)

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
