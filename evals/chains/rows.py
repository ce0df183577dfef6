"""What is a stream? Rows in time order: tickets opened and closed, and changes; read from a file or made."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipeline.recurrence.case import Case

Row = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Stream:
    """`chain_of` says which failure each ticket is a case of, where that is known; no judge sees it."""

    name: str
    rows: Sequence[Row]
    chain_of: Mapping[str, str]

    @property
    def tickets(self) -> int:
        return sum(row["event"] == "opened" for row in self.rows)


def read(path: Path) -> Stream:
    """JSON rows. A row may carry its `chain`, which is kept for judging alone. Raises ValueError that
    names a broken line."""
    rows: list[Row] = []
    chain_of: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = dict(json.loads(line))
            row["time"] = moment(str(row["time"]))
            if row["event"] == "opened" and (chain := row.pop("chain", None)):
                chain_of[str(row["id"])] = str(chain)
        except (ValueError, TypeError, KeyError) as wrong:
            raise ValueError(f"{path}, line {number}: {wrong!r}") from None
        rows.append(row)
    if not any(row["event"] == "opened" for row in rows):
        raise ValueError(f"{path}: no ticket is opened in it")
    return Stream(name=path.stem, rows=rows, chain_of=chain_of)


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


def as_json(rows: Sequence[Row]) -> Iterator[str]:
    for row in rows:
        yield json.dumps({**row, "time": row["time"].isoformat()}, ensure_ascii=False)
