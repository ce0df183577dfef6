"""Which articles were found for a ticket, and what did people say of them?"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from .directory import Key, Language, Value
from .times import Instant

MOST_FOR_REQUESTER = 3
MOST_FOR_STAFF = 5
LONGEST_WHY = 300
"""Characters of the passage that is told with an article."""
LONGEST_QUESTION = 4000
"""Characters of a ticket's words that are searched with, and kept with a opinion."""


class Opinion(StrEnum):
    """What somebody said of an article: it solved it, or it did not help."""

    SOLVED = "solved"
    NOT_THIS = "not_this"


class Suggested(Value):
    """An article as it stood when it was found: what is told of it must not change afterwards.

    `why` is the passage that made it fit, `matched` the words of the ticket that it says.
    """

    article: Key
    title: str
    language: Language
    why: str = ""
    matched: tuple[str, ...] = ()
    probability: Annotated[float, Field(ge=0, le=1)]


class KnownError(Value):
    """What a person recorded as a way around the problem that a ticket is taken for a case of."""

    problem: Key
    workaround: str


class Found(Value):
    """What a search found for one ticket. `requester` may be told to whoever reported it, `staff` to
    those who work on it; `missing` are retrievers that did not answer. `failed`: it could not be done, and whether
    anything fits is not known."""

    requester: tuple[Suggested, ...] = ()
    staff: tuple[Suggested, ...] = ()
    missing: tuple[str, ...] = ()
    known_error: KnownError | None = None
    failed: bool = False
    at: Instant


class Judged(Value):
    """What one person said of one article on one ticket; the last word counts. `question` holds the
    words of the ticket: later ones like it are answered better for it."""

    article: Key
    incident: Key
    person: Key
    opinion: Opinion
    question: str
    at: Instant
