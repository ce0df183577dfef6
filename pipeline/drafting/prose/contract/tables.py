"""Which words may not stand outside a slot, and which must stand there? `prompts/prose/words.yaml`, read once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from ....domain.directory import LANGUAGES, Language
from ....domain.errors import Misconfigured
from ....domain.patterns import pattern
from ....yaml_places import read, unfit
from .values import States

FILE = "prose/words.yaml"
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")


@dataclass(frozen=True)
class Table:
    """Words of one sort. What stands inside a spared pattern only looks like one of them. Chinese ones
    are looked for where there is Chinese."""

    found: re.Pattern[str]
    chinese: re.Pattern[str]
    spared: re.Pattern[str] | None

    def words_in(self, text: str) -> list[str]:
        """Each, in order; those that touch as one."""
        hits = [found.span() for found in self.found.finditer(text)]
        if _HAN.search(text):
            hits = sorted(hits + [found.span() for found in self.chinese.finditer(text)])
        if not hits:
            return []
        free = [s.span() for s in self.spared.finditer(text)] if self.spared else []
        words: list[tuple[int, int]] = []
        for start, end in hits:
            if any(a <= start and end <= b for a, b in free):
                continue
            if words and words[-1][1] == start:
                start = words.pop()[0]
            words.append((start, end))
        return [text[start:end] for start, end in words]


@dataclass(frozen=True, kw_only=True)
class Tables:
    """`hedges` and `told` are words that say how sure something is; any of them will do."""

    numbers: Table
    times: Table
    states: Table
    machine: Table
    orders: Table
    hedges: Mapping[Language, re.Pattern[str]]
    told: Mapping[Language, re.Pattern[str]]
    english: re.Pattern[str]
    hedge_words: Mapping[Language, tuple[str, ...]]
    told_words: Mapping[Language, tuple[str, ...]]
    before_sources: tuple[str, ...]
    before_surnames: tuple[str, ...]
    after_surnames: tuple[str, ...]
    capitals: frozenset[str]
    no_names: frozenset[str]
    """Parts of somebody's or something's name that are words of everybody's."""

    @classmethod
    def load(cls, files: Mapping[str, str], states: States) -> Tables:
        """Of the files below `prompts/`; `states` are the words that code writes for each state. Raises
        Misconfigured with every problem, each with its line."""
        if FILE not in files:
            raise Misconfigured("is missing", where=FILE)
        raw, lines = read(FILE, files[FILE])
        try:
            file = _File.model_validate(raw)
        except ValidationError as wrong:
            raise unfit(FILE, lines, wrong) from None
        return cls(
            numbers=file.numbers.table(),
            times=file.times.table(),
            states=file.states.table(_of_states(states, file.not_states)),
            machine=file.machine.table(),
            orders=file.orders.table(),
            hedges={language: _any_of(file.hedges[language]) for language in LANGUAGES},
            told={language: _any_of(file.told[language]) for language in LANGUAGES},
            english=_any_of(file.english),
            hedge_words=file.hedges,
            told_words=file.told,
            before_sources=file.before_sources,
            before_surnames=file.before_surnames,
            after_surnames=file.after_surnames,
            capitals=frozenset(file.capitals),
            no_names=frozenset(file.no_names),
        )


Pattern = Annotated[str, AfterValidator(pattern)]
Words = Annotated[tuple[str, ...], Field(min_length=1)]


class _Read(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Sort(_Read):
    found: tuple[Pattern, ...] = Field(min_length=1)
    spared: tuple[Pattern, ...] = ()

    def table(self, more: Iterable[str] = ()) -> Table:
        spared = _joined(self.spared) if self.spared else None
        chinese = [pattern for pattern in (*self.found, *more) if _HAN.search(pattern)]
        found = [pattern for pattern in (*self.found, *more) if not _HAN.search(pattern)]
        return Table(found=_joined(found), chinese=_joined(chinese), spared=spared)


class _File(_Read):
    version: Literal[1]
    numbers: _Sort
    times: _Sort
    states: _Sort
    machine: _Sort
    orders: _Sort
    hedges: dict[Language, Words]
    told: dict[Language, Words]
    english: Words
    not_states: tuple[str, ...]
    before_sources: Words
    before_surnames: Words
    after_surnames: Words
    capitals: Words
    no_names: Words


def _joined(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return _joined(_bounded(word) for word in sorted(words, key=len, reverse=True))


def _bounded(word: str) -> str:
    """A Latin word begins and ends where its letters do."""
    return re.escape(word) if _HAN.search(word) else rf"\b{re.escape(word)}\b"


def _of_states(states: States, apart: tuple[str, ...]) -> list[str]:
    """The words with which code tells a state: a writer who uses them tells one too."""
    return [
        _bounded(word)
        for words in states.values()
        for key, word in words.items()
        if not key.startswith(apart)
    ]
