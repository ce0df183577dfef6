"""How do lines that were set on pages become paragraphs?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_ENDS = re.compile(r"[.!?:;\u3002\uff01\uff1f\uff1a\uff1b\u2026]['\"”’)）]?$")
_BEGINS = re.compile(
    r"\s*(?:[-*•·●▪○]\s|\d{1,3}[.)、．]\s*|[（(]\d{1,3}[)）]|\u7b2c.{1,4}[\u7ae0\u8282\u6b65\u6761])"
)
_BULLET = re.compile(r"^[•·●▪○]\s*")
_HAN_END = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]$")
_HAN_START = re.compile(r"^[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
_EDGE = 2
"""Lines at the top and at the bottom of a page that may be headers and footers."""


def paragraphs_of(pages: Sequence[str]) -> list[str]:
    """What stands on nearly every page as its header or footer is left out. A line that fills its measure goes on in the next; one
    that begins with a bullet or a number begins anew."""
    lines = [_lines(page) for page in pages]
    repeated = _repeated(lines)
    paragraphs: list[str] = []
    measure = _measure(lines)
    goes_on = False
    for page in lines:
        for place, line in enumerate(page):
            if not line:
                goes_on = False
            elif not (_at_edge(place, page) and _shape(line) in repeated):
                goes_on = _add(paragraphs, line, goes_on) and len(line) >= 0.7 * measure
    return paragraphs


def _add(paragraphs: list[str], line: str, goes_on: bool) -> bool:
    """Whether the line may go on in the next."""
    if goes_on and not _BEGINS.match(line):
        paragraphs[-1] = _with(paragraphs[-1], line)
    else:
        paragraphs.append(_BULLET.sub("- ", line))
    return not _ENDS.search(line) or not line.endswith((".", "。", "!", "！", "?", "？"))


def _with(paragraph: str, line: str) -> str:
    if paragraph.endswith("-") and re.search(r"[a-z]-$", paragraph) and line[:1].islower():
        return paragraph[:-1] + line
    between = "" if _HAN_END.search(paragraph) and _HAN_START.match(line) else " "
    return paragraph + between + line


def _lines(page: str) -> list[str]:
    lines = [" ".join(line.split()) for line in page.split("\n")]
    while lines and not lines[0]:
        del lines[0]
    while lines and not lines[-1]:
        del lines[-1]
    return lines


def _measure(pages: Sequence[Sequence[str]]) -> int:
    """The length of a full line: that which one in twenty is longer than."""
    lengths = sorted(len(line) for page in pages for line in page if line)
    return lengths[-1 - len(lengths) // 20] if lengths else 0


def _at_edge(place: int, page: Sequence[str]) -> bool:
    return place < _EDGE or place >= len(page) - _EDGE


def _shape(line: str) -> str:
    """A footer's page number differs from page to page."""
    return re.sub(r"\d+", "#", line)


def _repeated(pages: Sequence[Sequence[str]]) -> set[str]:
    """What stands at the edge of nearly every page, from three pages on."""
    if len(pages) < 3:
        return set()
    seen = Counter(
        shape
        for page in pages
        for shape in {_shape(line) for n, line in enumerate(page) if line and _at_edge(n, page)}
    )
    return {shape for shape, times in seen.items() if times >= 0.8 * len(pages)}
