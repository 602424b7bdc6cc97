"""The index of words: FTS5 on SQLite, vectors of passages on PostgreSQL, one language of queries for both.

`drone strike` both words, `"drone strike"` the two together, `-rumour` without it, `shell*` all that begins so. English stems,
case and accents make no difference. PostgreSQL takes no vector beyond one megabyte, so a long text is indexed in passages, and
there its words must stand in one passage to be found together.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any, NamedTuple

import sqlalchemy as sa

from whence.errors import StoreError

PASSAGE = 100_000
"""Characters of a passage: whatever the words, its vector stays below PostgreSQL's megabyte."""
TITLE = 10_000
"""Characters of a title that are indexed."""
OPEN, SHUT = "\x02", "\x03"
"""Marks around found words, as the database sets them."""


class Term(NamedTuple):
    """Words that stand together; `prefix`: the last one may go on; `absent`: they must not be there."""

    words: tuple[str, ...]
    prefix: bool
    absent: bool


def plain(text: str) -> str:
    """A text as it is indexed on PostgreSQL: its words alone, without accents, so that both engines see the same words."""
    bare = "".join(ch for ch in unicodedata.normalize("NFKD", text) if not unicodedata.combining(ch))
    return re.sub(r"[\W_]+", " ", bare)


def terms(query: str) -> list[Term]:
    """The terms of a query. StoreError where it names nothing to look for."""
    found = []
    for minus, quoted, bare in re.findall(r'(?<!\S)(-?)(?:"([^"]*)"?|(\S+))', query.replace("\x00", " ")):
        told = quoted or bare
        words = tuple(plain(told).lower().split())
        if words:
            found.append(Term(words, prefix=bool(bare) and bare.endswith("*"), absent=bool(minus)))
    if not any(not t.absent for t in found):
        raise StoreError(f"{query!r}: names no word to look for; give at least one that is not taken away with -")
    return found


def fts5(found: Iterable[Term]) -> str:
    """The query as FTS5 writes it; every word is quoted, so that none can be an operator."""

    def one(term: Term) -> str:
        return '"' + " ".join(term.words) + '"' + (" *" if term.prefix else "")

    wanted = [one(t) for t in found if not t.absent]
    without = [one(t) for t in found if t.absent]
    query = "(" + " AND ".join(wanted) + ")"
    return query + "".join(f" NOT {w}" for w in without)


def tsquery(found: Iterable[Term]) -> str:
    """The query as PostgreSQL writes it, for to_tsquery."""

    def one(term: Term) -> str:
        words = [f"'{w}'" for w in term.words]
        if term.prefix:
            words[-1] += ":*"
        return ("!" if term.absent else "") + "(" + " <-> ".join(words) + ")"

    return " & ".join(one(t) for t in found)


def index(connection: sa.Connection, rows: Iterable[tuple[int, str, str]]) -> None:
    """Take (document number, title, text) into the index."""
    if connection.dialect.name == "sqlite":
        data = [{"n": n, "title": title, "text": text} for n, title, text in rows]
        if data:
            connection.execute(sa.text("INSERT INTO words (rowid, title, text) VALUES (:n, :title, :text)"), data)
        return
    passages = [
        {"n": n, "p": at // PASSAGE, "title": plain(title[:TITLE]) if at == 0 else "", "text": plain(text[at : at + PASSAGE])}
        for n, title, text in rows
        for at in range(0, max(1, len(text)), PASSAGE)
    ]
    if passages:
        connection.execute(
            sa.text(
                "INSERT INTO words (document, passage, vector) VALUES (:n, :p, setweight(to_tsvector('whence', :title), 'A') || "
                "to_tsvector('whence', :text))"
            ),
            passages,
        )


SQLITE_MATCH = """
SELECT words.rowid AS document, bm25(words, 4.0, 1.0) AS rank FROM words WHERE words MATCH :query
"""
POSTGRESQL_MATCH = """
SELECT document, min(-ts_rank(vector, q)) AS rank FROM words, to_tsquery('whence', :query) AS q
WHERE vector @@ q GROUP BY document
"""


def matching(dialect: str, found: list[Term]) -> sa.TextualSelect:
    """A select of `document` and `rank` (the smaller the better) of what has the words."""
    query = fts5(found) if dialect == "sqlite" else tsquery(found)
    match = sa.text(SQLITE_MATCH if dialect == "sqlite" else POSTGRESQL_MATCH).bindparams(query=query)
    return match.columns(sa.column("document", sa.Integer), sa.column("rank", sa.Double))


def snippets(connection: sa.Connection, found: list[Term], numbers: list[int]) -> dict[int, str]:
    """By document number the words around those found, with marks about these."""
    if not numbers:
        return {}
    chosen: sa.BindParameter[list[int]] = sa.bindparam("numbers", numbers, expanding=True)
    if connection.dialect.name == "sqlite":
        statement = sa.text(
            "SELECT rowid, snippet(words, 1, :open, :shut, '…', 24) FROM words WHERE words MATCH :query AND rowid IN :numbers"
        ).bindparams(chosen)
        rows: Any = connection.execute(statement, {"query": fts5(found), "open": OPEN, "shut": SHUT})
    else:
        statement = sa.text(
            "SELECT w.document, ts_headline('whence', substr(t.text, :size * w.passage + 1, :size), q, :options) "
            "FROM words w JOIN texts t ON t.document = w.document, to_tsquery('whence', :query) AS q "
            "WHERE w.document IN :numbers AND w.vector @@ q ORDER BY w.passage DESC"
        ).bindparams(chosen)
        options = f"StartSel={OPEN}, StopSel={SHUT}, MaxFragments=1, MaxWords=24, MinWords=12, FragmentDelimiter=…"
        rows = connection.execute(statement, {"query": tsquery(found), "size": PASSAGE, "options": options})
    return {n: text or "" for n, text in rows}


def unmarked(snippet: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """A snippet without its marks, and where the words between them stand in it."""
    text: list[str] = []
    length, begun = 0, None
    spans = []
    for piece in re.split(f"([{OPEN}{SHUT}])", snippet):
        if piece == OPEN:
            begun = length
        elif piece == SHUT:
            if begun is not None:
                spans.append((begun, length))
            begun = None
        else:
            text.append(piece)
            length += len(piece)
    return "".join(text), tuple(spans)
