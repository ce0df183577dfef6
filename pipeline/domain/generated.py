"""What did a model write for an article, and may it be indexed?"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from .directory import Value
from .times import Instant


class Standing(StrEnum):
    """Written lines are indexed until somebody refuses them; `failed` holds why there are none."""

    WRITTEN = "written"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    FAILED = "failed"


class Generated(Value):
    """Questions as users would ask, in both languages, and the title in the other one.

    `made_of` is the digest of the text, the prompt and the model that they come from; `model` names it.
    `reason` says why the model's answer was dropped, when it was.
    """

    made_of: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    standing: Standing
    zh: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    title: str = ""
    reason: str = ""
    model: str
    at: Instant
    reviewed_by: str = ""
    reviewed_at: Instant | None = None

    @property
    def lines(self) -> tuple[str, ...]:
        """All of them, as they are indexed."""
        return tuple(line for line in (self.title, *self.zh, *self.en) if line)
