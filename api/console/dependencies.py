"""What hangs on a service, and what does it hang on? Placed for a drawing: those who need it left, its needs right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.domain.directory import Language, Service
from pipeline.drafting.marks import shorten

WIDTH, BOX, ROW, TALL = 720, 190, 46, 34
MOST = 8
"""Boxes on one side; the rest is counted."""
LONGEST = 20
"""Columns of a name in its box; a Chinese character takes two."""


@dataclass(frozen=True, kw_only=True)
class Box:
    """`id` is None for the box that counts those left out."""

    id: str | None
    name: str
    x: int
    y: int
    more: int = 0


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """Lines run from the middle of a box's side to the next one's: (x1, y1, x2, y2)."""

    width: int
    height: int
    box: int
    tall: int
    middle: Box
    boxes: tuple[Box, ...]
    lines: tuple[tuple[int, int, int, int], ...]


def drawn(
    service: Service,
    needing: Sequence[str],
    known: Mapping[str, Service],
    language: Language,
) -> Drawing | None:
    """None where it stands alone. A need that stands for nothing is drawn under its id."""
    left = _side(needing, known, language)
    right = _side(service.depends_on, known, language)
    rows = max(len(left), len(right))
    if rows == 0:
        return None
    height = rows * ROW + 12
    y = (height - TALL) // 2
    name = shorten(service.name.in_language(language), LONGEST)
    middle = Box(id=service.id, name=name, x=(WIDTH - BOX) // 2, y=y)
    boxes = (*_placed(left, 2, height), *_placed(right, WIDTH - BOX - 2, height))
    return Drawing(
        width=WIDTH,
        height=height,
        box=BOX,
        tall=TALL,
        middle=middle,
        boxes=boxes,
        lines=tuple(_line(box, middle) for box in boxes),
    )


def _side(
    ids: Sequence[str], known: Mapping[str, Service], language: Language
) -> list[tuple[str | None, str, int]]:
    shown = list(ids[:MOST]) if len(ids) <= MOST else list(ids[: MOST - 1])
    found: list[tuple[str | None, str, int]] = [
        (i, shorten(known[i].name.in_language(language) if i in known else i, LONGEST), 0)
        for i in shown
    ]
    left = len(ids) - len(shown)
    return [*found, (None, "", left)] if left else found


def _placed(side: list[tuple[str | None, str, int]], x: int, height: int) -> list[Box]:
    top = (height - len(side) * ROW) // 2 + (ROW - TALL) // 2
    return [
        Box(id=id_, name=name, x=x, y=top + n * ROW, more=more)
        for n, (id_, name, more) in enumerate(side)
    ]


def _line(box: Box, middle: Box) -> tuple[int, int, int, int]:
    """From whoever needs to what is needed."""
    y, at = box.y + TALL // 2, middle.y + TALL // 2
    if box.x < middle.x:
        return box.x + BOX, y, middle.x, at
    return middle.x + BOX, at, box.x, y
