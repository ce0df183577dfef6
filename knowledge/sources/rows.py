"""What does a table of articles hold, one a row, under a line of names?"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from ..article import Unreadable
from ..csv_rows import rows_of
from ..decode import decoded
from ..errors import Refused
from .draft import Draft, File
from .exports import plain
from .fields import named, sections
from .names import names

_DELIMITERS = (",", ";", "\t")


def read(file: File) -> Iterator[Draft | Unreadable]:
    """Columns are found by their names, in any order. A row that is not one is told by its number; the
    line of names is row 1."""
    text = decoded(file.content)
    first = text.partition("\n")[0]
    rows = rows_of(
        io.StringIO(text, newline=""), delimiter=max(_DELIMITERS, key=first.count), strict=True
    )
    header = _header(rows)
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
            yield _of_row(header, cells, file, number)


def _header(rows: Iterator[list[str]]) -> list[str]:
    try:
        header = next(rows, [])
    except csv.Error as wrong:
        raise Refused(f"its first row is no CSV: {wrong}") from None
    known = named({name: name for name in header})
    if "title" not in known and "body" not in known:
        raise Refused(f"its first row must name the columns, one of them {_any('title')}")
    if "body" not in known and not sections(dict.fromkeys(header, "x")):
        raise Refused(f"no column of it holds the text: call one {_any('body')}")
    return header


def _any(field: str) -> str:
    *most, last = names().fields[field]
    return f"{', '.join(most)} or {last}"


def _of_row(header: Sequence[str], cells: list[str], file: File, number: int) -> Draft | Unreadable:
    place = f"row {number}"
    if len(cells) != len(header):
        return Unreadable(
            place=f"{file.place}, {place}",
            reason=f"it has {len(cells)} cells, and the first row names {len(header)}",
        )
    try:
        return plain.draft(dict(zip(header, cells, strict=True)), key=str(number), place=place)
    except Refused as refused:
        return Unreadable(place=f"{file.place}, {place}", reason=str(refused))
