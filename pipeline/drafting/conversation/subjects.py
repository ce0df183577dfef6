"""Which subjects of a thread were told already? An answer repeats that of what it answers."""

from __future__ import annotations

from dataclasses import replace

from .entry import Entry
from .line import Part
from .words import folded

_MOST = 20


class Subjects:
    """Those that were met so far, without the marks of answers."""

    def __init__(self) -> None:
        self._met: set[str] = set()

    def above(self, own: Entry, text: str, subject: str) -> tuple[list[Entry], str]:
        """What stands above a message, and its text. Whoever begins a thread wrote its subject: that goes above
        her words. That of an answer is only the thread's title, and nothing that somebody said; neither is
        told where it stands in the thread already."""
        bare = subject.strip()
        for _ in range(_MOST):
            begun = next(
                (each for each in folded("answers") if bare.casefold().startswith(each)), ""
            )
            if not begun:
                break
            bare = bare[len(begun) :].strip()
        if not bare or bare.casefold() in self._met:
            return [], text
        self._met.add(bare.casefold())
        if bare != subject.strip():
            return [replace(own, text=bare, part=Part.NOTICE)], text
        return [], f"{bare}\n\n{text}".strip()
