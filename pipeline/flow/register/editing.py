"""Who changed what of a service, and what if two did at once? Each step is kept, and can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ...domain.directory import Service
from ...domain.errors import Malformed, StaleVersion, UnknownThing
from ...domain.register import Change, Problem, What
from ...ports import Clock, Store, Transaction
from .checking import problems_of
from .sentences import sentence

MOST_CHANGES = 200
"""Of one service, that a page shows."""


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A service with the version that whoever changes it has to name."""

    service: Service
    version: int


class NotRight(Malformed):
    """What was written of a service is not taken: every problem with its field."""

    def __init__(self, found: Sequence[Problem]) -> None:
        said = [(one.field or "service", sentence(one)) for one in found]
        super().__init__("the service is not taken as it stands", problems=said)
        self.found = tuple(found)


class Register:
    """The services as people keep them by hand."""

    def __init__(self, *, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock

    def one(self, service_id: str) -> Kept:
        """Raises UnknownThing; one that was deleted is still there to be read."""
        with self._store.read() as tx:
            return _kept(tx, service_id)

    def history(self, service_id: str) -> list[Change]:
        with self._store.read() as tx:
            return tx.service_changes(service_id, MOST_CHANGES)

    def write(self, service: Service, *, by: str, expected: int) -> Kept:
        """Make it, or change it. Raises NotRight, and StaleVersion when it is not at `expected` (0 for one
        that is not there yet)."""
        now = self._clock.now()
        with self._store.write() as tx:
            before = tx.services([service.id]).get(service.id)
            version = _checked_version(tx, service.id, expected, before)
            problems = problems_of(tx, service)
            if problems:
                raise NotRight(problems)
            if before == service:
                return Kept(service=service, version=version)
            what: What = "added" if before is None or before.deleted else "changed"
            return _saved(tx, service, version + 1, by, now, what)

    def delete(self, service_id: str, *, by: str, expected: int) -> Kept:
        """It is offered no more; tickets that name it go on to say what it is called."""
        now = self._clock.now()
        with self._store.write() as tx:
            kept = _kept(tx, service_id)
            version = _checked_version(tx, service_id, expected, kept.service)
            if kept.service.deleted:
                return kept
            gone = kept.service.model_copy(update={"deleted": True})
            return _saved(tx, gone, version + 1, by, now, "deleted")

    def undo(self, service_id: str, n: int, *, by: str, expected: int) -> Kept:
        """Take back the `n`-th step: the service is again as it was before it; the first one's undoing
        deletes it. Raises NotRight where that does not hold together any more."""
        now = self._clock.now()
        with self._store.write() as tx:
            kept = _kept(tx, service_id)
            version = _checked_version(tx, service_id, expected, kept.service)
            if tx.service_change(service_id, n) is None:
                raise UnknownThing(f"service {service_id} has no change {n}")
            before = tx.service_change(service_id, n - 1)
            wanted = before.service if before else kept.service.model_copy(update={"deleted": True})
            problems = [] if wanted.deleted else problems_of(tx, wanted)
            if problems:
                raise NotRight(problems)
            return _saved(tx, wanted, version + 1, by, now, "undone")


def note_loaded(tx: Transaction, services: Sequence[Service], by: str, at: datetime) -> None:
    """Services that came with a whole directory: what differs is a step in their history too."""
    ids = [service.id for service in services]
    before, versions = tx.services(ids), tx.service_versions(ids)
    changed = [service for service in services if before.get(service.id) != service]
    tx.save_services(
        [
            Change(
                service=service,
                n=versions.get(service.id, 0) + 1,
                at=at,
                who=by,
                what="loaded",
            )
            for service in changed
        ]
    )


def _kept(tx: Transaction, service_id: str) -> Kept:
    found = tx.services([service_id]).get(service_id)
    if found is None:
        raise UnknownThing(f"no service {service_id[:100]}")
    return Kept(service=found, version=tx.service_versions([service_id]).get(service_id, 0))


def _checked_version(
    tx: Transaction, service_id: str, expected: int, before: Service | None
) -> int:
    version = tx.service_versions([service_id]).get(service_id, 0)
    # One that an earlier release loaded has no history: it is there, at version 0.
    if version != expected:
        known = f"at version {version}" if before else "not there"
        raise StaleVersion(
            f"service {service_id[:100]} is {known}, not at version {expected}; look at it again",
            field="version",
        )
    return version


def _saved(tx: Transaction, service: Service, n: int, by: str, at: datetime, what: What) -> Kept:
    tx.save_services([Change(service=service, n=n, at=at, who=by, what=what)])
    return Kept(service=service, version=n)
