"""Which heading names the article, and how is it not told twice?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*")
_UNDERLINE = re.compile(r" {0,3}(=+|-{2,})[ \t]*")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_LINK = re.compile(r"!?\[([^\[\]]{0,300})\]\([^()\s]{0,2000}\)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_LONGEST_LINE = 1000


@dataclass(frozen=True)
class _Heading:
    level: int
    text: str
    first_line: int
    last_line: int
    leads: bool
    """Nothing but blank lines stands before it."""


def first_heading(body: str) -> str:
    """The text of the first heading of level 1, or of any level when the article begins with it."""
    for heading in _headings(body.split("\n")):
        if heading.text and (heading.leads or heading.level == 1):
            return heading.text
    return ""


def without_heading(body: str, title: str) -> str:
    """The body without the heading that it begins with, when that is the title."""
    lines = body.split("\n")
    heading = next(_headings(lines), None)
    if heading and heading.leads and _same(heading.text, title):
        return "\n".join(lines[heading.last_line + 1 :]).strip()
    return body


def _same(one: str, other: str) -> bool:
    return "".join(one.split()).casefold() == "".join(other.split()).casefold()


def _headings(lines: list[str]) -> Iterator[_Heading]:
    fence, leads = "", True
    for number, line in enumerate(lines):
        if len(line) > _LONGEST_LINE:
            leads = False
            continue
        mark = _FENCE.match(line)
        if mark and (not fence or line.strip().startswith(fence)):
            fence = "" if fence else mark[1]
            leads = False
        elif not fence and (found := _heading(lines, number, leads)):
            yield found
            leads = False
        elif line.strip():
            leads = False


def _heading(lines: list[str], number: int, leads: bool) -> _Heading | None:
    if atx := _ATX.fullmatch(lines[number]):
        return _Heading(len(atx[1]), _plain(atx[2] or ""), number, number, leads)
    below = lines[number + 1] if number + 1 < len(lines) else ""
    paragraph = lines[number].strip() and (number == 0 or not lines[number - 1].strip())
    if paragraph and not lines[number].startswith((" ", "\t", "-", "|")):
        underlined = _UNDERLINE.fullmatch(below) if len(below) < _LONGEST_LINE else None
        if underlined:
            level = 1 if underlined[1].startswith("=") else 2
            return _Heading(level, _plain(lines[number]), number, number + 1, leads)
    return None


def _plain(text: str) -> str:
    unlinked = _LINK.sub(r"\1", text.strip())
    bare = re.sub(r"\*\*|__|`", "", unlinked)
    return " ".join(_ESCAPED.sub(r"\1", bare).split())
