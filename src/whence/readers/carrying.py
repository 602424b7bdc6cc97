"""Through whom a statement came: outlets beside it that carried it, and those that its holder has it from.

Read from the words that are no content: in the sentence of the statement, and, for somebody who goes on speaking, in
the sentences before, where he spoke to an outlet ("two guards have been in touch with Atbara FM. ..., both guards said").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from whence.language.analysis import SentenceTokens, Token
from whence.readers.base import Draft
from whence.readers.entities.outlets import ADJECTIVES, OUTLET_NOUNS, PLATFORMS
from whence.records import Attribution, Mention, Span

FROM = re.compile(
    r"\b(?P<from>citing|quoting|cites?|cited(?! (?:\w+ )?by\b)|quotes?|quoted(?! (?:as|by|in|on)\b)|"
    r"who (?:had |has )?(?:spoken|spoke|talked) (?:to|with)|"
    r"referencing|referring to|refers to|"
    r"(?:had|got|has|have|heard|learned|learnt|knew) (?:it|this|that|the news) from"
    r"|(?:learned|learnt|heard|understood|gathered|obtained|received) from|(?:relied|relies|relying|drawing|draws|drew|based|leaning) on"
    r"|on the (?:word|authority|strength|testimony|evidence) of|(?:attribut\w+|sourced|credit\w*) (?:it |this |that |the \w+ )?to"
    r"|\bits (?:interview|conversation|call) with|quoted from|passed on by|told (?:of it |this |so )?by|informed by|tipped off by)"
    r"\s+(?:(?:the|a|an|one|two|three|several|some|its|his|her|their|unnamed|unidentified)\s+)*(?:[\w’'-]+\s+){0,2}$",
    re.I,
)
"""What stands before those that somebody has something from, with up to two more words."""
TO = re.compile(
    r"\b(?:statement|message|letter|interview|remarks|comments|call|recording|video|note)s? (?:to|with|for) (?:the )?(?:[\w-]+ )?$", re.I
)
"""What stands before whom a statement was sent to, wherever the words before end."""
TOLD = frozenset("tell inform assure brief notify phone call ring text email message address approach warn contact remind".split())
"""Verbs whose object is whom it was told."""
SPEAKING = frozenset(
    "speak talk say add reveal disclose confirm explain admit complain deny insist swear confide describe report repeat relate recount "
    "write reply answer comment testify statement remark interview message letter address call conversation chat briefing comments "
    "remarks touch contact give hand leak pass send show provide announce claim state recall tell quote carry publish air broadcast post "
    "print appear run footage video clip recording article dispatch bulletin programme program column account testimony story".split()
)
"""What an outlet's "to", "with", "in" or "on" hangs together with where somebody speaks to it or in it."""
CARRIED = frozenset(
    "carry publish broadcast air quote cite see obtain review post relay report reach pick interview contact show distribute circulate "
    "ask hear film record read verify print release translate phone call meet visit examine consult reprint rerun brief approach".split()
)
"""What outlets do with a statement or its holder ("carried by", "that the paper has read")."""
REACHING = CARRIED | frozenset(("speak", "talk", "question", "sit", "trace", "find"))
RUN = ("-run", "-owned", "-based", "-language", "-linked", "-backed", "-affiliated", "-controlled")
LOOSE = ("to", "with", "by", "via", "through")
NEVER = frozenset(("person", "state", "civilians", "state_forces", "armed_group"))
HUMAN = frozenset(("person", "civilians", "state_forces", "armed_group", "anonymous_sources", "organization", "political_body", "other"))


