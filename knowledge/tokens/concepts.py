"""Which things does a text speak of, whatever language names them?

`glossary.tsv` lists concepts, a line each: the English forms, then the Chinese ones. A text's concepts
are the numbers of those lines; so a question in one language meets an article in the other, and 登陆 meets
登录 in its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from .normal import normal
from .words import Cutter

_HAN_RUN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")
_LATIN_RUN = re.compile(r"[a-z0-9][a-z0-9 '\-.]*")
_RUN = re.compile(rf"{_HAN_RUN.pattern}|[a-z0-9_][a-z0-9_ '\-.]*")
_LAST_LATIN = "z"


class Glossary:
    """Forms of both languages, each with the concepts that it may mean."""

    def __init__(self, lines: list[str]) -> None:
        self._forms: dict[tuple[str, ...] | str, list[str]] = {}
        self._longest: dict[str, int] = {}
        """Of the forms that begin with a stem, or with a Chinese character."""
        cutter = Cutter()
        for number, line in enumerate(lines):
            english, _, chinese = line.partition("\t")
            for form in english.split("|"):
                self._take(tuple(cutter.words(normal(form))), f"c{number}")
            for form in chinese.split("|"):
                self._take(normal(form.strip()), f"c{number}")

    def _take(self, form: str | tuple[str, ...], concept: str) -> None:
        if form:
            self._longest[form[0]] = max(self._longest.get(form[0], 0), len(form))
            self._forms.setdefault(form, []).append(concept)

    def concepts(self, normal_text: str, cutter: Cutter) -> Iterator[str]:
        """The concepts in their order; of overlapping forms the longest is meant."""
        for run in _HAN_RUN.findall(normal_text):
            yield from self._in(run)
        for run in _LATIN_RUN.findall(normal_text):
            yield from self._of_words(cutter.words(run))

    def words_and_concepts(self, normal_text: str, cutter: Cutter) -> Iterator[str]:
        """Both, of a text that is cut once."""
        for run in _RUN.findall(normal_text):
            words = cutter.words(run)
            yield from words
            yield from self._in(run) if run[0] > _LAST_LATIN else self._of_words(words)

    def _of_words(self, words: list[str]) -> Iterator[str]:
        if not self._longest.keys().isdisjoint(words):
            yield from self._in(tuple(words))

    def _in(self, run: str | tuple[str, ...]) -> Iterator[str]:
        after = 0
        for at, first in enumerate(run):
            longest = self._longest.get(first)
            if longest is None or at < after:
                continue
            for size in range(min(longest, len(run) - at), 0, -1):
                found = self._forms.get(run[at : at + size])
                if found:
                    yield from found
                    after = at + size
                    break


@cache
def glossary() -> Glossary:
    """The glossary that the library brings along."""
    text = files(__package__).joinpath("glossary.tsv").read_text(encoding="utf-8")
    return Glossary([line for line in text.splitlines() if line and not line.startswith("#")])
