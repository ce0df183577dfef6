"""What is judged? Texts about a record, each of their sentences marked true or wrong, a row a text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.guard.claims import Record


@dataclass(frozen=True, kw_only=True)
class Marked:
    """A sentence as its writer marked it; `way` names how it was made wrong."""

    text: str
    wrong: bool
    way: str | None


@dataclass(frozen=True, kw_only=True)
class Row:
    """A text for one audience, in one language, about one record."""

    id: str
    language: str
    audience: str
    record: Record
    raw: Mapping[str, Any]
    text: str
    sentences: tuple[Marked, ...]


def read_rows(file: Path) -> list[Row]:
    """Raises ValueError naming the line that is no such row."""
    return list(_rows(file))


def _rows(file: Path) -> Iterator[Row]:
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            yield row_of(json.loads(line))
        except (ValueError, KeyError, TypeError) as wrong:
            raise ValueError(f"{file}:{number}: is no row of a judged text: {wrong}") from wrong


def row_of(raw: Mapping[str, Any]) -> Row:
    return Row(
        id=str(raw["id"]),
        language=str(raw["language"]),
        audience=str(raw.get("audience") or "affected"),
        record=Record.read(raw["record"]),
        raw=raw["record"],
        text=str(raw["text"]),
        sentences=tuple(
            Marked(text=str(s["text"]), wrong=bool(s["wrong"]), way=s.get("way"))
            for s in raw["sentences"]
        ),
    )
