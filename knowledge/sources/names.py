"""What do people call the parts of an article? Read from `names.yaml`, once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@dataclass(frozen=True, kw_only=True)
class Names:
    fields: dict[str, tuple[str, ...]]
    """By our name for a part, the names that people give it, the plainest first."""
    field_of: dict[str, tuple[str, int]]
    """By a name that people give, ours, and its place among those."""
    sections: frozenset[str]
    languages: dict[str, tuple[str, ...]]
    approved: frozenset[str]
    published: frozenset[str]
    keyword_line: dict[str, tuple[str, str]]
    """By language, what stands before the keywords and what between them."""


def plain(name: str) -> str:
    """A name without what does not count in it."""
    return re.sub(r"[\s_\-]+", "", name.strip().strip("\ufeff*:\uff1a")).casefold()


@cache
def names() -> Names:
    """The names that the library brings along."""
    text = files(__package__).joinpath("names.yaml").read_text(encoding="utf-8")
    held: dict[str, Any] = yaml.safe_load(text)
    fields = {field: tuple(each) for field, each in held["fields"].items()}
    return Names(
        fields=fields,
        field_of={
            name: (field, place)
            for field, each in fields.items()
            for place, name in enumerate(each)
        },
        sections=frozenset(name for each in held["sections"] for name in each),
        languages={language: tuple(each) for language, each in held["languages"].items()},
        approved=frozenset(held["approved"]),
        published=frozenset(held["published"]),
        keyword_line={
            language: (each[0], each[1]) for language, each in held["keyword_line"].items()
        },
    )
