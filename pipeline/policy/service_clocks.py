"""What does an event do to the clocks of a ticket? Pure: the rows before it give the rows after it.

A clock is always worked out anew from the stretches in which it ran, so that a priority, a calendar or a
deadline that changes needs no arithmetic of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from ..domain.events import Assigned, Closed, Event, Noted, Resolved, StateChanged
from ..domain.incident import Incident
from ..domain.keys import clock_key
from ..domain.lattices import TicketState
from ..domain.service_clock import DESK, ClockState, ServiceClock, Stage, Stretch, What
from .calendars import reached
from .clock_turns import run, standing, turn_in, with_turn
from .service_levels import PAUSES, ServiceLevel, StageRule, due_at_desk, level_for


def clocks_after(
    levels: Sequence[ServiceLevel],
    kept: Sequence[ServiceClock],
    event: Event,
    before: Incident | None,
    after: Incident,
) -> list[ServiceClock]:
    """Those that are new or changed. `kept` are all clocks of the ticket."""
    # A ticket that belongs to a major incident is over when that is.
    level = None if after.attached_to is not None else level_for(levels, after)
    changed = []
    for what in What:
        rounds = sorted((c for c in kept if c.what is what), key=lambda c: c.round)
        known = rounds[-1] if rounds else None
        over = [(c, _told_since(levels, c, event)) for c in rounds[:-1]]
        now = _moved(what, levels, level, known, event, before, after)
        changed += [new for old, new in (*over, (known, now)) if new is not None and new != old]
    return changed


def _moved(
    what: What,
    levels: Sequence[ServiceLevel],
    level: ServiceLevel | None,
    known: ServiceClock | None,
    event: Event,
    before: Incident | None,
    after: Incident,
) -> ServiceClock | None:
    clock, answered = known, what is What.RESPONSE and _answers(level, event)
    if clock is None or _reopened(before, after):
        clock = _begun(what, known, before, after)
    if clock is None:
        return None
    # What somebody did before the reopening answers nothing after it.
    answered = answered and (clock.round == 1 or event.occurred_at >= clock.started_at)
    if clock.ended_at is not None:
        earlier = answered and event.occurred_at < clock.ended_at
        return _told_since(levels, clock, event, event.occurred_at if earlier else None)
    clock = run(with_turn(clock, turn_in(event)), level.pauses if level else PAUSES)
    clock = _timed(clock, level, after)
    if known is None and clock.state is ClockState.DROPPED:
        return None
    if answered:
        return _ended(clock, event.occurred_at)
    return _ended(clock, after.state.at) if after.state.value.is_over else clock


def _told_since(
    levels: Sequence[ServiceLevel],
    clock: ServiceClock,
    event: Event,
    end: datetime | None = None,
) -> ServiceClock:
    """A clock that has ended, with a wait that is told late, or an earlier end: by what was asked of it then."""
    turned = with_turn(clock, turn_in(event))
    if clock.ended_at is None or (end is None and turned == clock):
        return clock
    end = max(end or clock.ended_at, clock.started_at)
    turns = tuple(turn for turn in turned.turns if turn.at <= end)
    level = next((one for one in levels if one.id == clock.basis), None)
    turned = run(turned.model_copy(update={"turns": turns}), level.pauses if level else PAUSES)
    if level is not None and clock.limit is not None:
        limit = timedelta(seconds=clock.limit)
        turned = turned.model_copy(update=_by_policy(turned, level, limit))
    return _ended(turned, end)


def _reopened(before: Incident | None, after: Incident) -> bool:
    return before is not None and before.state.value.is_over and not after.state.value.is_over


def _answers(level: ServiceLevel | None, event: Event) -> bool:
    """Somebody is there for the requester now: takes it, or says something."""
    if isinstance(event.data, Noted):
        return event.data.visibility == "requester"
    if isinstance(event.data, Assigned):
        return level is None or level.response_is == "assignment"
    return isinstance(event.data, StateChanged | Resolved | Closed)


def _begun(
    what: What, known: ServiceClock | None, before: Incident | None, after: Incident
) -> ServiceClock | None:
    """At the opening, at a reopening, or later where nobody had named a limit until now. Whoever has the
    ticket at its reopening need not answer it again."""
    had = after.assignee is not None or after.state.value is not TicketState.NEW
    if before is not None and what is What.RESPONSE and had:
        return None if known is None else known
    if after.state.value.is_over:
        return known
    n = known.round + 1 if known else 1
    again = after.reopening is not None and after.reopened_times > 0
    started = after.reopening.at if again and after.reopening else after.opened_at
    blank = ServiceClock(
        id=clock_key(after.id, what.value, n),
        incident=after.id,
        what=what,
        round=n,
        basis=DESK,
        started_at=started,
        since=started,
    )
    # One that goes on counting from where the round before it began waited as that did.
    same = known is not None and known.started_at == started
    turns = known.turns if known and same else standing(before) if before else ()
    return blank.model_copy(update={"turns": turns})


def _timed(clock: ServiceClock, level: ServiceLevel | None, after: Incident) -> ServiceClock:
    """With its deadline and stages, as the newest word on them says."""
    state = ClockState.PAUSED if clock.since is None else ClockState.RUNNING
    given = due_at_desk(after, clock.what)
    if given is not None and (clock.round == 1 or given.at >= clock.started_at):
        return clock.model_copy(update=_by_desk(clock, level, given.value) | {"state": state})
    limit = level.limit(clock.what) if level and after.owner != "desk" else None
    if level is None or limit is None:
        blank = {"deadline": None, "stages": (), "limit": None, "calendar": None}
        return clock.model_copy(update={"state": ClockState.DROPPED, **blank})
    return clock.model_copy(update=_by_policy(clock, level, limit) | {"state": state})


def _by_desk(clock: ServiceClock, level: ServiceLevel | None, due: datetime) -> dict[str, object]:
    """The desk counts in its own way; of its time we know the beginning and the end."""
    whole = max(due - clock.started_at, timedelta())

    def at(stage: StageRule) -> datetime:
        if stage.share is None:
            return due + stage.after
        return due - whole * (1 - stage.share)

    return {
        "basis": DESK,
        "calendar": None,
        "limit": None,
        "deadline": due,
        "stages": tuple(
            Stage(name=s.name, at=at(s), tell=s.tell) for s in (level.stages if level else ())
        ),
    }


def _by_policy(clock: ServiceClock, level: ServiceLevel, limit: timedelta) -> dict[str, object]:
    ran = [(stretch.begin, stretch.end) for stretch in clock.ran]

    def at(amount: timedelta) -> datetime | None:
        return reached(level.calendar, ran, clock.since, amount)

    return {
        "basis": level.id,
        "calendar": level.calendar.id,
        "limit": int(limit.total_seconds()),
        "deadline": at(limit),
        "stages": tuple(
            Stage(name=s.name, at=at(s.amount(limit)), tell=s.tell) for s in level.stages
        ),
    }


def _ended(clock: ServiceClock, at: datetime) -> ServiceClock:
    """At the moment that the event tells of: what was done in time, and recorded late, was in time."""
    end = max(at, clock.started_at)
    stretches = [*clock.ran, *([Stretch(begin=clock.since, end=end)] if clock.since else [])]
    over = {
        "since": None,
        "turns": tuple(turn for turn in clock.turns if turn.at <= end),
        "ran": tuple(
            Stretch(begin=s.begin, end=min(s.end, end)) for s in stretches if s.begin < end
        ),
        "ended_at": end,
    }
    if clock.state is ClockState.DROPPED:
        return clock.model_copy(update=over)
    missed = clock.deadline is not None and clock.deadline < end
    return clock.model_copy(
        update={**over, "state": ClockState.MISSED if missed else ClockState.MET}
    )
