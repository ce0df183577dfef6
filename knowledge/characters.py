"""Which characters may the fields of an article hold? Those that somebody can read."""

from __future__ import annotations

import re

_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_NO_LINE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def readable(text: object) -> object:
    """Without control characters, which a terminal would obey and a database may refuse; line breaks and
    tabs stay."""
    return _NO_TEXT.sub("", text) if isinstance(text, str) else text


def in_one_line(text: object) -> object:
    """As a title is shown: line breaks and runs of blanks are one blank."""
    return " ".join(_NO_TEXT.sub(" ", text).split()) if isinstance(text, str) else text


def one_line(text: str) -> str:
    """Refuse line breaks and control characters: a name must be the same wherever it is written."""
    if _NO_LINE.search(text):
        raise ValueError("must be one line without control characters")
    return text
