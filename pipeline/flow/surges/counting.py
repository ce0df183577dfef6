"""So many tickets of one service at once: those in charge are asked once whether it is a major incident.

One look at a time counts what is committed, so that two processes neither ask twice nor each see too few. The question
is an event of the first of these tickets, which has been on record for longest, or of the incident of an alert that
fires on the service already: then one is the other's second signal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from ...domain.errors import StaleVersion
from ...domain.incident import Incident
from ...domain.sighting import Sighting
from ...domain.surge_events import MOST_NAMED, TicketsSurged
from ...policy.confirmation import Confirmation, TicketRule, awaits_confirmation
from ...policy.surging import joins, may_carry, says_of_failure, surge_of
from ...ports import Clock, Store, Transaction
from ..alerts.confirming import says_what_failed
from ..intake import Intake, Record
from ..library import Library
from ..own_events import confirmed, own_event
from . import joining
from .placing import placed

BATCH = 100
MOST = 200
"""Tickets of one service that are looked at; a storm that is larger was asked about long before."""
MOST_ALERTS = 100
"""Of all severities and states: those that confirm nothing must not hide the one that does."""
KEPT_FOR = timedelta(days=7)
"""How long a sighting is kept: whoever declares after days still finds the tickets that were asked about."""
FORGOTTEN_AT_ONCE = 200


class Surges:
    """The worker behind the rows of tickets that nobody has counted yet."""

    def __init__(self, store: Store, clock: Clock, library: Library, intake: Intake) -> None:
        self._store, self._clock, self._library, self._intake = store, clock, library, intake

    def turn(self) -> bool:
        """True when something was due."""
        now = self._clock.now()
        with self._store.read() as tx:
            if not tx.due_sightings(now, 1):
                return False
        try:
            return self._intake.together(lambda tx, record: self._look(tx, record, now))
        except StaleVersion:
            # Something else was recorded on one of the tickets, again and again: the next turn looks anew.
            return False

    def _look(self, tx: Transaction, record: Record, now: datetime) -> bool:
        tx.surges_in_turn()
        due = tx.due_sightings(now, BATCH)
        tx.forget_sightings(now - KEPT_FOR, FORGOTTEN_AT_ONCE)
        rules = self._library.in_force(tx).confirmation
        if late := joining.left(tx, due, rules, now):
            record(late)
        found = placed(tx, due)
        tx.place_sightings(due, [one for one in found if one not in due])
        seen: dict[str, list[Sighting]] = {}
        for one in found:
            if one.service is not None and rules.tickets_of(one.service) is not None:
                seen.setdefault(one.service, []).append(one)
        known = tx.open_majors_of(seen.keys())
        for service, some in sorted(seen.items()):
            rule = rules.tickets_of(service)
            # Whoever reports a failure that is open already belongs to it: nothing is asked.
            if rule is not None and service not in known:
                _Count(tx, record, rules, rule, service, now).look(some)
        return bool(due)


class _Count:
    """One service, counted once."""

    def __init__(
        self,
        tx: Transaction,
        record: Record,
        rules: Confirmation,
        rule: TicketRule,
        service: str,
        now: datetime,
    ) -> None:
        self._tx, self._record, self._rules, self._rule = tx, record, rules, rule
        self._service, self._now = service, now

    def look(self, due: Sequence[Sighting]) -> None:
        since = min(one.seen_at for one in due) - self._rule.within
        newest = self._tx.reports_seen(self._service, since, MOST)
        # Also what is due of a storm that is larger than what is looked at.
        rows = {one.ticket: one for one in (*due, *newest) if one.requester is not None}
        questions = self._tx.incidents(sorted({s.surge for s in rows.values() if s.surge}))
        seen = [_afresh(one, questions) for one in rows.values()]
        standing = (questions[name] for name in sorted(questions))
        question = next((one for one in standing if self._stands_on(one)), None)
        if question is not None:
            new = {one.ticket for one in due}
            self._go_on(question, seen, [one for one in seen if one.ticket in new])
        elif surge_of(self._rule, seen, self._now):
            self._ask(seen)

    def _stands_on(self, one: Incident) -> bool:
        """A title may name two services: then each has a question of its own."""
        return one.is_surging and one.surge is not None and one.surge.value.service == self._service

    def _counted(self, seen: Sequence[Sighting]) -> tuple[list[Sighting], Mapping[str, Incident]]:
        tickets = self._tx.incidents(sorted(one.ticket for one in seen))
        known = (one for one in seen if one.ticket in tickets)
        return [one for one in known if says_of_failure(tickets[one.ticket], self._rules)], tickets

    def _ask(self, seen: Sequence[Sighting]) -> None:
        counted, tickets = self._counted(seen)
        surge = surge_of(self._rule, counted, self._now)
        alert = self._alert() if surge else None
        target = alert or next((t for s in surge if may_carry(t := tickets[s.ticket])), None)
        if target is None:
            return
        # What the same people reported once more is of the same question.
        of_it = [s for s in counted if s.surge is None and s.seen_at >= surge[0].seen_at]
        numbers = [tickets[one.ticket].number for one in surge]
        self._note(target, of_it, len(surge), numbers, surge[0].seen_at)
        if alert is not None:
            self._confirm(target)
        elif self._rule.hold_down is not None:
            self._tx.await_confirmation(target.id, self._now + self._rule.hold_down)

    def _go_on(self, question: Incident, seen: Sequence[Sighting], new: Sequence[Sighting]) -> None:
        """The question stands: what comes belongs to it, and an alert of the service answers it."""
        asked = [one for one in seen if one.surge == question.id]
        more = [one for one in new if one.surge is None and joins(self._rule, one, asked)]
        self._tx.mark_asked(self._counted(more)[0], question.id)
        told = question.surge
        if self._rule.second_signal and awaits_confirmation(self._rules, question):
            self._confirm(question)
        elif told is not None and (alert := self._alert()) is not None and alert.id != question.id:
            of_it = self._tx.asked_about(question.id)
            self._note(alert, of_it, told.value.people, told.value.tickets, told.value.since)
            self._confirm(alert)

    def _alert(self) -> Incident | None:
        """Of an alert that fires on the service, and of which nobody has decided yet; on a closed ticket nothing is asked."""
        if not self._rule.second_signal:
            return None
        found = self._tx.alerts_seen(self._service, MOST_ALERTS)
        incidents = self._tx.incidents([one.ticket for one in found])
        fitting = (incidents[one.ticket] for one in found if one.ticket in incidents)
        open_ = (i for i in fitting if i.attached is None and not i.state.value.is_over)
        return next((i for i in open_ if awaits_confirmation(self._rules, i)), None)

    def _note(
        self,
        target: Incident,
        of_it: Sequence[Sighting],
        people: int,
        numbers: Sequence[str],
        since: datetime,
    ) -> None:
        """The event by which it is asked, and which rows it is about."""
        data = TicketsSurged(
            service=self._service,
            people=people,
            tickets=tuple(numbers[:MOST_NAMED]),
            within_minutes=-(-int(self._rule.within.total_seconds()) // 60),
            since=min(since, self._now),
            severity=self._rule.severity,
        )
        self._record([own_event(target, data, "surge", self._now)])
        self._tx.mark_asked(of_it, target.id)

    def _confirm(self, target: Incident) -> None:
        """What was just recorded on it is read anew."""
        fresh = self._tx.incident(target.id)
        if fresh is None:
            return
        if says_what_failed(fresh, self._tx.services(list(fresh.services))):
            self._record([confirmed(fresh, "second_signal", self._now)])


def _afresh(one: Sighting, questions: Mapping[str, Incident]) -> Sighting:
    """A question that ended without an answer, as its ticket was closed or belongs elsewhere, asked nothing."""
    question = questions.get(one.surge) if one.surge else None
    if question is None or question.is_surging or question.is_answered:
        return one
    return one.model_copy(update={"surge": None})
