"""What came of asking a model for a part of a message? Its words in both languages, or why there are none."""

from __future__ import annotations

from pydantic import Field

from .communication import WhyIfAny
from .directory import Key, Language, Value
from .facts import Fact
from .prose import Cost, Fall, Prose
from .summary import Written
from .times import Instant


class Said(Value):
    """The part in one language: `prose` as a template takes it, `written` as it was checked, sentence by
    sentence."""

    prose: Prose
    written: Written


class Passage(Value):
    """`digest` is of the facts that it was written for: with others it is not used. `said` holds both
    languages or neither; then `why_not` says what was in the way.

    `facts` are those that a sentence rests on, as they stood then.
    """

    at: Instant
    digest: Key | None = None
    said: dict[Language, Said] = Field(default={})
    facts: tuple[Fact, ...] = ()
    falls: tuple[Fall, ...] = ()
    cost: Cost = Cost()
    why_not: WhyIfAny = None
