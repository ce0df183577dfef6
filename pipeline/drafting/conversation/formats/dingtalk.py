"""Messages copied from DingTalk: a name with date and time by dashes, the text below."""

from __future__ import annotations

from collections.abc import Sequence

from ..entry import Read
from ..opened import Opened
from .chat_text import NAMED, is_named_for, read_as, style


def fits(file: Opened) -> float:
    """By its name, or by the form of most of its heads."""
    if is_named_for(file, "dingtalk"):
        return NAMED
    return 0.6 if style(file) == "dash" else 0.0


def read(files: Sequence[Opened]) -> Read:
    """The messages in their order."""
    return read_as(files, month_first=True)
