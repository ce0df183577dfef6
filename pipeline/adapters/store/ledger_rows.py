"""The ledger (law 3): one row per message, and every attempt recorded before and after."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from ...domain.communication import Lane
from ...domain.message import Attempt, Message, MessageState, Outcome
from ...domain.times import to_text
from ...ports import Finished
from . import tables
from .rows import Row, Rows, fair_share, moment

M = tables.messages
A = tables.attempts
_QUEUED = MessageState.QUEUED.value
_SENDING = MessageState.SENDING.value
_COLUMNS = {"state", "due_at", "tries"}

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
_MOVE_MESSAGE = (
    update(M)
    .where(M.c.id == bindparam("of"))
    .values(state=bindparam("to"), lease_until=None, due_at=bindparam("due"))
)
_LEASE_MESSAGE = (
    update(M)
    .where(M.c.id == bindparam("of"))
    .values(state=_SENDING, lease_until=bindparam("until"), tries=bindparam("nth"))
)


class LedgerRows(Rows):
    def add_messages(self, messages: Sequence[Message]) -> list[Message]:
        """Insert those whose id is new, and return them: a repeat is no second message."""
        if not messages:
            return []
        ids = [m.id for m in messages]
        known = {row["id"] for row in self._all(select(M.c.id).where(M.c.id.in_(ids)))}
        new = list({m.id: m for m in messages if m.id not in known}.values())
        self._insert_new(M, [_row(m) for m in new])
        contents = [
            {"message_id": m.id, "communication_id": content} for m in new for content in m.contents
        ]
        self._insert_new(tables.message_contents, contents)
        return new

    def claim_messages(
        self, channel: str, now: datetime, lease: timedelta, limit: int
    ) -> list[tuple[Message, Attempt]]:
        busy = [rows for lane in Lane if (rows := self._due_messages(channel, lane, now, limit))]
        if not busy:
            return []
        share = fair_share(limit, len(busy))
        first = [row for rows in busy for row in rows[:share]]
        rest = sorted((row for rows in busy for row in rows[share:]), key=lambda r: r["due_at"])
        claimed = [_started(row, now) for row in (first + rest)[:limit]]
        until = to_text(now + lease)
        self._connection.execute(
            _LEASE_MESSAGE, [{"of": a.message, "until": until, "nth": a.n} for _, a in claimed]
        )
        self._connection.execute(insert(A), [_attempt_row(a) for _, a in claimed])
        return claimed

    def _due_messages(
        self, channel: str, lane: Lane, now: datetime, limit: int
    ) -> Sequence[Mapping[str, Any]]:
        return self._all(
            self._lock(
                select(M)
                .where(M.c.state == _QUEUED, M.c.channel == channel, M.c.lane == lane.value)
                .where(M.c.due_at <= to_text(now))
                .order_by(M.c.due_at, M.c.id)
                .limit(limit)
            )
        )

    def abandoned_messages(self, now: datetime, limit: int) -> list[tuple[Message, Attempt]]:
        rows = self._all(
            self._lock(
                select(M)
                .where(M.c.state == _SENDING, M.c.lease_until < to_text(now))
                .order_by(M.c.lease_until)
                .limit(limit)
            )
        )
        return [(message_of(row), self._attempt(row["id"], row["tries"])) for row in rows]

    def _attempt(self, message_id: str, n: int) -> Attempt:
        statement = select(A).where(A.c.message_id == message_id, A.c.n == n)
        return attempt_of(self._connection.execute(statement).mappings().one())

    def finish_attempts(self, finished: Sequence[Finished]) -> None:
        if not finished:
            return
        self._connection.execute(_CLOSE_ATTEMPT, [_closing(one) for one in finished])
        self._connection.execute(_MOVE_MESSAGE, [_moving(one) for one in finished])

    def requeue_message(self, message_id: str, due_at: datetime) -> None:
        self._connection.execute(
            update(M)
            .where(M.c.id == message_id)
            .where(M.c.state.not_in([MessageState.DELIVERED.value, _SENDING]))
            .values(state=_QUEUED, due_at=to_text(due_at), lease_until=None)
        )

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

    def _next_message(self, channel: str) -> str | None:
        """Lane by lane, so that each look is one step into the index of what is due."""
        queued = select(M.c.due_at).where(M.c.state == _QUEUED, M.c.channel == channel)
        looks = [queued.where(M.c.lane == lane).order_by(M.c.due_at).limit(1) for lane in Lane]
        leased = select(M.c.lease_until).where(M.c.state == _SENDING)
        looks.append(leased.order_by(M.c.lease_until).limit(1))
        found = [self._connection.execute(look).scalar() for look in looks]
        return min((at for at in found if at), default=None)


def _started(row: Mapping[str, Any], now: datetime) -> tuple[Message, Attempt]:
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
    return {"of": one.attempt.message, "to": one.state.value, "due": to_text(due_at)}


def _row(message: Message) -> Row:
    return {
        "id": message.id,
        "bundle": message.bundle,
        "incident_id": message.incident,
        "channel": message.recipient.channel,
        "lane": message.lane.value,
        "state": message.state.value,
        "due_at": to_text(message.due_at),
        "lease_until": None,
        "tries": message.tries,
        "created_at": to_text(message.created_at),
        "body": message.model_dump_json(exclude=_COLUMNS),
    }


def message_of(row: Mapping[str, Any]) -> Message:
    body = json.loads(row["body"])
    body |= {"state": row["state"], "due_at": row["due_at"], "tries": row["tries"]}
    return Message.model_validate(body)


def attempt_of(row: Mapping[str, Any]) -> Attempt:
    fields = {name: row[name] for name in row if name != "message_id"}
    return Attempt.model_validate({"message": row["message_id"], **fields})
