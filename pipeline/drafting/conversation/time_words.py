"""How are days, clocks and zones written, in Chinese and English? The patterns, made of the words once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from .words import any_of, words

_FLAGS = re.IGNORECASE | re.ASCII
_UNCLEAR = "CST|IST|BST|[AEMP][SD]T|CDT|WES?T|EES?T|AE[SD]T|NZ[SD]T|KST|MSK|SAST|BRT"
"""Names of zones beside those whose offset is known: that there is one has to be seen, too."""


@dataclass(frozen=True, kw_only=True)
class Patterns:
    """What each means is told by the names of its groups."""

    date: re.Pattern[str]
    weekday: re.Pattern[str]
    clock: re.Pattern[str]
    zone: re.Pattern[str]
    range_end: re.Pattern[str]


@cache
def patterns() -> Patterns:
    """Each is matched at a place, and never searched for; none can go back over more than a few words."""
    ends = "|".join(re.escape(word) for word in words()["to"])
    return Patterns(
        date=re.compile(_date(), _FLAGS),
        weekday=re.compile(rf"[(（]?(?P<name>{_all('weekdays')})[)）]?\.?", _FLAGS),
        clock=re.compile(_clock(), _FLAGS),
        zone=re.compile(_zone()),
        range_end=re.compile(rf"\s?(?:{ends})\s?\d{{1,2}}[:：]\d{{2}}(?![:：]?\d)", _FLAGS),
    )


def _date() -> str:
    units, months = words()["units"], _all("months")
    year, month, day = units["year"], units["month"], units["day"]
    ago = any_of(word for each in words()["days_ago"].values() for word in each)
    nth = "(?:st|nd|rd|th)?"
    return (
        r"(?P<y1>\d{4})[-/.](?P<m1>\d{1,2})[-/.](?P<d1>\d{1,2})(?!\d)"
        rf"|(?:(?P<y2>\d{{4}})\s?{year}\s?)?(?P<m2>\d{{1,2}})\s?{month}\s?(?P<d2>\d{{1,2}})\s?[{day}]"
        rf"|(?P<n4>{months})\.?\s+(?P<d4>\d{{1,2}}){nth}(?!\d)(?:,?\s+(?P<y4>\d{{4}})(?!\d))?(?![:：])"
        rf"|(?P<d5>\d{{1,2}}){nth}[ -](?P<n5>{months})\.?(?:,?[ -](?P<y5>\d{{4}})(?!\d))?(?![:：])"
        r"|(?P<d6>\d{1,2})\.(?P<m6>\d{1,2})\.(?P<y6>\d{4})(?!\d)"
        r"|(?P<a>\d{1,2})(?P<sep>[/-])(?P<b>\d{1,2})(?:(?P=sep)(?P<y3>\d{4}|\d{2}))?(?![\d/-])"
        rf"|(?P<ago>{ago})"
    )


def _clock() -> str:
    """Figures with colons or units, or an hour alone beside the half of its day."""
    units = words()["units"]
    mark = any_of(mark for each in words()["marks"].values() for mark in each)
    second = rf"(?:(?P<second2>\d{{1,2}})\s?{units['second']})?"
    return (
        rf"(?:(?P<before>{mark})\s*)?(?P<hour>\d{{1,2}})(?:"
        r"[:：](?P<minute>\d{2})(?:[:：](?P<second>\d{2})(?:[.,](?P<part>\d{1,9}))?)?(?![:：]?\d)"
        rf"(?:\s*(?P<after>{mark}))?"
        rf"|\s?[{units['hour']}]\s?(?:(?P<minute2>\d{{1,2}})\s?{units['minute']}?{second})?(?!\d)"
        rf"|\s?(?P<after2>{mark}))"
    )


def _zone() -> str:
    """A minus is an offset only behind seconds, or in RFC 5322's form: 10:32-10:50 is a range."""
    known = "|".join(re.escape(name) for name in words()["offsets"] if len(name) > 1)
    named = (
        r"(?:UTC|GMT)(?:\s?[+-]\s?\d{1,2}(?::?\d{2})?)?(?![\w+])"
        rf"|(?:{known}|{_UNCLEAR})(?![A-Za-z])"
    )
    behind = r"(?:(?<=:\d\d:\d\d)|(?<=T\d\d:\d\d)|(?<=\.\d{3})|(?<=\.\d{6}))"
    return (
        r"Z(?![\w])|\s?\+\d{2}:?\d{2}(?![\d:])"
        rf"|{behind} ?-\d{{2}}:?[0134][05](?![\d:])|\s-\d{{2}}[0134][05](?![\d:])"
        rf"|\s*[(（](?:{named})[)）]|\s*(?:{named})"
    )


def _all(of: str) -> str:
    return any_of(name for each in words()[of] for name in each)


@cache
def firsts() -> frozenset[str]:
    """The characters that a written time begins with: most lines are told by them."""
    lists = [*words()["weekdays"], *words()["months"], *words()["marks"].values()]
    lists += [*words()["days_ago"].values(), words()["offsets"], _UNCLEAR.split("|")]
    begins = {name[0] for each in lists for name in each}
    return frozenset("".join(begins).lower()) | frozenset("".join(begins).upper() + "0123456789(（")


@cache
def weekdays() -> dict[str, int]:
    """By name, from 0 for Monday."""
    return {
        name.casefold(): number for number, each in enumerate(words()["weekdays"]) for name in each
    }


@cache
def months() -> dict[str, int]:
    """By name, from 1."""
    return {
        name.casefold(): number for number, each in enumerate(words()["months"], 1) for name in each
    }


@cache
def marks() -> dict[str, str]:
    """By word, which part of the day it is."""
    return {mark.casefold(): name for name, each in words()["marks"].items() for mark in each}
