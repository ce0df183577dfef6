"""Which files make a log? Read as far as a log may be long, with sentences for those that cannot be."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from ..named_files import MOST_LINES, STANDARD_INPUT, opened
from .connection import CommandFailed


def read_files(places: Sequence[str]) -> list[tuple[str, bytes]]:
    """(name, content) of each; `-` is standard input. Raises CommandFailed, also for what has no end: no more is
    read than one log may have."""
    from pipeline.drafting.conversation import LARGEST

    if places.count(STANDARD_INPUT) > 1:
        raise CommandFailed("standard input can be read once", 2)
    found: list[tuple[str, bytes]] = []
    left = LARGEST
    for place in places:
        name, content = _read(place, left + 1)
        left -= len(content)
        if left < 0:
            raise CommandFailed(
                f"{_called(place)} is too large: one log has at most {LARGEST // 2**20} MB, all its "
                "files together. Cut it to the hours that matter"
            )
        found.append((name, content))
    return found


def _read(place: str, most: int) -> tuple[str, bytes]:
    """At most so many octets."""
    if place == STANDARD_INPUT:
        return "", sys.stdin.buffer.read(most)
    path = Path(place)
    if path.is_dir():
        raise CommandFailed(f"{place} is a folder: name the files in it, or a zip of them")
    with opened(place, MOST_LINES) as file:
        return path.name, file.read(most)


def _called(place: str) -> str:
    return "standard input" if place == STANDARD_INPUT else place
