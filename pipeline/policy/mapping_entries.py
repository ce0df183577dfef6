"""From a mapping file to a compiled mapping, or every problem with its line and field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field, ValidationError, field_validator, model_validator

from ..domain.errors import Misconfigured
from ..domain.events import PAYLOADS
from ..domain.made_here import refusal
from ..yaml_places import read, unfit
from .conditions import Condition, compile_condition
from .entries import Spec
from .mapping import OPTIONAL, VARIABLES, Entry, PayloadMapping, Tree

LONGEST_FILE = 64 * 1024
DEEPEST = 5
ALERT_FIELDS = frozenset(
    {
        *("fingerprint", "name", "status", "title", "started_at", "ended_at", "detail", "url"),
        *("group", "service", "severity", "impact", "labels"),
    }
)
NEEDED = frozenset({"fingerprint", "status", "title"})
ENVELOPE = frozenset({"id", "number", "time", "data"})


def _expression(text: object) -> Condition:
    if not isinstance(text, str):
        raise ValueError("is an expression in quotes; a fixed text is \"'like this'\"")
    return compile_condition(text, VARIABLES)


def _tree(value: object, depth: int = 1) -> Tree:
    if depth > DEEPEST:
        raise ValueError(f"is nested deeper than {DEEPEST} levels")
    if isinstance(value, dict):
        return {str(name): _tree(one, depth + 1) for name, one in value.items()}
    if isinstance(value, list):
        return tuple(_tree(one, depth + 1) for one in value)
    return _expression(value)


def _fields(value: object, known: frozenset[str], needed: frozenset[str]) -> dict[str, Tree]:
    if not isinstance(value, dict):
        raise ValueError("is a map from our fields to expressions")
    plain = {str(name).rstrip(OPTIONAL): name for name in value}
    for name in sorted(plain.keys() - known):
        raise ValueError(f"{name} is none of our fields; known: {', '.join(sorted(known))}")
    for name in sorted(needed - plain.keys()):
        raise ValueError(f"needs {name}")
    found: dict[str, Tree] = {}
    for name, one in value.items():
        try:
            found[str(name)] = _tree(one)
        except ValueError as wrong:
            raise ValueError(f"{name} {wrong}") from None
    return found


class _Event(Spec):
    type: str
    fields: dict[str, Any]

    @model_validator(mode="before")
    @classmethod
    def _with_fields(cls, value: Any) -> Any:
        if not isinstance(value, dict) or "type" not in value:
            raise ValueError("needs type")
        return {"type": value["type"], "fields": {k: v for k, v in value.items() if k != "type"}}

    @model_validator(mode="after")
    def _is_known(self) -> _Event:
        payload = PAYLOADS.get(self.type)
        if payload is None:
            raise ValueError(f"{self.type} is no event of ours")
        if (said := refusal(self.type)) is not None:
            raise ValueError(said)
        data = self.fields.get("data")
        if isinstance(data, dict):
            _fields(data, frozenset(payload.model_fields), frozenset())
        return self


class _Entry(Spec):
    each: Condition | None = None
    when: Condition | None = None
    alert: dict[str, Any] | None = None
    event: _Event | None = None

    @field_validator("each", "when", mode="before")
    @classmethod
    def _compiled(cls, value: object) -> Condition:
        return _expression(value)

    @field_validator("alert", mode="before")
    @classmethod
    def _alert(cls, value: object) -> dict[str, Tree]:
        return _fields(value, ALERT_FIELDS, NEEDED)

    @model_validator(mode="after")
    def _is_one_thing(self) -> _Entry:
        if (self.alert is None) == (self.event is None):
            raise ValueError("makes either an alert or an event")
        return self

    def compiled(self, where: str) -> Entry:
        made: Mapping[str, Tree] = self.alert or {}
        if self.event is not None:
            made = _fields(self.event.fields, ENVELOPE, frozenset({"id", "data"}))
        kind = self.event.type if self.event else None
        return Entry(where=where, each=self.each, when=self.when, type=kind, fields=made)


class _File(Spec):
    version: Literal[1]
    description: str | None = Field(default=None, max_length=1000)
    entries: tuple[_Entry, ...] = Field(min_length=1, max_length=20)


def load_mapping(name: str, text: str) -> PayloadMapping:
    """Raises Misconfigured that lists every problem."""
    if len(text) > LONGEST_FILE:
        raise Misconfigured(f"is longer than {LONGEST_FILE} characters", where=name)
    raw, lines = read(name, text)
    try:
        file = _File.model_validate(raw)
        entries = tuple(e.compiled(f"entries.{n}") for n, e in enumerate(file.entries))
    except ValidationError as wrong:
        raise unfit(name, lines, wrong) from None
    except ValueError as wrong:
        raise Misconfigured(str(wrong), where=name) from None
    return PayloadMapping(name=name, entries=entries)
