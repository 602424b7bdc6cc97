"""The regions of a page: title, lead, headings, captions, links, boilerplate, disclaimers - and body, what is left.

Each line of the text is a block unless its paragraph is hard-wrapped. A block is judged by its own words and shape
and by its place among the others; parts that intake found in the page's markup are kept, and only refined.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from whence.records import Part, Source, trimmed
from whence.records.vocabulary import PartKind

from .credits import is_credit

READABLE: frozenset[PartKind] = frozenset(("title", "lead", "heading", "body", "disclaimer"))
"""The kinds whose sentences are read; events are found in `body` alone."""

LINK = re.compile(
    r"^\W*(read (also|more|next|the (rest|full|original))|see also|also read|related( (articles?|stories|posts?|news))?\b"
    r"|recommended( stories)?\b|more on this|most read|watch( (also|now|live))?:|listen:|click here|continue reading"
    r"|further reading|trending\b|in case you missed|previous article|next article|source link)",
    re.I,
)
URL_ONLY = re.compile(r"^\W*(https?://|www\.)\S+\W*$", re.I)
BOILERPLATE = re.compile(
    r"^\W*((helpful )?keywords?\b|tags?\s*:|topics?\s*:|filed under|categor(y|ies)\s*:|share( this| on|:)|tweet\b|subscribe"
    r"|sign up|newsletter|follow us|join (us|our)|download (the|our)|advertisement\b|sponsored\b|comments?( \(\d+\))?$|\d+ comments?$"
    r"|leave a (comment|reply)|copyright\b|©|\(c\) ?\d{4}|all rights reserved|logo\b|menu\b|skip to|home\s*[>/|»]|search$"
    r"|cookie|we use cookies|privacy policy|terms of (use|service)|about us|contact us|log ?in\b|print( this)?$|e-?mail( this)?$"
    r"|posted (on|by|in)\b|published( on| at|:)|last (updated|modified)|updated( on| at|:)|\d+ min(ute)?s? read|estimated reading"
    r"|reporting by\b.*(editing|writing) by\b|\(?(reporting|editing|writing) by\b|author:|written by\b|by staff\b|staff (writer|report)"
    r"|image\s*:?$|photo\s*:?$|loading\b)",
    re.I,
)
BYLINE = re.compile(r"^by\s+(\S+\s+){0,6}\S+$", re.I)
CAPTION = re.compile(
    r"^\W*(file (photo|image|picture)|photo(graph)?( (by|credit|courtesy))?\s*[:/(]|image( (by|credit"
    r"|courtesy|source))?\s*[:/(]|picture\s*:"
    r"|caption\s*:|(photo|image) (courtesy|credit)|screengrab|screenshot|archive (photo|image)|illustrative|map:|video:|credit:)"
    r"|(\((?:archive |file |library )?(photo|image|picture|file|credit|source)\b[^)]*\)|\[(photo|image"
    r"|file)[^\]]*\]|/\s?(AFP|AP|Reuters|EPA|Getty)\b.*)\W*$",
    re.I,
)
DISCLAIMER = re.compile(
    r"\b(was|were|is|has been) (originally )?(translated|edited|republished|reprinted|adapted|first published|originally published)\b"
    r"|\btranslated (and edited )?(by|from)\b|\b(has|have|had) not (independently )?verified\b"
    r"|\b(could|can|did|was|were|is|are|been) ?(not|n.t|unable to)( be)?( independently| immediately)? (verif|authenticat)"
    r"|\bunable to( independently)? verify\b|\bopinions? expressed|\bviews (and opinions )?(expressed"
    r"|set out)|\bdo(es)? not necessarily (reflect|represent)"
    r"|\bresponsibility for the (information|content|views)|\bno responsibility\b|\beditor.?s note\b"
    r"|^\W*disclaimer\b|\bthis (article|report|story|text|post|translation) (was|is|has been|first"
    r"|originally)\b"
    r"|^\W*(by arrangement with|first published|originally published|reproduced|republished|reprinted|reposted|taken|source:"
    r"|via\b|translation:|translated from)|\bthe original (was|appeared)"
    r"|\boriginally (published|appeared)\b|\bwithout (independent )?verification\b|\binvented for demonstration\b",
    re.I,
)
SELF = re.compile(
    r"^\W*(this (article|report|story|text|post|translation|bulletin|page)|editor.?s note|disclaimer|note:|translated|invented for)\b", re.I
)
INITIALS = re.compile(r"(?:^|\s)(?:[A-Z]\.){1,4}$")
DATELINE = re.compile(
    r"[^\w\n]{0,3}[A-Z][\w .,’'/-]{1,60}?(?:\(([A-Z][\w .&’'/-]{1,40})\)"
    r"|[A-Z][a-z]{2,8}\.? \d{1,2}(?:, ?\d{4})?) ?(?:[-–—]{1,2}|:)\s*(?:\[TEXT\]\s*)?(?=[\w“\"‘'\[])"
)
"""A wire's dateline ("DARAA, March 17 (Agency) -"); group 1 is its credit."""
ENDS = re.compile(r"[.!?…][\"'”’»)\]]*$")
WORD = re.compile(r"\w+(?:['’-]\w+)*")
COMMON = frozenset(
    "the a an of in on at to for and or but by with from as is are was were be been has have had that this it its his "
    "her their they he she who which not no after before over into under about than more most".split()
)


