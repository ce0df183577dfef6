"""How is a file read that somebody names? Only what is one, and no more of it than was asked for.

A device never ends, a named pipe waits for ever, and a file with holes is greater than any memory. A pipe that a shell
hands over (`<(…)`, `/dev/stdin`) has somebody at its other end, and is read as far as a file would be.
"""

from __future__ import annotations

import io
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from pipeline.domain.errors import Malformed

STANDARD_INPUT = "-"
FILE = "file"
MOST = 64 * 1024 * 1024
MOST_LINES = 1024 * 1024 * 1024
"""Bytes of what is read whole, and of what is read line by line."""
_HANDED = ("/dev/fd/", "/dev/stdin", "/proc/self/fd/")


def opened(place: str | Path, most: int, *, pipes: bool = True) -> BinaryIO:
    """`-` is standard input where pipes may be read. Raises Malformed, also from the reading of what turns out to be
    larger than `most`."""
    if pipes and str(place) == STANDARD_INPUT:
        return io.BufferedReader(_Bounded(sys.stdin.buffer, str(place), most, ours=False))
    try:
        # Opening a pipe that nobody writes to would wait for somebody.
        descriptor = os.open(place, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError) as wrong:
        raise _unreadable(place, getattr(wrong, "strerror", None) or str(wrong)) from None
    try:
        _refuse(place, os.fstat(descriptor), most, pipes)
        os.set_blocking(descriptor, True)
    except BaseException:
        os.close(descriptor)
        raise
    file = os.fdopen(descriptor, "rb")
    if os.fstat(descriptor).st_size:
        return file
    return io.BufferedReader(_Bounded(file, str(place), most, ours=True))


def octets_of(place: str | Path, most: int = MOST) -> bytes:
    """Raises Malformed."""
    with opened(place, most) as file:
        try:
            return file.read()
        except OSError as wrong:
            raise _unreadable(place, wrong.strerror or str(wrong)) from None


def text_of(place: str | Path, most: int = MOST) -> str:
    """UTF-8, with a mark at its beginning or without. Raises Malformed."""
    try:
        return octets_of(place, most).decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise _unreadable(place, f"it is not UTF-8 (byte {wrong.start})") from None


def lines_of(file: BinaryIO, longest: int) -> Iterator[tuple[int, bytes]]:
    """Each with its number, from 1. A longer one is given up to a byte beyond `longest`, and passed over."""
    number = 0
    while line := file.readline(longest + 1):
        number += 1
        yield number, line
        while len(line) > longest and not line.endswith(b"\n"):
            line = file.readline(longest + 1)
            if not line or line.endswith(b"\n"):
                break


def whole(line: bytes, longest: int) -> bytes:
    """Raises Malformed for one that is longer."""
    if len(line) > longest:
        raise Malformed(f"is longer than {longest:,} bytes", field="line")
    return line


class _Bounded(io.RawIOBase):
    """What has no size is counted while it is read."""

    def __init__(self, file: BinaryIO, place: str, most: int, *, ours: bool) -> None:
        self._file, self._ours = file, ours
        self._place, self._most, self._left = place, most, most

    def readable(self) -> bool:
        return True

    def readinto(self, into: bytearray | memoryview, /) -> int | None:  # type: ignore[override]  # typeshed's buffer
        here = self._file.read1(len(into))  # type: ignore[attr-defined]  # a buffered reader has it
        into[: len(here)] = here
        self._left -= len(here)
        if self._left < 0:
            raise _too_large(self._place, self._most)
        return len(here)

    def close(self) -> None:
        if self._ours and not self.closed:
            self._file.close()
        super().close()


def _refuse(place: str | Path, found: os.stat_result, most: int, pipes: bool) -> None:
    if stat.S_ISDIR(found.st_mode):
        raise _unreadable(place, "it is a folder")
    handed = pipes and str(place).startswith(_HANDED)
    if not stat.S_ISREG(found.st_mode) and not (stat.S_ISFIFO(found.st_mode) and handed):
        raise _unreadable(place, "it is no file, but a device, a pipe or a socket")
    if found.st_size > most:
        raise _too_large(place, most)


def _unreadable(place: str | Path, why: str) -> Malformed:
    return Malformed(f"{place} cannot be read: {why}", field=FILE)


def _too_large(place: str | Path, most: int) -> Malformed:
    size = f"{most // 1024**2:,} MB" if most >= 1024**2 else f"{most:,} bytes"
    return _unreadable(place, f"it is larger than {size}")
