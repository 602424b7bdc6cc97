"""The treebanks as documents of paragraphs: words, spaces, syntax and (GUM) the names.

A paragraph is the unit of training and of reading: sentences never cross one. Words are UD's syntactic words, except
that a name with an Arabic article ("al-Modon", three words in UD) is one, as the tokeniser of the package keeps it.
"""

from __future__ import annotations

import csv
import lzma
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from whence.language.models.tokens import ARTICLES, listed

NON_COMMERCIAL = ("whow", "fiction", "essay", "letter", "podcast")
UNUSED_GENRES = (*NON_COMMERCIAL, "conversation")
"""GUM genres that are never trained on: texts under a non-commercial licence; and transcribed chat, in which nothing
is written as in a report and whose licence is not stated."""

TYPES = ("person", "organization", "place")
TITLES = frozenset(
    listed(
        """mr mr. mrs mrs. ms ms. miss dr dr. prof prof. professor president prime minister vice-president
        chancellor king queen prince princess sir lord lady sheikh sheik imam general gen gen. lieutenant lt
        lt. colonel col col. major maj maj. captain capt capt. sergeant sgt sgt. brigadier admiral adm.
        commander senator sen. sen representative rep. rep secretary governor gov. gov mayor ambassador
        justice judge chief pope father fr. rev. reverend st. saint bishop archbishop detective officer
        commissioner chairman congressman congresswoman emir ayatollah deputy vice assistant under foreign
        defense defence attorney speaker director secretary-general dame emperor count duke earl baron"""
    )
)


@dataclass
class Paragraph:
    """Words in parallel lists. `heads` are indices in the paragraph, a root's its own; `names` are (first, last, type),
    half-open, or None where names are not annotated; `unsure` are words that may be in a name or
    not."""

    words: list[str] = field(default_factory=list)
    spaces: list[bool] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    pos: list[str] = field(default_factory=list)
    feats: list[str] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    deps: list[str] = field(default_factory=list)
    starts: list[bool] = field(default_factory=list)
    parts: list[tuple[int, int]] = field(default_factory=list)
    names: list[tuple[int, int, str]] | None = None
    unsure: list[int] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(w + (" " if s else "") for w, s in zip(self.words, self.spaces, strict=True)).rstrip()

    def copy(self) -> Paragraph:
        """A paragraph whose words and spaces may be changed without changing this one."""
        return replace(self, words=list(self.words), spaces=list(self.spaces), lemmas=list(self.lemmas))


@dataclass
class Document:
    id: str
    genre: str
    paragraphs: list[Paragraph]


def _column_feats(value: str) -> str:
    return "" if value == "_" else value


class _Builder:
    """Gathers the sentences of one paragraph."""

    def __init__(self, *, named: bool) -> None:
        self.paragraph = Paragraph(names=[] if named else None)
        self.open: dict[str, list[tuple[int, str, bool]]] = {}

    def add(self, rows: list[list[str]], surfaces: dict[int, tuple[int, str, bool]]) -> None:
        """Add a sentence: its word rows, and its multi-word tokens as {first: (last, surface, space after)}."""
        p = self.paragraph
        base = len(p.words)
        inside_until, space = 0, True
        mentions: list[tuple[int, int, str, bool]] = []
        for n, row in enumerate(rows):
            i = int(row[0])
            if i in surfaces:
                inside_until, _, space = surfaces[i]
            p.words.append(row[1].replace(" ", "").replace("\u00a0", ""))
            p.spaces.append("SpaceAfter=No" not in row[9] if i > inside_until else i == inside_until and space)
            p.lemmas.append(row[2])
            p.pos.append(row[3])
            p.tags.append(row[4] if row[4] != "_" else row[3])
            p.feats.append(_column_feats(row[5]))
            head = int(row[6])
            p.heads.append(base + (head - 1 if head else n))
            p.deps.append("ROOT" if not head else row[7])
            p.starts.append(n == 0)
            if p.names is not None:
                self._entities(base + n, row[9], mentions)
        for first, (last, surface, _) in surfaces.items():
            forms = [r[1] for r in rows[first - 1 : last]]
            if "".join(forms) != surface:
                p.parts.append((base + first - 1, base + last))
        if p.names is not None:
            p.names += names_of(p, mentions, base)
        p.spaces[-1] = "SpaceAfter=No" not in rows[-1][9] if inside_until < len(rows) else space

    def _entities(self, i: int, misc: str, mentions: list[tuple[int, int, str, bool]]) -> None:
        found = re.search(r"(?:^|\|)Entity=([^|]*)", misc)
        if not found:
            return
        for m in re.finditer(r"\((\d+)-([^()]*)(\))?|(\d+)\)", found.group(1)):
            if m.group(1):
                etype = m.group(2).split("-")[0]
                linked = len(m.group(2).split("-")) > 6
                if m.group(3):
                    mentions.append((i, i + 1, etype, linked))
                else:
                    self.open.setdefault(m.group(1), []).append((i, etype, linked))
            elif self.open.get(m.group(4)):
                first, etype, linked = self.open[m.group(4)].pop()
                mentions.append((first, i + 1, etype, linked))


