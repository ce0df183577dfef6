"""Communications and what was drafted for them: rows that a worker moves to their next state."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, bindparam, insert, or_, select, text, update

from ...domain.communication import (
    Communication,
    CommunicationState,
    Draft,
    Kind,
    Lane,
    Reason,
    Release,
    Rendition,
)
from ...domain.message import MessageState, Recipient
from ...domain.times import from_text, to_text
from . import tables
from .rows import Found, Row, Rows, fairly, together

C = tables.communications
_COLUMNS = {"state", "due_at", "tries", "merged_into", "outcome", "told"}
_PLANNED = CommunicationState.PLANNED.value

# Built once: a claim that finds nothing must cost next to nothing.
_FRESH = (
    select(C)
    .where(text(tables.FRESH), C.c.lane == bindparam("of_lane"), C.c.due_at <= bindparam("now"))
    .order_by(C.c.due_at, C.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_EXPIRED = (
    select(C)
    .where(text(tables.LEASED), C.c.lease_until <= bindparam("now"))
    .order_by(C.c.lease_until)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_LEASE = (
    update(C)
    .where(C.c.id == bindparam("of"))
    .values(lease_until=bindparam("until"), tries=C.c.tries + 1)
)
_ADD = insert(C)
_RELEASE = insert(tables.releases)
_PLANNED_OF = (
    select(C)
    .where(C.c.incident_id == bindparam("of"), text(tables.FRESH))
    .order_by(C.c.created_at, C.c.id)
)
_TOLD = (
    # Newest first.
    select(C.c.kind, C.c.settled_at, C.c.told)
    .where(C.c.incident_id == bindparam("of"), C.c.audience == bindparam("to"))
    .where(C.c.state == CommunicationState.RELEASED.value)
    .order_by(C.c.settled_at.desc(), C.c.created_at.desc(), C.c.id.desc())
)
# A correction tells what was wrong, to some of an audience, and not how things stand.
_TOLD_LAST = _TOLD.where(C.c.kind != Kind.CORRECTION.value).limit(1)
_M = tables.messages
_REACHED = (
    select(_M.c.body)
    .join(C, C.c.id == _M.c.bundle)
    .where(C.c.incident_id == bindparam("of"), C.c.audience == bindparam("to"))
    .where(C.c.state == CommunicationState.RELEASED.value)
    .where(_M.c.state != MessageState.CANCELLED.value)
    .order_by(_M.c.created_at, _M.c.id)
)
_WITHHELD = (
    select(C.c.body)
    .where(C.c.incident_id == bindparam("of"), C.c.audience == bindparam("to"))
    .where(
        or_(
            C.c.state == CommunicationState.HELD.value,
            and_(C.c.state == CommunicationState.PLANNED.value, bindparam("waiting")),
            C.c.outcome.contains('"discarded_by_person"', autoescape=True),
        )
    )
)
_EARLIEST = together(
    *(
        select(C.c.due_at).where(text(tables.FRESH), C.c.lane == lane).order_by(C.c.due_at).limit(1)
        for lane in Lane
    ),
    select(C.c.lease_until).where(text(tables.LEASED)).order_by(C.c.lease_until).limit(1),
)


class WorkRows(Rows):
    def add_communications(self, communications: Sequence[Communication]) -> None:
        if communications:
            self._connection.execute(_ADD, [_row(c) for c in communications])

    def planned(self, incident_id: str) -> list[Communication]:
        return [communication_of(row) for row in self._all(_PLANNED_OF, {"of": incident_id})]

    def claim_communications(
        self, now: datetime, lease: timedelta, limit: int
    ) -> list[Communication]:
        """Each lane its part of the batch; what a lane leaves over goes to the others."""
        at = to_text(now)
        *fresh, leased = self._due(_EARLIEST, at)
        due = {"now": at, "most": limit}
        # One at a time: if it is the one that kills its process, none that waits with it is counted.
        expired = self._all(_EXPIRED, {**due, "most": 1}) if leased else []
        lanes = [
            [row for row in expired if row["lane"] == lane]
            + list(self._all(_FRESH, {**due, "of_lane": lane.value}) if waits else [])
            for lane, waits in zip(Lane, fresh, strict=True)
        ]
        taken = fairly(lanes, limit)
        if taken:
            until = to_text(now + lease)
            self._connection.execute(_LEASE, [{"of": row["id"], "until": until} for row in taken])
        return [communication_of({**row, "tries": row["tries"] + 1}) for row in taken]

    def communication(self, communication_id: str) -> Communication | None:
        row = self._first(select(C).where(C.c.id == communication_id))
        return communication_of(row) if row else None

    def settle_communication(
        self,
        was: Communication,
        state: CommunicationState,
        *,
        at: datetime,
        outcome: Reason | None = None,
        merged_into: str | None = None,
        told: dict[str, str] | None = None,
        due_at: datetime | None = None,
    ) -> bool:
        settled = None if state is CommunicationState.PLANNED else to_text(at)
        values: Row = {"state": state.value, "lease_until": None, "settled_at": settled}
        if state is CommunicationState.PLANNED:
            values["tries"] = 0
        if outcome is not None:
            values["outcome"] = outcome.model_dump_json(exclude_none=True)
        if merged_into is not None:
            values["merged_into"] = merged_into
        if told is not None:
            values["told"] = json.dumps(told, ensure_ascii=False)
        if due_at is not None:
            values["due_at"] = to_text(due_at)
        # A try is counted with each claim, which makes it the mark of whose lease this is.
        still = (C.c.id == was.id, C.c.state == was.state.value, C.c.tries == was.tries)
        return self._connection.execute(update(C).where(*still).values(values)).rowcount == 1

    def last_told(self, incident_id: str, audience: str) -> tuple[dict[str, str], datetime | None]:
        row = self._first(_TOLD_LAST, {"of": incident_id, "to": audience})
        if row is None:
            return {}, None
        return json.loads(row["told"]), from_text(row["settled_at"])

    def withheld_events(self, incident_id: str, audience: str, *, waiting: bool) -> set[str]:
        rows = self._all(_WITHHELD, {"of": incident_id, "to": audience, "waiting": waiting})
        return {event for row in rows for event in json.loads(row["body"])["events"]}

    def told_recipients(self, incident_id: str, audience: str) -> list[Recipient]:
        rows = self._all(_REACHED, {"of": incident_id, "to": audience})
        found = (Recipient.model_validate(json.loads(row["body"])["recipient"]) for row in rows)
        return list({(r.key, r.channel): r for r in found}.values())

    def kinds_told(self, incident_id: str, audience: str) -> list[tuple[str, datetime]]:
        rows = self._all(_TOLD, {"of": incident_id, "to": audience})
        return [(row["kind"], from_text(row["settled_at"])) for row in reversed(rows)]

    def save_drafts(self, drafts: Sequence[Draft]) -> None:
        """A draft that was made again replaces the one before: only the last may be sent."""
        rows = [
            {
                "communication_id": draft.communication,
                "language": draft.language,
                "verdict": draft.verdict.model_dump_json(),
            }
            for draft in drafts
        ]
        self._upsert(tables.drafts, ["communication_id", "language"], rows)
        self.save_renditions([r for draft in drafts for r in draft.renditions])

    def save_renditions(self, renditions: Sequence[Rendition]) -> None:
        bodies = [
            {"id": r.id, "communication_id": r.communication, "body": r.model_dump_json()}
            for r in renditions
        ]
        self._upsert(tables.renditions, ["id"], bodies)

    def save_releases(self, releases: Sequence[Release]) -> None:
        rows = [
            {
                "communication_id": release.communication,
                "at": to_text(release.at),
                "body": release.model_dump_json(exclude_none=True),
            }
            for release in releases
        ]
        if rows:
            self._connection.execute(_RELEASE, rows)

    def rendition(self, rendition_id: str) -> Rendition | None:
        return self.renditions([rendition_id]).get(rendition_id)

    def renditions(self, ids: Sequence[str]) -> dict[str, Rendition]:
        rows = self._by_id(tables.renditions, ids)
        return {row["id"]: Rendition.model_validate_json(row["body"]) for row in rows}

    def renditions_of(self, communication_id: str) -> list[Rendition]:
        t = tables.renditions
        rows = self._all(
            select(t.c.body).where(t.c.communication_id == communication_id).order_by(t.c.id)
        )
        return [Rendition.model_validate_json(row["body"]) for row in rows]

    def _end_communication_leases(self, now: datetime) -> None:
        leased = update(C).where(text(tables.LEASED))
        self._connection.execute(leased.values(lease_until=to_text(now)))

    def _next_communication(self) -> str | None:
        """A leased row is due again when its lease ends."""
        return self._earliest(_EARLIEST)


def _row(communication: Communication) -> Row:
    c = communication
    return {
        "id": c.id,
        "incident_id": c.incident,
        "audience": c.audience,
        "kind": c.kind.value,
        "state": c.state.value,
        "lane": c.lane.value,
        "due_at": to_text(c.due_at),
        "lease_until": None,
        "tries": c.tries,
        "created_at": to_text(c.created_at),
        "settled_at": None if c.state is CommunicationState.PLANNED else to_text(c.created_at),
        "merged_into": c.merged_into,
        "outcome": c.outcome.model_dump_json(exclude_none=True) if c.outcome else None,
        "told": json.dumps(c.told, ensure_ascii=False),
        "body": c.model_dump_json(exclude=_COLUMNS, exclude_none=True),
    }


def communication_of(row: Found) -> Communication:
    """The value of a row: its unchanging part, and what the columns say now."""
    body = json.loads(row["body"])
    body |= {name: row[name] for name in ("state", "due_at", "tries", "merged_into")}
    body["told"] = json.loads(row["told"])
    body["outcome"] = json.loads(row["outcome"]) if row["outcome"] else None
    return Communication.model_validate(body)
