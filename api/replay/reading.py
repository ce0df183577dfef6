"""Which lines of a file can be played, and what is wrong with the others?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from pipeline.domain.errors import Refused
from pipeline.domain.unfit_values import in_words, place_of

from ..named_files import MOST_LINES, lines_of, opened
from ..strict_json import read_json
from .histories import FORMATS, History
from .steps import steps_of

LONGEST_LINE = 4 * 1024 * 1024
_MARK = b"\xef\xbb\xbf"
"""Some editors begin a file with it; it says nothing."""


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """A line that is not played, counted from 1, and why."""

    line: int
    reason: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def __str__(self) -> str:
        # Terminals obey control characters, and a reason may name what stands in the line.
        shown = "".join(c if c.isprintable() else " " for c in self.reason)
        return f"line {self.line}: {shown}"


@dataclass(kw_only=True)
class Lines:
    """What a file holds: histories that can be played, and the lines that cannot."""

    histories: list[History] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)


def read(path: Path, form: str = "status-page") -> Lines:
    """All histories of a file, one JSON object a line. Raises Malformed when there is nothing to read."""
    found = Lines()
    places: dict[str, int] = {}
    for number, line in _lines(path):
        try:
            history = _playable(line, form)
        except (ValidationError, ValueError, Refused) as wrong:
            found.refused.append(Refusal(line=number, reason=_said(wrong)))
            continue
        first = places.setdefault(history.id, number)
        if first == number:
            found.histories.append(history)
        else:
            again = f"{history.id} stands here twice; line {first} is played"
            found.refused.append(Refusal(line=number, reason=again))
    return found


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    with opened(path, MOST_LINES) as stream:
        for number, line in lines_of(stream, LONGEST_LINE):
            said = line.removeprefix(_MARK) if number == 1 else line
            if said.strip():
                yield number, said


def _playable(line: bytes, form: str) -> History:
    """Its events are made once here, so that none is refused when others are half played."""
    if len(line) > LONGEST_LINE:
        raise ValueError(f"is longer than {LONGEST_LINE} bytes")
    history = FORMATS[form](read_json(line, field="line"))
    for step in steps_of(history):
        step.incoming(step.at)
    return history


def _said(wrong: ValidationError | ValueError | Refused) -> str:
    if not isinstance(wrong, ValidationError):
        return str(wrong)
    first = wrong.errors(include_url=False, include_input=False)[0]
    where = place_of(first)
    if first["type"] == "model_type":
        return f"{where or 'the line'} is no JSON object"
    return f"{where}: {in_words(first)}"
