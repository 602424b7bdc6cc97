"""From the words of a source to the entity behind it; where no mention stands there, one is made."""

from __future__ import annotations

import re

from whence.language.analysis import Token
from whence.readers.base import Draft
from whence.readers.carrying import FROM
from whence.readers.entities.lexicon import roles
from whence.readers.entities.outlets import PLATFORMS
from whence.records import Entity, Mention, identifier
from whence.records.vocabulary import EntityType

from .found import Found

CALLED = re.compile(
    r"\b(?:calling (?:him|her)self|(?:named|called|known as|identified(?: only)? as|(?:name|call sign)(?: as|,)))\s+(?:[\"“])?$"
)
"""What stands before the name that somebody gives."""
NOW_FROM = re.compile(FROM.pattern[: FROM.pattern.rindex(r"\s+(?:(?:the|")] + r"\s+$", re.I)
"""The same words right before whom something is from."""

MADE = frozenset("statement communique communiqué post tweet message remark comment interview speech press release video broadcast".split())
"""What somebody says or writes in his own name: the holder is who made it."""
DOCUMENTS = frozenset(
    (
        "memo circular directive report filing audit letter survey order note document study poll log transcript indictment "
        "complaint lawsuit cable leak dossier agreement resolution decree ruling verdict text bulletin figure "
        "data estimate record image footage analysis investigation review census ledger register database list "
        "map file paper article book constitution law treaty contract certificate autopsy"
    ).split()
)
"""What speaks by itself: a document is its own holder."""
CARRIERS = frozenset("dispatch report post article interview story piece broadcast item account bulletin programme program".split())
"""What carries an outlet's word and is none of its own."""
RUMOURS = frozenset(("report", "rumour", "rumor", "account", "source", "allegation"))
SAME_PIECE = frozenset(("DET", "ADJ", "NOUN", "PROPN", "NUM", "PART", "ADV"))
ARTICLES = ("the ", "a ", "an ", "these ", "those ", "this ", "that ", "its ", "their ", "his ", "her ")


