"""What is an article, as a source tells it and as the library keeps it?"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from .characters import in_one_line, one_line, readable

Language = Literal["zh", "en"]

# One article of this size is a manual; it is refused with that advice rather than cut.
LONGEST_BODY = 200_000
LONGEST_TITLE = 300

Title = Annotated[
    str,
    BeforeValidator(in_one_line),
    StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_TITLE),
]
Body = Annotated[
    str,
    BeforeValidator(readable),
    StringConstraints(strip_whitespace=True, max_length=LONGEST_BODY),
]
Label = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=64),
    AfterValidator(one_line),
]
SourceName = Annotated[
    str, StringConstraints(min_length=1, max_length=100), AfterValidator(one_line)
]
ExternalId = Annotated[
    str, StringConstraints(min_length=1, max_length=500), AfterValidator(one_line)
]
Url = Annotated[str, StringConstraints(max_length=2000, pattern=r"^https?://\S+$")]


class Standing(StrEnum):
    """Whether an article may be suggested. A retired one is kept, for what was told of it."""

    PUBLISHED = "published"
    RETIRED = "retired"


class ArticleText(BaseModel):
    """One article as a source tells it: not yet known to the library.

    `audience` holds opaque labels: whoever carries one of them may read it. None means that the
    source did not say, and the importer decides; empty means nobody but editors.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: SourceName
    external_id: ExternalId
    title: Title
    body: Body
    """Markdown."""
    language: Language
    products: tuple[Label, ...] = ()
    audience: tuple[Label, ...] | None = None
    url: Url | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    """The last day on which it holds."""

    @model_validator(mode="after")
    def _a_period_has_an_order(self) -> Self:
        if self.valid_from and self.valid_until and self.valid_from > self.valid_until:
            raise ValueError(
                f"valid_from {self.valid_from} is after valid_until {self.valid_until}"
            )
        return self

    @property
    def digest(self) -> str:
        """The same for the same content, whenever and from wherever it is read; 64 hex digits."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()


class Article(ArticleText):
    """One article as the library keeps it."""

    id: str
    standing: Standing = Standing.PUBLISHED
    updated_at: AwareDatetime = Field(default=datetime(1970, 1, 1, tzinfo=UTC))

    def holds_on(self, day: date) -> bool:
        """Whether it may be suggested on this day."""
        return (
            self.standing is Standing.PUBLISHED
            and (self.valid_from is None or self.valid_from <= day)
            and (self.valid_until is None or day <= self.valid_until)
        )

    def is_for(self, labels: Collection[str] | None) -> bool:
        """Whether somebody with these labels (None: an editor) may read it."""
        return labels is None or not set(labels).isdisjoint(self.audience or ())


class Unreadable(BaseModel):
    """What could not be read, and why, in a sentence for whoever imports."""

    model_config = ConfigDict(frozen=True)

    place: str
    """A path, with the row or the page where it is known: `export.json, solution 17`."""
    reason: str
