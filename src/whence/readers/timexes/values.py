"""TIMEX3 values, and what an expression comes to."""

from __future__ import annotations

from typing import Any, NamedTuple

from .calendar import OPEN, Interval, Moment, Precision

DURATION_UNITS = {
    "S": ("T", "S"),
    "MI": ("T", "M"),
    "H": ("T", "H"),
    "D": ("", "D"),
    "W": ("", "W"),
    "FN": ("", "W"),
    "M": ("", "M"),
    "Q": ("", "M"),
    "Y": ("", "Y"),
    "DE": ("", "DE"),
    "CE": ("", "CE"),
    "ML": ("", "ML"),
    "WE": ("", "WE"),
    "NI": ("T", "NI"),
    "MO": ("T", "MO"),
    "EV": ("T", "EV"),
    "AF": ("T", "AF"),
}
FEW = {"D": 10, "W": 28, "M": 92, "Y": 1096, "DE": 10958}
"""How many days back "recent days", "recent weeks" reach: a reader's guess, given as an interval."""
SET_VALUES = {
    "D": "XXXX-XX-XX",
    "W": "XXXX-WXX",
    "M": "XXXX-XX",
    "Y": "XXXX",
    "WE": "XXXX-WXX-WE",
    "NI": "XXXX-XX-XXTNI",
    "MO": "XXXX-XX-XXTMO",
    "EV": "XXXX-XX-XXTEV",
    "AF": "XXXX-XX-XXTAF",
    "H": "XXXX-XX-XXTXX",
    "Q": "XXXX-QX",
    "DE": "XXX",
    "CE": "XX",
}
ZONE_OFFSETS = {
    "gmt": "Z",
    "utc": "Z",
    "zulu": "Z",
    "est": "-05",
    "edt": "-04",
    "cst": "-06",
    "cdt": "-05",
    "mst": "-07",
    "pst": "-08",
    "pdt": "-07",
    "cet": "+01",
    "cest": "+02",
    "eet": "+02",
    "eest": "+03",
    "bst": "+01",
    "msk": "+03",
    # Cities whose clocks are not put forward; of the others the hour alone is known.
    "moscow": "+03",
    "damascus": "+03",
    "baghdad": "+03",
    "kabul": "+04:30",
    "khartoum": "+02",
    "sanaa": "+03",
    "riyadh": "+03",
    "nairobi": "+03",
    "beijing": "+08",
    "tokyo": "+09",
    "yangon": "+06:30",
}
SPAN: dict[str, Precision] = {
    "D": "day",
    "W": "week",
    "WE": "interval",
    "M": "month",
    "Y": "year",
    "DE": "decade",
    "CE": "century",
    "Q": "interval",
    "H": "day",
}


class Resolved(NamedTuple):
    """An expression on the calendar; `anchor` is None, "published" or "narrative"."""

    type: str
    value: str | None
    interval: Interval
    precision: Precision
    anchor: str | None
    moment: Moment | None


def unknown(kind: str, value: str | None, precision: Precision = "unknown") -> Resolved:
    return Resolved(kind, value, OPEN, precision, None, None)


def with_part(value: str, part: Any) -> str:
    return f"{value}T{part}" if part else value


def period_value(n: float | None, unit: str | None) -> str | None:
    """TIMEX3 duration: P2D, PXW, PT24H, P2.5Y, P1DE."""
    if unit not in DURATION_UNITS:
        return None
    time, letter = DURATION_UNITS[unit]
    if n is not None and unit in ("FN", "Q"):
        n *= 2 if unit == "FN" else 3
    if n == 0.5 and unit == "H":
        return "PT30M"
    number = "X" if n is None else f"{n:g}" if n < 1e6 else f"{n:.0f}"
    return f"P{time}{number}{letter}"
