"""What is a writer given of a conversation, with a ticket or without one? Lines, cut for their readers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from ..domain.directory import Language
from ..domain.facts import Brief, Level
from ..domain.keys import line_key
from ..domain.prose import Length, Quoted
from ..drafting.conversation import Line, Visible
from ..drafting.conversation.lines import MOST_LINES
from ..drafting.prose.assignment import Assignment
from ..policy.summaries import is_internal, without_incident
from .ladder import Candidates

ALONE = "conversation"
"""Stands for the incident, and for its number, of a conversation that belongs to none."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What somebody asks for. `role` is one of the rules' audiences, `kind` one of `SECTIONS`."""

    role: str
    kind: str
    language: Language
    length: Length
    zone: ZoneInfo


def assignment_alone(
    lines: Iterable[Quoted], wanted: Wanted, *, candidates: Candidates, now: datetime
) -> Assignment:
    """About a conversation without a ticket."""
    brief = Brief(incident=ALONE, number=ALONE, audience=without_incident(wanted.role), facts=())
    return cut_for(brief, lines, wanted, candidates, now)


def alone(lines: Iterable[Line], role: str) -> list[Quoted]:
    """Of a log that is not a ticket's: whoever hands it over for these readers lets them know it, but for
    what the log itself marks as internal."""
    shown = Level.INTERNAL if is_internal(role) else Level.AFFECTED
    return [as_quoted(line, ALONE, unmarked=shown) for line in lines if line.counts]


def as_quoted(line: Line, of: str, *, unmarked: Level, scope: str | None = None) -> Quoted:
    levels: Mapping[Visible | None, Level] = {
        Visible.REQUESTER: Level.AFFECTED,
        Visible.INTERNAL: Level.INTERNAL,
    }
    return Quoted(
        id=line_key(of, line.n),
        n=line.n,
        at=line.at,
        speaker=line.speaker,
        person=line.person,
        text=line.text,
        level=levels.get(line.visible, unmarked),
        scope=scope,
    )


def cut_for(
    brief: Brief,
    lines: Iterable[Quoted],
    wanted: Wanted,
    candidates: Candidates,
    now: datetime,
) -> Assignment:
    # Law 4: cut first; what is found in the lines comes from what these readers may know.
    known = tuple(line for line in lines if brief.audience.may_know(line))[-MOST_LINES:]
    found = candidates(known, facts=brief.facts, now=now, zone=wanted.zone)
    return Assignment(
        kind=wanted.kind,
        brief=brief,
        lines=known,
        candidates=tuple(fact for fact in found if brief.audience.may_know(fact)),
        language=wanted.language,
        length=wanted.length,
        now=now,
        zone=wanted.zone,
    )
