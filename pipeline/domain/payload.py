"""What is every event's `data` made of? The kinds of words that a source may send, and their limits."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, Field

from .directory import (
    Bilingual,
    Key,
    Language,
    MailAddress,
    Name,
    Text,
    Value,
    Zone,
    one_line,
    visible,
)

ERASED = "[erased]"
"""What stands where a person's data was, after its erasure."""
NO_MAIL = "erased@erased.invalid"
"""What stands where an address must: nothing is sent there."""

Line = Annotated[
    str, Field(min_length=1, max_length=300), AfterValidator(one_line), AfterValidator(visible)
]
Link = Annotated[str, Field(max_length=2000, pattern=r"^https?://[^\s\"<>]+$")]


Words = Bilingual | Text
"""A wording in both languages; or in one, which readers of the other get as it was written."""


class PersonRef(Value):
    """A person as a source names them; the directory is asked first, these fields fill its gaps."""

    id: Key
    name: Name | None = None
    email: MailAddress | None = None
    language: Language | None = None
    zone: Zone | None = None


class Payload(Value):
    """The `data` of one event type. `personal` names the fields that hold somebody's data, `happened` the
    times that lie behind; every other time is announced."""

    type: ClassVar[str]
    summary: ClassVar[str]
    personal: ClassVar[frozenset[str]] = frozenset()
    happened: ClassVar[frozenset[str]] = frozenset()
    example: ClassVar[dict[str, Any]]


class ByPerson(Payload):
    """What a person records as well as a program; `by` is that person."""

    by: PersonRef | None = None
