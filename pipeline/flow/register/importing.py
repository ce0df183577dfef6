"""A table of services comes in: what would it change, and what of it is wrong? All of it is taken, or nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from knowledge.csv_rows import rows_of

from ...domain.directory import Service
from ...domain.register import Change, Problem
from ...ports import Clock, Store, Transaction
from .checking import problems_among
from .tabular import COLUMNS, as_written, cells_of, document
from .tabular import Encoding as Encoding
from .written import service_of

MOST_SERVICES = 20_000
MOST_PROBLEMS = 200
"""Told at once: whoever has more mends these first."""
Outcome = Literal["added", "changed", "unchanged"]


@dataclass(frozen=True, kw_only=True)
class Step:
    """What becomes of one line. `differences` are (column, before, after)."""

    line: int
    service: Service
    outcome: Outcome
    differences: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What was done, or would be; with a problem nothing was. `more` problems are not named."""

    steps: tuple[Step, ...] = ()
    problems: tuple[Problem, ...] = ()
    more: int = 0
    kept: bool = False

    def count(self, outcome: Outcome) -> int:
        return sum(step.outcome == outcome for step in self.steps)


@dataclass(kw_only=True)
class _Read:
    """What the lines hold so far."""

    services: list[Service] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


class RegisterTables:
    """Takes tables in, and gives them out."""

    def __init__(self, *, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock

    def written(self, encoding: Encoding = "utf-8") -> bytes:
        """Every service that is not deleted, in the order of their ids."""
        with self._store.read() as tx:
            services = tx.register().values()
        return document((s for s in services if not s.deleted), encoding)

    def take(self, content: bytes, *, by: str, dry_run: bool) -> Imported:
        """Services that the table does not name stay, and so do columns that it does not have. The same
        table again changes nothing."""
        table = _table(content)
        if isinstance(table, Problem):
            return Imported(problems=(table,))
        now = self._clock.now()
        with self._store.read() if dry_run else self._store.write() as tx:
            register = tx.register()
            read = _read(table, register)
            if not read.problems:
                after = register | {service.id: service for service in read.services}
                present = {name: s for name, s in after.items() if not s.deleted}
                read.problems = problems_among(tx, read.services, present, read.lines)
            if read.problems:
                told = tuple(read.problems[:MOST_PROBLEMS])
                return Imported(problems=told, more=len(read.problems) - len(told))
            steps = tuple(_steps(read, register))
            if not dry_run:
                _keep(tx, steps, by, now)
        return Imported(steps=steps, kept=not dry_run)


@dataclass(frozen=True, kw_only=True)
class _Table:
    columns: Sequence[str]
    rows: Sequence[tuple[int, Sequence[str]]]


def _table(content: bytes) -> _Table | Problem:
    text = _text(content)
    if text is None:
        return Problem(code="encoding")
    try:
        rows = list(_rows(text))
    except csv.Error as broken:
        return Problem(code="broken", names=(str(broken),))
    if not rows:
        return Problem(code="empty")
    (at, header), rest = rows[0], rows[1:]
    columns = [cell.strip().lower() for cell in header]
    if "id" not in columns:
        return Problem(code="no_header", names=tuple(header[:5]), line=at)
    for n, name in enumerate(columns):
        if name not in COLUMNS:
            return Problem(code="unknown_column", field=name[:60], names=COLUMNS, line=at)
        if name in columns[:n]:
            return Problem(code="column_twice", field=name, line=at)
    if len(rest) > MOST_SERVICES:
        return Problem(code="too_many", names=(f"{MOST_SERVICES:,}",))
    return _Table(columns=columns, rows=rest)


def _text(content: bytes) -> str | None:
    """UTF-8 with or without its mark, else what spreadsheets write in China."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line at which it ends; empty rows are none."""
    reader = rows_of(io.StringIO(text, newline=""), strict=True)
    for row in reader:
        if any(cell.strip() for cell in row):
            yield reader.line_num, row


def _read(table: _Table, register: Mapping[str, Service]) -> _Read:
    read, seen = _Read(), set[str]()
    for line, row in table.rows:
        if len(row) > len(table.columns):
            read.problems.append(Problem(code="cells", line=line))
            continue
        cells = dict(zip(table.columns, map(as_written, row), strict=False))
        before = register.get(cells["id"].strip()) if "id" in cells else None
        service, problems = service_of(cells, before, line)
        read.problems += problems
        if service is None:
            continue
        if service.id in seen:
            read.problems.append(Problem(code="twice", field="id", names=(service.id,), line=line))
        seen.add(service.id)
        read.services.append(service)
        read.lines.append(line)
    return read


def _steps(read: _Read, register: Mapping[str, Service]) -> Iterator[Step]:
    for line, service in zip(read.lines, read.services, strict=True):
        before = register.get(service.id)
        if before is None or before.deleted:
            yield Step(line=line, service=service, outcome="added")
        elif before == service:
            yield Step(line=line, service=service, outcome="unchanged")
        else:
            differences = tuple(_differences(before, service))
            yield Step(line=line, service=service, outcome="changed", differences=differences)


def _differences(before: Service, after: Service) -> Iterator[tuple[str, str, str]]:
    old, new = cells_of(before), cells_of(after)
    for column in COLUMNS:
        if old[column] != new[column]:
            yield column, old[column], new[column]


def _keep(tx: Transaction, steps: Sequence[Step], by: str, at: datetime) -> None:
    changed = [step.service for step in steps if step.outcome != "unchanged"]
    versions = tx.service_versions([service.id for service in changed])
    tx.save_services(
        [
            Change(
                service=service, n=versions.get(service.id, 0) + 1, at=at, who=by, what="imported"
            )
            for service in changed
        ]
    )
