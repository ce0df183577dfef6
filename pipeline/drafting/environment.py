"""What may a template's expressions do? The sandbox in which every text is rendered."""

from __future__ import annotations

from typing import Any

from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from .slots import Slotted


def text_environment(*, autoescape: bool = False) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined,
        autoescape=autoescape,
        auto_reload=False,
    )
    # Only what texts need: the rest of Jinja2's filters and functions work on more than words.
    environment.globals = {}
    environment.filters = {
        "short": _short,
        "last": environment.filters["last"],
        "newest": _newest,
        "exceeds": _exceeds,
    }
    return environment


def _short(slot: Any, columns: int) -> Any:
    """`{{ title | short(40) }}`: at most so many columns; a Chinese character takes two."""
    return slot.shortened(columns) if isinstance(slot, Slotted) else slot


def _newest(slots: list[Any], most: int) -> list[Any]:
    """`{% for step in tried | newest(20) %}`: the last so many; a list is oldest first."""
    return slots[max(0, len(slots) - most) :]


def _exceeds(slots: list[Any], most: int) -> bool:
    """`{% if tried | exceeds(20) %}`: some are left out, which the text has to say."""
    return len(slots) > most
