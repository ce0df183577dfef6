"""Messages that wait for their reader's time: found by that time, and by reader."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, select, text, update

from ...domain.communication import Kind, Reason
from ...domain.message import Message, MessageState
from ...domain.times import from_text, to_text
from . import tables
from .ledger_rows import body_of, message_of
from .rows import Rows, together
from .rules_tables import WAITS, mutes

M, C = tables.messages, tables.communications
_UNCOUNTED = (
    MessageState.WAITING.value,
    MessageState.BUNDLED.value,
    MessageState.CANCELLED.value,
    MessageState.HELD.value,
)
_DUE = (
    select(M)
    .where(text(WAITS), M.c.due_at <= bindparam("now"))
    .order_by(M.c.due_at, M.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_OF_READER = (
    select(M)
    .where(text(WAITS), M.c.recipient_key == bindparam("of"), M.c.channel == bindparam("on"))
    .order_by(M.c.created_at, M.c.id)
    .with_for_update()
)
_EARLIEST = together(select(M.c.due_at).where(text(WAITS)).order_by(M.c.due_at).limit(1))


class ReachRows(Rows):
    """What `reach_ports.ReachWork` promises."""

    def recently_told(
        self, recipients: Sequence[str], since: datetime
    ) -> dict[str, list[datetime]]:
        if not recipients:
            return {}
        told = select(M.c.recipient_key, M.c.created_at).where(
            M.c.recipient_key.in_(recipients), M.c.state.not_in(_UNCOUNTED)
        )
        # A retry moves `due_at` ahead: it is the first try that the reader noticed.
        found: dict[str, list[datetime]] = {}
        for row in self._all(told.where(M.c.created_at >= to_text(since))):
            found.setdefault(row["recipient_key"], []).append(from_text(row["created_at"]))
        return found

    def due_to_wait_no_more(self, now: datetime, limit: int) -> list[Message]:
        rows = self._all(_DUE, {"now": to_text(now), "most": limit})
        return [message_of(row) for row in rows]

    def waiting_for(self, recipient: str, channel: str) -> list[Message]:
        rows = self._all(_OF_READER, {"of": recipient, "on": channel})
        return [message_of(row) for row in rows]

    def told_since(
        self, recipient: str, channel: str, incidents: Sequence[str], since: datetime
    ) -> list[tuple[str, Kind, datetime]]:
        told = (
            select(M.c.incident_id, C.c.kind, M.c.created_at)
            .join(C, C.c.id == M.c.bundle)
            .where(M.c.recipient_key == recipient, M.c.channel == channel)
            .where(M.c.incident_id.in_(incidents), M.c.state.not_in(_UNCOUNTED))
        )
        rows = self._all(told.where(M.c.created_at > to_text(since)))
        return [(r["incident_id"], Kind(r["kind"]), from_text(r["created_at"])) for r in rows]

    def put_aside(self, waiting: Message, reason: Reason) -> None:
        ended = waiting.model_copy(update={"waits": reason})
        still = (M.c.id == waiting.id, M.c.state == MessageState.WAITING.value)
        changes = {"state": MessageState.CANCELLED.value, "body": body_of(ended)}
        self._connection.execute(update(M).where(*still).values(**changes))

    def mute(self, person: str, incident_id: str, until: datetime) -> None:
        row = {"person": person, "incident_id": incident_id, "until": to_text(until)}
        self._upsert(mutes, ["person", "incident_id"], [row])

    def mutes(self, people: Sequence[str], now: datetime) -> dict[tuple[str, str], datetime]:
        if not people:
            return {}
        lasting = select(mutes).where(mutes.c.person.in_(people), mutes.c.until > to_text(now))
        rows = self._all(lasting)
        return {(row["person"], row["incident_id"]): from_text(row["until"]) for row in rows}

    def _next_waiting(self) -> str | None:
        return self._earliest(_EARLIEST)
