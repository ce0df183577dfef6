"""One event against a pack: what would be told to whom, and why not the rest? Nothing is kept."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from ..delivery.plan import Plan, addresses, page_of
from ..domain.cloudevents import Incoming
from ..domain.errors import UnknownThing
from ..policy.answers import Answer, answers
from ..policy.audiences import members_of
from ..policy.rules import RulePack
from ..ports import Clock, Store, Transaction
from .moments import Moment, moment_of, moments_of
from .on_call.resolving import on_call_now


@dataclass(frozen=True, kw_only=True)
class Tried:
    """What one rule says; whom it reaches, where it tells, and how long it waits."""

    answer: Answer
    plan: Plan | None = None
    after: timedelta = timedelta()


@dataclass(frozen=True, kw_only=True)
class Trial:
    moment: Moment
    rules: tuple[Tried, ...]
    elsewhere: int
    """How many rules are about other events."""


class Trials:
    def __init__(self, *, store: Store, clock: Clock, live: Collection[str], zone: str) -> None:
        self._store, self._clock, self._live, self._zone = store, clock, live, zone

    def recorded(self, pack: RulePack, event_id: str) -> Trial:
        """An event of the record, by its id; told is what had been told before it came. Raises UnknownThing."""
        with self._store.read() as tx:
            name = tx.incident_of_event(event_id)
            incident = tx.incident(name) if name else None
            if incident is None:
                raise UnknownThing(f"no event {event_id[:100]}")
            moment = next(m for m in moments_of(tx, incident) if m.event.id == event_id)
            return self._tried(tx, pack, moment)

    def pasted(self, pack: RulePack, incoming: Incoming) -> Trial:
        """An event as it would come in now. Raises what folding it raises."""
        now = self._clock.now()
        with self._store.read() as tx:
            found = {}
            if incoming.number is not None:
                found = tx.incidents_by_number(incoming.source, [incoming.number])
            before = next(iter(found.values()), None)
            return self._tried(tx, pack, moment_of(tx, incoming, before, now))

    def _tried(self, tx: Transaction, pack: RulePack, moment: Moment) -> Trial:
        found = answers(
            pack,
            moment.event,
            moment.before,
            moment.after,
            late=moment.late,
            told=lambda audience: moment.told.get(audience, []),
        )
        tried = tuple(self._one(tx, moment, answer) for answer in found)
        return Trial(moment=moment, rules=tried, elsewhere=len(pack.rules) - len(tried))

    def _one(self, tx: Transaction, moment: Moment, answer: Answer) -> Tried:
        if answer.tell is None:
            return Tried(answer=answer)
        incident = moment.after
        service = tx.services([incident.service.value]) if incident.service else {}
        wanted = members_of(answer.rule.audience, incident, next(iter(service.values()), None))
        if answer.rule.on_call is not None:
            wanted = on_call_now(tx, answer.rule.on_call, self._clock.now()) or wanted
        groups = tx.groups(list(wanted.groups))
        people = tx.people(list(wanted.people), source=incident.source)
        members = tx.people(sorted({name for group in groups.values() for name in group.members}))
        plan = addresses(
            [*people.values(), *groups.values()],
            members,
            channels=answer.rule.channels,
            live=self._live,
            pages=[page_of(language, self._zone) for language in wanted.pages],
        )
        return Tried(answer=answer, plan=plan, after=answer.tell.delay)
