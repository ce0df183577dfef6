"""How is a file of any size read line by line, and a line that has no end passed over?"""

from __future__ import annotations

import io
from typing import BinaryIO

from knowledge.decode import encoding_of

LONGEST_LINE = 1_000_000
"""Characters; a ticket of 100 kB is within it."""


class Lines:
    """An iterator over the lines of a file, whatever its encoding. `at` counts those that were given, `too_long`
    says that the latest was, and was given as an empty one. Raises Refused for what is no text."""

    def __init__(self, file: BinaryIO) -> None:
        self._octets = file
        self._text = io.TextIOWrapper(
            file, encoding=encoding_of(file), errors="replace", newline=""
        )
        self.at, self.too_long = 0, False

    def __iter__(self) -> Lines:
        return self

    def __next__(self) -> str:
        line = self._text.readline(LONGEST_LINE)
        if not line:
            raise StopIteration
        self.at += 1
        self.too_long = len(line) == LONGEST_LINE and not line.endswith(("\n", "\r"))
        if self.too_long:
            self._pass_over()
            return "\n"
        return line

    @property
    def octets(self) -> int:
        """How far the file is read; a little ahead of the lines that were given."""
        return self._octets.tell()

    def _pass_over(self) -> None:
        while (rest := self._text.readline(LONGEST_LINE)) and not rest.endswith(("\n", "\r")):
            pass
