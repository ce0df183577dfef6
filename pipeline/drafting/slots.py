"""What may a template say? Typed slots, filled from the brief; nothing else enters a text (law 5).

A value is not written into the text: a placeholder is, and the value replaces it after the markup was
read and in the way that each form needs. So no value can become markup, whatever it holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ..domain.directory import Bilingual, Language
from ..domain.errors import MissingVariable
from ..domain.facts import Brief, Fact, ValueKind
from ..domain.lattices import TicketState
from .marks import clean, mark, shorten
from .slot_names import ANNOUNCED, AWAITED, CONTEXT, FACTS, LISTS, PERSONAL
from .spoken import duration

PLACE_OPEN, PLACE_CLOSE = "\ue002", "\ue003"
WORDS = "words"
"""No slot: what is called so is words of a model, which are judged as our own."""


@dataclass(frozen=True, kw_only=True)
class Context:
    """What a text needs besides the brief; empty where the desk has none. `without` are links to pages
    that are switched off."""

    desk_name: str = ""
    desk_phone: str = ""
    thread_token: str = ""
    without: frozenset[str] = frozenset()


@dataclass(kw_only=True)
class Used:
    """The values that a text took, each at its placeholder's number."""

    slots: list[Slotted] = field(default_factory=list)

    def place(self, slot: Slotted) -> str:
        self.slots.append(slot)
        return f"{PLACE_OPEN}{len(self.slots) - 1}{PLACE_CLOSE}"


class Slotted:
    """A slot with a value. Written into a template's output it leaves its placeholder."""

    __slots__ = ("fact", "name", "raw", "text", "used")

    def __init__(self, name: str, text: str, used: Used, fact: Fact | None, raw: object) -> None:
        self.name, self.text, self.used, self.fact, self.raw = name, text, used, fact, raw

    def __str__(self) -> str:
        return self.used.place(self)

    def __bool__(self) -> bool:
        return True

    def __eq__(self, other: object) -> bool:
        """Templates compare a state with its key."""
        return self.raw == other

    def __hash__(self) -> int:
        return hash((self.name, self.text))

    def shortened(self, columns: int) -> Slotted:
        one_line = " ".join(self.text.split())
        return Slotted(self.name, shorten(one_line, columns), self.used, self.fact, self.raw)


class Absent:
    """A slot without a value: false in a condition, and an error when it is written."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __str__(self) -> str:
        raise MissingVariable(f"the text needs {self.name}, which nobody recorded")

    def __bool__(self) -> bool:
        return False

    def __iter__(self) -> Any:
        return iter(())


def values_for(
    brief: Brief,
    context: Context,
    language: Language,
    now: datetime,
    states: Mapping[str, str],
    used: Used,
) -> dict[str, object]:
    """All slots by name. A list slot is a list; `news` is a set of names."""

    def slot(name: str, text: str, fact: Fact | None = None, raw: object = None) -> object:
        return Slotted(name, text, used, fact, raw) if text else Absent(name)

    state = _state(brief)

    def said(fact: Fact) -> object:
        text = "" if _past(fact, state, now) else _text(fact, language, states)
        return slot(fact.attribute, text, fact, fact.value)

    values: dict[str, object] = {name: Absent(name) for name in FACTS}
    for fact in brief.facts:
        if fact.attribute in FACTS:
            values[fact.attribute] = said(fact)
    values |= {name: [said(f) for f in brief.all(name)] for name in LISTS}
    values |= {name: slot(name, mark(name)) for name in PERSONAL - context.without}
    values |= {name: Absent(name) for name in context.without}
    values |= {name: slot(name, clean(getattr(context, name))) for name in CONTEXT}
    return {**values, "news": brief.news, "waiting": state.startswith("waiting.")}


def _state(brief: Brief) -> str:
    found = brief.find("state")
    return "" if found is None else str(found.value)


def is_past(fact: Fact, brief: Brief, now: datetime) -> bool:
    """A time that must not be announced any more."""
    return _past(fact, _state(brief), now)


def _past(fact: Fact, state: str, now: datetime) -> bool:
    if fact.attribute in AWAITED and state in (TicketState.RESOLVED, TicketState.CLOSED):
        return True
    return fact.attribute in ANNOUNCED and isinstance(fact.value, datetime) and fact.value <= now


_WORDS: dict[ValueKind, Callable[[Fact, Language], str]] = {
    ValueKind.TIME: lambda fact, _: mark(fact.attribute),
    ValueKind.NUMBER: lambda fact, _: str(fact.value),
    ValueKind.DURATION: lambda fact, language: duration(int(str(fact.value)), language),
}


def _text(fact: Fact, language: Language, states: Mapping[str, str]) -> str:
    if fact.kind is ValueKind.STATE:
        return states.get(str(fact.value), str(fact.value))
    if fact.kind in _WORDS:
        return _WORDS[fact.kind](fact, language)
    if isinstance(fact.value, Bilingual):
        return clean(fact.value.in_language(language))
    return clean(str(fact.value))


def times_in(slots: Iterable[str], brief: Brief) -> dict[str, datetime]:
    """The instants behind those of the slots that are times."""
    found = {name: brief.find(name) for name in slots}
    return {
        name: fact.value
        for name, fact in found.items()
        if fact is not None and isinstance(fact.value, datetime)
    }
