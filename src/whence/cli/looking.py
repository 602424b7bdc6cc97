"""`whence documents`, `reports`, `search` and `sources`: what the store holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from .lists import Columns, form, limit_option, limited, print_list
from .program import DONE, INPUT
from .storing import chosen, filters, opened, store_options
from .terminal import cut, line

DOCUMENTS: Columns = (
    ("id", lambda d: d.id),
    ("published", lambda d: d.published),
    ("publisher", lambda d: d.publisher),
    ("title", lambda d: d.title or d.name),
    (">reports", lambda d: d.reports),
    ("hidden", lambda d: d.hidden),
)
DOCUMENTS_CSV: Columns = (
    *((name, lambda d, name=name: getattr(d, name)) for name in ("id", "name", "title", "publisher", "published", "url", "captured")),
    ("characters", lambda d: d.characters),
    ("reports", lambda d: d.reports),
    ("engine", lambda d: d.engine),
    ("hidden", lambda d: d.hidden),
)


def _when(report: Any) -> str:
    if report.earliest == report.latest:
        return report.earliest or "no date"
    return f"{report.earliest or '…'} to {report.latest or '…'}"


def _where(report: Any) -> str:
    return ", ".join(dict.fromkeys(x for x in (report.place, report.admin1, report.country) if x)) or "no place"


def _names(parties: Any) -> str:
    return ", ".join(p.name or p.type for p in parties) or "unknown"


def _range(tally: Any) -> str:
    low, high = tally.low, tally.high
    told = f"{low}" if low == high else f"{low}+" if high is None else f"up to {high}" if low is None else f"{low}-{high}"
    return f"{tally.measure} {told}"


REPORTS: Columns = (
    ("id", lambda r: r.id),
    ("when", _when),
    ("where", _where),
    ("what", lambda r: (r.acled.sub_event_type if r.acled else r.type) + ("" if r.status == "happened" else f" ({r.status})")),
    ("who → whom", lambda r: f"{cut(_names(r.actors), 40)} → {cut(_names(r.targets), 40)}"),
    ("counts", lambda r: ", ".join(_range(c) for c in r.counts)),
    ("publisher", lambda r: r.publisher),
    ("", lambda r: "disputed" if r.disputed else ""),
)


def _reports_csv() -> Columns:
    from whence.store import totals

    plain = (
        *("id", "document", "publisher", "published", "type", "mode"),
        *("earliest", "latest", "precision", "place", "geonames_id", "latitude", "longitude", "country", "admin1"),
        *("place_kind", "precision_km", "status", "origins", "disputed"),
    )
    measures = ("killed", "injured", "killed_or_injured", "captured", "displaced", "destroyed", "damaged", "participants", "incidents")
    columns: list[Any] = [(name, lambda r, name=name: getattr(r, name)) for name in plain]
    columns[6:6] = [
        ("acled_event_type", lambda r: r.acled.event_type if r.acled else None),
        ("acled_sub_event_type", lambda r: r.acled.sub_event_type if r.acled else None),
    ]
    columns += [("actors", lambda r: "; ".join(p.name or p.type for p in r.actors))]
    columns += [("targets", lambda r: "; ".join(p.name or p.type for p in r.targets))]
    for measure in measures:
        for side, end in enumerate(("low", "high")):
            columns.append((f"{measure}_{end}", lambda r, m=measure, s=side: totals(r.counts).get(m, (None, None))[s]))
    columns.append(("chains", lambda r: "; ".join(" > ".join(p.name or p.type for p in t.chain) for t in r.tellings)))
    return columns


@click.command("documents")
@filters
@click.option("--newest", is_flag=True, help="Those added last first.")
@limit_option
@form
@store_options
def documents(place: str | None, config: Path | None, newest: bool, limit: int | None, as_json: bool, as_csv: bool, **options: Any) -> int:
    """The documents that are kept, in the order of adding; --since and --until go by publication."""
    wanted = chosen(options)
    with opened(place, config) as store:
        rows = store.documents(wanted, limit=limited(limit, as_json, as_csv), newest=newest)
        columns = DOCUMENTS_CSV if as_csv else DOCUMENTS
        print_list(rows, columns, as_json=as_json, as_csv=as_csv, limit=limit, none="no such document is kept")
    return DONE


@click.command("reports")
@filters
@limit_option
@form
@store_options
def reports(place: str | None, config: Path | None, limit: int | None, as_json: bool, as_csv: bool, **options: Any) -> int:
    """The reports that are kept: each document's account of an incident, with corrections computed in."""
    wanted = chosen(options)
    with opened(place, config) as store:
        rows = store.reports(wanted, limit=limited(limit, as_json, as_csv))
        columns = _reports_csv() if as_csv else REPORTS
        print_list(rows, columns, as_json=as_json, as_csv=as_csv, limit=limit, none="no such report is kept")
    return DONE


