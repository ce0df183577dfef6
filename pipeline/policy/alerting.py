"""A monitor said something of an alert: did anything begin or end, and is that told? One alert at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from ..domain.alert import Alert, KnownAlert
from .alert_rules import AlertRules

SEEN_EVERY = timedelta(minutes=5)
"""How often a row says that its alert is still there: a storm that repeats itself writes nothing."""


class Turn(StrEnum):
    """What one message made of one alert."""

    BEGAN = "began"
    CLEARED = "cleared"
    REPEATED = "repeated"
    LATE = "late"
    """Of a time before what is known: messages of monitors overtake each other."""
    UNKNOWN_END = "unknown_end"
    """The end of something whose beginning nobody heard of."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """`after` is the row as it will be, without where it belongs; `flaps` that it begins to flap with this turn,
    `told` that the turn is told as such."""

    turn: Turn
    before: KnownAlert | None
    after: KnownAlert
    flaps: bool = False

    @property
    def told(self) -> bool:
        return self.turn in (Turn.BEGAN, Turn.CLEARED) and not self.after.flapping

    @property
    def identity(self) -> str:
        return self.after.alert.identity(self.after.source)


def step_of(
    source: str, alert: Alert, known: KnownAlert | None, rules: AlertRules, now: datetime
) -> Step:
    """The same message again is a repeat; a message from before is late. Both only say that it is still there."""
    turn = _turn(alert, known)
    if known is not None and turn in (Turn.REPEATED, Turn.LATE):
        if timedelta() <= now - known.seen_at < SEEN_EVERY:
            return Step(turn=turn, before=known, after=known)
        return Step(turn=turn, before=known, after=known.model_copy(update={"seen_at": now}))
    if known is None:
        first = KnownAlert(source=source, alert=alert, changed_at=now, seen_at=now)
        changes = (now,) if turn is Turn.BEGAN else ()
        return Step(turn=turn, before=None, after=first.model_copy(update={"changes": changes}))
    return _turned(turn, alert, known, rules, now)


def _turned(turn: Turn, alert: Alert, known: KnownAlert, rules: AlertRules, now: datetime) -> Step:
    since = now - rules.flapping_within
    changes = (*(at for at in known.changes if at > since), now)[-rules.flapping_changes :]
    # What maintenance keeps back is told by nobody: it cannot flap.
    flapping = known.held_by is None and (known.flapping or len(changes) >= rules.flapping_changes)
    after = known.model_copy(
        update={
            "alert": _with_beginning(alert, known),
            "changed_at": now,
            "seen_at": now,
            "changes": changes,
            "flapping": flapping,
            "due_at": now + rules.flapping_within if flapping else None,
        }
    )
    return Step(turn=turn, before=known, after=after, flaps=flapping and not known.flapping)


def _with_beginning(alert: Alert, known: KnownAlert) -> Alert:
    """An end that does not say when it began is the end of what is known."""
    if alert.firing or alert.started_at is not None:
        return alert
    return alert.model_copy(update={"started_at": known.alert.started_at})


def _turn(alert: Alert, known: KnownAlert | None) -> Turn:
    if known is None:
        return Turn.BEGAN if alert.firing else Turn.UNKNOWN_END
    was = known.alert
    if alert.firing == was.firing:
        return Turn.REPEATED
    if alert.firing:
        return Turn.LATE if _is_of_before(alert, was) else Turn.BEGAN
    return Turn.LATE if _ended_before(alert, was) else Turn.CLEARED


def _is_of_before(alert: Alert, was: Alert) -> bool:
    """The beginning of what has ended already: the monitor sent it again, or it was overtaken."""
    began, known = alert.started_at, was.started_at
    return began is not None and known is not None and began <= known


def _ended_before(alert: Alert, was: Alert) -> bool:
    """The end of the time before. (A monitor that joins two times tells of the end with the first beginning.)"""
    began, ended, known = alert.started_at, alert.ended_at, was.started_at
    if began is None or ended is None or known is None:
        return False
    return began < known and ended < known


def steadied(known: KnownAlert, now: datetime) -> KnownAlert:
    """It has not changed for as long as flapping is looked for."""
    return known.model_copy(
        update={"flapping": False, "changes": (), "due_at": None, "seen_at": now}
    )
