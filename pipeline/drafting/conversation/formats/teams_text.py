"""Messages copied from Teams: half-day times in brackets before a name, or below it."""

from __future__ import annotations

from collections.abc import Sequence

from ..entry import Read
from ..opened import Opened
from .chat_text import NAMED, is_named_for, read_as, style


def fits(file: Opened) -> float:
    """By its name, or by the form of most of its heads."""
    if is_named_for(file, "teams"):
        return NAMED
    return 0.6 if style(file) == "half" else 0.0


def read(files: Sequence[Opened]) -> Read:
    """The messages in their order."""
    return read_as(files, month_first=None)
