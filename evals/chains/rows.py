"""What is a stream? Rows in time order: tickets opened and closed, and changes; read from a file or made."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipeline.recurrence.case import Case

Row = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Stream:
    """`chain_of` says which failure each ticket is a case of, where that is known, and `kind_of` in what
    manner each failure comes back; no judge sees them. `passed_over` are rows that say nothing usable."""

    name: str
    rows: Sequence[Row]
    chain_of: Mapping[str, str]
    kind_of: Mapping[str, str] = field(default_factory=dict)
    passed_over: Sequence[str] = ()

    @property
    def tickets(self) -> int:
        return sum(row["event"] == "opened" for row in self.rows)


def read(path: Path) -> Stream:
    """JSON rows. A row may carry its `chain`, which is kept for judging alone. Rows that say nothing usable
    are passed over, and rows out of order are put in order; both are told. Raises ValueError where no
    ticket is opened."""
    rows: list[Row] = []
    over: list[str] = []
    chain_of: dict[str, str] = {}
    opened: set[str] = set()
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        if not line.strip():
            continue
        row = _row(line)
        wrong = row if isinstance(row, str) else _second(row, opened)
        if wrong or isinstance(row, str):
            over.append(f"line {number}: {wrong}")
            continue
        if row["event"] == "opened" and (chain := row.pop("chain", None)):
            chain_of[row["id"]] = str(chain)
        if rows and row["time"] < rows[-1]["time"]:
            over.append(f"line {number}: earlier than the row before it, put in order")
        rows.append(row)
    if not opened:
        raise ValueError(f"{path}: no ticket is opened in it")
    rows.sort(key=lambda row: row["time"])
    return Stream(name=path.stem, rows=rows, chain_of=chain_of, passed_over=over)


EVENTS = ("opened", "closed", "change")


def _row(line: str) -> dict[str, Any] | str:
    """The row, or what is wrong with it."""
    try:
        row = json.loads(line)
    except ValueError:
        return "not JSON"
    if not isinstance(row, dict) or row.get("event") not in EVENTS:
        return "no event that is known"
    if row["event"] != "change" and not str(row.get("id") or "").strip():
        return "no id"
    try:
        return {**row, "id": str(row.get("id")), "time": moment(str(row.get("time")))}
    except ValueError:
        return "no time"


def _second(row: Row, opened: set[str]) -> str:
    """What is wrong with a ticket that was opened before; it is remembered when it was not."""
    if row["event"] != "opened":
        return ""
    if row["id"] in opened:
        return "opened before"
    opened.add(row["id"])
    return ""


def moment(written: str) -> datetime:
    """Without a zone it is UTC."""
    at = datetime.fromisoformat(written)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def case_of(row: Row, *, after_change: bool = False) -> Case:
    return Case(
        id=str(row["id"]),
        at=row["time"],
        title=str(row.get("title") or ""),
        text=str(row.get("text") or ""),
        service=str(row.get("service") or ""),
        category=str(row.get("category") or ""),
        site=str(row.get("reporter_site") or ""),
        after_change=after_change,
    )


def cause_of(row: Row) -> str:
    """Of a closed ticket: what was found, else what was done."""
    return str(row.get("cause") or row.get("notes") or "")


def as_json(rows: Sequence[Row]) -> Iterator[str]:
    for row in rows:
        yield json.dumps({**row, "time": row["time"].isoformat()}, ensure_ascii=False)
