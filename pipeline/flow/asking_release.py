"""A text may not leave yet: who is asked, and until when? Written in the transaction that holds it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from ..domain.agreement import PERSONS, Agreement, Author, Demand, Lapse, Mode
from ..domain.communication import Communication, Draft, Held, Kind, Lane, Reason
from ..domain.facts import STATEMENT
from ..domain.payload import ByPerson
from ..domain.promise import Promise
from ..policy.audiences import RELEASERS
from ..ports import Alarm, Ids, Transaction
from ..release.votes import able, too_few

RULE = "release-request"
BEFORE = timedelta(minutes=1)
"""A text is decided on so long before a time that it announces."""


def asked(
    tx: Transaction,
    held: Communication,
    demand: Demand | None,
    drafts: Sequence[Draft],
    promised: Sequence[Promise],
    ids: Ids,
    now: datetime,
) -> None:
    """The agreement that it waits for, and the request to those whom the rules name."""
    if demand is None:
        return
    agreement = Agreement(
        communication=held.id,
        incident=held.incident,
        demand=demand,
        authors=tuple(Author(id=one) for one in _authors(tx, held, drafts)),
        opened_at=now,
        due_at=_until(demand, promised, now),
        asked=1,
    )
    tx.add_agreements([agreement])
    if demand.ask is not None:
        tx.add_communications([request(agreement, demand.ask, ids.new("com"), now)])
        _warn_of_too_few(tx, held, agreement, demand.ask, now)


def _warn_of_too_few(
    tx: Transaction, held: Communication, agreement: Agreement, group: str, now: datetime
) -> None:
    """Of two persons neither may be an author: a group of two, one of whom wrote it, could be asked for ever.

    Who reads the address of a group without members, nobody here knows."""
    demand = agreement.demand
    if demand.mode is Mode.UNLESS_VETOED:
        return
    asked = demand.groups if demand.lapse is Lapse.ESCALATE else (group,)
    members = {name for one in tx.groups(list(asked)).values() for name in one.members}
    there = [name for name, person in tx.people(sorted(members)).items() if person.active]
    if members and too_few(agreement, there):
        values = {
            "kind": held.kind.value,
            "audience": held.audience,
            "group": ", ".join(asked),
            "needed": str(PERSONS.get(demand.mode, 1)),
            "able": str(len(able(agreement, there))),
        }
        tx.raise_alarm(
            Alarm(
                key=f"release:{held.id}",
                code="release_too_few",
                values=values,
                raised_at=now,
                incident=held.incident,
            )
        )


def request(agreement: Agreement, group: str, new_id: str, now: datetime) -> Communication:
    """To the group, about the text: with its words, what was found in them, and a link for each of them."""
    return Communication(
        id=new_id,
        incident=agreement.incident,
        kind=Kind.RELEASE_REQUEST,
        audience=RELEASERS,
        rule=RULE,
        reason=agreement.demand.reason or Reason(code="asked_to_release"),
        lane=Lane.URGENT,
        due_at=now,
        created_at=now,
        events=(),
        held=Held(communication=agreement.communication, group=group),
    )


def _until(demand: Demand, promised: Sequence[Promise], now: datetime) -> datetime | None:
    """The rule's time, or a little before the first that the text announces: later it would be untrue."""
    if demand.within is None:
        return None
    least = now + timedelta(seconds=1)
    announced = [p.promised_at - BEFORE for p in promised]
    return max(least, min([now + timedelta(seconds=demand.within), *announced]))


def _authors(tx: Transaction, held: Communication, drafts: Sequence[Draft]) -> list[str]:
    """Whoever recorded what it tells, or whose statement it quotes."""
    quoted = {
        value.event
        for draft in drafts
        for rendition in draft.renditions
        for value in rendition.values
        if value.slot == STATEMENT
    }
    told = quoted | set(held.events)
    by = (
        e.data.by for e in tx.stream(held.incident) if e.id in told and isinstance(e.data, ByPerson)
    )
    return sorted({person.id for person in by if person is not None})
