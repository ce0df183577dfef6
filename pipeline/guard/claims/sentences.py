"""Where does one sentence end, and one clause? Chinese and English, by marks that stand between claims."""

from __future__ import annotations

import re
from collections.abc import Iterator

_END = re.compile(
    r"[。！？!?]+[”」』\"’)）]*|\n+|(?<!\b[A-Z])(?<!\bno)(?<!\bNo)(?<!e\.g)(?<!i\.e)(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bvs)(?<!approx)(?<!\bca)\.(?!\s+(?:UTC|GMT|[A-Z]{1,4}T\b|Pacific|Eastern|Central|Mountain|[A-Z]\w+ time\b))[”\"’)]*(?=\s+(?:[^a-z\s]|[a-z]+[-\w]*\d)|\s*$)"
)
_CLAUSE = re.compile(
    r"[,，](?!(?<=\d[,，])\d{3}(?!\d))|[;；]|[:：](?!\d)|[、](?=.{12,})|\s[-–—]\s|——|\(|\)|（|）|(?<![a-zA-Z])(?:but|while|whereas|although|though|and then|which|who|because|so that)(?![a-zA-Z])|但是?|而(?=[^后])|不过",
    re.IGNORECASE,
)

LONGEST = 400
"""Characters of one sentence: what goes on longer is no prose, and is cut, so that no text is slow."""


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each, without the space around it."""
    start = 0
    for found in _END.finditer(text):
        yield from _trimmed(text, start, found.end())
        start = found.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST:
        space = text.rfind(" ", start + 1, start + LONGEST)
        cut = space if space > start else start + LONGEST
        yield from _trimmed(text, start, cut)
        start = cut
    part = text[start:end]
    bare = part.strip()
    if any(c.isalnum() for c in bare):
        begin = start + part.index(bare)
        yield begin, begin + len(bare)


def clauses(text: str) -> list[tuple[int, int]]:
    """The parts of a sentence that claim something of their own; they cover it wholly."""
    cuts = [0]
    for found in _CLAUSE.finditer(text):
        if found.start() > cuts[-1]:
            cuts.append(found.start())
    return list(zip(cuts, [*cuts[1:], len(text)], strict=True))
