"""What of a conversation may an audience know? The lines of its level and its circle; the door to an Assignment.

A line is judged as a fact is (law 4). What is hidden leaves no gap that could be counted: the lines that
stay keep their own numbers, and nothing says how many there were.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from ...domain.directory import Language
from ...domain.facts import Audience, Brief, Fact, cut
from ...domain.prose import Length, Quoted
from .assignment import Assignment


def known_lines(lines: Iterable[Quoted], audience: Audience) -> tuple[Quoted, ...]:
    """Whose level is within the clearance, and whose circle, if any, includes them."""
    return tuple(line for line in lines if audience.may_know(line))


def assigned(
    brief: Brief,
    lines: Iterable[Quoted] = (),
    candidates: Iterable[Fact] = (),
    *,
    kind: str,
    language: Language,
    length: Length = Length.NORMAL,
    now: datetime,
    zone: ZoneInfo,
) -> Assignment:
    """An assignment in which everything is cut for the brief's audience, the brief itself once more.

    A candidate that names a line as its event (`event` is the line's id) is known to those who know that
    line, whatever level it was given itself.
    """
    told = tuple(lines)
    kept = known_lines(told, brief.audience)
    hidden = {line.id for line in told} - {line.id for line in kept}
    facts = cut(brief.facts, brief.audience)
    return Assignment(
        kind=kind,
        brief=brief.model_copy(update={"facts": facts}),
        lines=kept,
        candidates=tuple(
            f for f in cut(tuple(candidates), brief.audience) if f.event not in hidden
        ),
        language=language,
        length=length,
        now=now,
        zone=zone,
    )
