"""Which lengths did people state? Words that announce one, with the length of time that follows them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..domain.errors import Misconfigured
from ..guard.claims.atoms import Lasting
from ..guard.claims.lastings import lastings
from ..guard.claims.sentences import sentences
from ..yaml_places import read

FILE = "report/stated.yaml"
FAR = 30
"""Characters between the words and the length."""
_SHORT = re.compile(r"(\d+)\s?h\s?(\d+)\s?m(?:in)?\b", re.IGNORECASE)
_DAYS = re.compile(r"(\d+)\s?d\s?(?=\d+\s?h)", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Stated:
    """`measure` is `repair` or `restore`; `words` are the sentence, `cite` where it stands."""

    measure: str
    length: Lasting
    words: str
    cite: str


@dataclass(frozen=True, kw_only=True)
class Announcing:
    """The words of `prompts/report/stated.yaml`."""

    patterns: Mapping[str, re.Pattern[str]]

    @classmethod
    def load(cls, files: Mapping[str, str]) -> Announcing:
        """Raises Misconfigured for a file that is missing or holds no patterns."""
        if FILE not in files:
            raise Misconfigured("is missing", where=FILE)
        raw, _ = read(FILE, files[FILE])
        try:
            return cls(patterns={name: _compiled(raw[name]) for name in ("repair", "restore")})
        except (KeyError, TypeError, re.error) as wrong:
            raise Misconfigured(
                f"is no list of patterns by language: {wrong}", where=FILE
            ) from None

    def stated(self, text: str, cite: str) -> Iterator[Stated]:
        """Of each sentence the first length after such words; one may state both measures."""
        for start, end in sentences(text):
            words = text[start:end].strip()
            read_as = _spelled(words)
            for measure, pattern in self.patterns.items():
                found = pattern.search(read_as)
                length = _after(read_as, found.end()) if found else None
                if length is not None:
                    yield Stated(measure=measure, length=length, words=words, cite=cite)


def _compiled(spec: Any) -> re.Pattern[str]:
    return re.compile("|".join((*spec["en"], *spec["zh"])), re.IGNORECASE)


def _spelled(words: str) -> str:
    """`1d 5h 47m` as the units that are read anywhere."""
    return _SHORT.sub(r"\1 h \2 min", _DAYS.sub(r"\1 days ", words)).replace("days ", "days and ")


def _after(words: str, at: int) -> Lasting | None:
    return next((one for one in lastings(words) if 0 <= one.start - at <= FAR), None)
