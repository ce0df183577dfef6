"""An event comes in: what does it make of its incident, and who is to be told?

Everything that follows from a batch is committed in one transaction (law 1): the events, the folded
incidents, the communications they cause, the promises they keep.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ..domain.cloudevents import Incoming
from ..domain.communication import Awaited
from ..domain.directory import Person
from ..domain.errors import ContentDiffers, Refused, StaleVersion, UnknownIncident
from ..domain.events import Event
from ..domain.folding import fold, is_late
from ..domain.incident import Incident
from ..domain.major_events import AlertCleared, Alerted, Declared, Withdrawn
from ..domain.plausible import refuse_implausible
from ..policy.confirmation import awaits_confirmation, is_confirmed
from ..policy.decide import decide
from ..ports import Alarm, Clock, Ids, Recorded, Seen, Source, Store, Transaction
from . import closing, promises, requests
from .articles import opinions
from .articles.lookups import ask
from .library import Library
from .newcomers import Defaults, learn, merge_named, named_in
from .own_events import confirmed
from .planning import plan
from .recurrence.judging import await_judging
from .writing.waits import Prospects, await_prose

TRIES = 3
"""Two processes may fold events of one incident at once: the loser reads again and folds anew."""


@dataclass(frozen=True, kw_only=True)
class Accepted:
    """What became of one event. A duplicate carries the ids that it was given the first time."""

    event_id: str
    incident_id: str
    number: str
    version: int
    duplicate: bool = False


Beside = Callable[[Transaction, Sequence[Accepted]], None]


@dataclass(kw_only=True)
class _Batch:
    """What a transaction has gathered so far; written at its end, each kind of row at once."""

    seen: dict[tuple[str, str], Seen]
    incidents: dict[tuple[str, str], Incident]
    sources: dict[str, Source]
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
    ) -> None:
        """`wake_search` is for a ticket that waits for articles: most events concern no search; `wake_prose`
        for a message that waits for a chat model, where `prospects` knows one."""
        self._store, self._clock, self._ids, self._library = store, clock, ids, library
        self._defaults, self._wake, self._wake_search = defaults, wake, wake_search
        self._wake_prose, self._prospects = wake_prose, prospects or Prospects(library)

    def accept(self, incoming: Sequence[Incoming], beside: Beside | None = None) -> list[Accepted]:
        """Record a batch, all or nothing. `beside` writes what must be true exactly when the batch is;
        it runs last, in the same transaction, and what it raises undoes all.

        Raises ContentDiffers, UnknownIncident, IncidentClosed, StaleVersion; then nothing is kept.
        """
        for left in reversed(range(TRIES)):
            try:
                with self._store.write() as tx:
                    accepted, batch = self._record(tx, incoming)
                    if beside is not None:
                        beside(tx, accepted)
                break
            except StaleVersion:
                if left == 0 or any(i.expected_version is not None for i in incoming):
                    raise
        self._wake()
        if batch.searched:
            self._wake_search()
        if batch.asked:
            self._wake_prose()
        return accepted

    def _record(
        self, tx: Transaction, incoming: Sequence[Incoming]
    ) -> tuple[list[Accepted], _Batch]:
        batch = self._gather(tx, incoming)
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
        return accepted, batch

    def _gather(self, tx: Transaction, incoming: Sequence[Incoming]) -> _Batch:
        batch = _Batch(seen={}, incidents={}, sources={})
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
            return _repeated(item, seen)
        refuse_implausible(item)
        number = item.number or self._number(tx, batch, batch.sources[item.source])
        before = batch.incidents.get((item.source, number))
        _check_version(item, before)
        event = self._event(item, number, before)
        after = fold(before, event, owner=batch.sources[item.source].owner)
        batch.incidents[item.source, number] = after
        batch.touched[after.id] = after
        batch.recorded.append(Recorded(event=event, content_hash=item.content_hash))
        named = named_in(event.data, self._defaults)
        merge_named(batch.people.setdefault(item.source, {}), named)
        if ask(tx, event, before, self._clock.now()):
            batch.searched.add(after.id)
        self._decide(tx, batch, event, before, after)
        opinions.keep(tx, event, after)
        promises.settle(tx, event, after, self._clock.now())
        closing.warn(tx, event, after, self._clock.now())
        requests.confirm(tx, event)
        await_judging(tx, event, before, self._clock.now())
        batch.seen[item.source, item.source_id] = Seen(
            source_id=item.source_id,
            content_hash=item.content_hash,
            event_id=event.id,
            incident_id=event.incident_id,
            number=number,
            version=event.version,
        )
        self._watch_alerts(tx, batch, event, after)
        return _accepted(event)

    def _watch_alerts(
        self, tx: Transaction, batch: _Batch, event: Event, incident: Incident
    ) -> None:
        """A second alert makes it a major incident at once; a single one has to keep firing."""
        if not isinstance(event.data, Alerted | AlertCleared | Declared | Withdrawn):
            return
        rules = self._library.rules.confirmation
        if not awaits_confirmation(rules, incident):
            tx.end_confirmation(incident.id)
        elif is_confirmed(rules, incident):
            follows = confirmed(incident, "second_signal", self._clock.now())
            self._one(tx, batch, follows)
        elif rules.hold_down is not None:
            tx.await_confirmation(incident.id, self._clock.now() + rules.hold_down)

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
            self._library.rules,
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
            values = {"rule": failed.rule, "error": failed.error, "number": after.number}
            tx.raise_alarm(
                Alarm(
                    key=f"rule:{failed.rule}",
                    code="rule_condition_failed",
                    values=values,
                    raised_at=now,
                    incident=after.id,
                )
            )
        for tell in found.tell:
            # A ticket that was just opened is known to be searched for, or not.
            articles = tell.articles_within is not None and (
                after.id in batch.searched or (before is not None and tx.lookup_is_due(after.id))
            )
            prose = tell.prose_within is not None and self._prospects.may_be_asked(
                tx, after, tell.audience
            )
            new = self._ids.new("com")
            planned = tell.planned(new, event, self._clock.now(), articles=articles, prose=prose)
            survivor = plan(tx, planned, self._library.rules.alone, self._clock.now())
            if survivor.awaits is Awaited.PROSE:
                await_prose(tx, survivor, tell.prose_within, self._clock.now())
                batch.asked.add(survivor.id)


def _accepted(event: Event) -> Accepted:
    return Accepted(
        event_id=event.id,
        incident_id=event.incident_id,
        number=event.number,
        version=event.version,
    )


def _repeated(item: Incoming, seen: Seen) -> Accepted:
    if seen.content_hash != item.content_hash:
        raise ContentDiffers(
            f"{item.source} already sent the id {item.source_id} with another content; "
            "use a new id for a new event",
            field="id",
        )
    return Accepted(
        event_id=seen.event_id,
        incident_id=seen.incident_id,
        number=seen.number,
        version=seen.version,
        duplicate=True,
    )


def _check_version(item: Incoming, before: Incident | None) -> None:
    current = before.version if before else 0
    if item.expected_version is not None and item.expected_version != current:
        raise StaleVersion(
            f"the ticket is at version {current}, not {item.expected_version}; read it again",
            field="expectedversion",
        )
