"""What is asked for in a form by which something is recorded, and what a visitor gave for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from pipeline.domain.directory import LANGUAGES
from pipeline.domain.payload import Payload

FieldKind = Literal["words", "line", "time", "choice", "group", "service", "none"]
NONE = "none"


@dataclass(frozen=True, kw_only=True)
class Field:
    """`slot` is what it is called; `words` beginning (`severity`) finds what each choice is called."""

    name: str
    kind: FieldKind = "words"
    slot: str
    choices: tuple[str, ...] = ()
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Act:
    """`when` are the standings in which it is offered; an empty one is a ticket that is not major."""

    payload: type[Payload]
    fields: tuple[Field, ...]
    when: frozenset[str]


def words_field(name: str, slot: str = "") -> Field:
    return Field(name=name, slot=slot or name)


def time_field(name: str, slot: str = "") -> Field:
    return Field(name=name, kind="time", slot=slot or name)


def value_of(field: Field, form: Mapping[str, str], zone: str) -> Any:
    if field.kind == "words":
        return in_words(field.name, form)
    given = form.get(field.name if field.kind != NONE else f"{field.name}.none", "").strip()
    if not given:
        return None
    if field.kind == NONE:
        return NONE
    return moment_of(given, zone) if field.kind == "time" else given


def in_words(name: str, form: Mapping[str, str]) -> Any:
    """Both languages where both are given, else the one that is."""
    given = {language: form.get(f"{name}.{language}", "").strip() for language in LANGUAGES}
    written = {language: text for language, text in given.items() if text}
    if len(written) == len(LANGUAGES):
        return written
    return next(iter(written.values()), None)


def moment_of(text: str, zone: str) -> str:
    """A time of the visitor's clock, as a browser's field gives it."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).isoformat()
    except ValueError:
        raise ValueError(f"{text} is not a time such as 2026-08-24T10:02") from None
