"""What is there to write from when all we have is a log? Its lines, cut for those who will read the text."""

from __future__ import annotations

from collections.abc import Iterable
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
    lines = tuple(_cut(quoted(conversation), conversation, audience, cues))
    inside = audience.clearance >= Level.INTERNAL
    return Assignment(
        kind=TECHNICIAN if inside else STAKEHOLDER,
        brief=Brief(incident=LOG, number=LOG, audience=audience, facts=()),
        lines=lines,
        candidates=candidates(lines, now=now, zone=zone),
        language=language,
        length=length,
        now=now,
        zone=zone,
    )


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


def _cut(
    lines: tuple[Quoted, ...], conversation: Conversation, audience: Audience, cues: Cues
) -> Iterable[Quoted]:
    marked = any(line.visible is not None for line in conversation.material)
    names = {line.speaker for line in lines} - {""}
    for line in lines:
        if line.level <= audience.clearance:
            yield line
        elif not marked and fit_for_outsiders(line.text, cues, names):
            yield line.model_copy(update={"level": audience.clearance})
