"""On which days of a year does a country rest, and on which weekends does it work instead?

From the library `holidays`, which holds China's moved working days as the State Council announces them, a
year at a time. A year that is not announced yet has its statutory days alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

FIRST_YEAR, LAST_YEAR = 2000, 2100
_LOOKED_AT = range(2020, 2041)


@dataclass(frozen=True, kw_only=True)
class PublicDays:
    """Those of one year."""

    closed: frozenset[date]
    worked: frozenset[date]


_NONE = PublicDays(closed=frozenset(), worked=frozenset())


@lru_cache(maxsize=512)
def public_days(country: str, region: str | None, year: int) -> PublicDays:
    """Asked anew for each year: the library's own object fills itself while it is read, which two threads
    must not do at once. Raises ValueError for a country or region that it does not know."""
    if not FIRST_YEAR < year < LAST_YEAR:
        return _NONE
    found = _of(country, region, (year - 1, year, year + 1))
    closed = frozenset(day for day in found if day.year == year)
    worked = frozenset(day for day in found.weekend_workdays if day.year == year)
    return PublicDays(closed=closed, worked=worked - closed)


def moved_days_known_until(country: str, region: str | None) -> date | None:
    """The last weekend of which it is known that people work; None for a country that moves none."""
    return max(_of(country, region, tuple(_LOOKED_AT)).weekend_workdays, default=None)


def refuse_unknown(country: str, region: str | None) -> None:
    """Raises ValueError with a sentence."""
    _of(country, region, (2026,))


def _of(country: str, region: str | None, years: tuple[int, ...]):  # type: ignore[no-untyped-def]
    import holidays  # .2 s, for whoever has a calendar with public holidays

    try:
        return holidays.country_holidays(country, subdiv=region, years=years, expand=False)
    except NotImplementedError:
        where = f"{country}/{region}" if region else country
        raise ValueError(
            f"{where} is not a country, or a part of one, such as CN, GB or GB/ENG"
        ) from None
