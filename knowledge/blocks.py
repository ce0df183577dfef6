"""Of which blocks does a Markdown text consist? Paragraphs, steps, table rows and code, under headings.

Lines are read once, in their order, so that the time is linear in whatever is given. A Markdown parser
would know more (quotes, references) than a passage needs, and takes fifty times as long.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

LONGEST_LEAD = 200
"""Characters of a heading, or of a table's header: what is longer is text, and is not repeated."""

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*))?$")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_RULE = re.compile(r"[ \t]*([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_FENCE = re.compile(r"([ \t]*)(`{3,}|~{3,})")
_ITEM = re.compile(
    r"([ \t]*)(?:[-*+][ \t]|\d{1,3}[.)][ \t]|\d{1,2}[、．）]|[（(]\d{1,2}[）)]|[①-⑳]"
    r"|第[一二三四五六七八九十\d]{1,3}步|步骤 ?[一二三四五六七八九十\d]{1,3}|step \d{1,3}\b)",
    re.IGNORECASE,
)


class Kind(StrEnum):
    PARAGRAPH = "paragraph"
    STEP = "step"
    """An item of a list, numbered or not, with all that is indented below it."""
    ROW = "row"
    CODE = "code"


@dataclass(frozen=True, kw_only=True)
class Block:
    """`lead` is the header of the table to which a row belongs, as it is written."""

    headings: tuple[str, ...]
    text: str
    kind: Kind
    lead: str = ""


@dataclass
class _Outline:
    """The headings above the place that is being read, outermost first."""

    above: list[tuple[int, str]] = field(default_factory=list)
    untold: str = ""
    """The line of the innermost heading, while nothing stands below it."""

    @property
    def headings(self) -> tuple[str, ...]:
        return tuple(title for _, title in self.above)

    def enter(self, level: int, title: str, line: str) -> Iterator[Block]:
        """A heading above nothing is a line of the text: it would be lost otherwise."""
        if self.untold and self.above[-1][0] >= level:
            yield from self.end()
        self.above = [one for one in self.above if one[0] < level]
        self.above.append((level, title))
        self.untold = line

    def end(self) -> Iterator[Block]:
        if self.untold:
            _, _ = self.above.pop()
            yield Block(headings=self.headings, text=self.untold, kind=Kind.PARAGRAPH)
            self.untold = ""


def blocks(markdown: str) -> Iterator[Block]:
    """In their order. Together they hold every line but rules and blank ones."""
    lines = markdown.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    outline, at = _Outline(), 0
    while at < len(lines):
        heading = _heading(lines, at)
        if heading:
            level, title, height = heading
            yield from outline.enter(level, title, "\n".join(lines[at : at + height]))
            at += height
        elif not lines[at].strip() or _RULE.match(lines[at]):
            at += 1
        else:
            at, found = _block(lines, at)
            outline.untold = ""
            for kind, text, lead in found:
                yield Block(headings=outline.headings, text=text, kind=kind, lead=lead)
    yield from outline.end()


def _block(lines: Sequence[str], at: int) -> tuple[int, list[tuple[Kind, str, str]]]:
    """(the line after it, its parts)."""
    if _FENCE.match(lines[at]):
        end = _fence_end(lines, at)
        return end, [(Kind.CODE, "\n".join(lines[at:end]), "")]
    if _is_table(lines, at):
        return _table(lines, at)
    if _ITEM.match(lines[at]):
        end = _item_end(lines, at)
        return end, [(Kind.STEP, "\n".join(lines[at:end]).rstrip(), "")]
    end = at + 1
    while end < len(lines) and lines[end].strip() and not _begins(lines, end):
        end += 1
    return end, [(Kind.PARAGRAPH, "\n".join(lines[at:end]), "")]


def _begins(lines: Sequence[str], at: int) -> bool:
    """Whether something other than a paragraph's next line begins here."""
    line = lines[at]
    return bool(
        _FENCE.match(line)
        or _ITEM.match(line)
        or _RULE.match(line)
        or _is_table(lines, at)
        or _heading(lines, at)
    )


def _heading(lines: Sequence[str], at: int) -> tuple[int, str, int] | None:
    """(level, title, how many lines) of a heading with marks before it or a line below it."""
    line = lines[at]
    if len(line) > LONGEST_LEAD:
        return None
    if marked := _HEADING.match(line):
        title = (marked[2] or "").strip().rstrip("#").strip()
        return (len(marked[1]), title, 1) if title else None
    below = _UNDERLINE.match(lines[at + 1]) if at + 1 < len(lines) else None
    if below and line.strip() and not (_ITEM.match(line) or _FENCE.match(line)):
        return None if _RULE.match(line) else (1 if "=" in below[1] else 2, line.strip(), 2)
    return None


def _fence_end(lines: Sequence[str], at: int) -> int:
    """After the line that closes it. One inside a step ends where the step does."""
    opened = _FENCE.match(lines[at])
    assert opened  # noqa: S101 - the caller saw it
    inside, mark = bool(opened[1]), opened[2]
    for end in range(at + 1, len(lines)):
        line = lines[end].strip()
        if line.startswith(mark) and not line.strip(mark[0]):
            return end + 1
        if inside and line and not lines[end][0].isspace():
            return end
    return len(lines)


def _item_end(lines: Sequence[str], at: int) -> int:
    """Where the next step of the same list begins, or what belongs to no list."""
    depth, end, gap = _depth(lines[at]), at + 1, False
    while end < len(lines):
        line = lines[end]
        if not line.strip():
            gap, end = True, end + 1
            continue
        if _depth(line) <= depth and (gap or _begins(lines, end)):
            break
        end = _fence_end(lines, end) if _FENCE.match(line) else end + 1
        gap = False
    return end


def _depth(line: str) -> int:
    """Columns before the first letter."""
    return len(line[: len(line) - len(line.lstrip())].expandtabs(4))


def _is_table(lines: Sequence[str], at: int) -> bool:
    if "|" not in lines[at] or at + 1 >= len(lines):
        return False
    below = lines[at + 1]
    return "|" in below and "-" in below and not below.strip(" \t|:-")


def _table(lines: Sequence[str], at: int) -> tuple[int, list[tuple[Kind, str, str]]]:
    """Each row with the header, or the header as a row where it is too long to be repeated."""
    header, end = "\n".join(lines[at : at + 2]), at + 2
    while end < len(lines) and "|" in lines[end]:
        end += 1
    rows = list(lines[at + 2 : end])
    if not rows or len(header) > LONGEST_LEAD:
        return end, [(Kind.ROW, row, "") for row in (header, *rows)]
    return end, [(Kind.ROW, row, header) for row in rows]
