"""A message a line: `[10:32] name: text`, `10:32 name: text`, `name (10:32): text`, or names alone."""

from __future__ import annotations

from collections.abc import Sequence

from ..entry import Read
from ..opened import Opened
from .chat_text import read_as, style


def fits(file: Opened) -> float:
    """By the form of most of its heads."""
    return {"line": 0.7, "named": 0.4}.get(style(file), 0.0)


def read(files: Sequence[Opened]) -> Read:
    """The messages in their order."""
    return read_as(files, month_first=None)
