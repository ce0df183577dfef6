"""How does a made stream become the record that the product itself looks at? Rows in a database of its own."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import prompts
from pipeline.adapters.store.migrations import upgrade
from pipeline.adapters.store.sqlstore import SqlStore
from pipeline.causes.reading import LineReader
from pipeline.causes.seen import Seen
from pipeline.domain.change import Change
from pipeline.domain.directory import Directory, Names, Service
from pipeline.domain.events import Event, Noted, Reported, Resolved
from pipeline.domain.folding import fold
from pipeline.domain.incident import Incident
from pipeline.domain.payload import Payload, PersonRef
from pipeline.domain.recurring import Alike, Judgement
from pipeline.flow.causes.looking import everywhere, seen_of
from pipeline.recurrence_ports import Signed

from .streams import SERVICES, MadeChange, MadeIncident, Stream


@dataclass(frozen=True)
class Case:
    """An incident as the product sees it when it is over, and the key of its true cause."""

    seen: Seen
    truth: str | None
    kind: str


def cases(stream: Stream) -> Iterator[Case]:
    """Every incident that is asked about. Ones that came later were not on record then, and are no evidence."""
    reader = LineReader.load(prompts.read_texts(prompts.ROOT))
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'causes.db'}"
        upgrade(url)
        store = SqlStore(url)
        try:
            incidents = _recorded(store, stream)
            with store.read() as tx:
                for made in stream.incidents:
                    if made.counted:
                        seen = seen_of(tx, incidents[made.number], reader, made.over_at, everywhere)
                        yield Case(seen=seen, truth=made.truth, kind=made.kind)
        finally:
            store.close()


def _recorded(store: SqlStore, stream: Stream) -> dict[str, Incident]:
    incidents = {made.number: _folded(made) for made in stream.incidents}
    services = tuple(
        Service(id=name, name=Names(zh=name, en=name), depends_on=below)
        for name, below in SERVICES.items()
    )
    with store.write() as tx:
        tx.save_directory(Directory(services=services))
        tx.save_incidents(incidents.values())
        for change in stream.changes:
            tx.save_change(_change(change))
        for made in stream.incidents:
            tx.add_signed(_signed(made, incidents))
    return incidents


def _folded(made: MadeIncident) -> Incident:
    payloads: list[tuple[datetime, Payload]] = [
        (
            made.at,
            Reported(title=made.title, requester=PersonRef(id="ada"), service=made.service),
        )
    ]
    notes = [
        (at, Noted(text=text, author=PersonRef(id=who, name=who))) for at, who, text in made.notes
    ]
    payloads += notes
    solved = Resolved(fix_summary="done", cause_confirmed=made.cause or None)
    payloads.append((made.over_at, solved))
    incident: Incident | None = None
    for n, (at, data) in enumerate(payloads):
        # A note's place is its id: by it the truth is known.
        id_ = f"{made.number}:{n - 1}"
        event = Event(
            id=id_,
            source="desk",
            source_id=id_,
            type=data.type,
            incident_id=made.number,
            number=made.number,
            version=n + 1,
            occurred_at=at,
            recorded_at=at,
            data=data,
        )
        incident = fold(incident, event)
    assert incident is not None
    return incident


def _change(made: MadeChange) -> Change:
    back = made.rolled_back_at
    return Change(
        id=f"chg_{made.number}",
        source="ci",
        number=made.number,
        version=1,
        services=made.services,
        what=made.what,
        state="rolled_back" if back else "done",
        began_at=made.began_at,
        ended_at=made.ended_at,
        rolled_back_at=back,
    )


def _signed(made: MadeIncident, incidents: dict[str, Incident]) -> Signed:
    similar = tuple(
        Alike(incident=number, probability=probability, near=1.0, parts={})
        for number, probability in sorted(made.alike.items(), key=lambda one: -one[1])
        if incidents[number].opened_at < made.at
    )
    judgement = Judgement(at=made.at, verdict="recurrence" if similar else "new", similar=similar)
    return Signed(
        incident=made.number,
        at=made.at,
        body="{}",
        terms=frozenset(),
        chain=made.number,
        judgement=judgement,
    )
