"""How is what stands between two marks left out, in one pass, however many marks have no end?"""

from __future__ import annotations

from collections.abc import Iterable

SCRIPTS = (("<!--", "-->"), ("<script", "</script>"), ("<style", "</style>"))


def without(text: str, marks: Iterable[tuple[str, str]]) -> str:
    """The text without each part from a first mark to its second; capitals do not count."""
    for begins, ends in marks:
        text = _without(text, begins, ends)
    return text


def _without(text: str, begins: str, ends: str) -> str:
    small, kept, at = text.lower(), list[str](), 0
    if len(small) != len(text):  # a few letters grow by it, and places would no longer agree
        small = text
    while (start := small.find(begins, at)) >= 0:
        end = small.find(ends, start)
        if end < 0:
            break
        kept.append(text[at:start])
        at = end + len(ends)
    return "".join([*kept, text[at:]])
