"""`whence compare` and `whence import-rows`: other people's coded rows beside our incidents, and as sets to train and measure on."""

from __future__ import annotations

from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .exporting import incidents_of, readings_options
from .linking import rule_option
from .program import DONE, INPUT, SOME, complain
from .storing import store_options
from .terminal import console, cut, emit, line

if TYPE_CHECKING:
    from whence.comparing import CodedRow, Comparison

SHOWN = 40
"""Rows of each list on the terminal; --json and --csv give all."""
MARKS = {"agrees": "=", "differs": "≠", "only theirs": "theirs only", "only ours": "ours only"}


@click.command("compare")
@click.argument("theirs", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="THEIRS.csv")
@click.option("--days", type=click.IntRange(0, 31), default=1, show_default=True, metavar="N", help="Days that two may lie apart.")
@click.option("--km", type=click.FloatRange(0, 500), default=25.0, show_default=True, metavar="N", help="Kilometres allowed between.")
@rule_option
@click.option("--notes", is_flag=True, help="Read each row's note now and compare the row with what is read from it alone.")
@click.option("--all", "everything", is_flag=True, help="Also the fields that agree.")
@click.option("--strict", is_flag=True, help="End with 3 where a row is missing on either side or a field differs.")
@click.option("--json", "as_json", is_flag=True, help="The whole comparison as one JSON object.")
@click.option("--csv", "as_csv", is_flag=True, help="A line for each field of each match, and one for each gap.")
@click.option("--plain", "--no-color", "plain", is_flag=True, help="No colours and no box characters.")
@readings_options
@store_options
def compare(
    theirs: Path,
    days: int,
    km: float,
    rule: Any,
    notes: bool,
    everything: bool,
    strict: bool,
    as_json: bool,
    as_csv: bool,
    plain: bool,
    files: tuple[str, ...],
    place: str | None,
    config: Path | None,
) -> int:
    """Coded rows beside what is kept: what both have and how it agrees, what only they have, what only we have.

    THEIRS.csv is a file of ACLED, UCDP GED or POLECAT, known by its headings. Incidents beyond its days and countries are left aside.
    With --file readings or documents stand in place of the store; with --notes the rows' own notes do, each for its row: that is how
    well a reading follows these coders.

    Exit codes: 0 compared, 1 the file is none of these, 2 usage or configuration, 3 (with --strict) something differs or is missing.
    """
    import msgspec

    from whence.comparing import compared, read_coded
    from whence.exporting import rows

    if as_json and as_csv:
        raise click.UsageError("--json and --csv are two forms of one comparison: give one of them")
    coded = list(read_coded(theirs))
    if not coded:
        complain(f"{theirs}: has a heading and no rows")
        return INPUT
    if notes and files:
        raise click.UsageError("--notes and --file name two things to compare with: give one of them")
    if notes:
        found = _with_notes(coded, rule, config, days=days, km=km)
    else:
        with incidents_of(place, config, files) as (store, _):
            found = compared(coded, rows(store, rule=rule), days=days, km=km)
    if as_json:
        emit(msgspec.json.format(msgspec.json.encode(found), indent=2))
    elif as_csv:
        _csv(found)
    else:
        _print(found, everything=everything, plain=plain)
    return SOME if strict and (found.only_theirs or found.only_ours or found.differing) else DONE


def _with_notes(coded: list[CodedRow], rule: Any, config: Path | None, *, days: int, km: float) -> Comparison:
    """Every row beside the reading of its note; no day of publication is given, for that would tell the day of the incident."""
    from whence.comparing import compared_apart
    from whence.errors import IntakeError
    from whence.exporting import rows_of
    from whence.intake import text_source
    from whence.records import Reading

    from . import reading
    from .storing import place_of

    told = [(row, " ".join(row.notes.split())) for row in coded if row.notes and row.notes.strip()]
    if not told:
        raise IntakeError("no row has a note to be read; ACLED's files have them in `notes`", code="malformed")
    whence = reading.engine(place_of(None, config)[1])
    sources = [text_source(text, identity=f"line {row.line}", language="en") for row, text in told]
    read = whence.read_many(sources)
    pairs = ((row, rows_of(r, rule=rule) if isinstance(r, Reading) else []) for (row, _), r in zip(told, read, strict=True))
    return compared_apart(pairs, days=days, km=km)


