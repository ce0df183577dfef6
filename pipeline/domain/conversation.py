"""What is kept of a log that somebody added to a ticket? Where it came from, and what was wrong with it."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from .communication import Reason
from .directory import Key, Value, Zone, one_line
from .times import Instant

LONGEST_NAME = 300
"""Characters of what the files of a log are called."""
FileName = Annotated[str, Field(max_length=LONGEST_NAME), AfterValidator(one_line)]


class KeptConversation(Value):
    """A log without its words, which stand in a row beside it. `digest` is of its files and of how they
    were read: the same log twice is one. `shared`: the ticket's requester saw all of it. `format` is the
    reader's name; `lines` are those that were kept, `dropped` the oldest that were too many; `first_at`
    and `last_at` are known as far as the log tells times. `octets` counts what was handed over."""

    id: Key
    incident: Key
    digest: Key
    name: FileName
    format: str
    zone: Zone
    shared: bool = False
    lines: int = Field(ge=1)
    dropped: int = 0
    speakers: int = 0
    octets: int
    problems: tuple[Reason, ...] = ()
    first_at: Instant | None = None
    last_at: Instant | None = None
    added_at: Instant
    added_by: Key
