"""By which words are titles, desks and ordinary words told from names? Read from `words.yaml`, once."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

import yaml


@cache
def _held() -> dict[str, str]:
    text = files(__package__).joinpath("words.yaml").read_text(encoding="utf-8")
    held: dict[str, str] = yaml.safe_load(text)
    return held


@cache
def listed(name: str) -> frozenset[str]:
    """One list, whose words are parted by blanks."""
    return frozenset(_held()[name].split())


@cache
def one_of(name: str) -> str:
    """A pattern for any word of a list, the longest first."""
    return "|".join(map(re.escape, sorted(listed(name), key=len, reverse=True)))


def removed(language: str) -> str:
    """What stands where a secret stood."""
    return _held()[f"removed_{language}"]
