"""What may a text for one audience claim? Its brief and the lines that it may read, as a record for the claims.

What somebody said or wrote becomes an event in their words; a typed value becomes a fact. Names and states
stand in both languages, so that a text in either is held to them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from ...domain.directory import LANGUAGES, Bilingual, Language
from ...domain.facts import Brief, Fact, ValueKind
from ...domain.prose import Quoted
from .record import Record, RecordedEvent, RecordedFact

StateWords = Mapping[Language, Mapping[str, str]]
_TYPES = {
    "tried": "action_logged",
    "done": "action_logged",
    "measures": "action_logged",
    "fix_summary": "resolved",
    "reopening_reason": "reopened",
}
"""What an event of this attribute tells, in the words that the claims ask for."""
_MOMENTS = {"restored_at": "restored", "relapsed_at": "relapsed"}
_NAMES = {
    "cause": "cause",
    "cause_confirmed": "cause",
    "handed_from": "group before",
    "requester_name": "requester name",
    "reopened_by": "name of who reopened",
    "author": "name of the author",
}
_FREE = frozenset({ValueKind.TEXT, ValueKind.QUOTE})


def record_of(
    brief: Brief,
    *,
    lines: Sequence[Quoted] = (),
    candidates: Iterable[Fact] = (),
    states: StateWords,
    zone: str,
    now: datetime,
) -> Record:
    """`states` are the words of `prompts/states.yaml`; `zone` is the reader's, `now` the moment at which
    the text is told."""
    facts = (*brief.facts, *candidates)
    here = ZoneInfo(zone)
    opened = min((fact.at for fact in facts), default=now)
    service = _spelled(brief.find("service"))
    phase = brief.find("phase")
    events = [*_told(facts, here), *_said(lines, opened, here)]
    return Record(
        number=brief.number,
        service=service[0] if service else "",
        service_aliases=service[1:],
        title="; ".join(_spelled(brief.find("title")) + _spelled(brief.find("headline"))),
        severity=_key(brief.find("severity")),
        state=_key(brief.find("state")) or "",
        phase=_key(phase),
        opened_at=opened.astimezone(here),
        major=phase is not None,
        facts=tuple(
            one
            for fact in facts
            if fact.kind not in _FREE or fact.attribute in _NAMES
            for one in _typed(fact, states, here)
        ),
        events=tuple(sorted(events, key=lambda event: event.at)),
        now=now.astimezone(here),
    )


def _told(facts: Iterable[Fact], zone: ZoneInfo) -> Iterable[RecordedEvent]:
    for fact in facts:
        kind = _MOMENTS.get(fact.attribute) or _TYPES.get(fact.attribute, fact.attribute)
        if fact.kind in _FREE:
            for text in _spelled(fact):
                yield _event(fact.id, fact.at.astimezone(zone), kind, "", text)
        elif fact.attribute in _MOMENTS and isinstance(fact.value, datetime):
            yield _event(fact.id, fact.value.astimezone(zone), kind, "", kind)


def _said(lines: Sequence[Quoted], opened: datetime, zone: ZoneInfo) -> Iterable[RecordedEvent]:
    """A line without a time is told after the one before it."""
    at = opened
    for line in lines:
        at = line.at or at + timedelta(seconds=1)
        yield _event(line.id, at.astimezone(zone), "said", line.speaker, line.text)


def _event(id_: str, at: datetime, kind: str, who: str, text: str) -> RecordedEvent:
    return RecordedEvent(id=id_, at=at, type=kind, actor_role=who, text=text)


def _typed(fact: Fact, states: StateWords, zone: ZoneInfo) -> Iterable[RecordedFact]:
    for value, unit in _values(fact, states, zone):
        yield RecordedFact(
            id=fact.id,
            what="",
            attribute=_NAMES.get(fact.attribute, fact.attribute),
            value=value,
            unit=unit,
            at=fact.at.astimezone(zone),
            status=fact.status.value,
            source=fact.event,
        )


def _values(
    fact: Fact, states: StateWords, zone: ZoneInfo
) -> Iterable[tuple[str | int, str | None]]:
    value = fact.value
    if isinstance(value, datetime):
        yield value.astimezone(zone).isoformat(timespec="seconds"), None
    elif fact.kind is ValueKind.DURATION:
        yield int(str(value)) // 60, "min"
    elif fact.kind is ValueKind.STATE:
        yield from ((states[language].get(str(value), str(value)), None) for language in LANGUAGES)
    elif isinstance(value, int):
        yield value, None
    else:
        yield from ((text, None) for text in _spelled(fact))


def _spelled(fact: Fact | None) -> tuple[str, ...]:
    """A wording in each language, each once."""
    if fact is None:
        return ()
    if isinstance(fact.value, Bilingual):
        return tuple(dict.fromkeys((fact.value.en, fact.value.zh)))
    return (str(fact.value),)


def _key(fact: Fact | None) -> str | None:
    """`waiting` of `waiting.approval`, `P1` of `severity.P1`."""
    if fact is None:
        return None
    head, _, tail = str(fact.value).partition(".")
    return tail if head in ("phase", "severity") else head
