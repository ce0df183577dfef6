"""What is known of a ticket that was over before Heliograph came, and of the file that told of it?"""

from __future__ import annotations

from hashlib import sha256
from typing import Literal

from pydantic import Field

from .directory import Key, Text, Value
from .payload import Link
from .times import Instant

PREFIX = "past_"
LONGEST_TITLE, LONGEST_TEXT, LONGEST_FIX = 300, 6_000, 4_000
"""Characters that are kept: as many as are compared, or read by a person who has the same again."""
MOST_TOLD = 200
"""Broken rows that an import keeps with their reasons; all are counted."""


class PastTicket(Value):
    """One ticket of a source's past. It is no incident: nobody is told of it, and it is nobody's work."""

    source: Key
    number: Key
    title: Text = Field(max_length=LONGEST_TITLE)
    opened_at: Instant
    ended_at: Instant | None = None
    text: str = Field(default="", max_length=LONGEST_TEXT)
    service: str = Field(default="", max_length=200)
    category: str = Field(default="", max_length=200)
    site: str = Field(default="", max_length=200)
    fix: str = Field(default="", max_length=LONGEST_FIX)
    cause: str = Field(default="", max_length=LONGEST_FIX)
    url: Link | None = None

    @property
    def id(self) -> str:
        return past_id(self.source, self.number)


def past_id(source: str, number: str) -> str:
    """The same for the same ticket, however often it is told."""
    named = "\0".join((source, number))
    return f"{PREFIX}{sha256(named.encode()).hexdigest()[:32]}"


BrokenCode = Literal[
    "missing",
    "not_a_time",
    "ambiguous_date",
    "future",
    "ends_before",
    "too_long",
    "columns",
    "not_json",
    "unreadable",
    "characters",
]


class Broken(Value):
    """A row that was left out: the line at which it begins, why, and what it said there."""

    line: int
    code: BrokenCode
    field: str = ""
    value: str = ""


class Counts(Value):
    """What became of the rows of a file. `twice` are rows whose number stood in the file before, `live` are
    tickets that Heliograph follows itself."""

    rows: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    live: int = 0
    twice: int = 0
    broken: int = 0


class HistoryImport(Value):
    """A file that was sent up, and how far it is. `octets` of `size` are read; `compared` of what it told are
    compared among themselves, where that was asked (`propose`). `erased` are words that had to go while it runs, with
    what stands in their place: the file holds them until it ends. `faults` are tries in a row that read nothing."""

    id: Key
    file: str = Field(max_length=200)
    source: Key
    zone: str
    dates: str = ""
    columns: dict[str, str] = {}
    propose: bool = False
    by: Key
    at: Instant
    state: Literal["running", "done", "refused"] = "running"
    problem: str = ""
    """Why the whole of it was refused."""
    size: int
    octets: int = 0
    counts: Counts = Counts()
    broken: tuple[Broken, ...] = ()
    erased: dict[str, str] = {}
    faults: int = 0
    ended_at: Instant | None = None
