"""A summary as a reader sees it: headings, sentences, values written by code."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo

from pipeline.domain.directory import Language
from pipeline.domain.facts import Audience, Brief, Fact, Level, Status, ValueKind
from pipeline.domain.prose import Length, Prose, Quoted
from pipeline.drafting.catalogue import load_states
from pipeline.drafting.conversation import Line, LogFile, read
from pipeline.drafting.prose.assignment import STAKEHOLDER, TECHNICIAN, Assignment
from pipeline.drafting.prose.candidates import Finder
from pipeline.drafting.prose.contract import filled
from pipeline.drafting.prose.extraction import Extraction, Template, readable_outside
from pipeline.flow.summaries.alone import Wanted, as_quoted, assignment_alone
from pipeline.flow.writing.ladder import Writing
from prompts import ROOT, read_texts

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 8, 24, 4, 0, tzinfo=UTC)
"""Monday 24 August, noon in Shanghai."""
INSIDE = Audience(role="technician", clearance=Level.INTERNAL)
OUTSIDE = Audience(role="stakeholder", clearance=Level.AFFECTED)


@cache
def texts() -> dict[str, str]:
    return read_texts(ROOT)


@cache
def extraction() -> Extraction:
    return Extraction(texts())


@cache
def template() -> Template:
    return Template(texts())


@cache
def finder() -> Finder:
    return Finder(texts())


def log_of(
    text: str,
    *,
    language: Language = "en",
    audience: Audience = INSIDE,
    length: Length = Length.NORMAL,
    now: datetime = NOW,
) -> Assignment:
    """What a writer is given of a log alone."""
    file = LogFile(name="log.txt", content=text.encode("utf-8"))
    conversation = read([file], now=now, zone=SHANGHAI)
    return alone(conversation.lines, audience, language=language, length=length, now=now)


def alone(
    lines: Sequence[Line],
    audience: Audience,
    *,
    language: Language = "en",
    length: Length = Length.NORMAL,
    now: datetime = NOW,
) -> Assignment:
    """By the rule of production for a log without a ticket."""
    inside = audience.clearance >= Level.INTERNAL
    wanted = Wanted(
        role="technician" if inside else "requester",
        kind=TECHNICIAN if inside else STAKEHOLDER,
        language=language,
        length=length,
        zone=SHANGHAI,
    )
    writing = Writing(
        rungs=lambda **_: (),
        candidates=finder(),
        readable=lambda everything: readable_outside(everything, extraction().cues),
    )
    return assignment_alone(lines, wanted, writing=writing, now=now)


def summary(
    text: str,
    *,
    language: Language = "en",
    audience: Audience = INSIDE,
    length: Length = Length.NORMAL,
    now: datetime = NOW,
) -> str:
    """Of a log alone, as it is read; empty when there is not enough."""
    assignment = log_of(text, language=language, audience=audience, length=length, now=now)
    prose = extraction().write(assignment)
    return "" if prose is None else read_out(prose, assignment)


def fact(
    attribute: str, kind: ValueKind, value: object, *, n: int | None = None, **more: object
) -> Fact:
    held = {"status": Status.CONFIRMED, "level": Level.PUBLIC, "at": NOW, "event": "e-1", **more}
    entry = f"f.{attribute}" if n is None else f"f.{attribute}.{n}"
    return Fact.model_validate(
        {"id": entry, "what": "inc-1", "attribute": attribute, "kind": kind, "value": value, **held}
    )


def assignment_of(
    facts: Sequence[Fact],
    text: str = "",
    *,
    kind: str = TECHNICIAN,
    language: Language = "en",
    length: Length = Length.NORMAL,
    audience: Audience | None = None,
    now: datetime = NOW,
) -> Assignment:
    """An incident's facts, and what was said about it."""
    lines: tuple[Quoted, ...] = ()
    if text:
        file = LogFile(name="log.txt", content=text.encode("utf-8"))
        said = read([file], now=now, zone=SHANGHAI).lines
        lines = tuple(as_quoted(one, "log", unmarked=Level.INTERNAL) for one in said if one.counts)
    reader = audience or (OUTSIDE if kind == STAKEHOLDER else INSIDE)
    return Assignment(
        kind=kind,
        brief=Brief(incident="inc-1", number="INC-9527", audience=reader, facts=tuple(facts)),
        lines=lines,
        candidates=finder()(lines, facts=facts, now=now, zone=SHANGHAI),
        language=language,
        length=length,
        now=now,
        zone=SHANGHAI,
    )


def written(assignment: Assignment) -> str:
    prose = extraction().write(assignment)
    return "" if prose is None else read_out(prose, assignment)


def read_out(prose: Prose, assignment: Assignment) -> str:
    """`[section] sentence` by line."""
    told = filled(prose, assignment, load_states(texts()))
    return "\n".join(
        f"[{sentence.section}] {text}" for sentence, text in zip(prose.sentences, told, strict=True)
    )
