"""What is said of the past, and what is answered?"""

from __future__ import annotations

from datetime import datetime
from typing import Self

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from pipeline.domain.directory import Key, Text
from pipeline.domain.errors import Malformed, TooLarge
from pipeline.domain.history import (
    LONGEST_FIX,
    LONGEST_TEXT,
    LONGEST_TITLE,
    BrokenCode,
    Counts,
    HistoryImport,
    PastTicket,
)
from pipeline.domain.payload import Link
from pipeline.domain.times import Instant
from pipeline.flow.history.taking import MOST_AT_ONCE

from ..json_routes import Body

EXAMPLE: JsonDict = {
    "source": "servicedeskplus",
    "tickets": [
        {
            "number": "48213",
            "title": "VPN shows error 809",
            "opened_at": "2025-03-05T06:22:00Z",
            "ended_at": "2025-03-05T08:10:00Z",
            "service": "VPN",
            "fix": "Opened UDP 500 on the new firewall",
            "cause": "The firewall was replaced over the weekend",
        }
    ],
}


class PastTicketBody(Body):
    number: Key
    title: Text = Field(max_length=LONGEST_TITLE)
    opened_at: Instant
    ended_at: Instant | None = None
    text: str = Field(default="", max_length=LONGEST_TEXT)
    service: str = Field(default="", max_length=200)
    category: str = Field(default="", max_length=200)
    site: str = Field(default="", max_length=200)
    fix: str = Field(default="", max_length=LONGEST_FIX, description="What helped.")
    cause: str = Field(default="", max_length=LONGEST_FIX)
    url: Link | None = None


class PastTicketsBody(Body):
    """Tickets that were over before; each number once."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [EXAMPLE]})

    source: Key
    tickets: list[PastTicketBody] = Field(min_length=1, description=f"At most {MOST_AT_ONCE}.")
    propose: bool = Field(
        default=False, description="Compare them among themselves, and propose their chains."
    )

    def checked(self, now: datetime) -> list[PastTicket]:
        """Raises TooLarge, and Malformed with all that is wrong."""
        if len(self.tickets) > MOST_AT_ONCE:
            raise TooLarge(f"at most {MOST_AT_ONCE} tickets at once", field="tickets")
        seen: set[str] = set()
        problems: list[tuple[str, str]] = []
        for n, one in enumerate(self.tickets):
            if one.number in seen:
                problems.append((f"tickets.{n}.number", "stands there twice"))
            seen.add(one.number)
            if max(one.opened_at, one.ended_at or one.opened_at) > now:
                problems.append((f"tickets.{n}", "tells of the future"))
            elif one.ended_at and one.ended_at < one.opened_at:
                problems.append((f"tickets.{n}.ended_at", "is before it was opened"))
        if problems:
            field, said = problems[0]
            raise Malformed(f"{field} {said}", field=field, problems=problems[:20])
        return [PastTicket(source=self.source, **one.model_dump()) for one in self.tickets]


class CountsShape(BaseModel):
    rows: int
    added: int
    changed: int = Field(description="Known before, and told otherwise now.")
    unchanged: int
    live: int = Field(description="Left alone: Heliograph follows them itself.")
    twice: int = Field(description="Their number stood in the file before: the first one counts.")
    broken: int

    @classmethod
    def of(cls, counts: Counts) -> Self:
        return cls(**counts.model_dump())


class BrokenShape(BaseModel):
    line: int = Field(description="At which the row begins, from 1.")
    code: BrokenCode
    field: str
    value: str = Field(description="What it said there, the beginning.")


class ImportShape(BaseModel):
    """A file of past tickets, and how far it is read."""

    id: str
    file: str
    source: str
    state: str = Field(description="running, done, or refused.")
    problem: str = Field(description="Why all of it was refused.")
    at: Instant
    by: str
    ended_at: Instant | None
    read: float = Field(description="Which part of the file, 0 to 1.")
    counts: CountsShape
    broken: list[BrokenShape] = Field(description="The first 200.")

    @classmethod
    def of(cls, one: HistoryImport) -> Self:
        return cls(
            id=one.id,
            file=one.file,
            source=one.source,
            state=one.state,
            problem=one.problem,
            at=one.at,
            by=one.by,
            ended_at=one.ended_at,
            read=read_share(one),
            counts=CountsShape.of(one.counts),
            broken=[BrokenShape(**each.model_dump()) for each in one.broken],
        )


def read_share(one: HistoryImport) -> float:
    return round(one.octets / one.size, 4) if one.size else 1.0


class PastTicketShape(BaseModel):
    id: str
    source: str
    number: str
    title: str
    text: str
    opened_at: Instant
    ended_at: Instant | None
    service: str
    category: str
    site: str
    fix: str
    cause: str
    url: str | None

    @classmethod
    def of(cls, one: PastTicket) -> Self:
        return cls(id=one.id, **one.model_dump())
