"""`heliograph rules due`: which service level would a ticket have, and until when?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .connection import CommandFailed
from .output import say, table

if TYPE_CHECKING:
    from datetime import datetime

    from pipeline.policy.rules import RulePack
    from pipeline.policy.service_levels import ServiceLevel


def remarks(pack: RulePack) -> Iterator[str]:
    """What an administrator should know of calendars that are right as they stand."""
    from pipeline.policy.calendars.public_holidays import moved_days_known_until

    used = {level.calendar.id for level in pack.service_levels}
    for name, calendar in pack.calendars.items():
        if calendar.country is not None:
            known = moved_days_known_until(calendar.country, calendar.region)
            if known is not None:
                country = f"the moved working days of {calendar.country}"
                yield f"{name}: {country} are known until {known}; later ones need an entry under days"
        if name not in used and name != "always":
            yield f"{name}: no service level uses this calendar"


def due(
    folder: Annotated[Path, typer.Argument(help="Folder with the files.")],
    reported: Annotated[str, typer.Option(help="When, such as 2026-09-30T16:00+08:00.")],
    priority: Annotated[str | None, typer.Option(help="P1, P2, P3 or P4.")] = None,
    service: Annotated[str | None, typer.Option(help="Its id.")] = None,
    customer: Annotated[str | None, typer.Option(help="Its id.")] = None,
) -> None:
    """Which service level would a ticket have, until when, and when would whom be told?

    Example: `heliograph rules due DIR --reported 2026-09-30T16:00+08:00 --priority P3`
    """
    from pipeline.domain.errors import Misconfigured
    from pipeline.policy.loading import load_pack, read_rules

    at = _moment(reported)
    try:
        if not folder.is_dir():
            raise CommandFailed(f"{folder} is not a folder")
        pack = load_pack(read_rules(folder))
    except Misconfigured as wrong:
        raise CommandFailed(str(wrong)) from None
    level = _level(pack, at, priority, service, customer)
    if level is None:
        say("No service level fits such a ticket.")
        return
    say(f"{level.id} ({level.where}), calendar {level.calendar.id} in {level.calendar.zone}")
    table(("deadline of", "stage", "at", "tells"), list(_rows(level, at)), "")


def _moment(written: str) -> datetime:
    from pydantic import TypeAdapter, ValidationError

    from pipeline.domain.times import Instant
    from pipeline.domain.unfit_values import in_words

    try:
        return TypeAdapter[Instant](Instant).validate_python(written)
    except ValidationError as wrong:
        said = in_words(wrong.errors()[0])
        raise CommandFailed(f"--reported: {said}") from None


def _level(
    pack: RulePack, at: datetime, priority: str | None, service: str | None, customer: str | None
) -> ServiceLevel | None:
    """For a ticket that has these, as its report would open it."""
    from pydantic import ValidationError

    from pipeline.domain.events import Event, Reported
    from pipeline.domain.folding import fold
    from pipeline.domain.unfit_values import in_words
    from pipeline.policy.service_levels import level_for

    asked = {"priority": priority, "service": service, "customer": customer}
    try:
        data = Reported.model_validate({"title": "-1-", "requester": {"id": "-1-"}, **asked})
    except ValidationError as wrong:
        first = wrong.errors()[0]
        raise CommandFailed(f"--{first['loc'][0]}: {in_words(first)}") from None
    event = Event(
        id="evt",
        source="rules",
        source_id="1",
        type=data.type,
        incident_id="inc",
        number="1",
        version=1,
        occurred_at=at,
        recorded_at=at,
        data=data,
    )
    return level_for(pack.service_levels, fold(None, event))


def _rows(level: ServiceLevel, at: datetime) -> Iterator[tuple[str, str, str, str]]:
    from zoneinfo import ZoneInfo

    from pipeline.domain.service_clock import What
    from pipeline.policy.calendars import add_working_time

    zone = ZoneInfo(level.calendar.zone)
    for what in What:
        limit = level.limit(what)
        if limit is None:
            continue
        told = [(s.name, s.amount(limit), ", ".join(s.tell)) for s in level.stages]
        end = [] if any(name == "breach" for name, _, _ in told) else [("breach", limit, "nobody")]
        for name, amount, tells in [*told, *end]:
            moment = add_working_time(level.calendar, at, amount).astimezone(zone)
            yield what.value, name, f"{moment:%a %Y-%m-%d %H:%M %z}", tells
