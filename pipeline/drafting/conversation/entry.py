"""What does a reader make of a log? Its messages as they were written, before times and people are known."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from .line import Part, Problem, Visible
from .stamps import UNKNOWN, Stamp


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One message, or one earlier message that another brought along.

    `at` is an instant that the format itself gives; `stamp` a time in words, to be resolved with the log
    around it. A stamp with a day and no time is a date line: it holds for what follows. `keys` are mail
    addresses and ids of the speaker.
    """

    text: str
    speaker: str = ""
    keys: tuple[str, ...] = ()
    at: datetime | None = None
    stamp: Stamp | None = None
    written: str = ""
    part: Part = Part.SAID
    quoted: bool = False
    brought_by: str = ""
    """Whose mail quotes it. Anybody can write a name and a time above words: they are the named one's only
    where the log has them from her too."""
    visible: Visible | None = None
    is_mail: bool = False
    """Whether it may end in a signature."""


BREAK = Entry(text="", stamp=Stamp(written="", day=UNKNOWN), part=Part.NOTICE)
"""Stands between logs: the day that one has reached says nothing of the next. It makes no line."""


@dataclass(kw_only=True)
class Read:
    """What a reader found, in the log's own order. `month_first` says how its program writes 3/4;
    None where that depends on who wrote it."""

    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    month_first: bool | None = None
    dropped: int = 0
    """Rows or messages of the oldest end that were too many to be read at all."""
