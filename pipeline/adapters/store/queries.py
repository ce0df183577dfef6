"""What people look at: each call reads in one short transaction of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, and_, func, literal, or_, select, union_all

from ...domain.communication import Communication, CommunicationState, Draft, Release, Rendition
from ...domain.directory import Directory, Person
from ...domain.events import Event
from ...domain.findings import Verdict
from ...domain.incident import Incident
from ...domain.message import Attempt, Message, MessageState
from ...domain.promise import Promise
from ...domain.request import Request
from ...ports import Alarm, Page, Search
from . import tables
from .duty_rows import alarm_of
from .ledger_rows import attempt_of, message_of
from .work_rows import communication_of

if TYPE_CHECKING:
    from .sqlstore import SqlStore

I = tables.incidents
C = tables.communications
M = tables.messages


class SqlQueries:
    """What `ports.Queries` promises."""

    def __init__(self, store: SqlStore) -> None:
        self._store = store

    def incidents(self, search: Search) -> Page:
        matching = _matching(search)
        per_state = select(I.c.state, func.count().label("n")).where(*matching).group_by(I.c.state)
        narrowed = select(I.c.id, I.c.updated_at, I.c.snapshot).where(*matching)
        if search.states:
            narrowed = narrowed.where(I.c.state.in_(search.states))
        if search.after:
            narrowed = narrowed.where(_beyond(search.after))
        newest = narrowed.order_by(I.c.updated_at.desc(), I.c.id.desc()).limit(search.limit + 1)
        counts = {row["state"]: row["n"] for row in self._rows(per_state)}
        rows = self._rows(newest)
        shown = rows[: search.limit]
        more = len(rows) > search.limit
        return Page(
            incidents=tuple(Incident.model_validate_json(row["snapshot"]) for row in shown),
            counts=counts,
            after=f"{shown[-1]['updated_at']}~{shown[-1]['id']}" if more else None,
        )

    def incident(self, id_or_number: str) -> Incident | None:
        named = or_(I.c.id == id_or_number, I.c.number == id_or_number)
        # An id is exact; of equal numbers from two sources the newest is meant.
        order = ((I.c.id == id_or_number).desc(), I.c.opened_at.desc())
        rows = self._rows(select(I.c.snapshot).where(named).order_by(*order).limit(1))
        return Incident.model_validate_json(rows[0]["snapshot"]) if rows else None

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
        with self._store.read() as tx:
            renditions = tx.renditions_of(communication_id)
        rows = self._rows(select(t).where(t.c.communication_id == communication_id))
        return [_draft(row, renditions) for row in sorted(rows, key=lambda r: str(r["language"]))]

    def releases(self, communication_id: str) -> list[Release]:
        t = tables.releases
        wanted = select(t.c.body).where(t.c.communication_id == communication_id)
        rows = self._rows(wanted.order_by(t.c.at))
        return [Release.model_validate_json(row["body"]) for row in rows]

    def messages(
        self,
        *,
        incident_id: str | None = None,
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
        if states:
            wanted = wanted.where(M.c.state.in_(states))
        rows = self._rows(wanted.order_by(M.c.created_at.desc(), M.c.id).limit(limit))
        return [message_of(row) for row in rows]

    def message(self, message_id: str) -> Message | None:
        with self._store.read() as tx:
            return tx.message(message_id)

    def rendition(self, rendition_id: str) -> Rendition | None:
        with self._store.read() as tx:
            return tx.rendition(rendition_id)

    def attempts(self, message_ids: Sequence[str]) -> dict[str, list[Attempt]]:
        t = tables.attempts
        found: dict[str, list[Attempt]] = {}
        wanted = select(t).where(t.c.message_id.in_(message_ids)).order_by(t.c.message_id, t.c.n)
        for row in self._rows(wanted) if message_ids else []:
            found.setdefault(row["message_id"], []).append(attempt_of(row))
        return found

    def held(self, limit: int = 100) -> list[Communication]:
        waiting = C.c.state.in_([CommunicationState.HELD.value, CommunicationState.PARKED.value])
        rows = self._rows(select(C).where(waiting).order_by(C.c.due_at, C.c.id).limit(limit))
        return [communication_of(row) for row in rows]

    def alarms(self, limit: int = 100) -> list[Alarm]:
        t = tables.alarms
        wanted = select(t).where(t.c.cleared_at.is_(None)).order_by(t.c.id.desc()).limit(limit)
        return [alarm_of(row) for row in self._rows(wanted)]

    def promises(self, incident_id: str) -> list[Promise]:
        t = tables.promises
        wanted = select(t.c.body).where(t.c.incident_id == incident_id).order_by(t.c.due_at)
        return [Promise.model_validate_json(row["body"]) for row in self._rows(wanted)]

    def requests(
        self, *, incident_id: str | None = None, open_only: bool = True
    ) -> list[Request]:
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

    def directory(self) -> Directory:
        with self._store.read() as tx:
            return tx.directory()

    def queue_depths(self) -> dict[str, int]:
        """Only the states that are not at an end, each counted along its own index."""
        planned = CommunicationState.PLANNED.value
        queues = [_depth("communications.planned", C, C.c.state == planned)]
        for state in (CommunicationState.HELD, CommunicationState.PARKED):
            queues.append(_depth(f"communications.{state.value}", C, C.c.state == state.value))
        for kind in (
            MessageState.QUEUED,
            MessageState.SENDING,
            MessageState.REJECTED,
            MessageState.MAYBE_SENT,
            MessageState.PARKED,
        ):
            queues.append(_depth(f"messages.{kind.value}", M, M.c.state == kind.value))
        return {row["queue"]: row["n"] for row in self._rows(union_all(*queues))}

    def _rows(self, statement: Any) -> Sequence[Mapping[str, Any]]:
        with self._store.connection() as connection:
            return connection.execute(statement).mappings().all()


def _matching(search: Search) -> list[Any]:
    conditions: list[Any] = []
    for word in search.q.casefold().split():
        conditions.append(I.c.search.contains(word, autoescape=True))
    if search.group is not None:
        conditions.append(I.c.support_group == search.group)
    if search.service is not None:
        conditions.append(I.c.service == search.service)
    return conditions


def _beyond(cursor: str) -> Any:
    at, _, last = cursor.partition("~")
    return or_(I.c.updated_at < at, and_(I.c.updated_at == at, I.c.id < last))


def _draft(row: Mapping[str, Any], renditions: list[Rendition]) -> Draft:
    return Draft(
        communication=row["communication_id"],
        language=row["language"],
        renditions=tuple(r for r in renditions if r.language == row["language"]),
        verdict=Verdict.model_validate_json(row["verdict"]),
    )


def _depth(name: str, table: Any, condition: Any) -> Select[Any]:
    return select(literal(name).label("queue"), func.count().label("n")).select_from(table).where(
        condition
    )
