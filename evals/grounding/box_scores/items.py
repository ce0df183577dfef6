"""Which texts lie in the folder, and which of their words did people mark as wrong? One item a text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .sheet import Sheet
from .wording import Spans, joined

FILE = "items.jsonl"


@dataclass(frozen=True, kw_only=True)
class Error:
    """The words `first` to `last` of a text, counted from 0, both wrong; of one of the task's types."""

    first: int
    last: int
    type: str

    @property
    def words(self) -> frozenset[int]:
        return frozenset(range(self.first, self.last + 1))


@dataclass(frozen=True, kw_only=True)
class Item:
    """A text as people write it, where each word of the marked form stands in it, its errors, and the
    box score that it is about."""

    id: str
    text: str
    words: Spans
    errors: tuple[Error, ...]
    sheet: Sheet

    def words_of(self, start: int, end: int) -> frozenset[int]:
        return frozenset(n for n, (s, e) in enumerate(self.words) if s < end and start < e)


def is_one(folder: Path) -> bool:
    return (folder / FILE).is_file()


def items_in(folder: Path) -> list[Item]:
    """Raises ValueError naming the line that is no such item, OSError without the file."""
    return list(_items(folder / FILE))


def _items(file: Path) -> Iterator[Item]:
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            yield _item(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError) as wrong:
            raise ValueError(
                f"{file}:{number}: is no marked text about a box score: {wrong!r}"
            ) from wrong


def _item(raw: Mapping[str, Any]) -> Item:
    cut = str(raw["text"]).split()
    text, words = joined(cut)
    errors = tuple(
        Error(first=int(e["start"]) - 1, last=int(e["end"]) - 1, type=str(e["type"]))
        for e in raw["errors"]
    )
    for error in errors:
        if not 0 <= error.first <= error.last < len(cut):
            raise ValueError(f"no words {error.first + 1} to {error.last + 1}")
    sheet = Sheet(raw["record"])
    sheet.record()  # raises for a sheet that lacks something
    return Item(id=str(raw["id"]), text=text, words=words, errors=errors, sheet=sheet)
