"""Monitors' alerts come in: their rows, the incidents that they join or open, all in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from ...domain.alert import Alert, KnownAlert
from ...domain.cloudevents import Incoming
from ...policy.alert_rules import AlertRules, ServiceNames
from ...policy.alerting import Step, Turn, steadied, step_of
from ...policy.joining import hears_of_alerts
from ...ports import Alarm, Clock, Store, Transaction
from ..accepted import Accepted
from ..intake import Intake, Record
from ..library import Library
from . import telling
from .places import places_for
from .sorting import Sorted, Taken, events_of, leading, sorted_by_place, taken_of
from .telling import Target

QUEUE = "alerts"
BATCH = 500
FORGOTTEN_AT_ONCE = 100
KEPT_FOR = timedelta(days=30)
"""How long an alert that is over is still known, so that its late messages are known to be late."""


class Alerts:
    """The door for monitors, and the worker behind the rows of alerts that are to be looked at again."""

    def __init__(self, store: Store, clock: Clock, library: Library, intake: Intake) -> None:
        self._store, self._clock, self._library, self._intake = store, clock, library, intake

    def take(self, source: str, alerts: Sequence[Alert]) -> Taken:
        """The same message again changes nothing. Raises what `take_all` does."""
        return self.take_all(source, alerts, ())[0]

    def take_all(
        self, source: str, alerts: Sequence[Alert], events: Sequence[Incoming]
    ) -> tuple[Taken, list[Accepted]]:
        """The alerts and events of one message, all or nothing.

        Raises UnknownIncident where a desk numbers this source's tickets, and what the events are refused for.
        """
        said = {alert.fingerprint: alert for alert in alerts}

        def work(tx: Transaction, record: Record) -> tuple[Taken, list[Accepted]]:
            accepted = record(events)
            now, rules = self._clock.now(), self._library.rules.alerts
            tx.alerts_in_turn()
            tx.forget_alerts(now - KEPT_FOR, FORGOTTEN_AT_ONCE)
            known = tx.known_alerts(source, list(said))
            steps = [step_of(source, a, known.get(f), rules, now) for f, a in said.items()]
            steps = self._mapped(tx, steps, rules)
            taken = self._settle(tx, record, steps, now)
            self._tell_of_unmapped(tx, source, steps, taken, now)
            return taken, accepted

        return self._intake.together(work)

    def turn(self) -> bool:
        """True when something was due: maintenance ended over an alert, or one that flapped is steady."""
        now = self._clock.now()
        with self._store.read() as tx:
            if not tx.due_alerts(now, 1):
                return False
        return self._intake.together(lambda tx, record: self._look_again(tx, record, now))

    def _look_again(self, tx: Transaction, record: Record, now: datetime) -> bool:
        tx.alerts_in_turn()
        due = tx.due_alerts(now, BATCH)
        begun = [_begins_now(row) for row in due if not row.flapping and row.firing]
        over = [r.model_copy(update={"due_at": None}) for r in due if not (r.flapping or r.firing)]
        tx.save_alerts(over)
        self._settle(tx, record, begun, now)
        self._steady(tx, record, [row for row in due if row.flapping], now)
        return bool(due)

    def _mapped(self, tx: Transaction, steps: Sequence[Step], rules: AlertRules) -> list[Step]:
        """With the service and severity that the labels mean. Asked once for all of them."""
        begun = [s for s in steps if s.turn is Turn.BEGAN]
        names = ServiceNames.of(tx.service_names() if begun else {})
        return [_mapped(s, rules, names) if s.turn is Turn.BEGAN else s for s in steps]

    def _settle(
        self, tx: Transaction, record: Record, steps: Sequence[Step], now: datetime
    ) -> Taken:
        rules = self._library.rules.alerts
        places = places_for(tx, steps, now - rules.join_within, now)
        found = sorted_by_place(steps, places)
        opened = self._open(record, found, now)
        live = tx.live_alerts({*found.raised, *found.ended})
        record(list(events_of(found, live, opened, rules, now)))
        tx.save_alerts(found.rows)
        return taken_of(steps, found, opened)

    def _open(self, record: Record, found: Sorted, now: datetime) -> dict[str, Target]:
        """One event for each new incident; only then its number is known to what follows."""
        first = {key: leading(signals) for key, signals in found.new.items()}
        events = [
            telling.alerted(
                Target(source=steps[0].after.source, number=None), steps, len(steps), now
            )
            for steps in first.values()
        ]
        opened: dict[str, Target] = {}
        at_home = {"held_by": None, "held_number": ""}
        for (key, steps), accepted in zip(first.items(), record(events), strict=True):
            opened[key] = Target(source=steps[0].after.source, number=accepted.number)
            found.rows += [
                s.after.model_copy(update=at_home | {"incident": accepted.incident_id})
                for of_signal in found.new[key].values()
                for s in of_signal
            ]
        return opened

    def _steady(
        self, tx: Transaction, record: Record, rows: Sequence[KnownAlert], now: datetime
    ) -> None:
        calm = [steadied(row, now) for row in rows]
        tx.save_alerts(calm)
        incidents = tx.incidents(sorted({row.incident for row in calm if row.incident}))
        live = tx.live_alerts(incidents.keys())
        events = {}
        for row in calm:
            incident = incidents.get(row.incident or "")
            if incident is not None and hears_of_alerts(incident):
                firing = live.get((incident.id, row.alert.name), 0) > 0
                target, key = Target.of(incident), (incident.id, row.alert.name)
                events[key] = telling.steady(target, row.alert.name, firing=firing, now=now)
        record(list(events.values()))

    def _tell_of_unmapped(
        self, tx: Transaction, source: str, steps: Iterable[Step], taken: Taken, now: datetime
    ) -> None:
        """One alarm for a source: the page of alerts has the rest."""
        for step in steps:
            if step.turn is Turn.BEGAN and step.after.service is None:
                number = _ticket_of(tx, step)
                said = [f"{k}={v}" for k, v in step.after.alert.labels.items()]
                values = {
                    "source": source,
                    "alert": step.after.alert.name,
                    "labels": ", ".join(said)[:300] or "-",
                }
                alarm = Alarm(
                    key=f"alert_unmapped:{source}",
                    code=_became(number, taken),
                    values=values if number is None else values | {"number": number},
                    raised_at=now,
                )
                tx.raise_alarm(alarm)
                return


def _ticket_of(tx: Transaction, step: Step) -> str | None:
    """The number of the ticket that this alert is on by now; None while it flaps or has none."""
    fingerprint = step.after.alert.fingerprint
    row = tx.known_alerts(step.after.source, [fingerprint]).get(fingerprint)
    home = row.incident if row is not None else None
    return tx.incidents([home])[home].number if home else None


def _became(number: str | None, taken: Taken) -> str:
    """Whoever reads it looks for the ticket: was it opened for this alert, or did the alert join one?"""
    if number is None:
        return "alert_unmapped"
    return "alert_unmapped_opened" if number in taken.opened else "alert_unmapped_joined"


def _mapped(step: Step, rules: AlertRules, names: ServiceNames) -> Step:
    alert = step.after.alert
    found = {
        "service": names.first(rules.candidates(alert)),
        "severity": rules.severity_of(alert),
    }
    return replace(step, after=step.after.model_copy(update=found))


def _begins_now(row: KnownAlert) -> Step:
    """What maintenance kept back comes up as if it had just begun."""
    freed = row.model_copy(update={"held_by": None, "held_number": "", "due_at": None})
    return Step(turn=Turn.BEGAN, before=row, after=freed)
