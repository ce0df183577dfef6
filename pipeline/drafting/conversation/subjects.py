"""Which subjects of a thread were told already? An answer repeats that of what it answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from .entry import Entry
from .words import folded

_MOST = 20


class Subjects:
    """Those that were met so far, without the marks of answers."""

    def __init__(self) -> None:
        self._met: set[str] = set()

    def first_time(self, subject: str, own: Entry) -> Iterator[Entry]:
        """The subject as words of the message's writer, unless it stands here already."""
        bare = subject.strip()
        for _ in range(_MOST):
            begun = next(
                (each for each in folded("answers") if bare.casefold().startswith(each)), ""
            )
            if not begun:
                break
            bare = bare[len(begun) :].strip()
        if bare and bare.casefold() not in self._met:
            self._met.add(bare.casefold())
            yield replace(own, text=subject.strip(), is_mail=False)
