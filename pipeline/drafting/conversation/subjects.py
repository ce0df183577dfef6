"""Which subjects of a thread were told already? An answer repeats that of what it answers."""

from __future__ import annotations

from .words import folded

_MOST = 20


class Subjects:
    """Those that were met so far, without the marks of answers."""

    def __init__(self) -> None:
        self._met: set[str] = set()

    def above(self, text: str, subject: str) -> str:
        """A message's text with its subject above it, unless that stands in the thread already."""
        bare = subject.strip()
        for _ in range(_MOST):
            begun = next(
                (each for each in folded("answers") if bare.casefold().startswith(each)), ""
            )
            if not begun:
                break
            bare = bare[len(begun) :].strip()
        if not bare or bare.casefold() in self._met:
            return text
        self._met.add(bare.casefold())
        return f"{subject.strip()}\n\n{text}".strip()
