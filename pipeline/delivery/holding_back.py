"""May a message leave now, or does it wait for a time that suits its reader? Until when, and why?

What a rule marks as `must` never waits. Whatever waits has an end, and is told then, unless later news of the same has
overtaken it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from ..domain.communication import STANDING, Communication, Kind, Lane, Reason
from ..domain.directory import Person

QUIET, DIGEST, PACED = "quiet_hours", "digest", "paced"
_ENDS = frozenset({Kind.RECOVERY, Kind.WITHDRAWAL})
"""Nobody waits any more for a change that was to repair it."""
_DAY = timedelta(days=1)
_UTC = ZoneInfo("UTC")


@dataclass(frozen=True, kw_only=True)
class Wait:
    """Until when, and why."""

    until: datetime
    reason: Reason


def wait_for(
    person: Person,
    communication: Communication,
    now: datetime,
    *,
    recent: Sequence[datetime] = (),
    most: tuple[int, timedelta] | None = None,
) -> Wait | None:
    """None for what leaves at once. `recent` are the times of what this person was sent last, `most` how many may be
    sent within how long."""
    if communication.must:
        return None
    until, code = now, ""
    if communication.lane is Lane.BULK and person.digest_at is not None:
        until, code = _next(person.digest_at, now, person.zone), DIGEST
    if most is not None and (calmer := _calmer(recent, now, *most)) > until:
        until, code = calmer, PACED
    if person.quiet is not None:
        ends = quiet_until(person, until)
        if ends is not None:
            until, code = ends, QUIET
    if until <= now:
        return None
    return Wait(until=until, reason=Reason(code=code, values={"promised_at": until.isoformat()}))


def overtaken_at(
    kind: Kind, incident: str, since: datetime, told: Iterable[tuple[str, Kind, datetime]]
) -> datetime | None:
    """When later news of the same incident, `told` in between, said all that this one would; None where it is still news.
    What is told of it was written after `since`."""
    if kind not in STANDING | {Kind.CHANGE_NOTICE}:
        return None
    ends = STANDING if kind in STANDING else _ENDS
    return max(
        (at for about, what, at in told if about == incident and what in ends and at > since),
        default=None,
    )


def quiet_until(person: Person, at: datetime) -> datetime | None:
    """When the quiet hours end in which `at` lies, by the clock on the person's wall; None outside of them."""
    if person.quiet is None:
        return None
    begins, ends = person.quiet.since, person.quiet.until
    here = at.astimezone(ZoneInfo(person.zone)).time()
    inside = begins <= here < ends if begins < ends else here >= begins or here < ends
    return _next(ends, at, person.zone) if inside else None


def _next(wanted: time, after: datetime, zone: str) -> datetime:
    """The next moment after `after` at which the wall clock shows this time. One that is left out in spring comes as
    much later as the clock was put forward; of two in autumn the first counts."""
    place = ZoneInfo(zone)
    day = after.astimezone(place).date()
    for ahead in range(3):
        found = datetime.combine(day + ahead * _DAY, wanted, place).astimezone(_UTC)
        if found > after:
            return found
    return after + _DAY


def _calmer(
    recent: Sequence[datetime], now: datetime, messages: int, within: timedelta
) -> datetime:
    """When one more is within the limit."""
    counted = sorted(at for at in recent if at > now - within)
    return now if len(counted) < messages else counted[-messages] + within
