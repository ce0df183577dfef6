"""Logs as people hand them over, read at one moment, and shown by what a reader would look at."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from pipeline.domain.directory import Address, Names, Person
from pipeline.domain.payload import PersonRef
from pipeline.drafting.conversation import Conversation, Line, LogFile, ProblemKind, read

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 8, 24, 4, 0, tzinfo=UTC)
"""Monday 24 August, noon in Shanghai."""

WANG = Person(
    id="wang",
    name="王晓琳",
    names=Names(zh="王晓琳", en="Wang Xiaolin"),
    addresses=(Address(channel="mail", value="wang@example.org"),),
)
SMITH = Person(
    id="p-7",
    name="Dave Smith",
    addresses=(Address(channel="mail", value="dave.smith@example.org"),),
)
PEOPLE = (WANG, SMITH)


def read_text(
    text: str | bytes,
    name: str = "log.txt",
    *,
    now: datetime = NOW,
    zone: ZoneInfo = SHANGHAI,
    people: Iterable[Person | PersonRef] = PEOPLE,
    given: str | None = None,
) -> Conversation:
    """One file, read in Shanghai at noon."""
    content = text.encode("utf-8") if isinstance(text, str) else text
    file = LogFile(name=name, content=content)
    return read([file], now=now, zone=zone, people=people, given=given)


def read_json(document: object, name: str = "export.json") -> Conversation:
    return read_text(json.dumps(document, ensure_ascii=False), name)


def clock(line: Line, zone: ZoneInfo = SHANGHAI) -> str:
    """Day and time as the reader's wall shows them; `-` where they are unknown."""
    return line.at.astimezone(zone).strftime("%d %H:%M:%S") if line.at else "-"


def said(conversation: Conversation) -> list[tuple[str, str, str]]:
    """When, who and what of all that counts."""
    return [(clock(line), line.speaker, line.text) for line in conversation.material]


def kinds(conversation: Conversation) -> set[ProblemKind]:
    return {problem.kind for problem in conversation.problems}
