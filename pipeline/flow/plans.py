"""Somebody plans maintenance here: an event like one that a desk sends, of a source of our own."""

from __future__ import annotations

from datetime import datetime

from ..domain.cloudevents import Incoming
from ..domain.errors import Malformed
from ..domain.events import content_hash
from ..domain.maintenance_events import MaintenanceChanged, MaintenancePlanned
from ..domain.own_names import MAINTENANCE
from ..ports import Clock, Queries
from .accepted import Accepted
from .intake import Intake


class Over(Malformed):
    """A plan that would be over already."""

    def __init__(self) -> None:
        said = "a plan ends at a time that is still to come; this one is over already"
        super().__init__(said, field="ends_at")


class Plans:
    """The door for maintenance that people or programs plan here."""

    def __init__(self, queries: Queries, clock: Clock, intake: Intake) -> None:
        self._queries, self._clock, self._intake = queries, clock, intake

    def plan(self, data: MaintenancePlanned, key: str, number: str | None = None) -> Accepted:
        """`key` makes it the same plan when it is sent twice; without a `number` it is given one of ours.

        Raises Malformed for a time that is over, a service that nobody knows and a number that is taken, and
        ContentDiffers for the key of another plan.
        """
        now = self._clock.now()
        self._check(data, now)
        said = data.model_dump(mode="json", exclude_none=True)
        event = Incoming(
            source=MAINTENANCE,
            source_id=f"plan:{key}",
            type=data.type,
            number=number,
            occurred_at=now,
            data=data,
            content_hash=content_hash(data.type, number, "", said),
        )
        (accepted,) = self._intake.accept([event])
        if accepted.version > 1:
            detail = f"the number {accepted.number} is taken by another plan"
            raise Malformed(detail, field="number")
        return accepted

    def check_move(self, data: MaintenanceChanged) -> None:
        """As for a new plan: raises `Over`."""
        if data.ends_at is not None and data.ends_at <= self._clock.now():
            raise Over

    def _check(self, data: MaintenancePlanned, now: datetime) -> None:
        if data.ends_at <= now:
            raise Over
        known = self._queries.services(data.services)
        for name in data.services:
            if name not in known:
                raise Malformed(f"the directory knows no service {name}", field="services")
