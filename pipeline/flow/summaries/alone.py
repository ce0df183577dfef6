"""What is a writer given of a conversation, with a ticket or without one? Lines, cut for their readers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from ...domain.directory import Language
from ...domain.facts import Brief, Level
from ...domain.keys import line_key
from ...domain.prose import Length, Quoted
from ...drafting.conversation import Line, Visible
from ...drafting.conversation.lines import MOST_LINES
from ...drafting.prose.assignment import Assignment
from ...drafting.prose.cutting import assigned, known_lines
from ...policy.summaries import is_internal, without_incident
from ..writing.ladder import Candidates, Readable, Writing

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
    lines: Iterable[Line], wanted: Wanted, *, writing: Writing, now: datetime
) -> Assignment:
    """About a conversation without a ticket. For people outside, of what the log marks, the lines that the
    requester saw; of one that marks none, the sentences of which anybody may read every word: whoever hands it over
    lets them know it, and does not read each line before."""
    brief = Brief(incident=ALONE, number=ALONE, audience=without_incident(wanted.role), facts=())
    counted = [line for line in lines if line.counts]
    told = [as_quoted(line, ALONE, unmarked=Level.INTERNAL) for line in counted]
    if not is_internal(wanted.role) and all(line.visible is None for line in counted):
        told = _opened(told, brief, wanted, writing.readable, now)
    return cut_for(brief, told, wanted, writing.candidates, now)


def _opened(
    lines: Sequence[Quoted], brief: Brief, wanted: Wanted, readable: Readable, now: datetime
) -> list[Quoted]:
    """What they may read of each line, with the level of those whom it concerns; other lines as they are."""
    everything = Assignment(
        kind=wanted.kind,
        brief=brief,
        lines=tuple(lines),
        language=wanted.language,
        now=now,
        zone=wanted.zone,
    )
    fit = readable(everything)
    return [
        line.model_copy(update={"level": Level.AFFECTED, "text": fit[line.id]})
        if line.id in fit
        else line
        for line in lines
    ]


def as_quoted(line: Line, of: str, *, unmarked: Level, scope: str | None = None) -> Quoted:
    levels: Mapping[Visible | None, Level] = {
        Visible.REQUESTER: Level.AFFECTED,
        Visible.INTERNAL: Level.INTERNAL,
    }
    return Quoted(
        id=line_key(of, line.n),
        n=line.n,
        at=line.at,
        # A log has it from nobody but whoever quoted it: whose words they are, nobody knows for sure.
        speaker="" if line.quoted else line.speaker,
        attribution=line.attribution,
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
    known = known_lines(lines, brief.audience)[-MOST_LINES:]
    return assigned(
        brief,
        known,
        candidates(known, facts=brief.facts, now=now, zone=wanted.zone),
        kind=wanted.kind,
        language=wanted.language,
        length=wanted.length,
        now=now,
        zone=wanted.zone,
    )
