"""What is a public history of an incident? A title, a severity, components, and dated statements.

One adapter a format, listed in `FORMATS`; each takes a decoded line and answers a `History`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from pipeline.domain.directory import Key, Text
from pipeline.domain.errors import Malformed
from pipeline.domain.major_events import Severity
from pipeline.domain.payload import Line
from pipeline.domain.times import Instant

MOST_SHOWN = 20
LONGEST_LINE = 4 * 1024 * 1024


def _has_words(text: object) -> bool:
    return not isinstance(text, str) or bool(text.strip())


class Statement(BaseModel):
    """What somebody published, and when. `status` is the publisher's own word for how things stood."""

    model_config = ConfigDict(frozen=True)

    at: Instant
    status: str = Field(max_length=100)
    text: Annotated[
        Text | None, BeforeValidator(lambda text: text if _has_words(text) else None)
    ] = None
    """None where a status was published without words."""


class History(BaseModel):
    """One incident as it was told. `statements` keep the order of the file."""

    model_config = ConfigDict(frozen=True)

    id: Key
    title: Line
    severity: Severity
    components: tuple[Line, ...] = Field(default=(), max_length=100)
    statements: tuple[Statement, ...]
    end: Instant | None = None
    planned: bool = False
    """Maintenance, which was announced: no failure."""


class _StatusPage(BaseModel):
    """The form of public status pages: severities none, minor, major, critical; or maintenance."""

    id: Key
    title: Line
    impact: str = "none"
    components: list[Line] = []
    end: Instant | None = None
    updates: list[Statement] = []


_SEVERITIES: Mapping[str, Severity] = {"critical": "P1", "major": "P2", "minor": "P3"}


def _status_page(raw: object) -> History:
    page = _StatusPage.model_validate(raw)
    return History(
        id=page.id,
        title=page.title,
        severity=_SEVERITIES.get(page.impact, "P4"),
        components=tuple(dict.fromkeys(page.components)),
        statements=tuple(page.updates),
        end=page.end,
        planned=page.impact == "maintenance",
    )


FORMATS: Mapping[str, Callable[[object], History]] = {"status-page": _status_page}


def read(path: Path, form: str = "status-page") -> list[History]:
    """All histories of a file, one JSON object a line. Raises Malformed that names each bad line."""
    found: dict[str, History] = {}
    problems: list[str] = []
    for number, line in _lines(path):
        try:
            history = FORMATS[form](_decoded(line))
        except (ValidationError, ValueError) as wrong:
            problems.append(f"line {number}: {_said(wrong)}")
            continue
        if history.id in found:
            problems.append(f"line {number}: {history.id} stands here twice")
        found[history.id] = history
    if problems:
        more = [f"and {len(problems) - MOST_SHOWN} more"] if len(problems) > MOST_SHOWN else []
        raise Malformed("\n  ".join([f"{path}:", *problems[:MOST_SHOWN], *more]), field="history")
    return list(found.values())


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        with path.open(encoding="utf-8") as stream:
            for number, line in enumerate(stream, 1):
                if line.strip():
                    yield number, line
    except OSError as unreadable:
        raise Malformed(f"{path} cannot be read: {unreadable.strerror}", field="history") from None
    except UnicodeDecodeError as wrong:
        raise Malformed(f"{path} is not UTF-8 (byte {wrong.start})", field="history") from None


def _decoded(line: str) -> Any:
    if len(line) > LONGEST_LINE:
        raise ValueError(f"is longer than {LONGEST_LINE} characters")
    try:
        return json.loads(line)
    except (json.JSONDecodeError, RecursionError) as wrong:
        raise ValueError(f"is not JSON ({wrong})") from None


def _said(wrong: ValidationError | ValueError) -> str:
    if not isinstance(wrong, ValidationError):
        return str(wrong)
    first = wrong.errors(include_url=False, include_input=False)[0]
    where = ".".join(map(str, first["loc"])) or "the line"
    return f"{where}: {first['msg'].removeprefix('Value error, ')}"
