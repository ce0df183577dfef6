"""What is redacted here? Assignments about one ticket, with people that everybody knows."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from pipeline.domain.directory import Bilingual, Language
from pipeline.domain.facts import Audience, Brief, Fact, FactValue, Level, ValueKind
from pipeline.domain.prose import Quoted
from pipeline.drafting.prose.assignment import STAKEHOLDER, TECHNICIAN, Assignment

NOW = datetime(2026, 8, 24, 2, tzinfo=UTC)
NUMBER = "INC-9601"
PEOPLE: dict[str, FactValue] = {
    "assignee": Bilingual(zh="李娜", en="Na Li"),
    "requester_name": Bilingual(zh="王晓琳", en="Wang Xiaolin"),
    "reopened_by": "Will Harrington",
    "author": Bilingual(zh="高峰", en="Gao Feng"),
}


def fact(attribute: str, kind: ValueKind, value: FactValue) -> Fact:
    return Fact(
        id=f"f.{attribute}",
        what="inc_1",
        attribute=attribute,
        kind=kind,
        value=value,
        level=Level.PUBLIC,
        at=NOW,
        event="evt_1",
    )


def lines(*texts: str, speaker: str = "客服") -> tuple[Quoted, ...]:
    return tuple(
        Quoted(id=f"q.{n}", n=n, at=NOW, speaker=speaker, text=text)
        for n, text in enumerate(texts, 1)
    )


def assignment(
    *quoted: Quoted,
    facts: tuple[Fact, ...] = (),
    number: str = NUMBER,
    language: Language = "zh",
    clearance: Level = Level.INTERNAL,
) -> Assignment:
    known = (fact(name, ValueKind.NAME, value) for name, value in PEOPLE.items())
    service = fact("service", ValueKind.NAME, Bilingual(zh="邮件客户端", en="Mail client"))
    brief = Brief(
        incident="inc_1",
        number=number,
        audience=Audience(role="technician", clearance=clearance),
        facts=(fact("number", ValueKind.IDENTIFIER, number), service, *known, *facts),
    )
    staff = clearance >= Level.INTERNAL
    return Assignment(
        kind=TECHNICIAN if staff else STAKEHOLDER,
        brief=brief,
        lines=quoted,
        language=language,
        now=NOW,
        zone=ZoneInfo("Asia/Shanghai"),
    )
