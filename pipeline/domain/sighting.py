"""By what was a service seen to fail, lately? By the ticket of somebody, or by an incident of a monitor's alert."""

from __future__ import annotations

from hashlib import sha256

from .directory import Key, Value
from .portal_events import Basis
from .times import Instant


class Sighting(Value):
    """`requester` is who reported it, as a word by which people are told apart (`who`); None for what a monitor
    opened. `service` is None as long as nobody has looked which one the title names. `surge` is the ticket on
    which it was asked already whether this and others are one failure."""

    ticket: Key
    service: Key | None
    requester: Key | None
    seen_at: Instant
    basis: Basis = "service"
    surge: Key | None = None


def who(source: str, person: str) -> str:
    """Whoever only a source names: number 4 of one desk is not number 4 of another. Of one length, however long both
    names are."""
    return sha256(f"{source}\n{person}".encode()).hexdigest()
