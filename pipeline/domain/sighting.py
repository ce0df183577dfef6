"""By what was a service seen to fail, lately? By the ticket of somebody, or by an incident of a monitor's alert."""

from __future__ import annotations

from .directory import Key, Value
from .portal_events import Basis
from .times import Instant


class Sighting(Value):
    """`requester` is who reported it, as its source names them; None for what a monitor opened. `service` is None
    as long as nobody has looked which one the title names. `surge` is the ticket on which it was asked already
    whether this and others are one failure."""

    ticket: Key
    service: Key | None
    requester: Key | None
    seen_at: Instant
    basis: Basis = "service"
    surge: Key | None = None
