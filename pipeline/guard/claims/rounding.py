"""Does a number as it is told agree with a recorded one? Equal, honestly rounded, or within `over` and `nearly`."""

from __future__ import annotations

from collections.abc import Iterator
from math import floor, log10

from .atoms import Quantity


def agrees(claimed: Quantity, known: Quantity) -> bool:
    """Equal, honestly rounded, or within what the claim's `over` or `nearly` leaves open."""
    value, actual = claimed.value, known.value
    if not units_agree(claimed, known):
        return False
    if claimed.ordinal != known.ordinal and claimed.ordinal and not known.nouns & {"times"}:
        return False
    if value == actual:
        return True
    if value < 0 or actual < 0:
        return abs(value) == abs(actual) and claimed.unit not in ("dbm", "celsius")
    if claimed.bound and _digits(value) > 2 and value == int(value) and claimed.bound != "vague":
        return any(abs(r - value) < 1e-6 for r in (*_roundings(actual), *_cut(actual)))
    if claimed.bound in ("over", "under", "nearly", "vague") or claimed.low != claimed.high:
        return claimed.low <= actual <= claimed.high and (
            claimed.bound != "over" or actual >= value
        )
    if known.bound and known.low != known.high and known.low <= value <= known.high:
        return claimed.bound != ""
    if claimed.bound == "about" or (claimed.spelled and value >= 100 and value % 100 == 0):
        return value in set(_roundings(actual)) or _is_rounder(value, actual)
    return actual != int(actual) and value in (round(actual), floor(actual + 0.5), round(actual, 1))


def _digits(value: float) -> int:
    """How many digits were said: 6,200 has two."""
    return len(f"{value:.0f}".rstrip("0"))


def _cut(actual: float) -> Iterator[float]:
    """The next numbers with fewer digits below and above, of which `over` and `under` are said."""
    for place in range(1, len(f"{actual:.0f}")):
        unit = 10.0**place
        yield from (floor(actual / unit) * unit, (floor(actual / unit) + 1) * unit)


def _is_rounder(value: float, actual: float) -> bool:
    """Said with fewer digits, and near enough for `about`."""
    fewer = _digits(value) < _digits(actual)
    return value >= 10 and fewer and abs(value - actual) <= 0.05 * actual


def _roundings(actual: float) -> Iterator[float]:
    """Every honest way of rounding: to fewer digits, and to fives."""
    if actual <= 0:
        return
    digits = floor(log10(actual))
    for place in range(digits, -3, -1):
        unit = 10.0**place
        yield round(floor(actual / unit + 0.5) * unit, 6)
        if actual >= 20 and place >= 0:
            yield round(floor(actual / (unit * 5) + 0.5) * unit * 5, 6)
    yield round(actual)


def units_agree(claimed: Quantity, known: Quantity) -> bool:
    if claimed.unit == known.unit or not (claimed.unit or claimed.nouns):
        return True  # `from forty per cent to six`
    if claimed.unit.startswith("per") and claimed.unit != "percent":
        return known.unit == ""
    loose = {"times", "", "perminute", "persecond", "perhour"}
    return claimed.unit in loose and known.unit in loose
