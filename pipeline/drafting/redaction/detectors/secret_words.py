"""Where are passwords and keys? Where the product's one list of their patterns finds them."""

from __future__ import annotations

from collections.abc import Iterator

from ....domain.credentials import credentials_in
from ..hits import Hit
from ..kinds import Kind


def secret_words(text: str) -> Iterator[Hit]:
    for found in credentials_in(text):
        yield Hit(Kind.SECRET, found.start, found.end, "")
