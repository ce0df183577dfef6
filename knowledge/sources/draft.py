"""What has a reader found, before it is known whether it makes an article?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from ..article import Unreadable


@dataclass(frozen=True, kw_only=True)
class File:
    """`place` is the path below the imported folder, with slashes: what people see, and what makes an
    article known again when it is imported anew."""

    place: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class Draft:
    """`fields` go by the names of `fields.Field`; what they hold is as it was written.

    `guess` is the title when neither a field nor a heading gives one. `key` tells the articles of one
    file apart; it is empty when there is only one. `place` is what people call it in the file.
    """

    body: str
    """Markdown."""
    fields: Mapping[str, object] = field(default_factory=dict)
    guess: str = ""
    key: str = ""
    place: str = ""


Reader = Callable[[File], Iterator[Draft | Unreadable]]
"""Raises Refused when nothing of the file can be read; a bad row or entry is yielded as Unreadable."""
