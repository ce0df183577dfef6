"""Does a number stand outside a slot? Digits of any script, number words of both languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from ..problems import Code, Found
from ..text import GAP, Text
from .against import Against

_RUN = re.compile(r"[^\s" + GAP + r"]+")


def numbers(text: Text, against: Against) -> Iterator[Found]:
    """The words as they were written are looked through too: `½` and `①` are digits there."""
    written = "".join(piece for piece in text.pieces if isinstance(piece, str))
    for words in (written, text.plain):
        if not words.isascii() or any(c.isdigit() for c in words):
            yield from _digits(words)
    yield from (
        Found(code=Code.NUMBER, words=w) for w in against.tables.numbers.words_in(text.plain)
    )


def _digits(words: str) -> Iterator[Found]:
    for run in _RUN.finditer(words):
        if any(unicodedata.category(c)[0] == "N" for c in run[0]):
            yield Found(code=Code.NUMBER, words=run[0])