class Block:
    """A stretch of the page that stands by itself: its extent, words, and the kind it is taken for so far."""

    __slots__ = ("alone", "end", "fixed", "folded", "kind", "start", "text", "words")

    def __init__(self, text: str, start: int, end: int, *, alone: bool, kind: PartKind | None = None) -> None:
        self.start = start
        self.end = end
        self.text = text[start:end]
        self.words = WORD.findall(self.text)
        self.folded = "".join(w.lower() for w in self.words)
        self.alone = alone
        self.kind: PartKind = kind or "body"
        self.fixed = kind not in (None, "body")

    @property
    def sentence(self) -> bool:
        """Whether it ends like a sentence and is long enough to be one."""
        return bool(ENDS.search(self.text)) and len(self.words) > (6 if INITIALS.search(self.text) else 2)

    def set(self, kind: PartKind) -> None:
        self.kind = kind
        self.fixed = True


def split(source: Source) -> tuple[tuple[Part, ...], str | None]:
    """The parts of a source's text, in order, without gaps but for white space; and its title, where it has one."""
    blocks = _from_markup(source) if source.parts else _blocks(source.text)
    if not blocks:
        return (), source.title
    title = _title(blocks, source.title)
    for block in blocks:
        if not block.fixed:
            _by_words(block)
    _bottom(blocks)
    if title is not None:
        _top(blocks, title)
    for i, block in enumerate(blocks):
        if not block.fixed and _is_heading(blocks, i):
            block.set("heading")
    if not any(b.kind == "body" for b in blocks):
        _nothing_left(blocks)
    parts = tuple(Part(kind=b.kind, start=b.start, end=b.end) for b in blocks)
    return parts, source.title or (title.text if title is not None else None)


def _from_markup(source: Source) -> list[Block]:
    return [
        Block(source.text, start, end, alone=True, kind=p.kind)
        for p in source.parts
        if (extent := trimmed(source.text, p.start, p.end)) and (start := extent[0]) < (end := extent[1])
    ]


def _blocks(text: str) -> list[Block]:
    """Lines as blocks; the lines of a hard-wrapped paragraph together."""
    found: list[Block] = []
    for match in re.finditer(r"(?:[^\n\r]*\S[^\n\r]*(?:\r\n|\n|\r|$))+", text):
        lines = [(match.start() + m.start(), match.start() + m.end()) for m in re.finditer(r"[^\n\r]*\S[^\n\r]*", match.group())]
        if _wrapped([text[a:b].strip() for a, b in lines]):
            lines = [(lines[0][0], lines[-1][1])]
        for start, end in lines:
            start, end = trimmed(text, start, end)
            found.append(Block(text, start, end, alone=len(lines) == 1))
    return found


def _wrapped(lines: Sequence[str]) -> bool:
    if len(lines) < 2:
        return False
    widths = [len(line) for line in lines[:-1]]
    widest = max(widths)
    if not 36 <= widest <= 110 or max(len(line) for line in lines) > 110:
        return False
    even = sum(w >= widest * 0.72 for w in widths) >= 0.8 * len(widths)
    runs_on = sum(not ENDS.search(line) for line in lines[:-1]) >= 0.6 * len(widths)
    return even and runs_on


def _title(blocks: list[Block], given: str | None) -> Block | None:
    """The block that is the page's title; those before it are what stands above an article."""
    marked = next((b for b in blocks if b.kind == "title"), None)
    if marked is not None:
        return marked
    if given:
        folded = "".join(w.lower() for w in WORD.findall(given))
        same = next((b for b in blocks[:8] if b.folded == folded), None)
        if same is not None:
            same.set("title")
        return same
    if len(blocks) < 2:
        return None
    head = [b for b in blocks[:6] if b.kind == "body" and len(b.words) <= 30 and len(b.text) <= 220]
    repeated = next((b for b in head if len(b.words) >= 3 and _again(blocks, b)), None)
    chosen = repeated
    if chosen is None:
        for b in head:
            if LINK.search(b.text) or BOILERPLATE.search(b.text) or CAPTION.search(b.text):
                continue
            if len(b.words) >= 3 and (not ENDS.search(b.text) or b.text.rstrip("\"'”’»").endswith("?")):
                chosen = b
            break
    if chosen is None:
        return None
    below = blocks[blocks.index(chosen) + 1 :]
    if not any(b.sentence and len(b.words) > 5 for b in below):
        return None
    chosen.set("title")
    return chosen


