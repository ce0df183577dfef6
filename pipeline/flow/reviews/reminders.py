"""Whoever undertook something in a review is reminded, once, when its day has passed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ...domain.communication import Communication, Kind, Lane, Reason
from ...domain.directory import Bilingual, Person
from ...domain.facts import Fact, FactValue, Level, ValueKind
from ...domain.report import Action
from ...drafting.spoken import day_words
from ...ports import Clock, Ids, Store, Transaction
from ..gather import Subject

QUEUE = "actions"
BATCH = 50
RULE = "action-overdue"
AUDIENCE = "owner"
AT = time(9)
"""On the morning after its day."""
NEVER = datetime(9998, 1, 1, tzinfo=UTC)
"""When an action is looked at again that was reminded of already."""


def looked_at(action: Action, zone: str) -> datetime:
    """When it is overdue, by the installation's clock."""
    if action.reminded_for == action.due:
        return NEVER
    morning = datetime.combine(action.due + timedelta(days=1), AT, ZoneInfo(zone))
    return morning.astimezone(UTC)


class Reminders:
    """The worker behind the rows of actions."""

    def __init__(self, store: Store, clock: Clock, ids: Ids, zone: str) -> None:
        self._store, self._clock, self._ids, self._zone = store, clock, ids, zone

    def turn(self) -> bool:
        """True when something was due."""
        now = self._clock.now()
        with self._store.read() as tx:
            if not tx.due_actions(now, 1):
                return False
        with self._store.write() as tx:
            due = tx.due_actions(now, BATCH)
            for action in due:
                self._remind(tx, action, now)
        return bool(due)

    def _remind(self, tx: Transaction, action: Action, now: datetime) -> None:
        told = action.model_copy(
            update={"reminded_for": action.due, "revision": action.revision + 1}
        )
        if not tx.move_action(action, told, looked_at(told, self._zone)):
            return  # somebody changed it just now: the next turn looks at it as it is
        reminder = Communication(
            id=self._ids.new("com"),
            incident=action.incident,
            kind=Kind.ACTION_OVERDUE,
            audience=AUDIENCE,
            rule=RULE,
            reason=Reason(code="action_overdue"),
            lane=Lane.ROUTINE,
            due_at=now,
            created_at=now,
            events=(),
            action=action.id,
            to=action.owner,
        )
        tx.add_communications([reminder])


def facts_of_action(subject: Subject, action: Action, now: datetime) -> list[Fact]:
    """What a reminder tells: what was undertaken, by whom, and by which day."""
    owner = next((one for one in subject.targets if isinstance(one, Person)), None)
    values: list[tuple[str, ValueKind, FactValue | None]] = [
        ("action_text", ValueKind.QUOTE, action.text),
        ("action_owner", ValueKind.NAME, (owner.names or owner.name) if owner else None),
        ("action_by", ValueKind.TEXT, _day(action.due, now)),
    ]
    return [
        Fact(
            id=f"f.{name}",
            what=subject.incident.id,
            attribute=name,
            kind=kind,
            value=value,
            level=Level.INTERNAL,
            at=action.at,
            event=subject.communication.id,
        )
        for name, kind, value in values
        if value is not None
    ]


def _day(day: date, now: datetime) -> Bilingual:
    return Bilingual(zh=day_words(day, now, "zh"), en=day_words(day, now, "en"))
