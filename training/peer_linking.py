"""The same reports linked by splink 5 on DuckDB, for comparison: `python training/peer_linking.py FOLDER` (readings as for linking.py).

Fellegi-Sunter weights, estimated by splink itself without marked pairs, from place, day, type, sides, losses and shared words; its
probabilities go through the same clustering. Wants `pip install splink pandas`; both are no dependency of the package.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pandas as pd
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

import linking as ours
from whence.corroboration.clustering import clustered
from whence.records import Report


def row(half: ours.Half, report: Report) -> dict[str, Any]:
    counts = {c.measure: str(c.low) for c in report.counts}
    return {
        "unique_id": report.id,
        "place": report.place,
        "day": report.earliest,
        "sub": report.acled.sub_event_type if report.acled else None,
        "country": report.country,
        "admin1": report.admin1,
        "actor": report.actors[0].name if report.actors else None,
        "target": report.targets[0].name if report.targets else None,
        "killed": counts.get("killed"),
        "injured": counts.get("injured"),
        "words": sorted(half.accounts[report.document].details[report.id]),
    }


def main() -> None:
    for gold in (True, False):
        half = ours.Half("test", Path(sys.argv[1]), gold=gold)
        settings = SettingsCreator(
            link_type="dedupe_only",
            blocking_rules_to_generate_predictions=[block_on("country", "admin1")],
            comparisons=[
                *(cl.ExactMatch(c) for c in ("place", "day", "sub", "actor", "target", "killed", "injured")),
                cl.ArrayIntersectAtSizes("words", [12, 8, 5, 3]),
            ],
        )
        database = DuckDBAPI()
        linker = Linker(database.register(pd.DataFrame([row(half, r) for r in half.reports])), settings)
        linker.training.estimate_probability_two_random_records_match([block_on("place", "day", "sub")], recall=0.7)
        linker.training.estimate_u_using_random_sampling(max_pairs=1e5)
        for column in ("place", "day"):
            linker.training.estimate_parameters_using_expectation_maximisation(block_on(column))
        made = linker.inference.predict(threshold_match_probability=0.001).as_pandas_dataframe()
        links = {(min(a, b), max(a, b)): p for a, b, p in zip(made.unique_id_l, made.unique_id_r, made.match_probability, strict=True)}
        found = {r: g[0] for g in clustered([r.id for r in half.reports], links) for r in g}
        key = dict(half.label)
        response = {r: found[r] for r in key}
        for d in half.documents:
            if not any(r.document == d and r.id in key for r in half.reports):
                key[d], response[d] = half.documents[d]["gold"]["incident"], d
        told = [
            (links.get((min(a.id, b.id), max(a.id, b.id)), 0.0), half.label[a.id] == half.label[b.id])
            for a, b, _ in half.pairs()
            if a.id in half.label and b.id in half.label
        ]
        p, r, f = ours.b_cubed(key, response)
        brier = sum((x - y) ** 2 for x, y in told) / len(told)
        print(f"splink {'gold facts' if gold else 'as read':11} incidents B-cubed P {p:.3f} R {r:.3f} F {f:.3f}   Brier {brier:.4f}")
        print("            calibration", ours.reliability(told))


if __name__ == "__main__":
    main()
