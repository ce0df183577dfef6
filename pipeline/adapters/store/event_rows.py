"""Events as they were recorded, and the incidents that they fold to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from ...domain.errors import StaleVersion
from ...domain.events import Event, join_personal, split_personal
from ...domain.incident import Incident
from ...domain.times import from_text, to_text
from ...ports import Recorded, Seen
from . import tables
from .directory_rows import DirectoryRows
from .rows import Found, Row

NUMBERS = "ticket_number"
E = tables.events
T = tables.incidents
_SEEN = (
    select(E.c.source_id, E.c.content_hash, E.c.id, E.c.incident_id, E.c.number, E.c.version)
    .where(E.c.source == bindparam("of"))
    .where(E.c.source_id.in_(bindparam("ids", expanding=True)))
)
_NUMBERED = (
    select(T.c.number, T.c.snapshot)
    .where(T.c.source == bindparam("of"))
    .where(T.c.number.in_(bindparam("numbers", expanding=True)))
)
_SNAPSHOTS = select(T.c.id, T.c.snapshot).where(T.c.id.in_(bindparam("ids", expanding=True)))
_STREAM = select(E).where(E.c.incident_id == bindparam("of")).order_by(E.c.version)
_APPEND = insert(E)


class EventRows(DirectoryRows):
    def seen(self, source: str, source_ids: Sequence[str]) -> dict[str, Seen]:
        if not source_ids:
            return {}
        found = self._all(_SEEN, {"of": source, "ids": list(source_ids)})
        return {
            row["source_id"]: Seen(
                source_id=row["source_id"],
                content_hash=row["content_hash"],
                event_id=row["id"],
                incident_id=row["incident_id"],
                number=row["number"],
                version=row["version"],
            )
            for row in found
        }

    def incidents_by_number(self, source: str, numbers: Sequence[str]) -> dict[str, Incident]:
        if not numbers:
            return {}
        found = self._all(_NUMBERED, {"of": source, "numbers": list(numbers)})
        return {row["number"]: Incident.model_validate_json(row["snapshot"]) for row in found}

    def incident(self, incident_id: str) -> Incident | None:
        return self.incidents([incident_id]).get(incident_id)

    def incidents(self, ids: Sequence[str]) -> dict[str, Incident]:
        found = self._all(_SNAPSHOTS, {"ids": list(ids)}) if ids else []
        return {row["id"]: Incident.model_validate_json(row["snapshot"]) for row in found}

    def next_number(self) -> int:
        t = tables.counters
        self._insert_new(t, [{"name": NUMBERS, "value": 0}])
        raised = update(t).where(t.c.name == NUMBERS).values(value=t.c.value + 1)
        return int(self._connection.execute(raised.returning(t.c.value)).scalar_one())

    def append(self, recorded: Sequence[Recorded]) -> None:
        """Append events. Raises StaleVersion when an (incident, version) or (source, id) is taken."""
        if not recorded:
            return
        try:
            self._connection.execute(_APPEND, [_event_row(r) for r in recorded])
        except IntegrityError as taken:
            self._give_up()
            raise StaleVersion("somebody else recorded an event of this ticket first") from taken

    def save_incidents(self, incidents: Iterable[Incident]) -> None:
        try:
            found = list(incidents)
            names = {source: self._names(source, found) for source in {i.source for i in found}}
            rows = [
                _incident_row(i, [names[i.source].get(ref, "") for ref in _people_of(i)])
                for i in found
            ]
            self._upsert(tables.incidents, ["id"], rows)
        except IntegrityError as taken:
            self._give_up()
            raise StaleVersion("somebody else opened this ticket first") from taken

    def _names(self, source: str, incidents: Sequence[Incident]) -> dict[str, str]:
        """All names that are known for its people, to be found by."""
        found = {}
        wanted = {ref for i in incidents if i.source == source for ref in _people_of(i)}
        for person in self.people(sorted(wanted), source=source).values():
            names = (person.name, person.name_in("zh"), person.name_in("en"))
            found[person.id] = " ".join(dict.fromkeys(names))
        return found

    def _give_up(self) -> None:
        """Nothing of a transaction that met a conflict may be kept, even by a caller that goes on."""
        transaction = self._connection.get_transaction()
        if transaction is not None:
            transaction.rollback()

    def stream(self, incident_id: str) -> list[Event]:
        return [event_of(row) for row in self._all(_STREAM, {"of": incident_id})]


def _event_row(recorded: Recorded) -> Row:
    event = recorded.event
    kept, personal = split_personal(event.data)
    return {
        "id": event.id,
        "source": event.source,
        "source_id": event.source_id,
        "type": event.type,
        "incident_id": event.incident_id,
        "number": event.number,
        "version": event.version,
        "occurred_at": to_text(event.occurred_at),
        "recorded_at": to_text(event.recorded_at),
        "content_hash": recorded.content_hash,
        "data": json.dumps(kept, ensure_ascii=False),
        "personal": json.dumps(personal, ensure_ascii=False),
    }


def event_of(row: Found) -> Event:
    personal = None if row["personal"] is None else json.loads(row["personal"])
    data = join_personal(row["type"], json.loads(row["data"]), personal)
    return Event(
        id=row["id"],
        source=row["source"],
        source_id=row["source_id"],
        type=data.type,
        incident_id=row["incident_id"],
        number=row["number"],
        version=row["version"],
        occurred_at=from_text(row["occurred_at"]),
        recorded_at=from_text(row["recorded_at"]),
        data=data,
    )


def _people_of(incident: Incident) -> tuple[str, ...]:
    named = (incident.requester, incident.assignee)
    return tuple(ref.value.id for ref in named if ref is not None)


def _incident_row(incident: Incident, names: Sequence[str]) -> Row:
    requester = incident.requester.value.name if incident.requester else None
    service = incident.service.value if incident.service else ""
    words = (
        incident.number,
        incident.title.value,
        requester or "",
        *_people_of(incident),
        *names,
        service,
    )
    return {
        "id": incident.id,
        "source": incident.source,
        "number": incident.number,
        "state": incident.state.value.value,
        "service": service or None,
        "support_group": incident.group.value if incident.group else None,
        "opened_at": to_text(incident.opened_at),
        "updated_at": to_text(incident.updated_at),
        "version": incident.version,
        "search": "\n".join(words).casefold(),
        "snapshot": incident.model_dump_json(exclude_none=True),
        "major": incident.major.standing if incident.major else None,
    }
