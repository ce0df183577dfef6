"""What is a conversation once it has been read? Lines by whom and when, and what was wrong with the log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from ...domain.communication import Reason


class Part(StrEnum):
    """What a line is of its message. Only what was said is material for a text; the rest is kept."""

    SAID = "said"
    SIGNATURE = "signature"
    DISCLAIMER = "disclaimer"
    AUTO_REPLY = "auto_reply"
    NOTICE = "notice"
    """Of the program rather than of a person: joins, calls, dates between messages, attachments."""


class Visible(StrEnum):
    """Who saw it at the desk it comes from."""

    INTERNAL = "internal"
    REQUESTER = "requester"


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One paragraph of one message. `n` counts from 1 in the conversation's order, with those that were
    dropped; `message` is the same for all lines of a message."""

    n: int
    message: int
    at: datetime | None
    """In UTC. None when the log does not say enough to know it."""
    at_as_written: str
    day_assumed: bool = False
    """The log gives a time of day alone: the day is that of reading, or the one before."""
    speaker: str
    person: str | None = None
    """The id of the one person of record or directory who is called so."""
    text: str
    part: Part = Part.SAID
    quoted: bool = False
    """Brought along from an earlier message, at the time that is told of it. Unless its words stand in this
    conversation too, its speaker is whoever is named above it with whoever brought it, as `attribution`
    says, or else whoever brought it; both are nobody's own words, and no person's."""
    attribution: str = ""
    """ "Ben Cole, as quoted by Alice Young": for readers, and believed by nothing."""
    repeated: bool = False
    """A quotation of words that stand in this conversation already."""
    visible: Visible | None = None

    @property
    def counts(self) -> bool:
        """Whether it is something that somebody said, for the first time here."""
        return self.part is Part.SAID and not self.repeated


class ProblemKind(StrEnum):
    """What was wrong with a log; each has its sentence in `prompts/reasons.yaml` as `log_<kind>`."""

    EMPTY = "empty"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"
    TOO_NESTED = "too_nested"
    UNKNOWN_FORMAT = "unknown_format"
    BROKEN_CHARACTERS = "broken_characters"
    HIDDEN_CHARACTERS = "hidden_characters"
    ENTRY_SKIPPED = "entry_skipped"
    ATTACHMENT = "attachment"
    DROPPED = "dropped"
    NO_TIMES = "no_times"
    TIME_UNCLEAR = "time_unclear"
    DAY_ASSUMED = "day_assumed"
    TWO_ZONES = "two_zones"
    IN_FUTURE = "in_future"
    WRONG_ORDER = "wrong_order"
    NO_SPEAKERS = "no_speakers"
    TWO_CANDIDATES = "two_candidates"


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """`n` is the line it is about, `count` how many lines, files or characters; `of` names the thing."""

    kind: ProblemKind
    n: int | None = None
    count: int = 1
    of: str = ""

    @property
    def reason(self) -> Reason:
        """As a reason, whose sentence both languages have."""
        values: Mapping[str, str] = {"count": str(self.count), "of": self.of}
        return Reason(code=f"log_{self.kind.value}", values=dict(values))


@dataclass(frozen=True, kw_only=True)
class Conversation:
    """A log that was read. Nothing in it is lost without a line or a problem that says so."""

    lines: tuple[Line, ...]
    problems: tuple[Problem, ...] = ()
    format: str = ""
    """The reader's name, such as `slack`; empty when no format was recognised."""
    dropped: int = field(default=0)
    """How many of the oldest lines were too many."""

    @property
    def material(self) -> tuple[Line, ...]:
        """What people said, each once, without signatures, notices and repeated history."""
        return tuple(line for line in self.lines if line.counts)
