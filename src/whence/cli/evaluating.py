"""`whence evaluate`: one table of all scores, and the quality gate."""

from __future__ import annotations

from pathlib import Path

import click
from rich.table import Table
from rich.text import Text

from whence.config import load_settings
from whence.evaluate import SHORT, Finding, chosen, compare, evaluate, load_floors, save_floors, updated

from .program import DONE, INPUT, complain
from .reading import engine
from .terminal import console, waiting

WORDS = {"ok": "ok", "below": "BELOW ITS FLOOR", "gold": "ITS GOLD HAS CHANGED", "new": "no floor", "skipped": ""}


def run_evaluation(
    *,
    shared: Path,
    tasks: tuple[str, ...],
    limit: int | None,
    markdown: bool,
    gate: bool,
    update: bool,
    reason: str | None,
    floors: Path | None,
    keep: Path | None,
    config: Path | None,
) -> int:
    """Score, print, and with `gate` fail where a floor is gone below; the exit code."""
    try:
        sets = chosen(tasks)
    except ValueError as error:
        raise click.UsageError(f"--task {error}") from None
    if gate and update:
        raise click.UsageError("--gate defends the floors and --update moves them: give one of them")
    settings, _ = load_settings(config)
    whence = engine(settings)
    from whence.gazetteer import Gazetteer, plain

    index = Gazetteer.open(settings.gazetteer())

    def adjective(word: str) -> bool:
        alpha3 = index.demonym(word)
        country = index.country(alpha3) if alpha3 else None
        return country is not None and plain(word) not in (
            plain(country.name),
            plain(index.capitals.get(country.country or "", "")),
        )

    known = load_floors(floors)
    with waiting("reading") as status:
        scores = list(
            evaluate(
                whence,
                sets,
                shared=shared,
                own=_repository(),
                adjective=adjective,
                limit=limit,
                keep=keep,
                progress=(lambda words: status.update(words)) if status is not None else lambda words: None,
            )
        )
    findings = compare(scores, known, limit)
    if markdown:
        _print_markdown(findings)
    else:
        _print(findings, limit)
    if update:
        path = save_floors(updated(known, findings, limit=limit, reason=reason), floors)
        click.echo(f"floors written to {path}")
        return DONE
    failed = [f for f in findings if f.failed]
    if gate and failed:
        for finding in failed:
            complain(f"{finding.score.label}, {finding.score.measure}: {WORDS[finding.verdict].lower()}")
        return INPUT
    return DONE


def _repository() -> Path:
    """The folder that holds the project's own gold: this one, or one above it."""
    here = Path.cwd()
    return next((p for p in (here, *here.parents) if (p / "training/names/held_back.txt").is_file()), here)


def _print_markdown(findings: list[Finding]) -> None:
    click.echo("| set | measure | documents | score |\n|---|---|---:|---:|")
    for score in (f.score for f in findings):
        if score.value is not None:
            value = f"{score.value:.3f}" if score.value < 3 and score.value % 1 else f"{score.value:g}"
            click.echo(f"| {score.label} | {score.measure} | {score.documents} | {value} |")


def _print(findings: list[Finding], limit: int | None) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name, side in (
        ("set", "left"),
        ("measure", "left"),
        ("documents", "right"),
        ("empty", "right"),
        ("score", "right"),
        ("floor", "right"),
        ("", "left"),
    ):
        table.add_column(name, justify=side)  # type: ignore[arg-type]
    for finding in findings:
        score, floor = finding.score, finding.floor
        if score.value is None:
            table.add_row(score.label, Text(score.why, style="dim"))
            continue
        style = "bold red" if finding.failed else "green" if finding.verdict == "ok" else "dim"
        table.add_row(
            score.label,
            score.measure,
            str(score.documents),
            str(score.empty),
            f"{score.value:.4f}",
            f"{floor.value:.4f}" if floor is not None else "",
            Text(WORDS[finding.verdict], style=style),
        )
    out = console(width=140)
    out.print(table)
    if limit:
        out.print(f"at most {limit} documents of each set, {limit * SHORT} where they are single sentences", style="dim")
