"""How do past tickets reach the server? In batches that fit its limits, and can be sent again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from knowledge.errors import Refused
from pipeline.domain.errors import Malformed
from pipeline.domain.history import Broken, PastTicket
from pipeline.flow.history.taking import MOST_AT_ONCE
from pipeline.history.lines import Lines
from pipeline.history.moments import Dates
from pipeline.history.naming import product
from pipeline.history.rows import HEAD, SEPARATORS
from pipeline.history.tickets import Reading, Twice

from ..named_files import opened
from .connection import CommandFailed, Sends

PATH = "/api/v1/history/tickets"
MOST_OCTETS = 512 * 1024
"""Of one batch, half of the usual limit of a body."""
MOST_HISTORY = 4 * 1024**3
WITHIN = 120.0
"""Seconds for a batch: a server that is busy takes its time."""


@dataclass(frozen=True, kw_only=True)
class How:
    source: str | None
    columns: dict[str, str]
    zone: str
    dates: Dates
    propose: bool


@dataclass(kw_only=True)
class Brought:
    """What became of them. `example` is the first ticket as it was read."""

    counts: dict[str, int] = field(default_factory=dict)
    broken: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    twice: list[tuple[str, int, str]] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    example: dict[str, Any] = field(default_factory=dict)

    def count(self, what: str, n: int = 1) -> None:
        self.counts[what] = self.counts.get(what, 0) + n

    def as_values(self) -> dict[str, Any]:
        return {
            "counts": self.counts,
            "broken": [{"file": file, **broken} for file, broken in self.broken],
            "twice": [{"file": f, "line": line, "number": n} for f, line, n in self.twice],
            "refused": self.refused,
            "example": self.example,
        }


class Batches:
    """Reads files, and sends what they tell, or without `send` only counts it."""

    def __init__(self, send: Sends | None, how: How) -> None:
        self._send, self._how, self._done = send, how, Brought()

    def bring(self, files: Sequence[str]) -> Brought:
        before = 0
        with _progress(files) as far:
            for file in files:
                try:
                    self._file(file, partial(_from, far, before))
                except (Refused, Malformed) as refused:
                    self._done.refused[file] = str(refused)
                except OSError as wrong:
                    self._done.refused[file] = wrong.strerror or str(wrong)
                before += _size(file)
        return self._done

    def _file(self, file: str, far: Callable[[int], None]) -> None:
        with opened(file, MOST_HISTORY, pipes=False) as octets:
            lines = Lines(octets)
            reading = self._reading(file)
            for batch in self._batched(file, reading, lines):
                self._take(reading.source, batch)
                far(lines.octets)

    def _reading(self, file: str) -> Reading:
        try:
            return Reading(
                source=self._how.source or _product_of(file) or Path(file).stem[:200],
                zone=ZoneInfo(self._how.zone),
                now=datetime.now(UTC),
                dates=self._how.dates,
                columns=self._how.columns,
            )
        except (ValueError, OSError, KeyError) as wrong:
            raise CommandFailed(str(wrong), 2) from None

    def _batched(self, file: str, reading: Reading, lines: Lines) -> Iterator[list[dict[str, Any]]]:
        batch: list[dict[str, Any]] = []
        octets = 0
        for found in reading.tickets(lines):
            if isinstance(found, Broken):
                self._done.count("broken")
                self._done.broken.append((file, found.model_dump()))
                continue
            if isinstance(found, Twice):
                self._done.count("twice")
                self._done.twice.append((file, found.line, found.number))
                continue
            said, size = _said(found[1])
            self._done.example = self._done.example or said
            if batch and (len(batch) == MOST_AT_ONCE or octets + size > MOST_OCTETS):
                yield batch
                batch, octets = [], 0
            batch.append(said)
            octets += size
        if batch:
            yield batch

    def _take(self, source: str, batch: list[dict[str, Any]]) -> None:
        if self._send is None:
            self._done.count("read", len(batch))
            return
        body = {"source": source, "tickets": batch, "propose": self._how.propose}
        try:
            counts = self._send("POST", PATH, body=body, within=WITHIN)
        except CommandFailed as refused:
            known = sum(n for what, n in self._done.counts.items() if what not in _NOT_SENT)
            told = f"{refused}\n  {known:,} tickets are in; the same command goes on from there"
            raise CommandFailed(told, refused.code, status=refused.status) from None
        for outcome, n in counts.items():
            if outcome != "rows":
                self._done.count(outcome, n)


_NOT_SENT = ("broken", "twice")


def _from(far: Callable[[int], None], before: int, octets: int) -> None:
    far(before + octets)


def _size(file: str) -> int:
    return Path(file).stat().st_size if Path(file).is_file() else 0


def _said(ticket: PastTicket) -> tuple[dict[str, Any], int]:
    """A ticket as it is sent, and its octets."""
    said = ticket.model_dump(mode="json", exclude_defaults=True, exclude={"source"})
    return said, len(json.dumps(said, ensure_ascii=False).encode())


def _product_of(file: str) -> str:
    with opened(file, MOST_HISTORY, pipes=False) as octets:
        lines = Lines(octets)
        for _, line in zip(range(HEAD), lines, strict=False):
            for separator in SEPARATORS:
                if found := product(line.replace('"', "").split(separator)):
                    return found
    return ""


@contextmanager
def _progress(files: Sequence[str]) -> Iterator[Callable[[int], None]]:
    """A bar on stderr, where a person looks on."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _: None
        return
    with Progress(console=console, transient=True) as bar:
        task = bar.add_task("Reading", total=sum(map(_size, files)))
        yield lambda octets: bar.update(task, completed=octets)
