"""Do the calendars and service levels of all files fit together? Or every problem, with its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from ..yaml_places import Place, line_of
from .calendars import Calendar
from .service_level_entries import ALWAYS, ServiceLevelFile, always, only_response, ties
from .service_levels import ServiceLevel


@dataclass(frozen=True, kw_only=True)
class Parsed:
    """A file that is well-formed by itself; `response` is its short form of limits."""

    name: str
    file: ServiceLevelFile
    lines: Mapping[Place, int]
    response: Mapping[str, timedelta]

    def place(self, *place: str | int) -> str:
        return f"{self.name}:{line_of(self.lines, place)}"


@dataclass(frozen=True, kw_only=True)
class Levels:
    calendars: Mapping[str, Calendar]
    levels: tuple[ServiceLevel, ...]
    close_after: timedelta | None
    problems: list[tuple[str, str]]


def levels_in(files: Sequence[Parsed]) -> Levels:
    """Policies may name calendars of other files."""
    problems: list[tuple[str, str]] = []
    calendars = {ALWAYS: always()}
    for one in files:
        for name, entry in one.file.calendars.items():
            if name in calendars:
                where = one.place("calendars", name)
                problems.append((where, f"the calendar {name} is there already"))
            calendars[name] = entry.compiled(name)
    levels: list[ServiceLevel] = []
    for one in files:
        levels += _short(one, problems)
        levels += _policies(one, calendars, {level.id for level in levels}, problems)
    problems += ties(levels)
    closing = [one for one in files if one.file.close_after is not None]
    if len(closing) > 1:
        problems.append((closing[1].place("close_after"), "close_after stands in two files"))
    return Levels(
        calendars=calendars,
        levels=tuple(levels),
        close_after=closing[0].file.close_after if closing else None,
        problems=problems,
    )


def _short(one: Parsed, problems: list[tuple[str, str]]) -> list[ServiceLevel]:
    where = one.place("response_within")
    for priority, within in one.response.items():
        if not within:
            problems.append((where, f"response_within.{priority}: is zero; it could never be kept"))
    return only_response(one.response, where)


def _policies(
    one: Parsed,
    calendars: Mapping[str, Calendar],
    taken: set[str],
    problems: list[tuple[str, str]],
) -> list[ServiceLevel]:
    found: list[ServiceLevel] = []
    for n, entry in enumerate(one.file.service_levels):
        where = one.place("service_levels", n)
        if entry.id in taken:
            problems.append((where, f"service_levels.{n}.id: {entry.id} is taken by another one"))
        taken.add(entry.id)
        try:
            found += entry.compiled(calendars, where)
        except ValueError as wrong:
            problems.append((where, f"service_levels.{n}: {wrong}"))
    return found
