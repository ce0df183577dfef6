"""How is a text for the guard written in a test? With `{slots}`, which become values or marks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from pipeline.domain.communication import Form, Kind, Rendition, SlotValue
from pipeline.domain.directory import Language, Names
from pipeline.domain.facts import Audience, Brief, Fact, FactValue, Level, ValueKind
from pipeline.domain.findings import Finding
from pipeline.drafting.marks import escape_markdown
from pipeline.guard import Examined, Phrases, examine
from prompts import ROOT, read_texts

NOON = datetime(2026, 8, 24, 4, 0, tzinfo=UTC)
NUMBER = "INC-9527"
UNLIMITED = {"subject": 10_000, "text": 100_000}
READERS = ("ticket_url", "reopen_url", "console_url", "recipient_name", "time_note")
EN = "**{number}** is with {assignee}.\n-- {time_note}"
ZH = "**{number}** 由{assignee}处理。\n-- {time_note}"


def fact(
    attribute: str, kind: ValueKind, value: FactValue, *, what: str = "inc_1", n: int | None = None
) -> Fact:
    key = f"f.{attribute}" if n is None else f"f.{attribute}.{n}"
    return Fact(
        id=key, what=what, attribute=attribute, kind=kind, value=value, at=NOON, event="evt_1"
    )


KNOWN = {
    "number": fact("number", ValueKind.IDENTIFIER, NUMBER),
    "title": fact("title", ValueKind.QUOTE, "Mail client keeps crashing"),
    "assignee": fact("assignee", ValueKind.NAME, Names(zh="张伟", en="Wei Zhang")),
    "group": fact("group", ValueKind.NAME, Names(zh="应用支持组", en="Application Support")),
    "state": fact("state", ValueKind.STATE, "in_progress"),
    "fix_summary": fact("fix_summary", ValueKind.TEXT, "We rebuilt the profile"),
    "expected_at": fact("expected_at", ValueKind.TIME, NOON),
    "reopen_days": fact("reopen_days", ValueKind.NUMBER, 7),
}


@lru_cache(maxsize=1)
def shipped() -> Phrases:
    return Phrases.load(read_texts(ROOT))


def rendition(
    text: str,
    *,
    language: Language = "en",
    form: Form = Form.CHAT,
    subject: str = "{number}",
    html: str | None = None,
    facts: Mapping[str, Fact] = KNOWN,
) -> Rendition:
    """`{slot}` stands for a known fact's value or a reader's mark, `{{` for a brace."""
    slots = _Slots(facts, language, form)
    written = {name: part.format_map(slots) for name, part in (("s", subject), ("t", text))}
    return Rendition(
        id="ren_1",
        communication="com_1",
        revision=1,
        language=language,
        form=form,
        subject=written["s"],
        text=written["t"],
        html=None if html is None else html.format_map(slots),
        values=tuple(slots.used.values()),
        template="test/requester",
        template_version="1",
    )


def examined(
    text: str,
    *,
    kind: Kind = Kind.STATUS_CHANGE,
    sibling: Rendition | None = None,
    hidden: tuple[Fact, ...] = (),
    required: frozenset[str] = frozenset(),
    limits: Mapping[str, int] = UNLIMITED,
    clearance: Level = Level.AFFECTED,
    role: str = "requester",
    **written: Any,
) -> Examined:
    audience = Audience(role=role, clearance=clearance)
    facts = written.get("facts", KNOWN)
    brief = Brief(incident="inc_1", number=NUMBER, audience=audience, facts=tuple(facts.values()))
    return Examined(
        rendition=rendition(text, **written),
        sibling=sibling,
        kind=kind,
        brief=brief,
        hidden=hidden,
        required=required,
        limits=limits,
    )


def found(text: str, **given: Any) -> tuple[Finding, ...]:
    return examine(examined(text, **given), shipped()).findings


def rules(text: str, **given: Any) -> set[str]:
    """The rules that a text breaks."""
    return {finding.rule for finding in found(text, **given)}


def saying(attribute: str, words: str) -> dict[str, Fact]:
    """The known facts, with other words in one of them."""
    return {**KNOWN, attribute: KNOWN[attribute].model_copy(update={"value": words})}


class _Slots(dict[str, str]):
    def __init__(self, facts: Mapping[str, Fact], language: Language, form: Form) -> None:
        self._facts, self._language, self._form = facts, language, form
        self.used: dict[str, SlotValue] = {}

    def __missing__(self, slot: str) -> str:
        known = self._facts.get(slot)
        marked = slot in READERS or (known is not None and known.kind is ValueKind.TIME)
        text = f"\ue000{slot}\ue001" if marked else _written(known, self._language)
        if self._form is Form.CHAT and not marked:
            text = escape_markdown(text)
        key = known.id if known else None
        self.used[slot] = SlotValue(slot=slot, fact=key, text=text, personal=marked)
        return text


def _written(known: Fact | None, language: Language) -> str:
    if known is None:
        return "IT Service Desk"
    if isinstance(known.value, Names):
        return known.value.in_language(language)
    if known.kind is ValueKind.STATE:
        return "处理中" if language == "zh" else "in progress"
    return str(known.value)
