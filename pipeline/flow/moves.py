"""May a person still move this row, and what follows? Looked up in the transaction that changes it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ..domain.communication import Communication, CommunicationState, Kind, Reason
from ..domain.errors import Hindrance, UnknownThing, WrongState
from ..domain.message import MessageState
from ..domain.promise import Promise
from ..policy.cadence import Cadence, next_update
from ..ports import Transaction
from . import promises

_OF_ITS_DRAFT = {"id", "state", "outcome", "told", "revision", "tries"}
_FAILED = (MessageState.MAYBE_SENT, MessageState.REJECTED, MessageState.PARKED)


def draft_anew(
    tx: Transaction,
    held: Communication,
    pending: Sequence[Promise],
    by: str,
    new_id: str,
    now: datetime,
) -> None:
    """A row of its own takes its place: the keys of messages that somebody looked at stay theirs."""
    again = Communication.model_validate(
        held.model_dump(exclude=_OF_ITS_DRAFT) | {"id": new_id, "due_at": now, "created_at": now}
    )
    outcome = Reason(code="drafted_anew", values={"by": by, "into": new_id})
    move(tx, held, CommunicationState.SKIPPED, now, outcome)
    tx.move_messages(held.id, MessageState.HELD, MessageState.CANCELLED, now)
    promises.withdraw(tx, pending, now)
    tx.add_communications([again])
    tx.carry_correction(held.id, new_id)


def follow_on(
    tx: Transaction, discarded: Communication, cadence: Cadence, new_id: str, now: datetime
) -> None:
    """One update that somebody put aside does not end all news: the next is due one wait later."""
    incident = tx.incidents([discarded.incident]).get(discarded.incident)
    ahead = next_update(cadence, incident, now, now) if incident else None
    if ahead is not None:
        row = discarded.model_dump(exclude=_OF_ITS_DRAFT | {"promise"})
        due = {"id": new_id, "due_at": ahead, "created_at": now}
        tx.add_communications([Communication.model_validate(row | due)])


def in_state(tx: Transaction, communication_id: str, *states: CommunicationState) -> Communication:
    """Looked up in the transaction that will change it: two people may press at once."""
    found = tx.communication(communication_id)
    if found is None:
        raise UnknownThing(f"no communication {communication_id}")
    if found.state not in states:
        wanted = " or ".join(state.value for state in states)
        raise WrongState(
            Hindrance.MOVED_ON, f"this communication is {found.state.value}, not {wanted}"
        )
    return found


def move_failed(tx: Transaction, message_id: str, to: MessageState, now: datetime) -> None:
    message = tx.message(message_id)
    if message is None:
        raise UnknownThing(f"no message {message_id}")
    if message.state not in _FAILED or not tx.move_message(message, to, now):
        raise WrongState(
            Hindrance.MOVED_ON, f"this message is {message.state.value}, which is no failure"
        )
    tx.clear_alarm(f"message:{message_id}", now)


def move(
    tx: Transaction,
    was: Communication,
    to: CommunicationState,
    at: datetime,
    outcome: Reason | None = None,
    due_at: datetime | None = None,
) -> None:
    """Of two people who press at once, the first one counts."""
    if was.state is CommunicationState.HELD:
        tx.end_agreement(was.id)
    if not tx.settle_communication(was, to, at=at, outcome=outcome, due_at=due_at):
        raise WrongState(Hindrance.MOVED_ON, "somebody else was quicker; look again")


def refuse_overtaken(
    tx: Transaction, communication: Communication, pending: Sequence[Promise], now: datetime
) -> None:
    """A text that waited too long would announce what is broken already, or tell old news as new."""
    if any(p.promised_at <= now for p in pending):
        raise WrongState(
            Hindrance.TIME_PASSED,
            "the text announces a time that has passed meanwhile; draft it again",
        )
    if communication.kind is Kind.CORRECTION:
        # It speaks of what they were told before, and is withdrawn when that holds no more.
        return
    told = tx.kinds_told(communication.incident, communication.audience)
    if any(at > communication.created_at for _, at in told):
        raise WrongState(
            Hindrance.OVERTAKEN, "they have been told something newer meanwhile; draft it again"
        )
