"""What do a text's sentences say once code has written the values into them? Words, per sentence and whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from ...domain.directory import Language
from ...domain.facts import Audience, Brief, Fact, Level
from ...domain.prose import Quoted
from .assignment import PASSAGE, Assignment
from .contract.values import States, Values

__all__ = ["States", "values_of", "whole"]
NOBODY = Audience(role="evidence", clearance=Level.PUBLIC)
"""Facts and lines that somebody rests on were cut for their readers before."""


def values_of(
    facts: Iterable[Fact],
    lines: Iterable[Quoted],
    language: Language,
    states: Mapping[str, str],
    *,
    now: datetime,
    zone: str,
) -> Values:
    """The values of what a text rests on as its sentences write them, in the reader's zone: `now` is the
    moment that the text counts from."""
    resting = Assignment(
        kind=PASSAGE[0],
        brief=Brief(incident=NOBODY.role, number=NOBODY.role, audience=NOBODY, facts=tuple(facts)),
        lines=tuple(lines),
        language=language,
        now=now,
        zone=ZoneInfo(zone),
    )
    return Values(resting, language, {language: states})


def whole(sections: Iterable[tuple[str, str]], language: Language) -> str:
    """(section, sentence) pairs as one text: a paragraph for each section."""
    between = "" if language == "zh" else " "
    parts = groupby(sections, key=lambda pair: pair[0])
    return "\n\n".join(between.join(said for _, said in pairs) for _, pairs in parts)
