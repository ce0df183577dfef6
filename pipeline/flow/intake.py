"""An event comes in: what does it make of its incident, and who is to be told?

Everything that follows from a batch is committed in one transaction (law 1): the events, the folded
incidents, the communications they cause, the promises they keep.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from ..domain.change_events import Deployed
from ..domain.cloudevents import Incoming
from ..domain.communication import OF_APPROVALS, Awaited
from ..domain.directory import Person
from ..domain.errors import Refused, StaleVersion, UnknownIncident
from ..domain.events import Event
from ..domain.folding import fold, is_late
from ..domain.incident import Incident
from ..domain.plausible import refuse_implausible
from ..policy.decide import decide
from ..policy.rules import RulePack
from ..ports import Clock, Ids, Recorded, Seen, Source, Store, Transaction
from . import changes, closing, promises, requests, service_clocks, windows
from .accepted import Accepted, accepted_as, check_version, repeated, seen_as
from .alerts.confirming import watch_alerts
from .approvals.asking import fanned_out
from .approvals.following import follow
from .articles import opinions
from .articles.lookups import ask
from .library import Library
from .newcomers import Defaults, learn, merge_named, named_in
from .on_call.resolving import to_those_on_call
from .planning import plan, rule_failed
from .portal import attaching
from .recurrence.awaiting import await_judging
from .recurrence.desk_records import take_record
from .surges import joining
from .surges.noting import note
from .surveys.offering import offer
from .writing.waits import Prospects, await_prose

TRIES = 3
"""Two processes may fold events of one incident at once: the loser reads again and folds anew."""


Beside = Callable[[Transaction, Sequence[Accepted]], None]
Record = Callable[[Sequence[Incoming]], list[Accepted]]
T = TypeVar("T")


@dataclass(kw_only=True)
class _Batch:
    """What a transaction has gathered so far; written at its end, each kind of row at once."""

    seen: dict[tuple[str, str], Seen]
    incidents: dict[tuple[str, str], Incident]
    sources: dict[str, Source]
    rules: RulePack
    """All events of a batch are judged by the rules that were in force when it began."""
    recorded: list[Recorded] = field(default_factory=list)
    touched: dict[str, Incident] = field(default_factory=dict)
    people: dict[str, dict[str, Person]] = field(default_factory=dict)
    """By source, then by id."""
    searched: set[str] = field(default_factory=set)
    """Incidents for which articles are to be looked for."""
    asked: set[str] = field(default_factory=set)
    """Communications for which a chat model is to be asked."""


class Intake:
    """The door for events, whoever brings them."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        ids: Ids,
        library: Library,
        defaults: Defaults,
        wake: Callable[[], None],
        wake_search: Callable[[], None],
        wake_prose: Callable[[], None] = lambda: None,
        prospects: Prospects | None = None,
        attaches: bool = True,
    ) -> None:
        """`wake_search` is for a ticket that waits for articles: most events concern no search; `wake_prose` for a
        message that waits for a chat model, where `prospects` knows one; `attaches`: reports join open major incidents."""
        self._store, self._clock, self._ids, self._library = store, clock, ids, library
        self._attaches = attaches
        self._defaults, self._wake, self._wake_search = defaults, wake, wake_search
        self._wake_prose, self._prospects = wake_prose, prospects or Prospects(library)

    def accept(self, incoming: Sequence[Incoming], beside: Beside | None = None) -> list[Accepted]:
        """Record a batch, all or nothing. `beside` writes what must be true exactly when the batch is;
        it runs last, in the same transaction, and what it raises undoes all.

        Raises ContentDiffers, UnknownIncident, IncidentClosed, StaleVersion; then nothing is kept.
        """

        def whole(tx: Transaction, record: Record) -> list[Accepted]:
            accepted = record(incoming)
            if beside is not None:
                beside(tx, accepted)
            return accepted

        awaited = any(i.expected_version is not None for i in incoming)
        return self.together(whole, tries=1 if awaited else TRIES)

    def together(self, work: Callable[[Transaction, Record], T], *, tries: int = TRIES) -> T:
        """Several batches as one: `work` makes each with what it reads, and with the numbers that those before
        it were given. It begins anew, from nothing, when somebody else was first."""
        for left in reversed(range(tries)):
            batches: list[_Batch] = []
            try:
                with self._store.write() as tx:
                    done = work(tx, partial(self._record, tx, batches))
                break
            except StaleVersion:
                if left == 0:
                    raise
        self._wake()
        if any(batch.searched for batch in batches):
            self._wake_search()
        if any(batch.asked for batch in batches):
            self._wake_prose()
        return done

    def _record(
        self, tx: Transaction, batches: list[_Batch], incoming: Sequence[Incoming]
    ) -> list[Accepted]:
        batch = self._gather(tx, incoming)
        batches.append(batch)
        accepted = []
        for n, item in enumerate(incoming):
            try:
                accepted.append(self._one(tx, batch, item))
            except Refused as refused:
                refused.event = n
                raise
        for source, named in batch.people.items():
            learn(tx, source, named)
        tx.append(batch.recorded)
        tx.save_incidents(batch.touched.values())
        if joins := self._joined_by(tx, batch):
            self._record(tx, batches, joins)
        return accepted

    def _joined_by(self, tx: Transaction, batch: _Batch) -> list[Incoming]:
        """Tickets that came before what was declared belong to it in the same transaction, those of which it was asked
        whatever the settings say; what belonged to a false alarm leaves it."""
        done, now = (tx, batch.recorded, batch.touched), self._clock.now()
        attaching.stand_aside(*done, now)
        joins = joining.earlier(*done, batch.rules.confirmation, now, asked_only=not self._attaches)
        return joins + attaching.released(*done, now)

    def _gather(self, tx: Transaction, incoming: Sequence[Incoming]) -> _Batch:
        batch = _Batch(seen={}, incidents={}, sources={}, rules=self._library.in_force(tx))
        for name in {item.source for item in incoming}:
            mine = [item for item in incoming if item.source == name]
            batch.sources[name] = tx.source(name) or Source(name=name)
            for source_id, seen in tx.seen(name, [i.source_id for i in mine]).items():
                batch.seen[name, source_id] = seen
            numbers = sorted({i.number for i in mine if i.number is not None})
            for number, incident in tx.incidents_by_number(name, numbers).items():
                batch.incidents[name, number] = incident
        return batch

    def _one(self, tx: Transaction, batch: _Batch, item: Incoming) -> Accepted:
        seen = batch.seen.get((item.source, item.source_id))
        if seen is not None:
            return repeated(item, seen)
        refuse_implausible(item)
        if isinstance(item.data, Deployed):
            return self._keep(
                batch, changes.take(tx, item, item.data, self._ids, self._clock), item
            )
        number = item.number or self._number(tx, batch, batch.sources[item.source])
        before = batch.incidents.get((item.source, number))
        check_version(item, before)
        event = self._event(item, number, before)
        after = fold(before, event, owner=batch.sources[item.source].owner)
        batch.incidents[item.source, number] = after
        batch.touched[after.id] = after
        self._keep(batch, event, item)
        named = named_in(event.data, self._defaults)
        merge_named(batch.people.setdefault(item.source, {}), named)
        if ask(tx, event, before, self._clock.now()):
            batch.searched.add(after.id)
        self._decide(tx, batch, event, before, after)
        opinions.keep(tx, event, after)
        attaching.keep(tx, event, before, after, batch.touched)
        promises.settle(tx, event, after, self._clock.now())
        closing.warn(tx, event, after, self._clock.now())
        service_clocks.follow(tx, batch.rules, event, before, after, self._clock.now())
        requests.confirm(tx, event)
        offer(tx, event, after, batch.rules.surveys, self._ids, self._clock.now())
        windows.follow(tx, event, after, batch.rules.maintenance, self._clock.now())
        changes.follow(tx, event, after, self._ids)
        self._watch_statements(tx, event, before)
        await_judging(tx, event, before, self._clock.now())
        note(tx, event, after, batch.rules.confirmation, self._clock.now())
        self._follow(tx, batch, event, before, after)
        self._attach(tx, batch, event, after)
        return accepted_as(event)

    def _keep(self, batch: _Batch, event: Event, item: Incoming) -> Accepted:
        batch.recorded.append(Recorded(event=event, content_hash=item.content_hash))
        batch.seen[item.source, item.source_id] = seen_as(event, item.content_hash)
        return accepted_as(event)

    def _follow(
        self, tx: Transaction, batch: _Batch, event: Event, before: Incident | None, after: Incident
    ) -> None:
        """That an approval is passed on is an event of the same batch."""
        rules, named = batch.rules, batch.people.get(event.source, {})
        passed = follow(tx, event, before, after, rules, named, self._ids, self._clock.now())
        if passed is not None:
            self._one(tx, batch, passed)

    def _attach(self, tx: Transaction, batch: _Batch, event: Event, incident: Incident) -> None:
        """A report of what is known already joins it, and what a second alert confirms is declared, in the same
        transaction."""
        beside = batch.touched.values() if self._attaches else None
        now, rules = self._clock.now(), batch.rules.confirmation
        joins = attaching.follows(tx, event, incident, beside, rules, now)
        sure = watch_alerts(tx, event, incident, rules, now)
        for known in (*sure, *joins, *take_record(tx, event, incident, self._ids, now)):
            self._one(tx, batch, known)

    def _watch_statements(self, tx: Transaction, event: Event, before: Incident | None) -> None:
        """Somebody may have been told what turns out to be wrong."""
        told = before is not None and before.major is not None
        if told and self._library.rules.corrections.may_right(event.name):
            tx.await_correction_check(event.incident_id, self._clock.now())

    def _number(self, tx: Transaction, batch: _Batch, source: Source) -> str:
        if source.owner == "desk":
            raise UnknownIncident(
                f"{source.name} numbers its own tickets; send the number", field="subject"
            )
        # A source may have used such a number itself: that one is its, and ours goes on.
        while True:
            number = f"INC-{tx.next_number()}"
            taken = (source.name, number) in batch.incidents
            if not taken and not tx.incidents_by_number(source.name, [number]):
                return number

    def _event(self, item: Incoming, number: str, before: Incident | None) -> Event:
        return Event(
            id=self._ids.new("evt"),
            source=item.source,
            source_id=item.source_id,
            type=item.type,
            incident_id=before.id if before else self._ids.new("inc"),
            number=number,
            version=before.version + 1 if before else 1,
            occurred_at=item.occurred_at,
            recorded_at=self._clock.now(),
            data=item.data,
        )

    def _decide(
        self, tx: Transaction, batch: _Batch, event: Event, before: Incident | None, after: Incident
    ) -> None:
        """Rules to communications. What is not told is kept with its reason (law 10)."""
        found = decide(
            batch.rules,
            event,
            before,
            after,
            late=is_late(before, event),
            told=lambda audience: [kind for kind, _ in tx.kinds_told(after.id, audience)],
        )
        now = self._clock.now()
        silent = [s.skipped(self._ids.new("com"), event, now) for s in found.silent]
        tx.add_communications(silent)
        for failed in found.failed:
            tx.raise_alarm(rule_failed(failed, after, now))
        for tell in found.tell:
            # A ticket that was just opened is known to be searched for, or not.
            articles = tell.articles_within is not None and (
                after.id in batch.searched or (before is not None and tx.lookup_is_due(after.id))
            )
            prose = tell.prose_within is not None and self._prospects.may_be_asked(
                tx, after, tell.audience
            )
            new = self._ids.new("com")
            planned = tell.planned(new, event, now, articles=articles, prose=prose)
            planned = to_those_on_call(tx, planned, tell.on_call, now)
            if planned.kind in OF_APPROVALS:
                tx.add_communications(fanned_out(planned, event, before, after, self._ids))
                continue
            survivor = plan(tx, planned, batch.rules.alone, self._clock.now())
            if survivor.awaits is Awaited.PROSE:
                await_prose(tx, survivor, tell.prose_within, self._clock.now())
                batch.asked.add(survivor.id)
