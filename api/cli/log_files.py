"""Which files make a log? Read whole, with sentences for those that cannot be."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from .connection import CommandFailed

STANDARD_INPUT = "-"


def read_files(places: Sequence[str]) -> list[tuple[str, bytes]]:
    """(name, content) of each; `-` is standard input. Raises CommandFailed."""
    if places.count(STANDARD_INPUT) > 1:
        raise CommandFailed("standard input can be read once", 2)
    return [_read(place) for place in places]


def _read(place: str) -> tuple[str, bytes]:
    if place == STANDARD_INPUT:
        return "", sys.stdin.buffer.read()
    path = Path(place)
    if path.is_dir():
        raise CommandFailed(f"{place} is a folder: name the files in it, or a zip of them")
    try:
        return path.name, path.read_bytes()
    except OSError as unreadable:
        raise CommandFailed(f"{place} cannot be read: {unreadable.strerror}") from None
