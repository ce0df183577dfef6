"""How are words told that hold a password or a key? With the secret taken out, and that said."""

from __future__ import annotations

from ...domain.credentials import credentials_in
from .readable import likeness, readable
from .words import removed


def without_secrets(text: str, language: str) -> str:
    """The text as it was written, but for what a detector of secrets finds in it."""
    shown = readable(text)
    found = sorted({(one.start, one.end) for one in credentials_in(likeness(shown))})
    if not found:
        return text
    parts, place = [], 0
    for start, end in found:
        if start >= place:
            parts += [shown[place:start], removed(language)]
        place = max(place, end)
    return "".join((*parts, shown[place:]))
