"""What is wrong, whatever words tell it? Kinds of trouble and of deeds, of `troubles.yaml`, in either language.

Two people who report one failure seldom use the same words, and one of them may write Chinese; what does not work,
and while doing what, is said in few ways that a list can hold.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml

READ = 800
"""Characters: the trouble is told at the beginning."""


def troubles(normal_text: str) -> frozenset[str]:
    """`!kind` for what is wrong, `!.deed` for what was being done."""
    told = normal_text[:READ]
    return frozenset(kinds[form] for pattern, kinds in _lists() for form in pattern.findall(told))


@cache
def _lists() -> tuple[tuple[re.Pattern[str], Mapping[str, str]], ...]:
    """English forms begin a word; the longest one that fits is meant."""
    text = files(__package__).joinpath("troubles.yaml").read_text(encoding="utf-8")
    held = yaml.safe_load(text)
    lists = []
    for sort, mark in (("trouble", "!"), ("deed", "!.")):
        for language, begins in (("en", r"\b"), ("zh", "")):
            kinds: dict[str, str] = {}
            for kind, told in held[sort].items():
                for form in told[language]:
                    kinds.setdefault(str(form), f"{mark}{kind}")
            longest_first = sorted(kinds, key=lambda form: (-len(form), form))
            any_of = "|".join(re.escape(form) for form in longest_first)
            lists.append((re.compile(f"{begins}({any_of})"), kinds))
    return tuple(lists)
