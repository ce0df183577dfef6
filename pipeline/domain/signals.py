"""Which alerts of monitors fire on a ticket? Repeats join theirs, different ones stand side by side."""

from __future__ import annotations

from .directory import Key, Value
from .events import Event
from .major_events import AlertCleared, Alerted
from .recorded import Recorded, recorded
from .times import Instant

SIGNALS_KEPT = 50


class Signal(Value):
    """An alert of a monitor, from its first firing on; `cleared_at` once it stopped."""

    signal: Key
    first: Recorded[Alerted]
    cleared_at: Instant | None = None


def signalled(
    known: tuple[Signal, ...], event: Event, data: Alerted | AlertCleared
) -> tuple[Signal, ...]:
    """A repeat joins its alert and sets it firing again; another alert stands beside it."""
    if any(s.signal == data.signal for s in known):
        cleared_at = None if isinstance(data, Alerted) else event.occurred_at
        return tuple(
            s.model_copy(update={"cleared_at": cleared_at}) if s.signal == data.signal else s
            for s in known
        )
    if not isinstance(data, Alerted):
        return known
    return (*known, Signal(signal=data.signal, first=recorded(event, data)))[-SIGNALS_KEPT:]
