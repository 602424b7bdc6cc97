"""Paragraphs with names that are not treebanks: re3d, MEANTIME, and the sentences written for this project.

A name is what `treebanks.names_of` says. Nothing here has syntax: `heads` and the like are empty.
"""

from __future__ import annotations

import json
import lzma
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from pathlib import Path

from treebanks import TITLES, Paragraph
from whence.language.models.tokens import listed, tokens

OWN = Path(__file__).parent / "names/train"

_RE3D = {"Person": "person", "Organisation": "organization", "Location": "place"}
_MEANTIME = {"PER": "person", "ORG": "organization", "LOC": "place"}
_MARK = re.compile(r"\[([^\[\]|]+)\|(person|organization|place)\]")
_DEMONYM = re.compile(r"(?:[A-Z][a-z]+(?:ish|ese|(?:ian|aqi|eli|ani|ican|pean)s?)|Kurds?|Turks?|Arabs?|Arabic)$")

ROLES = frozenset(listed("ceo cfo coo founder advisor adviser commander chair member spokesman spokeswoman officer"))
PRONOUNS = frozenset(listed("i we he she they it you us them our their his her its who this that"))


def paragraph(text: str, spans: Iterable[tuple[int, int, str]]) -> Paragraph:
    """Text and marked ranges as words and names; a name that cuts a word takes the whole word; the longest wins."""
    p = Paragraph(names=[])
    ranges = list(tokens(text))
    starts = [a for a, _ in ranges]
    ends = [b for _, b in ranges]
    for a, b in ranges:
        p.words.append(text[a:b])
        p.spaces.append(text[b : b + 1].isspace())
    p.lemmas = list(p.words)
    taken: set[int] = set()
    for a, b, kind in sorted(set(spans), key=lambda s: s[0] - s[1]):
        first, last = bisect_left(ends, a + 1), bisect_left(starts, b)
        if first < last and not taken & set(range(first, last)):
            taken |= set(range(first, last))
            assert p.names is not None
            p.names.append((first, last, kind))
    if p.names:
        p.names.sort()
    return p


def own(folder: Path = OWN) -> Iterator[Paragraph]:
    """The project's own sentences, a line each, names in line: `[Jassim|place]`."""
    for path in sorted(folder.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                yield marked(line.strip())


def marked(line: str) -> Paragraph:
    """A sentence with names marked in line."""
    text, spans, at = "", [], 0
    for m in _MARK.finditer(line):
        text += line[at : m.start()]
        spans.append((len(text), len(text) + len(m.group(1)), m.group(2)))
        text += m.group(1)
        at = m.end()
    return paragraph(text + line[at:], spans)


def _core(text: str, start: int, end: int, kind: str) -> tuple[int, int] | None:
    """The name in an annotated mention: no article, no title, nothing after a comma; None for a nominal."""
    words = [(start + m.start(), start + m.end()) for m in re.finditer(r"[^\s,(]+|[,(]", text[start:end])]
    for n, (a, b) in enumerate(words):
        if text[a:b] in (",", "("):
            words = words[:n]
            break
    while words and (
        (not text[words[0][0]].isupper() and not text[words[0][0]].isdigit()
        and not re.match(r"(?:al|el|ar|ash|as)-[A-Z]", text[words[0][0] : words[0][1]]))
        or text[words[0][0] : words[0][1]].lower() in ({"the"} | TITLES if kind == "person" else {"the"})
    ):  # fmt: skip
        words = words[1:]
    for n, (a, b) in enumerate(words):
        if re.match(r".*['’]s?$", text[a:b]):
            words = [*words[:n], (a, b - (2 if text[b - 1] == "s" else 1))] if n == len(words) - 1 else []
            break
    if kind == "person":
        titled = [n for n, (a, b) in enumerate(words) if text[a:b].lower() in TITLES | ROLES]
        words = words[titled[-1] + 1 :] if titled else words
        if any(text[a:b] in ("of", "for", "and") for a, b in words):
            return None
    if len(words) == 1 and text[words[0][0] : words[0][1]].lower() in PRONOUNS:
        return None
    if not words or (not text[words[-1][0]].isupper() and not re.match(r"(?:al|el|ar|ash|as)-", text[words[-1][0] :])):
        return None
    if len(words) == 1 and _DEMONYM.match(text[words[0][0] : words[0][1]]):
        return None
    return words[0][0], words[-1][1]


def _blocks(text: str, spans: list[tuple[int, int, str]]) -> Iterator[Paragraph]:
    for m in re.finditer(r"[^\n]+", text):
        inside = [(a - m.start(), b - m.start(), k) for a, b, k in spans if m.start() <= a and b <= m.end()]
        if m.group().strip():
            yield paragraph(m.group(), inside)


def re3d(shared: Path) -> Iterator[Paragraph]:
    """re3d's names of sure type, without the subset whose licence is non-commercial (BBC Online)."""
    with lzma.open(shared / "gold/re3d/half.jsonl.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            document = json.loads(line)
            if "BBC" in document["subset"]:
                continue
            spans = []
            for e in document["entities"]:
                if e.get("confidence", 1) > 0.5 and e["type"] in _RE3D:
                    kind = _RE3D[e["type"]]
                    core = _core(document["text"], e["start"], e["end"], kind)
                    if core:
                        spans.append((*core, kind))
            yield from _blocks(document["text"], spans)


def meantime(shared: Path) -> Iterator[Paragraph]:
    """MEANTIME's names (Wikinews), up to the last sentence that has annotation."""
    with lzma.open(shared / "gold/meantime/first60.jsonl.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            document = json.loads(line)
            text = document["text"]
            kinds = {k: v.get("ent_type") for k, v in document["instances"].items()}
            spans, last = [], 0
            for m in document["mentions"]:
                if m["tag"] == "ENTITY_MENTION":
                    last = max(last, m["end"])
                    kind = _MEANTIME.get(kinds.get(m.get("chain"), "") or m.get("instance_type", ""))
                    if kind and m.get("syntactic_type") in ("NAM", "PRE.NAM"):
                        core = _core(text, m["start"], m["end"], kind)
                        if core and core[1] - core[0] < 60:
                            spans.append((*core, kind))
            stop = text.find("\n", last)
            yield from _blocks(text[: stop if stop > 0 else len(text)], spans)