class Company:
    """Who stands beside the statements of one draft. Each answer is made of entity ids."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._analysis = draft.analysis
        self._types = {e.id: e.type for e in draft.entities}
        self._mentions = sorted((m for m in draft.mentions if m.entity is not None), key=lambda m: m.start)
        self._contacts: list[tuple[int, str, str]] | None = None

    def sentence(self, start: int) -> SentenceTokens | None:
        """The sentence in which an offset lies."""
        return next((s for s in self._analysis.sentences if s.start <= start < s.end), None)

    def beside(self, attribution: Attribution, others: Sequence[Attribution]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """(whom it is from, the farthest first; who carried it) by the words of the sentence that are no content."""
        if not attribution.cue:
            return (), ()
        cue = attribution.cue[-1]
        sentence = self.sentence(cue.start)
        if sentence is None:
            return (), ()
        parent = next((a for a in others if a.id == attribution.parent), None)
        origin: list[str] = []
        carriers: list[str] = []
        for m in self._inside(sentence):
            if m.form == "pronoun" or m.entity is None or m.entity == attribution.holder or _holds(attribution, m):
                continue
            if parent is not None and not _holds(parent, m):
                continue  # it stands beside the words in which this was said
            theirs = any(a.id != attribution.id and _holds(a, m) and not _holds(a, cue) and not _citing(a) for a in others)
            if theirs and not TO.search(self._draft.text[max(sentence.start, m.start - 40) : m.start]):
                continue  # it stands in the words of somebody else
            lead = self._draft.text[max(sentence.start, m.start - 60) : m.start]
            hit = FROM.search(lead)
            if hit and not self._part(m, max(sentence.start, m.start - 60) + hit.end("from")):
                if m.entity not in origin and not (m.form == "name" and self._types.get(m.entity) == "state" and origin):
                    origin.insert(0, m.entity)
            elif m.form == "name" and m.entity not in carriers and self._carries(m, sentence, attribution):
                carriers.append(m.entity)
        return tuple(origin), tuple(carriers)

    def spoke_to(self, holder: str, before: int) -> str | None:
        """The outlet that somebody spoke to last before an offset."""
        if self._contacts is None:
            self._contacts = list(self._all_contacts())
        return next((outlet for at, who, outlet in reversed(self._contacts) if who == holder and at < before), None)

    def _inside(self, sentence: SentenceTokens) -> list[Mention]:
        return [m for m in self._mentions if sentence.start <= m.start and m.end <= sentence.end]

    def _range(self, m: Mention) -> tuple[int, int]:
        return self._analysis.covering(m.start, m.end)

    def _head(self, m: Mention) -> Token:
        first, last = self._range(m)
        return self._analysis.tokens[self._analysis.head_of(first, last)]

    def _part(self, m: Mention, since: int) -> bool:
        """Whether a name is but a part of the phrase that begins behind an offset: "the regime's information team", "police report"."""
        head = self._head(m)
        whole = self._analysis.tokens[head.head]
        inside = whole.start >= since and whole.i != head.i and whole.pos in ("NOUN", "PROPN")
        if any(o.start <= m.start and m.end < o.end and o.start >= since for o in self._mentions):
            return True
        return self._draft.text[m.end : m.end + 2] in ("'s", "’s") or (
            inside and head.dep in ("nmod:poss", "nmod", "compound", "amod") and not m.start <= whole.start < m.end
        )

    def _before(self, m: Mention, sentence: SentenceTokens) -> int:
        """The token before an outlet's name, its article, adjectives and nouns ("told the weekly | Addis Mesob")."""
        tokens = self._analysis.tokens
        i = self._range(m)[0] - 1
        while i >= sentence.first and (
            tokens[i].lower in OUTLET_NOUNS
            or tokens[i].text == "-"
            or (i + 1 < len(tokens) and tokens[i + 1].text == "-" and tokens[i + 1].start == tokens[i].end)
            or (tokens[i - 1].text == "-" and "-" + tokens[i].lower in RUN)
            or tokens[i].pos in ("DET", "ADJ")
            or tokens[i].text in ADJECTIVES
            or tokens[i].lower in ("our", "this")
            or tokens[i].lower.endswith(RUN)
        ):
            i -= 1
        return i

    def _outlet(self, m: Mention) -> bool:
        kind = self._types.get(m.entity or "")
        return kind is not None and kind not in NEVER and m.text not in PLATFORMS

    def _carries(self, m: Mention, sentence: SentenceTokens, attribution: Attribution) -> bool:
        if not self._outlet(m):
            return False
        media = self._types.get(m.entity or "") == "media"
        in_source = any(s.start <= m.start and m.end <= s.end for s in attribution.source)
        return self._passes(m, sentence, media=media, in_source=in_source, holder=attribution)

    def _passes(
        self, m: Mention, sentence: SentenceTokens, *, media: bool, in_source: bool = False, holder: Attribution | None = None
    ) -> bool:
        tokens = self._analysis.tokens
        i = self._before(m, sentence)
        head = self._head(m)
        verb = tokens[head.head]
        if head.dep.startswith("nsubj") and verb.i > head.i and media:
            relative = [t.lower for t in tokens[max(sentence.first, i - 1) : i + 1]]
            if verb.lemma in REACHING and (
                verb.dep in ("acl:relcl", "advcl", "acl") or set(relative) & {"whom", "when", "that", "after", "which"}
            ):
                return True  # "whom Radio Kosti reached", "a circular that the Wire has read"
            if verb.lemma in ("quote", "cite") and holder is not None and holder.source and holder.source[0].start > tokens[verb.i].start:
                return True  # "Radio Mitumba quoted a driver as saying"
        if i < sentence.first:
            return False
        lead = tokens[i]
        near = list(tokens[max(sentence.first, i - 8) : i])
        if lead.lemma in TOLD and lead.pos in ("VERB", "AUX", "NOUN"):
            return media or lead.lemma == "tell"
        if lead.lower == "by" and any(t.lemma in CARRIED for t in near[-6:]):
            return True
        if lead.lower not in (*LOOSE, "in", "on", "for") or (in_source and lead.lower not in ("to", "with")):
            return False
        spoken = any(t.lemma.lower() in SPEAKING or t.lower in SPEAKING for t in near)
        if lead.lower in LOOSE and media:
            return spoken or (not in_source and lead.lower in ("to", "with", "via", "through"))
        return spoken and (media or lead.lower in ("to", "with"))

    def _all_contacts(self) -> Iterator[tuple[int, str, str]]:
        """(offset, who, outlet) wherever somebody speaks to an outlet, is reached, interviewed or quoted by it."""
        tokens = self._analysis.tokens
        for sentence in self._analysis.sentences:
            inside = self._inside(sentence)
            for m in inside:
                if m.form != "name" or m.entity is None or self._types.get(m.entity) != "media":
                    continue
                if not self._passes(m, sentence, media=True) and not self._reaches(m):
                    continue
                who = self._who(m, inside, tokens)
                if who is not None:
                    yield m.start, who, m.entity

    def _reaches(self, m: Mention) -> bool:
        """ "Radio Kosti interviewed two guards": the outlet as the subject of a verb of reaching."""
        head = self._head(m)
        verb = self._analysis.tokens[head.head]
        return head.dep.startswith("nsubj") and verb.lemma in REACHING and verb.pos == "VERB"

    def _who(self, outlet: Mention, inside: Sequence[Mention], tokens: Sequence[Token]) -> str | None:
        """Who speaks to an outlet: the subject of the verb above it, the noun that this verb describes, or its object."""
        token = self._head(outlet)
        own = token.dep.startswith("nsubj")
        for _ in range(6):
            up = tokens[token.head]
            if up.i == token.i:
                break
            if up.pos in ("VERB", "AUX", "ADJ", "NOUN"):
                if own:
                    wanted = [c for c in up.children if tokens[c].dep in ("obj", "iobj", "obl")]
                else:
                    wanted = [c for c in up.children if tokens[c].dep.startswith("nsubj")]
                if up.dep.startswith("acl") or up.dep == "amod":
                    wanted.append(up.head)
                for c in wanted:
                    found = next(
                        (
                            m.entity
                            for m in inside
                            if m.start <= tokens[c].start < m.end and m.entity != outlet.entity and self._types.get(m.entity or "") in HUMAN
                        ),
                        None,
                    )
                    if found is not None:
                        return found
            token = up
        lead = self._range(outlet)[0]
        before = [m.entity for m in inside if m.end <= tokens[lead].start and self._types.get(m.entity or "") in HUMAN]
        return before[-1] if before and not own else None


def _holds(attribution: Attribution, span: Span | Mention) -> bool:
    return any(c.start <= span.start and span.end <= c.end for c in attribution.content)


def _citing(attribution: Attribution) -> bool:
    return any(c.text.lower().startswith(("citing", "quoting", "cites", "quotes", "referring")) for c in attribution.cue)
