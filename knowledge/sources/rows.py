"""What does a table of articles hold, one a row, under a line of names?"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from ..article import LONGEST_BODY, Unreadable
from ..errors import Refused
from .decode import decoded
from .draft import Draft, File
from .exports import plain
from .fields import named, sections

_DELIMITERS = (",", ";", "\t")


def read(file: File) -> Iterator[Draft | Unreadable]:
    """Columns are found by their names, in any order. A row that is not one is told by its number; the
    line of names is row 1."""
    text = decoded(file.content)
    # The module's own limit is below an article's length, and it has but one for all.
    csv.field_size_limit(2 * LONGEST_BODY)
    first = text.partition("\n")[0]
    rows = csv.reader(
        io.StringIO(text, newline=""), delimiter=max(_DELIMITERS, key=first.count), strict=True
    )
    names = _names(rows)
    number = 1
    while True:
        number += 1
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as wrong:
            yield Unreadable(place=f"{file.place}, row {number}", reason=f"it is no CSV: {wrong}")
            continue
        if any(cell.strip() for cell in cells):
            yield _of_row(names, cells, file, number)


def _names(rows: Iterator[list[str]]) -> list[str]:
    try:
        names = next(rows, [])
    except csv.Error as wrong:
        raise Refused(f"its first row is no CSV: {wrong}") from None
    known = named({name: name for name in names})
    if "title" not in known and "body" not in known:
        raise Refused("its first row must name the columns, with title (or 标题) among them")
    if "body" not in known and not sections(dict.fromkeys(names, "x")):
        raise Refused("no column of it is called body, content, solution, 正文 or 解决方案")
    return names


def _of_row(names: Sequence[str], cells: list[str], file: File, number: int) -> Draft | Unreadable:
    place = f"row {number}"
    if len(cells) != len(names):
        return Unreadable(
            place=f"{file.place}, {place}",
            reason=f"it has {len(cells)} cells, and the first row names {len(names)}",
        )
    try:
        return plain.draft(dict(zip(names, cells, strict=True)), key=str(number), place=place)
    except Refused as refused:
        return Unreadable(place=f"{file.place}, {place}", reason=str(refused))
