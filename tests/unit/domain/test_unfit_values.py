"""What is wrong with a value is said as people say it, not as a library does."""

from __future__ import annotations

from typing import Annotated, Any

import pytest
from pydantic import BaseModel, Field, ValidationError, field_validator

from pipeline.domain.lattices import Impact
from pipeline.domain.unfit_values import in_words


class Form(BaseModel):
    """One field of each kind that forms have."""

    services: Annotated[tuple[str, ...], Field(min_length=1, max_length=2)] = ("crm",)
    title: str = Field(default="x", min_length=1, max_length=3)
    who: dict[str, str] = {}
    impact: Impact | None = None
    n: int = 1

    @field_validator("n")
    @classmethod
    def _even(cls, n: int) -> int:
        if n % 2:
            raise ValueError("n is an even number")
        return n


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("services", [], "needs at least 1 entry"),
        ("services", ["a", "b", "c"], "may hold at most 2 entries"),
        ("services", "crm", "must be a list"),
        ("title", "", "needs at least 1 character"),
        ("title", "long", "may have at most 3 characters"),
        ("title", 7, "must be a text (a string)"),
        ("who", [], "must be an object with named fields"),
        ("impact", "bad", "must be 'unavailable', 'partial' or 'degraded'"),
        ("n", 3, "n is an even number"),
        ("n", "three", "must be a valid integer"),
    ],
)
def test_no_sentence_speaks_of_the_library_or_its_types(field: str, value: Any, said: str) -> None:
    with pytest.raises(ValidationError) as wrong:
        Form.model_validate({field: value})
    sentence = in_words(wrong.value.errors()[0])
    assert sentence.startswith(said)
    for word in ("Tuple", "Input should", "Value error", "Impact.", "dictionary"):
        assert word not in sentence
