"""Floors under the scores: each with the digest of the gold it was measured on, and the reason where it was lowered."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from whence.errors import ConfigError

from .scoring import Score

BUNDLED = Path(__file__).parent / "floors.toml"
SLACK = 0.002
"""How far a score may fall below its floor: the last bits of the networks differ between processors."""

HEAD = """# Floors under the scores, written by `whence evaluate --update`.
# `limit`: documents of each set, 0 for all of them; `gold`: digest of the documents scored.
# A floor is lowered, or its gold replaced, only with --reason.
"""


class Floor(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The least that a score may be (the most, where less is better: `higher` false)."""

    label: str
    measure: str
    limit: int
    value: float
    higher: bool
    gold: str
    reasons: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str, int]:
        return self.label, self.measure, self.limit


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """A score against its floor: `ok`, `below`, `gold` (has changed), `new` (no floor), `skipped`."""

    score: Score
    floor: Floor | None
    verdict: str

    @property
    def failed(self) -> bool:
        return self.verdict in ("below", "gold")


def load_floors(path: Path | None = None) -> tuple[Floor, ...]:
    """The floors of a file; none where the file is not there. ConfigError where it is broken."""
    path = path or BUNDLED
    if not path.is_file():
        return ()
    try:
        raw = tomllib.loads(path.read_text(encoding="utf8"))
        return msgspec.convert(raw.get("floor", []), tuple[Floor, ...])
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise ConfigError(f"{path}: {error}; write it with whence evaluate --update") from None


def save_floors(floors: Iterable[Floor], path: Path | None = None) -> Path:
    """Write the floors, in a fixed order."""
    path = path or BUNDLED
    blocks = [HEAD]
    for floor in sorted(floors, key=lambda f: f.key):
        rows = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in msgspec.to_builtins(floor).items()]
        blocks.append("[[floor]]\n" + "\n".join(rows) + "\n")
    path.write_text("\n".join(blocks), encoding="utf8")
    return path


def _worse(score: float, floor: Floor) -> bool:
    return score < floor.value - SLACK if floor.higher else score > floor.value + SLACK


def compare(scores: Sequence[Score], floors: Sequence[Floor], limit: int | None) -> list[Finding]:
    """Every score against its floor."""
    known = {floor.key: floor for floor in floors}
    found = []
    for score in scores:
        floor = known.get((score.label, score.measure, limit or 0))
        if score.value is None:
            verdict = "skipped"
        elif floor is None:
            verdict = "new"
        elif floor.gold != score.gold:
            verdict = "gold"
        else:
            verdict = "below" if _worse(score.value, floor) else "ok"
        found.append(Finding(score=score, floor=floor, verdict=verdict))
    return found


def updated(floors: Sequence[Floor], findings: Sequence[Finding], *, limit: int | None, reason: str | None) -> tuple[Floor, ...]:
    """The floors with those of this run in their place. ConfigError where one would fall and no reason is given."""
    out = {floor.key: floor for floor in floors}
    for finding in findings:
        score, old = finding.score, finding.floor
        if score.value is None:
            continue
        if finding.failed and not reason:
            what = "its gold has changed" if finding.verdict == "gold" else f"{score.value} is worse than {old.value if old else ''}"
            raise ConfigError(f"{score.label}, {score.measure}: {what}; say why with --reason")
        if finding.verdict == "ok" and old is not None and not _better(score.value, old):
            continue
        reasons = old.reasons if old is not None else ()
        if finding.failed and old is not None and reason:
            reasons = (*reasons, f"{old.value} to {score.value}: {reason}")
        floor = Floor(
            label=score.label,
            measure=score.measure,
            limit=limit or 0,
            value=score.value,
            higher=score.higher,
            gold=score.gold,
            reasons=reasons,
        )
        out[floor.key] = floor
    return tuple(out.values())


def _better(score: float, floor: Floor) -> bool:
    return score > floor.value if floor.higher else score < floor.value
