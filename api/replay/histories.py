"""What is a public history of an incident? A title, a severity, components, and dated statements.

One adapter a format, listed in `FORMATS`; each takes a decoded line and answers a `History`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from pipeline.domain.directory import Number, Text
from pipeline.domain.major_events import LONGEST_STATEMENT, Severity
from pipeline.domain.payload import Line
from pipeline.domain.times import Instant


def _words(text: object) -> object:
    """Without what no reader sees: control characters of whoever exported the history."""
    if not isinstance(text, str):
        return text
    kept = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) != "Cc")
    return kept if kept.strip() else None


def _whole(text: str | None) -> str | None:
    if text is not None and len(text) > LONGEST_STATEMENT:
        raise ValueError(
            f"is longer than {LONGEST_STATEMENT} characters, and its end would be lost; "
            "shorten it, or make two updates"
        )
    return text


class Statement(BaseModel):
    """What somebody published, and when. `status` is the publisher's own word for how things stood."""

    model_config = ConfigDict(frozen=True)

    at: Instant
    status: Annotated[str, Field(max_length=100), AfterValidator(str.strip)]
    text: Annotated[Text | None, BeforeValidator(_words), AfterValidator(_whole)] = None
    """None where a status was published without words."""


class History(BaseModel):
    """One incident as it was told. `statements` keep the order of the file."""

    model_config = ConfigDict(frozen=True)

    id: Number
    title: Line
    severity: Severity
    components: tuple[Line, ...] = Field(default=(), max_length=100)
    statements: tuple[Statement, ...]
    end: Instant | None = None
    planned: bool = False
    """Maintenance, which was announced: no failure."""


class _StatusPage(BaseModel):
    """The form of public status pages: severities none, minor, major, critical; or maintenance."""

    id: Number
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
