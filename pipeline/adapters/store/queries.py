"""What people look at: each call reads in one short transaction of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table, and_, func, or_, select, text

from ...domain.communication import Communication, Draft, Release, Rendition
from ...domain.directory import Directory, Group, Person, Service
from ...domain.events import Event
from ...domain.findings import Verdict
from ...domain.incident import Incident
from ...domain.message import Attempt, Message, MessageState
from ...domain.passage import Passage
from ...domain.promise import Promise
from ...domain.request import Request
from ...ports import Alarm, Page, Search
from . import tables
from .duty_rows import alarm_of
from .ledger_rows import attempt_of, message_of
from .reads import Reads
from .rows import Found
from .work_rows import WorkRows, communication_of

T = tables.incidents
C = tables.communications
M = tables.messages


MOST_OF_A_NUMBER = 5
_STOPPED = {
    state.value
    for state in (
        MessageState.HELD,
        MessageState.REJECTED,
        MessageState.MAYBE_SENT,
        MessageState.PARKED,
    )
}
_COUNTED: list[tuple[str, Table, str]] = [
    ("communications.planned", C, tables.FRESH),
    ("communications.planned", C, tables.LEASED),
    ("messages.queued", M, tables.QUEUED),
    ("messages.sending", M, tables.SENDING),
]
_DEPTHS = [
    *(f"communications.{state}" for state in ("planned", "held", "parked")),
    *(f"messages.{state}" for state in ("queued", "sending", *sorted(_STOPPED))),
]


class SqlQueries(Reads):
    """What `ports.Queries` promises."""

    def incidents(self, search: Search) -> Page:
        matching = _matching(search)
        per_state = select(T.c.state, func.count().label("n")).where(*matching).group_by(T.c.state)
        narrowed = select(T.c.id, T.c.updated_at, T.c.snapshot).where(*matching)
        if search.states:
            narrowed = narrowed.where(T.c.state.in_(search.states))
        if search.after:
            narrowed = narrowed.where(_beyond(search.after))
        newest = narrowed.order_by(T.c.updated_at.desc(), T.c.id.desc()).limit(search.limit + 1)
        with self._store.reading() as connection:
            counts = {row["state"]: row["n"] for row in connection.execute(per_state).mappings()}
            rows = connection.execute(newest).mappings().all()
        shown = rows[: search.limit]
        more = len(rows) > search.limit
        return Page(
            incidents=tuple(Incident.model_validate_json(row["snapshot"]) for row in shown),
            counts=counts,
            after=f"{shown[-1]['updated_at']}~{shown[-1]['id']}" if more else None,
        )

    def incident(self, id_or_number: str) -> Incident | None:
        named = or_(T.c.id == id_or_number, T.c.number == id_or_number)
        # An id is exact; of equal numbers from two sources the newest is meant.
        order = ((T.c.id == id_or_number).desc(), T.c.opened_at.desc())
        rows = self._rows(select(T.c.snapshot).where(named).order_by(*order).limit(1))
        return Incident.model_validate_json(rows[0]["snapshot"]) if rows else None

    def majors_numbered(self, number: str) -> list[Incident]:
        wanted = select(T.c.snapshot).where(T.c.number == number, T.c.major.is_not(None))
        rows = self._rows(wanted.order_by(T.c.opened_at.desc(), T.c.id).limit(MOST_OF_A_NUMBER))
        return [Incident.model_validate_json(row["snapshot"]) for row in rows]

    def stream(self, incident_id: str) -> list[Event]:
        with self._store.read() as tx:
            return tx.stream(incident_id)

    def communications(self, incident_id: str) -> list[Communication]:
        order = (C.c.created_at.desc(), C.c.id.desc())
        rows = self._rows(select(C).where(C.c.incident_id == incident_id).order_by(*order))
        return [communication_of(row) for row in rows]

    def communication(self, communication_id: str) -> Communication | None:
        with self._store.read() as tx:
            return tx.communication(communication_id)

    def drafts(self, communication_id: str) -> list[Draft]:
        t = tables.drafts
        wanted = select(t).where(t.c.communication_id == communication_id).order_by(t.c.language)
        with self._store.reading() as connection:
            rows = connection.execute(wanted).mappings().all()
            renditions = WorkRows(connection).renditions_of(communication_id)
        return [_draft(row, renditions) for row in rows]

    def releases(self, communication_id: str) -> list[Release]:
        t = tables.releases
        wanted = select(t.c.body).where(t.c.communication_id == communication_id)
        rows = self._rows(wanted.order_by(t.c.id))
        return [Release.model_validate_json(row["body"]) for row in rows]

    def told(self, incident_id: str, audience: str) -> dict[str, str]:
        with self._store.read() as tx:
            return tx.last_told(incident_id, audience)[0]

    def messages(
        self,
        *,
        incident_id: str | None = None,
        recipient: str | None = None,
        communication_id: str | None = None,
        states: tuple[str, ...] = (),
        limit: int = 200,
    ) -> list[Message]:
        wanted = select(M)
        if incident_id is not None:
            wanted = wanted.where(M.c.incident_id == incident_id)
        if communication_id is not None:
            contents = tables.message_contents
            carried = select(contents.c.message_id).where(
                contents.c.communication_id == communication_id
            )
            wanted = wanted.where(M.c.id.in_(carried))
        if recipient is not None:
            wanted = wanted.where(M.c.recipient_key == recipient)
        if states:
            wanted = wanted.where(M.c.state.in_(states))
            if set(states) <= _STOPPED:
                wanted = wanted.where(text(tables.STOPPED))
        rows = self._rows(wanted.order_by(M.c.created_at.desc(), M.c.id.desc()).limit(limit))
        return [message_of(row) for row in rows]

    def message(self, message_id: str) -> Message | None:
        with self._store.read() as tx:
            return tx.message(message_id)

    def rendition(self, rendition_id: str) -> Rendition | None:
        with self._store.read() as tx:
            return tx.rendition(rendition_id)

    def passage(self, communication_id: str) -> Passage | None:
        with self._store.read() as tx:
            return tx.passages([communication_id]).get(communication_id)

    def attempts(self, message_ids: Sequence[str]) -> dict[str, list[Attempt]]:
        t = tables.attempts
        found: dict[str, list[Attempt]] = {}
        wanted = select(t).where(t.c.message_id.in_(message_ids)).order_by(t.c.message_id, t.c.n)
        for row in self._rows(wanted) if message_ids else []:
            found.setdefault(row["message_id"], []).append(attempt_of(row))
        return found

    def held(self, limit: int = 100) -> list[Communication]:
        waiting = select(C).where(text(tables.WAITING))
        rows = self._rows(waiting.order_by(C.c.due_at, C.c.id).limit(limit))
        return [communication_of(row) for row in rows]

    def alarms(self, limit: int = 100) -> list[Alarm]:
        t = tables.alarms
        wanted = select(t).where(t.c.cleared_at.is_(None)).order_by(t.c.id.desc()).limit(limit)
        return [alarm_of(row) for row in self._rows(wanted)]

    def promises(self, incident_id: str) -> list[Promise]:
        t = tables.promises
        wanted = select(t.c.body).where(t.c.incident_id == incident_id).order_by(t.c.due_at)
        return [Promise.model_validate_json(row["body"]) for row in self._rows(wanted)]

    def promises_in(self, state: str, *, newest_first: bool, limit: int = 100) -> list[Promise]:
        t = tables.promises
        order = t.c.due_at.desc() if newest_first else t.c.due_at
        wanted = select(t.c.body).where(t.c.state == state).order_by(order, t.c.id).limit(limit)
        return [Promise.model_validate_json(row["body"]) for row in self._rows(wanted)]

    def majors(self, standing: str, limit: int = 50) -> list[Incident]:
        wanted = select(T.c.snapshot).where(T.c.major == standing)
        rows = self._rows(wanted.order_by(T.c.updated_at.desc(), T.c.id).limit(limit))
        return [Incident.model_validate_json(row["snapshot"]) for row in rows]

    def requests(self, *, incident_id: str | None = None, open_only: bool = True) -> list[Request]:
        t = tables.requests
        wanted = select(t.c.body).order_by(t.c.asked_at.desc())
        if incident_id is not None:
            wanted = wanted.where(t.c.incident_id == incident_id)
        if open_only:
            wanted = wanted.where(t.c.state == "asked")
        return [Request.model_validate_json(row["body"]) for row in self._rows(wanted)]

    def person(self, person_id: str) -> Person | None:
        with self._store.read() as tx:
            return tx.people([person_id]).get(person_id)

    def people(self, ids: Sequence[str], *, source: str | None = None) -> dict[str, Person]:
        with self._store.read() as tx:
            return tx.people(ids, source=source)

    def groups(self, ids: Sequence[str] | None = None) -> dict[str, Group]:
        with self._store.read() as tx:
            return tx.groups(ids)

    def services(self, ids: Sequence[str] | None = None) -> dict[str, Service]:
        with self._store.read() as tx:
            return tx.services(ids)

    def directory(self) -> Directory:
        with self._store.read() as tx:
            return tx.directory()

    def queued_elsewhere(self, channels: Sequence[str]) -> dict[str, int]:
        counted = select(M.c.channel, func.count()).where(text(tables.QUEUED))
        rows = self._rows(counted.where(M.c.channel.not_in(channels)).group_by(M.c.channel))
        return {row["channel"]: row["count"] for row in rows}

    def waiting_count(self) -> int:
        """Along the indexes that hold nothing else: as quick with a hundred thousand rows due."""
        failed = (text(tables.STOPPED), M.c.state != "held")
        with self._store.reading() as connection:
            counts = (
                connection.execute(select(func.count()).select_from(table).where(*only))
                for table, only in (
                    (C, (text(tables.WAITING),)),
                    (M, failed),
                    (tables.alarms, (text(tables.OPEN_ALARM),)),
                )
            )
            return sum(int(counted.scalar_one()) for counted in counts)

    def queue_depths(self) -> dict[str, int]:
        """Only the states that are not at an end, each counted along its own index."""
        depths = dict.fromkeys(_DEPTHS, 0)
        with self._store.reading() as connection:
            for name, table, condition in _COUNTED:
                n = select(func.count()).select_from(table).where(text(condition))
                depths[name] += connection.execute(n).scalar_one()
            depths |= _by_state(connection, "communications", C, tables.WAITING)
            depths |= _by_state(connection, "messages", M, tables.STOPPED)
        return depths


def _matching(search: Search) -> list[Any]:
    conditions: list[Any] = []
    for word in search.q.casefold().split():
        conditions.append(T.c.search.contains(word, autoescape=True))
    if search.group is not None:
        conditions.append(T.c.support_group == search.group)
    if search.service is not None:
        conditions.append(T.c.service == search.service)
    return conditions


def _beyond(cursor: str) -> Any:
    at, _, last = cursor.partition("~")
    return or_(T.c.updated_at < at, and_(T.c.updated_at == at, T.c.id < last))


def _draft(row: Found, renditions: list[Rendition]) -> Draft:
    return Draft(
        communication=row["communication_id"],
        language=row["language"],
        renditions=tuple(r for r in renditions if r.language == row["language"]),
        verdict=Verdict.model_validate_json(row["verdict"]),
    )


def _by_state(connection: Connection, name: str, table: Table, condition: str) -> dict[str, int]:
    counted = select(table.c.state, func.count()).where(text(condition)).group_by(table.c.state)
    return {f"{name}.{state}": n for state, n in connection.execute(counted)}
