"""What is there to write from when all we have is a log? Its lines, cut for those who will read the text."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from ....domain.directory import Language
from ....domain.facts import Audience, Brief, Level
from ....domain.prose import Length, Quoted
from ...conversation import Conversation, Line, Visible
from ..assignment import STAKEHOLDER, TECHNICIAN, Assignment
from ..candidates import candidates
from .cues import Cues
from .fit import fit_for_outsiders
from .heard import heard
from .standing import overturned

LOG = "log"
"""Stands for the incident and its number where no ticket is known."""


def of_log(
    conversation: Conversation,
    audience: Audience,
    language: Language,
    now: datetime,
    zone: ZoneInfo,
    *,
    cues: Cues,
    length: Length = Length.NORMAL,
) -> Assignment:
    """Everything for those with internal clearance. For others the lines that the requester saw; and of a
    log that marks none, the lines whose words anybody may read, since somebody hands it over for them."""
    inside = audience.clearance >= Level.INTERNAL
    everything = Assignment(
        kind=TECHNICIAN if inside else STAKEHOLDER,
        brief=Brief(incident=LOG, number=LOG, audience=audience, facts=()),
        lines=quoted(conversation),
        language=language,
        length=length,
        now=now,
        zone=zone,
    )
    marked = any(line.visible is not None for line in conversation.material)
    known = everything if inside or marked else _readable(everything, cues)
    lines = tuple(line for line in known.lines if line.level <= audience.clearance)
    return replace(known, lines=lines, candidates=candidates(lines, now=now, zone=zone))


def quoted(conversation: Conversation) -> tuple[Quoted, ...]:
    """What people said, each once. What the requester saw is AFFECTED, all else INTERNAL."""
    return tuple(_quoted(line) for line in conversation.material)


def _quoted(line: Line) -> Quoted:
    seen = line.visible is Visible.REQUESTER
    return Quoted(
        id=f"l.{line.n}",
        n=line.n,
        at=line.at,
        speaker=line.speaker,
        person=line.person,
        text=line.text,
        level=Level.AFFECTED if seen else Level.INTERNAL,
    )


def _readable(everything: Assignment, cues: Cues) -> Assignment:
    """Those lines of which anybody may read every word, and which no later line overturned: what came later
    may be among those that are left out."""
    all_ = heard(everything, cues)
    over = overturned(all_.said, two_alone=False)
    standing = {one.line.id for one in all_.said if one.place not in over}
    names = {line.speaker for line in everything.lines} - {""}
    level = everything.audience.clearance
    lines = (
        line.model_copy(update={"level": level})
        for line in everything.lines
        if line.id in standing and fit_for_outsiders(line.text, cues, names)
    )
    return replace(everything, lines=tuple(lines))