def _csv(found: Comparison) -> None:
    from .lists import print_list

    lines: list[tuple[object, ...]] = []
    for m in found.matches:
        lines += [("match", m.line, m.theirs, m.ours, m.score, f.field, f.verdict, f.theirs, f.ours, f.note) for f in m.fields]
    lines += [("only theirs", g.line, g.id, None, None, None, None, g.title, g.nearest, None) for g in found.only_theirs]
    lines += [("only ours", None, None, g.id, None, None, None, g.nearest, g.title, None) for g in found.only_ours]
    names = ("kind", "line", "theirs_id", "ours_id", "score", "field", "verdict", "theirs", "ours", "note")
    print_list(lines, [(name, itemgetter(n)) for n, name in enumerate(names)], as_json=False, as_csv=True, none="")


def _print(found: Comparison, *, everything: bool, plain: bool) -> None:
    out = console(plain=plain)
    n = len(found.matches)
    counts = f"{n:,} matched, {len(found.only_theirs):,} only theirs, {len(found.only_ours):,} only ours"
    outside = f", {found.outside:,} of ours beyond its days and countries" if found.outside else ""
    out.print(f"{found.rows:,} rows of {found.dataset}, {found.incidents:,} incidents of ours: {counts}{outside}", style="bold")
    if n:
        out.print()
        _summary(found, out)
    for m in found.matches[:SHOWN]:
        told = [f for f in m.fields if everything or f.verdict != "agrees"]
        out.print()
        out.print(line(f"line {m.line}  {m.theirs}  =  {m.ours}  {m.title}") + f"   {m.score:.2f}", style="bold" if told else "dim")
        for f in told:
            note = f"   ({f.note})" if f.note else ""
            out.print(f"    {f.field:12} {MARKS[f.verdict]:12} {cut(f.theirs or '—', 44)}  |  {cut(f.ours or '—', 44)}{note}")
    _more(len(found.matches), out)
    for heading, gaps in (("only theirs", found.only_theirs), ("only ours", found.only_ours)):
        if gaps:
            out.print()
            out.print(heading, style="bold")
        for g in gaps[:SHOWN]:
            where = f"line {g.line}  " if g.line is not None else ""
            out.print(f"    {where}{line(g.id)}  {cut(g.title, 100)}")
            if g.nearest:
                out.print(f"        nearest: {cut(g.nearest, 110)}", style="dim")
        _more(len(gaps), out)


def _more(many: int, out: Any) -> None:
    if many > SHOWN:
        out.print(f"    {many - SHOWN:,} more; --json and --csv give all", style="dim")


def _summary(found: Comparison, out: Any) -> None:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("field")
    for name in MARKS:
        table.add_column(name, justify="right")
    names = dict.fromkeys(f.field for m in found.matches for f in m.fields)
    for name in names:
        told = [f.verdict for m in found.matches for f in m.fields if f.field == name]
        table.add_row(name, *(str(told.count(v)) for v in MARKS))  # type: ignore[arg-type] # the marks are of the verdicts
    out.print(table)


@click.command("import-rows")
@click.argument("theirs", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="THEIRS.csv")
@click.argument("target", type=click.Path(path_type=Path, dir_okay=False), metavar="OUT.jsonl")
@click.option("--split", type=click.Choice(["train", "dev", "test"]), help="Only this part (80, 10, 10 percent, by the text's digest).")
@click.option("--force", is_flag=True, help="Write over OUT.jsonl if it is there.")
def import_rows(theirs: Path, target: Path, split: str | None, force: bool) -> int:
    """Make a training or evaluation set of coded rows with notes: a line {"id", "text", "split", "gold", ...} for each.

    `whence read OUT.jsonl --jsonl` reads its texts. Of rows with one and the same note the first is kept; rows without one are left out.
    """
    import msgspec

    from whence.comparing import examples, read_coded
    from whence.errors import Conflict

    if target.exists() and not force:
        raise Conflict(f"{target}: is there already; name another file, or write over it with --force")
    many = kept = 0

    def counted() -> Any:
        nonlocal many
        for row in read_coded(theirs):
            many += 1
            yield row

    part = target.with_name(f"{target.name}.part")
    try:
        with part.open("wb") as stream:
            for example in examples(counted()):
                if split is None or example.split == split:
                    stream.write(msgspec.json.encode(example) + b"\n")
                    kept += 1
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    complain(f"{kept:,} examples of {many:,} rows" + (f" ({split} only)" if split else "") + f" written to {target}")
    return DONE if kept else INPUT


COMMANDS = (compare, import_rows)
