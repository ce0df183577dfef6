"""A message is written: does it leave, or wait for its reader's time?

What waits is a row of the ledger with its reason and its time (`bundling`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ..delivery.holding_back import wait_for
from ..delivery.muting import Mutings
from ..domain.communication import Communication, Reason
from ..domain.directory import Person
from ..domain.message import Message, MessageState
from ..domain.wishes import Rate, Wishes
from ..policy.rules import Pace, RulePack
from ..ports import Transaction


def timed(
    tx: Transaction,
    pack: RulePack,
    messages: Iterable[tuple[Communication, Message]],
    now: datetime,
) -> list[Message]:
    """As they are written: those that wait say so. Rooms, pages and what a person has yet to release stay as they are."""
    told = list(messages)
    # What must be told at once asks nobody: a first contact to ten thousand reads not one of them.
    asking = [(c, m) for c, m in told if _may_wait(m) and not c.must]
    readers = _Readers.read(tx, asking, now)
    recent = _recent(tx, readers.widest(pack.pace), [m for _, m in told if _may_wait(m)], now)
    made = []
    for communication, message in told:
        free = _may_wait(message) and not communication.must
        if free and (why := readers.muted(communication, message)) is not None:
            made.append(_muted(message, why))
            continue
        person = readers.people.get(message.recipient.id) if _may_wait(message) else None
        made.append(
            _timed(message, communication, person, recent, readers.pace(message, pack.pace), now)
        )
    return made


@dataclass(frozen=True, kw_only=True)
class _Readers:
    """Those of a batch who may have wishes, each asked once: with their own word over the directory's."""

    people: Mapping[str, Person]
    wishes: Mapping[str, Wishes]
    mutings: Mutings
    of_tickets: Mapping[tuple[str, str], datetime]
    services: Mapping[str, tuple[str, ...]]

    @classmethod
    def read(
        cls, tx: Transaction, asking: Sequence[tuple[Communication, Message]], now: datetime
    ) -> _Readers:
        ids = sorted({m.recipient.id for _, m in asking})
        people, wishes = (tx.people(ids), tx.wishes(ids)) if ids else ({}, {})
        lasting = tx.mutings(ids, now) if ids else []
        groups = tx.groups(sorted({one.reader for one in lasting if one.whose == "group"}))
        about_services = any(one.of == "service" for one in lasting)
        tickets = tx.incidents(sorted({m.incident for _, m in asking})) if about_services else {}
        return cls(
            people={
                **people,
                **{name: said.over(people.get(name)) for name, said in wishes.items()},
            },
            wishes=wishes,
            mutings=Mutings(lasting, groups),
            of_tickets=tx.mutes(ids, now),
            services={name: tuple(one.services) for name, one in tickets.items()},
        )

    def muted(self, c: Communication, message: Message) -> Reason | None:
        reader, incident = message.recipient.id, message.incident
        older = self.of_tickets.get((reader, incident))
        return self.mutings.reason(c, reader, self.services.get(incident, ()), older)

    def pace(self, message: Message, pace: Pace | None) -> Pace | None:
        """Their own limit, where they have one; else that of the rules."""
        said = self.wishes.get(message.recipient.id)
        return _own(said.rate) if said is not None and said.rate is not None else pace

    def widest(self, pace: Pace | None) -> Pace | None:
        """The one that looks back furthest."""
        own = [_own(said.rate) for said in self.wishes.values() if said.rate is not None]
        all_ = [*own, *([pace] if pace else [])]
        return max(all_, key=lambda one: one.within, default=None)


def _own(rate: Rate) -> Pace:
    return Pace(messages=rate.messages, within=timedelta(minutes=rate.minutes))


def _may_wait(message: Message) -> bool:
    return message.recipient.kind == "person" and message.state is MessageState.QUEUED


def _muted(message: Message, why: Reason) -> Message:
    """Its row stays, with the reason: the ticket's page has what it would have said."""
    return message.model_copy(update={"state": MessageState.CANCELLED, "waits": why})


def _recent(
    tx: Transaction, pace: Pace | None, messages: Sequence[Message], now: datetime
) -> dict[str, list[datetime]]:
    if pace is None:
        return {}
    return tx.recently_told(sorted({m.recipient.key for m in messages}), now - pace.within)


def _timed(
    message: Message,
    communication: Communication,
    person: Person | None,
    recent: dict[str, list[datetime]],
    pace: Pace | None,
    now: datetime,
) -> Message:
    if person is None:
        return message
    mine = recent.setdefault(message.recipient.key, [])
    most = (pace.messages, pace.within) if pace else None
    wait = wait_for(person, communication, now, recent=mine, most=most)
    if wait is None:
        mine.append(now)
        return message
    waits = {"state": MessageState.WAITING, "due_at": wait.until, "waits": wait.reason}
    return message.model_copy(update=waits)
