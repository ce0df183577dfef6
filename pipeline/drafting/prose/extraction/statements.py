"""Which sentences did people say? Lines cut into sentences, each short enough to be quoted, none altered."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...marks import columns, one_line

LONGEST = 150
"""Columns of a quotation (a Chinese character takes two); a longer sentence is quoted by a part of it."""
_END = re.compile(
    r"[。！？；…]+[”’」』）)]*|[!?]+(?=\s|$|[\u3400-\u9fff])|;(?=\s|$)|\.(?=\s+[\"“'(]?[A-Z0-9\u3400-\u9fff]|\s*$)|\n"
)
_SHORTENED = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|no|approx|mr|mrs|ms|dr|st|ca|incl|a\.m|p\.m))\.$", re.IGNORECASE
)
_CLAUSE = re.compile(r"[，,、：:]\s*|\s[-–—]\s|\s(?=(?:but|and|so|because|then)\s)")
_FRAME = re.compile(
    r"^(?:at\s+[\w$.<>]+\(|traceback \(|caused by: [\w.]+exception|\s*file \".+\", line \d+|[\w.]+exception:)",
    re.IGNORECASE,
)
_TELLS = re.compile(r"[A-Za-z0-9\u3400-\u9fff]")


def sentences_of(text: str) -> Iterator[str]:
    """As they stand in the text, each on one line. Rows of programs and of mere marks are left out."""
    start = 0
    for end in _END.finditer(text):
        if _SHORTENED.search(text[start : end.end()]):
            continue
        yield from _told(text[start : end.end()])
        start = end.end()
    yield from _told(text[start:])


def _told(piece: str) -> Iterator[str]:
    sentence = one_line(piece).strip(" \t-*•·>|#")
    if _TELLS.search(sentence) and not _FRAME.match(sentence):
        yield sentence


def quotable(sentence: str, at: int = 0) -> str:
    """The part around the place `at` that is short enough, in whole clauses where there are any. It is a
    piece of the sentence as it was written."""
    if columns(sentence) <= LONGEST:
        return sentence
    bounds = [0, *(cut.end() for cut in _CLAUSE.finditer(sentence)), len(sentence)]
    start = max(bound for bound in bounds if bound <= at)
    end = next((b for b in bounds if b > at and b > start), len(sentence))
    for bound in bounds:
        if bound > end and columns(sentence[start:bound]) <= LONGEST:
            end = bound
    if columns(sentence[start:end]) > LONGEST:
        start, end = _words_around(sentence, start, end, at)
    return sentence[start:end].strip(" ，,、:：—–-")


def _words_around(sentence: str, start: int, end: int, at: int) -> tuple[int, int]:
    """A clause without marks: from its beginning, or from the place itself where that lies too far on."""
    start = max(start, at - LONGEST // 4) if columns(sentence[start:at]) > LONGEST // 2 else start
    if start and not sentence[start - 1].isspace():
        space = sentence.find(" ", start, at)
        start = space + 1 if space >= 0 else start
    stop = start
    while stop < end and columns(sentence[start : stop + 1]) <= LONGEST:
        stop += 1
    space = sentence.rfind(" ", start + (stop - start) // 2, stop)
    return start, space if stop < end and space > 0 else stop