def names_of(p: Paragraph, mentions: list[tuple[int, int, str, bool]], base: int) -> list[tuple[int, int, str]]:
    """The names in GUM's mentions.

    A mention of a person, organization or place is named if its syntactic head is a proper noun (or it has an
    identity in Wikipedia and a flat or appositive proper noun below its head). Its name is the longest stretch of
    proper nouns round that noun inside the mention, joined over "of", "the", "and", "for", "&" and hyphens unless it
    is a person's; without leading articles and titles, without what follows a comma or a possessive. Plural demonyms
    ("Russians") are no names. The outermost name wins.
    """
    taken: set[int] = set()
    found = []
    for first, last, etype, linked in sorted(mentions, key=lambda m: m[0] - m[1]):
        if etype not in TYPES or first < base:
            continue
        head = next((i for i in range(first, last) if not first <= p.heads[i] < last or p.heads[i] == i), first)
        if not p.tags[head].startswith("NNP"):
            below = [i for i in range(first, last) if p.heads[i] == head and p.deps[i] in ("flat", "appos") and p.tags[i].startswith("NNP")]
            if not (linked and below):
                continue
            head = below[0]
        if p.tags[head] == "NNPS" and last - first <= 2 and etype == "person":
            continue
        a, b = _stretch(p, head, first, last, joins=etype != "person")
        while etype == "person" and a < b - 1 and p.words[a].lower() in TITLES:
            a += 1
        while a < b and not p.tags[a].startswith("NNP") and not (p.words[a][:1].isdigit() or p.words[a][:1].isupper()):
            a += 1
        if etype == "person" and b - a == 1 and p.words[a].lower() in TITLES:
            continue
        if a < b and not taken & set(range(a, b)):
            taken |= set(range(a, b))
            found.append((a, b, etype))
    return sorted(found)


def _stretch(p: Paragraph, head: int, first: int, last: int, *, joins: bool) -> tuple[int, int]:
    proper = [p.tags[i].startswith("NNP") for i in range(first, last)]
    joining = {"of", "the", "for", "and", "&", "-", "de", "la", "del", "al", "bin", "ibn", "van", "von", "der"}
    if not joins:
        joining -= {"of", "the", "for", "and", "&"}

    def walk(i: int, step: int) -> int:
        edge = i
        while first <= i + step < last:
            i += step
            if proper[i - first]:
                edge = i
            elif p.words[i].lower() not in joining:
                break
        return edge

    return walk(head, -1), walk(head, 1) + 1


def whole_articles(p: Paragraph) -> Paragraph:
    """Join "al - Modon" into one word, as the package's tokeniser has it."""
    i = 0
    joined = [
        i
        for i in range(len(p.words) - 2)
        if p.words[i].lower() in ARTICLES
        and p.words[i + 1] in ("-", "\u2010", "\u2011")
        and not p.spaces[i]
        and not p.spaces[i + 1]
        and p.words[i + 2][:1].isupper()
        and not (p.starts[i + 1] or p.starts[i + 2])
    ]
    if not joined:
        return p
    to, at = [], -1
    skip = {j + 1 for j in joined} | {j + 2 for j in joined}
    for i in range(len(p.words)):
        at += i not in skip
        to.append(at)
    out = Paragraph(names=None if p.names is None else [])
    for i in range(len(p.words)):
        if i in skip:
            continue
        group = [i, i + 1, i + 2] if i in joined else [i]
        top = next((g for g in group if p.heads[g] not in group or p.heads[g] == g), i)
        out.words.append("".join(p.words[g] for g in group))
        out.lemmas.append("".join(p.words[g] for g in group) if len(group) > 1 else p.lemmas[i])
        out.spaces.append(p.spaces[group[-1]])
        source = group[-1] if len(group) > 1 else i
        out.tags.append(p.tags[source])
        out.pos.append(p.pos[source])
        out.feats.append(p.feats[source])
        out.heads.append(to[p.heads[top]])
        out.deps.append(p.deps[top])
        out.starts.append(p.starts[i])
    if out.names is not None and p.names is not None:
        out.names = sorted({(to[a], to[b - 1] + 1, t) for a, b, t in p.names})
    return out


def read(path: Path, *, named: bool) -> Iterator[Document]:
    """The documents of a packed CoNLL-U file."""
    document: Document | None = None
    builder = _Builder(named=named)
    rows: list[list[str]] = []
    surfaces: dict[int, tuple[int, str, bool]] = {}

    def close() -> None:
        if document is not None and builder.paragraph.words:
            document.paragraphs.append(whole_articles(builder.paragraph))

    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("# newdoc"):
                close()
                builder = _Builder(named=named)
                if document is not None:
                    yield document
                name = line.split("=", 1)[1].strip()
                genre = name.split("_")[1] if name.startswith("GUM") else "ewt"
                document = Document(id=name, genre=genre, paragraphs=[])
            elif line.startswith("# newpar") and not line.startswith("# newpar_block"):
                close()
                builder = _Builder(named=named)
            elif line and not line.startswith("#"):
                row = line.split("\t")
                if "-" in row[0]:
                    a, b = row[0].split("-")
                    surfaces[int(a)] = (int(b), row[1], "SpaceAfter=No" not in row[9])
                elif "." not in row[0]:
                    rows.append(row)
            elif not line and rows:
                builder.add(rows, surfaces)
                rows, surfaces = [], {}
    close()
    if document is not None:
        yield document


def licences(shared: Path) -> dict[str, str]:
    """The stated licence of each GUM genre."""
    with (shared / "gold/ud/gum_documents.tsv").open(encoding="utf-8") as lines:
        return {row["genre"]: row["licence"] for row in csv.DictReader(lines, delimiter="\t")}


def train(shared: Path) -> list[Document]:
    """All documents that the bundled model's syntax is trained on."""
    ewt = list(read(shared / "gold/ud/en_ewt-train.conllu.xz", named=False))
    gum = list(read(shared / "gold/ud/en_gum-train.conllu.xz", named=True))
    return ewt + [d for d in gum if d.genre not in UNUSED_GENRES]


def dev(shared: Path) -> dict[str, list[Document]]:
    """The two development sets, whole."""
    return {
        "EWT dev": list(read(shared / "gold/ud/en_ewt-dev.conllu.xz", named=False)),
        "GUM dev": list(read(shared / "gold/ud/en_gum-dev.conllu.xz", named=True)),
    }
