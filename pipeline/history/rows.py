"""Which rows does a file hold? CSV with whatever separates its columns, or a JSON object on each line."""

from __future__ import annotations

import csv
import json
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from knowledge.csv_rows import rows_of
from knowledge.errors import Refused

from ..domain.history import Broken
from .lines import Lines
from .naming import Naming, plain

SEPARATORS = ",;\t|"
HEAD = 20
"""Lines within which the names of the columns stand: reports begin with a title."""
ONE_LINE = ("number", "title", "opened_at", "ended_at")
"""Fields that no desk lets people write a line break into."""
_DEEPEST = 3


@dataclass(frozen=True)
class Row:
    """`told` is plain column → value."""

    line: int
    told: Mapping[str, str]


def rows(lines: Lines, naming: Naming) -> Iterator[Row | Broken]:
    """Raises Refused when no line names the columns that a ticket needs."""
    record = _Record(lines)
    for line in record:
        if line.strip(_NOTHING):
            record.put_back()
            break
    else:
        raise Refused("it is empty")
    if line.lstrip(_NOTHING).startswith("{"):
        yield from _of_json(record)
    else:
        yield from _of_csv(record, naming)


_NOTHING = "\ufeff \t\r\n"


class _Record:
    """The lines of one record at a time, which can be read again. `at` is the line at which it begins, once
    one is read; `too_long` says that it holds a line that was passed over."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._again: deque[tuple[int, str, bool]] = deque()
        self._held: list[tuple[int, str, bool]] = []

    def __iter__(self) -> _Record:
        return self

    def __next__(self) -> str:
        if self._again:
            one = self._again.popleft()
        else:
            line = next(self._lines)
            one = (self._lines.at, line, self._lines.too_long)
        self._held.append(one)
        return one[1]

    def begin(self) -> None:
        self._held.clear()

    def put_back(self, first: int = 0) -> None:
        """What was read since `begin` comes again, but for the first lines."""
        self._again.extendleft(reversed(self._held[first:]))
        self._held.clear()

    @property
    def at(self) -> int:
        return self._held[0][0]

    @property
    def spans(self) -> int:
        return len(self._held)

    @property
    def lines(self) -> list[str]:
        return [line for _, line, _ in self._held]

    @property
    def too_long(self) -> bool:
        return any(too_long for _, _, too_long in self._held)


def _of_json(record: _Record) -> Iterator[Row | Broken]:
    for line in record:
        if record.too_long:
            yield Broken(line=record.at, code="too_long")
        elif told := line.strip(_NOTHING):
            yield _object(told, record.at)
        record.begin()


def _object(told: str, line: int) -> Row | Broken:
    try:
        held = json.loads(told)
    except (ValueError, RecursionError):
        return Broken(line=line, code="not_json", value=told[:80])
    if not isinstance(held, dict):
        return Broken(line=line, code="not_json", value=told[:80])
    return Row(line, _flat(held))


def _flat(held: Mapping[str, Any]) -> dict[str, str]:
    """Fields of fields too: Jira puts them into `fields`, and others write what a field is called beside its
    value. A number of milliseconds stands where a time is only written out."""
    inner = held.get("fields")
    told = {**held, **(inner if isinstance(inner, dict) else {})}
    return {plain(name): said for name, value in told.items() if (said := _said(value))}


def _said(value: Any, depth: int = 0) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, dict) and depth < _DEEPEST:
        known = (_said(value.get(name), depth + 1) for name in _CALLED)
        return next((said for said in known if said), "")
    if isinstance(value, list) and depth < _DEEPEST:
        return ", ".join(said for one in value[:20] if (said := _said(one, depth + 1)))
    return "" if value is None or isinstance(value, bool | dict | list) else str(value)


_CALLED = ("display_value", "displayName", "name", "content", "value")


def _of_csv(record: _Record, naming: Naming) -> Iterator[Row | Broken]:
    columns, separator = _columns(record, naming)
    while True:
        record.begin()
        try:
            cells = next(rows_of(record, delimiter=separator))
        except StopIteration:
            return
        except csv.Error as wrong:
            yield Broken(line=record.at, code="unreadable", value=str(wrong)[:80])
            record.put_back(1)
            continue
        if record.spans > 1 and _took_another(record, columns, cells, separator, naming):
            # The lines that a quotation mark which nobody closed took with it are rows of their own.
            yield Broken(line=record.at, code="unreadable", value=cells[0][:80])
            record.put_back(1)
        elif record.too_long:
            yield Broken(line=record.at, code="too_long")
        elif any(cells[len(columns) :]):
            yield Broken(line=record.at, code="columns", value=str(len(cells)))
        elif any(cell.strip() for cell in cells):
            yield Row(record.at, _cells(columns, cells))


def _took_another(
    record: _Record, columns: Sequence[str], cells: Sequence[str], separator: str, naming: Naming
) -> bool:
    """Whether a record of several lines holds more than one: it has other columns than the file, a quotation mark
    in it ends nothing, or what always is one line is more."""
    if len(cells) < len(columns) or any(cells[len(columns) :]):
        return True
    try:
        next(rows_of(iter(record.lines), delimiter=separator, strict=True))
    except csv.Error:
        return True
    said = naming.picked(_cells(columns, cells))
    return any(len(said.get(field, "").splitlines()) > 1 for field in ONE_LINE)


def _columns(record: _Record, naming: Naming) -> tuple[list[str], str]:
    """The first line that names what a ticket needs, and what separates its names."""
    seen: list[list[str]] = []
    for line in islice(record, HEAD):
        split = [next(rows_of([line.lstrip("\ufeff")], delimiter=one), []) for one in SEPARATORS]
        for separator, cells in zip(SEPARATORS, split, strict=True):
            if not naming.missing(cells):
                return [plain(cell) for cell in cells], separator
        seen.append(max(split, key=len))
    named = max(seen, key=len, default=[])
    lacking = ", ".join(naming.missing(named))
    told = ", ".join(cell.strip() for cell in named[:30] if cell.strip())
    raise Refused(f"no column is known for: {lacking}. Its columns are: {told[:500]}")


def _cells(columns: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """Of columns of one name, as Jira writes each component into one, the first that says something."""
    told: dict[str, str] = {}
    for name, cell in zip(columns, cells, strict=False):
        if cell.strip():
            told.setdefault(name, cell)
    return told
