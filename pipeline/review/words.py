"""In which words does a report tell a row, a length, a gap? Those of `prompts/report/words.yaml`, filled by code."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..domain.directory import LANGUAGES, Bilingual, Language
from ..domain.errors import Misconfigured
from ..domain.facts import FactValue
from ..drafting.spoken import at_clock, duration
from ..yaml_places import read

FILE = "report/words.yaml"
_PLACE = re.compile(r"\{([a-z_]+)\}")
_SECONDS = frozenset({"computed", "duration"})
"""Values that are seconds."""
_SEVERAL = "audiences"
_CODES = frozenset({"span", "moment", "audience"})
"""Groups of words that a value may name."""


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Whose language and zone times and names are written in; `day` is the day that bare clock times are of."""

    language: Language
    zone: str
    day: datetime


@dataclass(frozen=True, kw_only=True)
class ReportWords:
    """`states` are the words of states by key, in each language."""

    words: Mapping[str, Any]
    states: Mapping[Language, Mapping[str, str]]

    @classmethod
    def load(
        cls, files: Mapping[str, str], states: Mapping[Language, Mapping[str, str]]
    ) -> ReportWords:
        """Raises Misconfigured where a sentence has not the same places in both languages."""
        if FILE not in files:
            raise Misconfigured("is missing", where=FILE)
        raw, _ = read(FILE, files[FILE])
        if not isinstance(raw, dict):
            raise Misconfigured("is no table of words", where=FILE)
        for name, pair in _pairs(raw):
            zh, en = (set(_PLACE.findall(str(pair[of]))) for of in LANGUAGES)
            if zh != en:
                raise Misconfigured(f"{name}: zh and en name different values", where=FILE)
        return cls(words=raw, states=states)

    def say(self, path: str, reader: Reader, values: Mapping[str, FactValue] | None = None) -> str:
        """The words at a path such as `section.summary`. Of several sentences the first that has all of its
        values; empty when none has."""
        found: Any = self.words
        for name in path.split("."):
            found = found[name]
        for pair in found if isinstance(found, list) else [found]:
            sentence = str(pair[reader.language])
            if set(_PLACE.findall(sentence)) <= (values or {}).keys():
                return _PLACE.sub(
                    lambda p: self.value(p[1], (values or {})[p[1]], reader), sentence
                )
        return ""

    def _several(self, audiences: Sequence[str], reader: Reader) -> str:
        known = self.words["audience"]
        said = [str(known[a][reader.language]) if a in known else a for a in audiences]
        return ("\u3001" if reader.language == "zh" else ", ").join(said)

    def head(self, table: str, reader: Reader) -> Sequence[str]:
        columns: Sequence[str] = self.words["head"][table][reader.language]
        return columns

    def value(self, name: str, value: FactValue, reader: Reader) -> str:
        if isinstance(value, Bilingual):
            return value.in_language(reader.language)
        if isinstance(value, datetime):
            return at_clock(value, reader.day, reader.zone, reader.language)
        if isinstance(value, int):
            return duration(value, reader.language) if name in _SECONDS else str(value)
        if name == _SEVERAL:
            return self._several(value.split(","), reader)
        state = self.states[reader.language].get(value)
        if state is not None:
            return state
        group, _, key = value.partition(".")
        known = self.words.get(group)
        if group not in _CODES or not isinstance(known, dict) or key not in known:
            return value
        return str(known[key][reader.language])


def _pairs(found: Any, name: str = "") -> list[tuple[str, Mapping[str, Any]]]:
    if isinstance(found, dict) and set(found) == set(LANGUAGES):
        return [] if isinstance(found["zh"], list) else [(name, found)]
    if isinstance(found, dict):
        return [p for key, value in found.items() for p in _pairs(value, f"{name}.{key}")]
    if isinstance(found, list):
        return [p for value in found for p in _pairs(value, name)]
    return []
