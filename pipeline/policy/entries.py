"""What do the entries of a rule file have in common? No field that nobody knows, and reasons in two languages."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class Spec(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Sentence(Spec):
    zh: str = Field(min_length=2, max_length=300)
    en: str = Field(min_length=2, max_length=300)
