"""Which alerts of monitors fire on a ticket? Repeats join theirs, different ones stand side by side."""

from __future__ import annotations

from .alert_events import AlertFlapping, AlertSteadied
from .directory import Key, Text, Value
from .events import Event
from .lattices import Impact
from .major_events import AlertCleared, Alerted, Severity
from .recorded import Recorded, recorded
from .times import Instant

SIGNALS_KEPT = 50
DETAILS_KEPT = 10


AboutAlert = Alerted | AlertCleared | AlertFlapping | AlertSteadied


class Signal(Value):
    """An alert of a monitor, from its first firing on; `cleared_at` once it stopped. `repeated`, `gravest`,
    `impact_now` and `newest` are what its repeats said otherwise than the first; `again_since` is when it
    began anew after it had stopped; `count`, of how many things it was said; `flapping`, that its turns are not told."""

    signal: Key
    first: Recorded[Alerted]
    cleared_at: Instant | None = None
    repeated: tuple[Recorded[Text], ...] = ()
    gravest: Severity | None = None
    impact_now: Impact | None = None
    newest: Instant | None = None
    again_since: Instant | None = None
    count: int = 1
    flapping: Recorded[AlertFlapping] | None = None

    @property
    def severity(self) -> Severity | None:
        """The gravest that it was ever given: one that escalates must not be taken for its beginning."""
        return self.gravest or self.first.value.severity

    @property
    def impact(self) -> Impact | None:
        """The newest that it gave."""
        return self.impact_now or self.first.value.impact

    @property
    def began(self) -> Instant:
        """When it began to fire this time."""
        return self.again_since or self.first.at

    @property
    def seen_at(self) -> Instant:
        """When it was raised last; an end from before that is of the time before."""
        return self.newest or self.first.at


def signalled(known: tuple[Signal, ...], event: Event, data: AboutAlert) -> tuple[Signal, ...]:
    """A repeat joins its alert and sets it firing again; another alert stands beside it."""
    if any(s.signal == data.signal for s in known):
        return tuple(_again(s, event, data) if s.signal == data.signal else s for s in known)
    if not isinstance(data, Alerted):
        return known
    first = Signal(signal=data.signal, first=recorded(event, data), count=data.count or 1)
    return (*known, first)[-SIGNALS_KEPT:]


def _again(signal: Signal, event: Event, data: AboutAlert) -> Signal:
    if isinstance(data, AlertFlapping):
        # What flaps is not over: whoever waits for its hold-down goes on waiting.
        return signal.model_copy(update={"flapping": recorded(event, data), "cleared_at": None})
    if isinstance(data, AlertSteadied):
        over = None if data.firing else event.occurred_at
        return signal.model_copy(update={"flapping": None, "cleared_at": over})
    if event.occurred_at < signal.seen_at and isinstance(data, AlertCleared):
        return signal
    if isinstance(data, AlertCleared):
        return signal.model_copy(update={"cleared_at": event.occurred_at})
    said = {signal.first.value.detail, *(r.value for r in signal.repeated), None}
    more = () if data.detail is None or data.detail in said else (recorded(event, data.detail),)
    again = signal.again_since if signal.cleared_at is None else event.occurred_at
    graver = min((s for s in (signal.severity, data.severity) if s is not None), default=None)
    return signal.model_copy(
        update={
            "cleared_at": None,
            "count": max(signal.count, data.count or 1),
            "repeated": (*signal.repeated, *more)[-DETAILS_KEPT:],
            "gravest": graver,
            "impact_now": data.impact or signal.impact_now,
            "again_since": again,
            "newest": max(signal.seen_at, event.occurred_at),
        }
    )
