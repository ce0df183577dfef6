"""What is a sentence held against? The words of the tables, and what the assignment says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from ..runs import Run, runs_of
from ..tables import Tables
from ..text import folded


@dataclass(frozen=True, kw_only=True)
class Heard:
    """Words that are not ours: a line, a quotation, or (`is_speech` is false) words of the record. `speakers`
    are the names of who said them, where that is known."""

    slot: str
    text: str
    speakers: frozenset[str]
    is_speech: bool

    @cached_property
    def runs(self) -> frozenset[Run]:
        return runs_of(folded(self.text))


@dataclass(frozen=True, kw_only=True)
class Against:
    """`names` and `codes` find what only a slot may tell of this assignment; None when it names nothing.
    `capitals` are the words with a capital that its texts hold: products and things, and nobody else.
    `heard` is what people said, `told_to_do` are the runs of words of the instructions."""

    tables: Tables
    names: re.Pattern[str] | None
    codes: re.Pattern[str] | None
    capitals: frozenset[str]
    heard: tuple[Heard, ...]
    told_to_do: frozenset[Run]
