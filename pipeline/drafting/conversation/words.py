"""By which words do logs tell their times, quotations and ends? Read from `words.yaml`, once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def words() -> dict[str, Any]:
    """The lists of the file, as they stand there."""
    text = files(__package__).joinpath("words.yaml").read_text(encoding="utf-8")
    held: dict[str, Any] = yaml.safe_load(text)
    return held


@cache
def folded(*path: str) -> tuple[str, ...]:
    """One list, without regard to capitals."""
    held: Any = words()
    for part in path:
        held = held[part]
    return tuple(str(each).casefold() for each in held)


def any_of(each: Iterable[str]) -> str:
    """A pattern for one of several words, the longer ones first, so that none hides another; a Latin
    word ends where its letters end."""
    longest_first = sorted(each, key=len, reverse=True)
    return "|".join(
        re.escape(word) + (r"(?![A-Za-z])" if word[-1].isascii() and word[-1].isalpha() else "")
        for word in longest_first
    )