def _again(blocks: list[Block], block: Block) -> bool:
    return sum(b.folded == block.folded for b in blocks) > 1


def _by_words(block: Block) -> None:
    text = block.text
    if (LINK.search(text) and len(block.words) <= 30) or URL_ONLY.search(text):
        block.set("link")
    elif (BOILERPLATE.search(text) and (len(block.words) <= 14 or not block.sentence)) or (
        BYLINE.search(text) and len(block.words) <= 7 and not ENDS.search(text)
    ):
        block.set("boilerplate")
    elif CAPTION.search(text) and len(block.words) <= 60:
        block.set("caption")
    elif DISCLAIMER.search(text) and SELF.search(text) and len(block.words) <= 120:
        block.set("disclaimer")


def _bottom(blocks: list[Block]) -> None:
    """What stands below the article: disclaimers, then fragments that are no sentences."""
    i = len(blocks) - 1
    seen = 0
    while i > 0 and seen < 8:
        block = blocks[i]
        if not block.fixed:
            if (DISCLAIMER.search(block.text) and len(block.words) <= 90) or is_credit(block.text):
                block.set("disclaimer")
            elif not block.sentence and len(block.words) <= 12 and i > 1 and not _is_lone_item(blocks, i):
                block.set("boilerplate")
            else:
                break
        i -= 1
        seen += 1


def _is_lone_item(blocks: list[Block], i: int) -> bool:
    """Whether its neighbours are as short: a list or a run of short posts, not debris."""
    return len(blocks[i - 1].words) <= 12 and not blocks[i - 1].fixed


def _top(blocks: list[Block], title: Block) -> None:
    at = blocks.index(title)
    for block in blocks[:at]:
        if not block.fixed and not block.sentence:
            block.set("boilerplate")
    repeats = [i for i, b in enumerate(blocks) if i > at and b.folded == title.folded and not (b.fixed and b.kind != "body")]
    for i in repeats:
        blocks[i].set("boilerplate")
    below = [b for b in blocks[at + 1 :] if b.kind == "body"]
    if not below:
        return
    first = blocks.index(below[0])
    early = [i for i in repeats if i - at <= 5]
    if early:
        between = [b for b in blocks[at + 1 : early[0]] if not b.fixed]
        for block in between:
            block.set("lead" if block.sentence else "caption")
        return
    lead = below[0]
    if (
        len(below) > 2
        and lead.sentence
        and 7 <= len(lead.words) <= 22
        and lead.alone
        and len(re.findall(r"[.!?]\s+[A-Z“\"]", lead.text)) == 0
        and first + 1 < len(blocks)
        and _told_again(lead, below[1])
        and not re.match(r"^[A-Z][A-Z .,'’/-]{2,40}[,(—–-]", lead.text)
    ):
        lead.set("lead")


def _told_again(lead: Block, body: Block) -> bool:
    """Whether the first paragraph tells over again what the lead has told: figures and names come back."""
    told = {w.lower() for w in lead.words if w.lower() not in COMMON and len(w) > 2}
    again = {w.lower() for w in body.words}
    return len(told) >= 4 and len(told & again) >= 0.55 * len(told)


def _is_heading(blocks: list[Block], i: int) -> bool:
    block = blocks[i]
    if (ENDS.search(block.text) and not block.text.endswith("?")) or len(block.words) > 12 or not block.words:
        return False
    if not block.alone and len(block.words) > 8:
        return False
    after = blocks[i + 1] if i + 1 < len(blocks) else None
    if after is None or not (after.sentence or after.kind in ("body", "link")) or i == 0:
        return False
    if block.text.endswith((":", ",", ";")) and len(block.words) > 6:
        return False
    return block.text[0].isupper() or block.text[0].isdigit() or block.text[0] in "“\"'‘#*"


def _nothing_left(blocks: list[Block]) -> None:
    """A text of which nothing would be read is no page: its longest blocks are the body after all."""
    for block in blocks:
        if block.kind in ("heading", "lead", "caption") or (block.kind == "title" and len(blocks) == 1):
            block.kind = "body"
    if not any(b.kind == "body" for b in blocks):
        longest = max(blocks, key=lambda b: len(b.text))
        longest.kind = "body"
