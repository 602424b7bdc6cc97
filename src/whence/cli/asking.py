"""`whence ask`: a question to all that is kept, or to some files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from .program import DONE, INPUT, Day, complain
from .storing import opened, place_of, store_options
from .terminal import console, cut, emit, line

if TYPE_CHECKING:
    from whence.corroboration.asking import Answer

HEADINGS = {"for": "for", "against": "against", "allowing": "allowing that it may be", "beside": "beside the question"}


@click.command("ask")
@click.argument("question")
@click.argument("inputs", nargs=-1, metavar="[INPUT...]")
@click.option("--published", type=Day(), help="The day from which the question is asked, for words such as 'last week'.")
@click.option("--beside", "beside", is_flag=True, help="Also what only stands beside the question.")
@click.option("--json", "as_json", is_flag=True, help="The answer with all claims as one JSON object.")
@click.option("--plain", "--no-color", "plain", is_flag=True, help="No colours and no box characters.")
@store_options
def ask(
    question: str,
    inputs: tuple[str, ...],
    published: str | None,
    beside: bool,
    as_json: bool,
    plain: bool,
    place: str | None,
    config: Path | None,
) -> int:
    """Who says yes, who says no, through whom, and how many origins there are on each side.

    QUESTION is a question in English, as in "Was there an attack on a police post in Inkhil?". Without INPUT all that is kept is asked;
    with it only the files, folders or addresses that are given.
    """
    from . import reading

    if not question.strip():
        raise click.UsageError('the question is empty; write one, as in "Was there an attack in Inkhil?"')
    settings = place_of(place, config)[1]
    whence = reading.engine(settings)
    if inputs:
        from whence.asking import ask_readings
        from whence.intake import Overrides, sources
        from whence.records import Failure

        read = list(whence.read_many(sources(inputs, settings=settings.intake, overrides=Overrides())))
        failed = [r for r in read if isinstance(r, Failure)]
        for failure in failed:
            complain(failure.failure.message)
        if len(failed) == len(read):
            return INPUT
        answer = ask_readings(whence, question, [r for r in read if not isinstance(r, Failure)], today=published)
    else:
        from whence.asking import ask as ask_store

        from .linking import linked

        with opened(place, config) as store:
            linked(store)
            answer = ask_store(store, whence, question, today=published)
    if as_json:
        emit(msgspec.json.format(msgspec.json.encode(answer), indent=2))
    else:
        _print(answer, beside=beside, plain=plain)
    return DONE


def _print(answer: Answer, *, beside: bool, plain: bool) -> None:
    out = console(plain=plain)
    out.print(line(answer.question), style="bold")
    out.print(line("understood as " + "; ".join(answer.understood)), style="dim")
    out.print(line(answer.verdict))
    out.print(f"{answer.documents:,} document{'s'[: answer.documents != 1]} looked through", style="dim")
    for side, heading in HEADINGS.items():
        found = [b for b in answer.bearings if b.side == side]
        if not found or (side == "beside" and not beside):
            continue
        n = len(answer.origins[side])
        out.print()
        out.print(f"{heading}: {n} origin{'s'[: n != 1]}", style="bold")
        for b in found:
            chain = " > ".join(b.chain) or "nobody named"
            out.print(f"    {line(chain)}   {b.published or 'no date'}   {b.stance}, {b.certainty}   origin {line(b.origin)}")
            out.print(f"        “{cut(' … '.join(b.words), 150)}”  ({b.document})")
            out.print(f"        matched by {cut('; '.join(b.why), 110)}", style="dim")
    hidden = sum(b.side == "beside" for b in answer.bearings)
    if hidden and not beside:
        out.print()
        out.print(f"{hidden} more beside the question; --beside shows them", style="dim")


COMMANDS = (ask,)
