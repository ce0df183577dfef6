"""The ledger (law 3): one row per message, and every attempt recorded before and after."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam, insert, select, text, update

from ...domain.communication import Lane
from ...domain.message import Attempt, Finished, Message, MessageState, Outcome
from ...domain.times import to_text
from . import tables
from .rows import Found, Row, Rows, fairly, moment, on_conflict, together

M = tables.messages
A = tables.attempts
_DELIVERED = MessageState.DELIVERED.value
_SENDING = MessageState.SENDING.value
_COLUMNS = {"state", "due_at", "tries"}

# Built once: a claim that finds nothing must cost next to nothing.
_OF_CHANNEL = M.c.channel == bindparam("on")
_DUE = (
    select(M)
    .where(text(tables.QUEUED), _OF_CHANNEL, M.c.lane == bindparam("of_lane"))
    .where(M.c.due_at <= bindparam("now"))
    .order_by(M.c.due_at, M.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_EARLIEST_QUEUED = [
    select(M.c.due_at)
    .where(text(tables.QUEUED), _OF_CHANNEL, M.c.lane == lane)
    .order_by(M.c.due_at)
    .limit(1)
    for lane in Lane
]
_EARLIEST_LEASE = (
    select(M.c.lease_until)
    .where(text(tables.SENDING), _OF_CHANNEL)
    .order_by(M.c.lease_until)
    .limit(1)
)
_CLAIMABLE = together(*_EARLIEST_QUEUED)
_EARLIEST = together(*_EARLIEST_QUEUED, _EARLIEST_LEASE)
_ABANDONED = (
    select(M)
    .where(text(tables.SENDING), _OF_CHANNEL, M.c.lease_until <= bindparam("now"))
    .order_by(M.c.lease_until)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_CLOSE_ATTEMPT = (
    update(A)
    .where(A.c.message_id == bindparam("of"), A.c.n == bindparam("nth"))
    .values(
        finished_at=bindparam("finished"),
        outcome=bindparam("ended"),
        detail=bindparam("said"),
        provider_id=bindparam("theirs"),
    )
)
# Only the newest attempt moves its message: one that was given up and ends late must not put back in
# the queue what is being sent again. And what was delivered stays delivered.
_MOVE_MESSAGE = (
    update(M)
    .where(M.c.id == bindparam("of"), M.c.tries == bindparam("nth"), M.c.state != _DELIVERED)
    .values(state=bindparam("to"), lease_until=None, due_at=bindparam("due"))
)
_ATTEMPTS = insert(A)
_LEASE_MESSAGE = (
    update(M)
    .where(M.c.id == bindparam("of"))
    .values(state=_SENDING, lease_until=bindparam("until"), tries=bindparam("nth"))
)


@lru_cache(maxsize=2)
def _adding(postgres: bool) -> Any:
    return on_conflict(M, postgres).on_conflict_do_nothing().returning(M.c.id)


class LedgerRows(Rows):
    def add_messages(self, messages: Sequence[Message]) -> list[Message]:
        """Insert those whose id is new, and return them: a repeat is no second message."""
        if not messages:
            return []
        # The database says which were new: of two transactions that add the same one, one is told.
        statement = _adding(self._postgres)
        rows = {m.id: _row(m) for m in messages}
        added = set(self._connection.execute(statement, list(rows.values())).scalars())
        new = [m for m in {m.id: m for m in messages}.values() if m.id in added]
        contents = [
            {"message_id": m.id, "communication_id": content} for m in new for content in m.contents
        ]
        self._insert_new(tables.message_contents, contents)
        return new

    def claim_messages(
        self, channel: str, now: datetime, lease: timedelta, limit: int
    ) -> list[tuple[Message, Attempt]]:
        at = to_text(now)
        waiting = self._due(_CLAIMABLE, at, {"on": channel})
        due = {"on": channel, "now": at, "most": limit}
        lanes = [
            self._all(_DUE, {**due, "of_lane": lane.value})
            for lane, waits in zip(Lane, waiting, strict=True)
            if waits
        ]
        claimed = [_started(row, now) for row in fairly(lanes, limit)]
        if not claimed:
            return []
        until = to_text(now + lease)
        self._connection.execute(
            _LEASE_MESSAGE, [{"of": a.message, "until": until, "nth": a.n} for _, a in claimed]
        )
        self._connection.execute(_ATTEMPTS, [_attempt_row(a) for _, a in claimed])
        return claimed

    def abandoned_messages(
        self, channel: str, now: datetime, limit: int
    ) -> list[tuple[Message, Attempt]]:
        rows = self._all(_ABANDONED, {"on": channel, "now": to_text(now), "most": limit})
        if not rows:
            return []
        started = select(A).where(A.c.message_id.in_([row["id"] for row in rows]))
        newest = {(row["message_id"], row["n"]): row for row in self._all(started)}
        return [(message_of(row), attempt_of(newest[row["id"], row["tries"]])) for row in rows]

    def finish_attempts(self, finished: Sequence[Finished]) -> None:
        if not finished:
            return
        self._connection.execute(_CLOSE_ATTEMPT, [_closing(one) for one in finished])
        self._connection.execute(_MOVE_MESSAGE, [_moving(one) for one in finished])

    def move_message(self, was: Message, to: MessageState, due_at: datetime) -> bool:
        still = (M.c.id == was.id, M.c.state == was.state.value, M.c.tries == was.tries)
        moved = (
            update(M).where(*still).values(state=to.value, due_at=to_text(due_at), lease_until=None)
        )
        return self._connection.execute(moved).rowcount == 1

    def move_messages(
        self, communication_id: str, old: MessageState, new: MessageState, due_at: datetime
    ) -> None:
        held = select(tables.message_contents.c.message_id).where(
            tables.message_contents.c.communication_id == communication_id
        )
        self._connection.execute(
            update(M)
            .where(M.c.id.in_(held), M.c.state == old.value)
            .values(state=new.value, due_at=to_text(due_at))
        )

    def message(self, message_id: str) -> Message | None:
        row = self._first(select(M).where(M.c.id == message_id))
        return message_of(row) if row else None

    def _end_message_leases(self, now: datetime) -> None:
        sending = update(M).where(text(tables.SENDING))
        self._connection.execute(sending.values(lease_until=to_text(now)))

    def _next_message(self, channel: str) -> str | None:
        """One that is being sent is due again when its lease ends."""
        return self._earliest(_EARLIEST, {"on": channel})


def _started(row: Found, now: datetime) -> tuple[Message, Attempt]:
    message = message_of({**row, "state": _SENDING, "tries": row["tries"] + 1})
    return message, Attempt(message=message.id, n=message.tries, started_at=now)


def _attempt_row(attempt: Attempt) -> Row:
    return {
        "message_id": attempt.message,
        "n": attempt.n,
        "started_at": to_text(attempt.started_at),
        "finished_at": None,
        "outcome": Outcome.STARTED.value,
        "detail": "",
        "provider_id": None,
    }


def _closing(one: Finished) -> Row:
    attempt = one.attempt
    return {
        "of": attempt.message,
        "nth": attempt.n,
        "finished": moment(attempt.finished_at),
        "ended": attempt.outcome.value,
        "said": attempt.detail,
        "theirs": attempt.provider_id,
    }


def _moving(one: Finished) -> Row:
    due_at = one.due_at or one.attempt.finished_at or one.attempt.started_at
    return {
        "of": one.attempt.message,
        "nth": one.attempt.n,
        "to": one.state.value,
        "due": to_text(due_at),
    }


def _row(message: Message) -> Row:
    return {
        "id": message.id,
        "bundle": message.bundle,
        "incident_id": message.incident,
        "channel": message.recipient.channel,
        "recipient_key": message.recipient.key,
        "rendition": message.rendition,
        "lane": message.lane.value,
        "state": message.state.value,
        "due_at": to_text(message.due_at),
        "lease_until": None,
        "tries": message.tries,
        "created_at": to_text(message.created_at),
        "body": body_of(message),
    }


def body_of(message: Message) -> str:
    """What of a message has no column of its own."""
    return message.model_dump_json(exclude=_COLUMNS)


def message_of(row: Found) -> Message:
    body = json.loads(row["body"])
    body |= {"state": row["state"], "due_at": row["due_at"], "tries": row["tries"]}
    return Message.model_validate(body)


def attempt_of(row: Found) -> Attempt:
    fields = {name: row[name] for name in row if name != "message_id"}
    return Attempt.model_validate({"message": row["message_id"], **fields})