class Holders:
    """Holders of one draft's attributions. `made` gathers the mentions and entities that sources needed and nobody had found."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.mentions = sorted(draft.mentions, key=lambda m: m.start)
        self.entities = {e.id: e for e in draft.entities}
        self.made: list[Mention | Entity] = []
        self._new: dict[str, str] = {}

    def of(self, found: Found) -> str | None:
        """The entity behind a source, None where the text leaves it open."""
        if not found.source:
            return None
        analysis = self.draft.analysis
        first, last = found.source[0]
        head = self._head(first, last)
        start, end = analysis.tokens[first].start, analysis.tokens[last - 1].end
        inside = [m for m in self.mentions if start <= m.start and m.end <= end]
        if head.pos == "PRON":
            on = [m for m in inside if m.start <= head.start < m.end and m.entity is not None]
            return on[0].entity if on else None
        named = self._apposed(inside, first, last, head)
        if named is not None:
            return named
        called = next((m for m in inside if m.form == "name" and CALLED.search(self.draft.text[max(start, m.start - 24) : m.start])), None)
        if called is not None:
            return called.entity
        on_head = [m for m in inside if m.start <= head.start < m.end and m.entity is not None]
        if on_head:
            return max(on_head, key=lambda m: m.end - m.start).entity
        lemma = head.lemma.lower()
        if lemma in MADE:
            known = [m for m in inside if m.entity is not None]
            return next((m.entity for m in known if m.form != "pronoun"), known[0].entity if known else None)
        if head.pos in ("NOUN", "PROPN", "ADJ") and head.text not in PLATFORMS and not any(m.start <= head.start < m.end for m in inside):
            return self._make(head, first, last)
        known = [m for m in inside if m.entity is not None and m.form != "pronoun"]
        return known[0].entity if known else None

    def whom_from(self) -> None:
        """Make mentions of those that something is had from and nobody had found: "citing a tally clerk", "told by a ferryman"."""
        tokens = self.draft.analysis.tokens
        for t in tokens[:-2]:
            after = tokens[t.i + 1]
            if after.sentence != t.sentence or t.pos == "PUNCT":
                continue
            sentence = self.draft.analysis.sentences[t.sentence]
            lead = self.draft.text[max(sentence.start, t.end - 60) : after.start]
            if not NOW_FROM.search(lead):
                continue
            first = t.i + 1
            last = first
            while (
                last < len(tokens)
                and tokens[last].sentence == t.sentence
                and (tokens[last].pos in SAME_PIECE or (tokens[last].tag in ("VBN", "VBG") and tokens[last].dep == "amod"))
            ):
                last += 1
            heads = [k for k in tokens[first:last] if k.pos == "NOUN"]
            if not heads or any(k.pos == "PROPN" for k in tokens[first:last]):
                continue
            head = heads[-1]
            carried = last < len(tokens) and tokens[last].lower in ("by", "of", "in", "from", "on")
            if carried and head.lemma.lower() in CARRIERS:
                continue  # "referring to a dispatch by the agency": it is the agency's word
            if head.lemma.lower() not in MADE and not any(m.start <= head.start < m.end for m in self.mentions):
                tail = last
                while tail < len(tokens) and tokens[tail].sentence == t.sentence and tokens[tail].pos in (*SAME_PIECE, "ADP"):
                    tail += 1
                self._make(head, first, tail)

    def _head(self, first: int, last: int) -> Token:
        """The head of a source's first phrase: before any comma, relative clause or preposition."""
        tokens = self.draft.analysis.tokens
        stop = last
        for i in range(first, last):
            t = tokens[i]
            if i > first and (
                t.text in (",", "(", "—", "–")
                or t.lower in ("who", "whom", "whose", "which", "that")
                or t.pos == "ADP"
                or (t.pos == "VERB" and t.dep not in ("amod", "compound"))
            ):
                stop = i
                break
        nouns = [t for t in tokens[first:stop] if t.pos in ("NOUN", "PROPN", "PRON", "NUM")]
        own = tokens[self.draft.analysis.head_of(first, last)]
        if own.i < stop and (own.pos in ("NOUN", "PROPN", "PRON") or (own.pos == "ADJ" and own.dep in ("nsubj", "obj", "obl", "nmod"))):
            return own
        return nouns[-1] if nouns else own

    def _apposed(self, inside: list[Mention], first: int, last: int, head: Token) -> str | None:
        """The name that a description comes with: "the foreman, Hennadii Solovar", "RSF adviser Bakri Dawelbeit"."""
        tokens = self.draft.analysis.tokens
        people = [m for m in inside if m.form == "name" and m.entity and self.entities[m.entity].type == "person"]
        relative = next((t.start for t in tokens[first:last] if t.lower in ("who", "whom", "whose", "which", "that")), None)
        for m in inside:
            entity = self.entities.get(m.entity or "")
            if (
                m.form != "name"
                or entity is None
                or entity.type in ("state", "object", "other")
                or (relative is not None and m.start > relative)
            ):
                continue
            begin, end = self.draft.analysis.covering(m.start, m.end)
            titles = begin
            while titles - 1 > first and tokens[titles - 1].text.rstrip(".") in roles().titles:
                titles -= 1
            before = tokens[titles - 1] if titles > first else None
            closes = end >= last or tokens[end].text in (",", ".", "(", ")")
            if begin <= head.i < end and (entity.type == "person" or not any(n.start > m.end for n in people)):
                return entity.id
            if before is None or not closes:
                continue
            human = entity.type in ("person", "civilians", "state_forces")
            if before.text == "," and (human or entity.type in ("organization", "armed_group", "media")) and end >= last - 1:
                return entity.id
            if (
                (before.i == head.i or human)
                and before.pos in ("NOUN", "PROPN")
                and head.pos in ("NOUN", "PROPN")
                and head.tag not in ("NNS", "NNPS")
            ):
                return entity.id
        return None

    def _make(self, head: Token, first: int, last: int) -> str:
        """A mention and an entity for a source that is nobody's mention yet."""
        tokens = self.draft.analysis.tokens
        begin = head.i
        while begin > first and tokens[begin - 1].pos in SAME_PIECE and tokens[begin - 1].text != ",":
            begin -= 1
        end = head.i + 1
        while end < last and tokens[end].pos in ("PROPN", "NOUN") and tokens[end].head == head.i:
            end += 1
        named = head.pos == "PROPN"
        start, stop = tokens[begin].start, tokens[end - 1].end
        words = self.draft.text[start:stop]
        tail = end
        while tail + 1 < last and tokens[tail].lower in ("of", "by", "in", "from", "at", "for", "reaching"):
            j = tail + 1
            while j < last and tokens[j].pos in SAME_PIECE:
                j += 1
            if j == tail + 1:
                break
            tail = j
        name = " ".join(self.draft.text[start : tokens[tail - 1].end].split())
        for article in ARTICLES:
            if name.lower().startswith(article):
                name = name[len(article) :]
                break
        key = name.lower()
        if key not in self._new:
            kind = self._type(head, words, named=named)
            entity = Entity(
                id=identifier("E", start, stop, name), name=name, type=kind, country=None, roles=(), affiliations=(), named=named
            )
            self.made.append(entity)
            self.entities[entity.id] = entity
            self._new[key] = entity.id
            self.draft.why[entity.id] = (f"{words!r}: a source",)
        mention = Mention(
            id=identifier("M", start, stop, "name" if named else "nominal"),
            start=start,
            end=stop,
            text=words,
            form="name" if named else "nominal",
            entity=self._new[key],
        )
        self.made.append(mention)
        self.mentions.append(mention)
        self.draft.why[mention.id] = ("stands as a source",)
        return self._new[key]

    def _type(self, head: Token, words: str, *, named: bool) -> EntityType:
        lemma = head.lemma.lower()
        if lemma in RUMOURS and head.tag == "NNS":
            return "anonymous_sources"
        if lemma in DOCUMENTS:
            return "other"
        if named:
            return "person" if len(words.split()) > 1 else "other"
        return "civilians" if head.tag == "NNS" else "person"
