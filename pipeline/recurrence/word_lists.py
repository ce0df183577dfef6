"""Which words mask, name and ask? `words.yaml`, read once."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from knowledge.tokens.normal import normal


@cache
def _held() -> dict[str, Any]:
    text = files(__package__).joinpath("words.yaml").read_text(encoding="utf-8")
    held: dict[str, Any] = yaml.safe_load(text)
    return held


@cache
def listed(*path: str) -> frozenset[str]:
    """One list, as `knowledge.tokens.normal` writes words."""
    held: Any = _held()
    for part in path:
        held = held[part]
    return frozenset(normal(str(each)) for each in held)
