"""Notes of a call: free text, with times where somebody wrote them down. Any text can be read so."""

from __future__ import annotations

from collections.abc import Sequence

from ..entry import Read
from ..opened import Opened
from ..words import folded
from .chat_text import read_as, style


def fits(file: Opened) -> float:
    """Surely when its name says so; a little for whatever is text."""
    if file.document is not None or not file.text:
        return 0.0
    if any(word in file.name for word in folded("products", "call_notes")):
        return 0.5
    return 0.3 if style(file) == "bare" else 0.1


def read(files: Sequence[Opened]) -> Read:
    """A note for each time, with the words below it; paragraphs where there is none."""
    return read_as(files, month_first=None)
