"""May these words become a record? What nobody could read, or what holds control characters, is refused at the door."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pydantic import ValidationError

from ...domain.directory import one_line
from ...domain.errors import Malformed
from ...domain.unfit_values import in_words, place_of

_ASKED_AS = {"said": "reason", "merged_into": "into", "decided_by": "by"}
"""Fields of a record that a person is asked for under another name."""


@contextmanager
def legible() -> Iterator[None]:
    """Raises Malformed, with each field at fault, for a record that its words make impossible."""
    try:
        yield
    except ValidationError as wrong:
        found = [
            (place_of(e), in_words(e)) for e in wrong.errors(include_url=False, include_input=False)
        ]
        problems = [(_ASKED_AS.get(field, field), sentence) for field, sentence in found]
        field, sentence = problems[0]
        raise Malformed(f"{field}: {sentence}", field=field, problems=problems) from None


def named_in_line(text: str, field: str) -> str:
    """A name that is looked up. Raises Malformed for control characters, which no database takes in a query."""
    try:
        return one_line(text)
    except ValueError as wrong:
        raise Malformed(f"{field}: {wrong}", field=field) from None
