"""Does the product itself propose what the figures say? A stream goes in by its door, and its own worker judges each
ticket from rows: slower than `Watch`, which makes the same choices in memory."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.bootstrap import Heliograph, open_simulated
from pipeline.domain.cloudevents import parse
from pipeline.domain.directory import Directory, Names, Service
from pipeline.domain.errors import HeliographError
from pipeline.domain.times import to_text
from pipeline.flow.recurrence.awaiting import QUEUE
from pipeline.recurrence.proposing import Kind
from pipeline.recurrence.watching import Proposed
from pipeline.settings import Settings

from .playing import Took
from .rows import Row, Stream, cause_of

SOURCE = "stream"


def through_product(stream: Stream, took: Took) -> list[Proposed]:
    """In a folder of its own, on the clock of the stream; nobody is told, and no vectors are made."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder), encoder="none")
        app, clock = open_simulated(settings, stream.rows[0]["time"])
        try:
            app.acts.load_directory(Directory(services=_services(stream)))
            judge = next(step.turn for step in app.steps if step.name == QUEUE)
            found: list[Proposed] = []
            for n, row in enumerate(stream.rows):
                clock.set(row["time"])
                taken = _taken(app, n, row)
                began = time.perf_counter()
                while judge():
                    pass
                if taken and row["event"] == "opened":
                    took.append((time.perf_counter() - began) * 1000)
                found += _new(app, row)
            return found
        finally:
            app.close()


def _taken(app: Heliograph, n: int, row: Row) -> bool:
    """Whether the door took it: a row of a strange stream may say what no ticket can be."""
    try:
        app.intake.accept([parse(_event(n, row), now=row["time"])])
    except HeliographError as refused:
        print(f"{row['id']}: refused, {refused}", file=sys.stderr)
        return False
    return True


def _new(app: Heliograph, row: Row) -> Iterator[Proposed]:
    """The proposal that this row completed."""
    if row["event"] == "change":
        return
    with app.store.read() as tx:
        incident = tx.incidents_by_number(SOURCE, [row["id"]]).get(row["id"])
        if incident is None:
            return
        chain = tx.chain(tx.chain_of([incident.id]).get(incident.id, ""))
        if chain is None or chain.told_on != incident.id or chain.proposed_at != row["time"]:
            return
        ids = [member.incident for member in tx.members([chain.id])[chain.id]]
        cases = tx.incidents(ids)
    yield Proposed(
        at=row["time"], members=tuple(cases[name].number for name in ids), kind=Kind(chain.kind)
    )


def _event(n: int, row: Row) -> dict[str, Any]:
    type_, data = {"opened": _opened, "closed": _closed, "change": _changed}[row["event"]](row)
    return {
        "specversion": "1.0",
        "id": str(n),
        "source": SOURCE,
        "type": f"heliograph.{type_}.v1",
        "subject": str(row["id"]),
        "time": to_text(row["time"]),
        "data": {name: value for name, value in data.items() if value},
    }


def _opened(row: Row) -> tuple[str, dict[str, Any]]:
    return "ticket.reported", {
        "title": row.get("title") or "?",
        "description": row.get("text"),
        "requester": {"id": "reporter"},
        "service": row.get("service"),
        "category": row.get("category"),
        "site": row.get("reporter_site"),
    }


def _closed(row: Row) -> tuple[str, dict[str, Any]]:
    return "ticket.resolved", {"fix_summary": cause_of(row) or "Closed."}


def _changed(row: Row) -> tuple[str, dict[str, Any]]:
    return "change.deployed", {
        "services": [row.get("service") or "?"],
        "what": row.get("summary") or "?",
    }


def _services(stream: Stream) -> tuple[Service, ...]:
    names = sorted({str(row["service"]) for row in stream.rows if row.get("service")})
    return tuple(Service(id=name, name=Names(zh=name, en=name)) for name in names)