HITS: Columns = (
    ("id", lambda h: h.document.id),
    ("published", lambda h: h.document.published),
    ("publisher", lambda h: h.document.publisher),
    ("title", lambda h: h.document.title or h.document.name),
    ("url", lambda h: h.document.url),
    ("snippet", lambda h: h.snippet),
)


@click.command("search")
@click.argument("words", nargs=-1, required=True)
@filters
@click.option("--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, metavar="N", help="At most N documents.")
@form
@store_options
def search(words: tuple[str, ...], place: str | None, config: Path | None, limit: int, as_json: bool, as_csv: bool, **options: Any) -> int:
    """Documents that have the words in title or text, the best first.

    All words must be there, in any English form; '"drone strike"' finds them together, shell* what begins so. What must not
    be there is written after -- as -word: whence search -- strike -rumour.
    """
    wanted = chosen(options)
    with opened(place, config) as store:
        hits = store.search(_query(words), wanted, limit=limit)
    if as_json or as_csv:
        print_list(hits, HITS, as_json=as_json, as_csv=as_csv, limit=limit, none="")
        return DONE if hits else INPUT
    if not hits:
        from .program import complain

        complain(f"{' '.join(words)}: no document has these words")
        return INPUT
    _print_hits(hits)
    return DONE


def _query(words: tuple[str, ...]) -> str:
    """The words as one query; where there are several arguments, one with a space in it was quoted to stay together."""
    if len(words) == 1:
        return words[0]
    return " ".join(f'"{w}"' if " " in w and '"' not in w else w for w in words)


def _print_hits(hits: list[Any]) -> None:
    from rich.padding import Padding
    from rich.text import Text

    from .terminal import console

    out = console()
    for hit in hits:
        d = hit.document
        facts = " · ".join(x for x in (d.publisher, d.published, f"{d.reports} report{'s'[: d.reports != 1]}") if x)
        out.print(Text.assemble((f"{d.id}  ", "cyan"), (cut(d.title or d.name, 100), "bold")))
        body = Text()
        at = 0
        for start, end in hit.marks:
            body.append(_kept(hit.snippet[at:start]))
            body.append(_kept(hit.snippet[start:end]), style="bold yellow")
            at = end
        body.append(_kept(hit.snippet[at:]))
        out.print(Padding(Text(line(facts), style="dim"), (0, 0, 0, 4)))
        out.print(Padding(body, (0, 0, 1, 4)))


def _kept(text: str) -> str:
    """A piece of a snippet on one line, with the spaces at its ends."""
    from .terminal import shown

    return shown(text).replace("\n", " ").replace("\t", " ")


SOURCES: Columns = (
    ("id", lambda o: o.id),
    ("name", lambda o: o.name),
    (">documents", lambda o: o.documents),
    (">cited by", lambda o: o.cited_by),
    ("reliability", lambda o: o.reliability),
    ("cites", lambda o: ", ".join(f"{name} ({relation.replace('_', ' ')} {n:,})" for name, relation, n in o.cites[:5])),
)


@click.command("sources")
@click.argument("name", required=False)
@limit_option
@form
@store_options
def sources(name: str | None, place: str | None, config: Path | None, limit: int | None, as_json: bool, as_csv: bool) -> int:
    """Who published what is kept: how many documents, whom they cite or translate, how reliable they are held to be.

    With a NAME (or id) one source with the history of its grades. A grade is given by `whence judge reliability NAME B`.
    """
    with opened(place, config) as store:
        found = store.sources()
        if name is not None:
            identity = store.meant(name, "S")
            found = [o for o in found if o.id == identity]
    print_list(found[:limit], SOURCES, as_json=as_json, as_csv=as_csv, limit=limit, none="no source is kept")
    if name is not None and not as_json and not as_csv:
        from .judging import print_judgements

        print_judgements(found[0].grades)
    return DONE


COMMANDS = (documents, reports, search, sources)
