"""Which words of the language of incidents turn a claim? `prompts/lexicon/*.yaml`, read once.

A form that begins with `!` says the opposite of its entry; one with `=` is this very word, not its stem;
`rolled..back` lets a few words stand between, and marks the first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ...domain.errors import Misconfigured
from ...yaml_places import read, unfit
from .tokens import HAN, Token, stem, tokens

FOLDER = "lexicon/"
_GAP = 5
"""Words that may stand in a form with a gap."""
_STOPS = frozenset(",.;:!?()")
_ADJACENT = frozenset({"counts", "approximately"})
"""Categories whose single Chinese characters mean nothing but beside a number."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A word's meaning: entries of one `group` answer one question, `sign` says which way."""

    category: str
    key: str
    group: str
    sign: int
    state: str | None


@dataclass(frozen=True, slots=True)
class Mark:
    """A word of the lexicon in a text."""

    entry: Entry
    start: int
    end: int


@dataclass(frozen=True)
class Lexicon:
    """Forms of both languages, and what each of them means."""

    english: Mapping[tuple[str, ...], tuple[Entry, ...]]
    exact: Mapping[str, tuple[Entry, ...]]
    gapped: Mapping[str, tuple[tuple[str, Entry], ...]]
    chinese: Mapping[str, tuple[tuple[str, tuple[Entry, ...]], ...]] = field(repr=False)
    adjacent: Mapping[str, tuple[Entry, ...]] = field(repr=False)
    longest: int = 4

    @classmethod
    def load(cls, files: Mapping[str, str]) -> Lexicon:
        """Raises Misconfigured for a list that is missing or says something else."""
        own = {name: text for name, text in files.items() if name.startswith(FOLDER)}
        if not own:
            raise Misconfigured("is missing", where=FOLDER)
        english: dict[tuple[str, ...], list[Entry]] = {}
        exact: dict[str, list[Entry]] = {}
        gapped: dict[str, list[tuple[str, Entry]]] = {}
        chinese: dict[str, list[Entry]] = {}
        for name, text in sorted(own.items()):
            for entry, spec in _entries(name, text):
                for form in spec.en.split("|"):
                    known, bare = _turned(entry, form), form.lstrip("!")
                    if ".." in bare:
                        first, last = map(stem, bare.split(".."))
                        gapped.setdefault(first, []).append((last, known))
                    elif bare.startswith("="):
                        exact.setdefault(bare[1:].lower(), []).append(known)
                    else:
                        english.setdefault(_stems(form), []).append(known)
                for form in spec.zh.split("|"):
                    chinese.setdefault(form.lstrip("!").lower(), []).append(_turned(entry, form))
        return cls(
            english={form: tuple(found) for form, found in english.items() if form},
            gapped={first: tuple(found) for first, found in gapped.items()},
            exact={form: tuple(found) for form, found in exact.items()},
            chinese=_by_first(chinese),
            adjacent={form: tuple(found) for form, found in chinese.items()},
            longest=max(map(len, english)),
        )

    def marks(self, text: str, words: list[Token]) -> list[Mark]:
        """Every word of the lexicon, in order; of overlapping forms of one category the longest."""
        chinese = sorted(self._chinese(text, words), key=_place_of)
        found = [*self._english(text, words), *_uncrossed(chinese)]
        return sorted(found, key=_place_of)

    def _english(self, text: str, words: list[Token]) -> Iterator[Mark]:
        until: dict[str, int] = {}
        stems = tuple(word.stem for word in words)
        for at, word in enumerate(words):
            if word.han:
                continue
            for size in range(min(self.longest, len(words) - at), 0, -1):
                end = words[at + size - 1].end
                if size > 1 and not _STOPS.isdisjoint(text[word.end : end]):
                    continue
                entries = self.english.get(stems[at : at + size], ())
                if size == 1:
                    entries = (*self.exact.get(word.text.lower(), ()), *entries)
                if size == 1:
                    entries = (*self._over_gap(text, words, at), *entries)
                for entry in entries:
                    if until.get(entry.category, -1) <= word.start:
                        until[entry.category] = end
                        yield Mark(entry, word.start, end)

    def _over_gap(self, text: str, words: list[Token], at: int) -> Iterator[Entry]:
        """Forms whose first word stands here, and whose last a few words on in the same clause."""
        for last, entry in self.gapped.get(words[at].stem, ()):
            for word in words[at + 1 : at + 2 + _GAP]:
                if not _STOPS.isdisjoint(text[words[at].end : word.start]):
                    break
                if word.stem == last:
                    yield entry
                    break

    def _chinese(self, text: str, words: list[Token]) -> Iterator[Mark]:
        until: dict[str, int] = {}
        alone = {word.start for word in words if word.end - word.start == 1}
        edges = {edge for word in words for edge in (word.start, word.end)}
        for at, character in enumerate(text):
            for form, entries in self.chinese.get(character, ()):
                if not text.startswith(form, at):
                    continue
                # 查明 in 核查明天 is cut out of two words.
                if len(form) > 1 and at not in edges and at + len(form) not in edges:
                    continue
                for entry in entries:
                    # One character says something only where it is a word; denials do anywhere.
                    if len(form) == 1 and at not in alone and entry.category != "denying":
                        continue
                    if until.get(entry.category, -1) <= at:
                        until[entry.category] = at + len(form)
                        yield Mark(entry, at, at + len(form))


def _place_of(mark: Mark) -> tuple[int, int]:
    return mark.start, -mark.end


def _uncrossed(marks: list[Mark]) -> Iterator[Mark]:
    """Without 清了 in 查清了: a form that begins inside a word and ends behind it is none."""
    reach: list[Mark] = []
    for mark in marks:
        reach = [m for m in reach if m.end > mark.start]
        if not any(m.start < mark.start and m.end < mark.end for m in reach):
            reach.append(mark)
            yield mark


def _by_first(
    chinese: Mapping[str, list[Entry]],
) -> dict[str, tuple[tuple[str, tuple[Entry, ...]], ...]]:
    found: dict[str, list[tuple[str, tuple[Entry, ...]]]] = {}
    for form, entries in sorted(chinese.items(), key=lambda item: -len(item[0])):
        kept = tuple(e for e in entries if len(form) > 1 or e.category not in _ADJACENT)
        if kept and HAN.match(form):
            found.setdefault(form[0], []).append((form, kept))
    return {first: tuple(forms) for first, forms in found.items()}


def _turned(entry: Entry, form: str) -> Entry:
    if not form.startswith("!"):
        return entry
    return Entry(entry.category, entry.key, entry.group, -entry.sign, None)


def _stems(form: str) -> tuple[str, ...]:
    return tuple(stem(token.text) for token in tokens(form.lstrip("!")))


class _Spec(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    en: Annotated[str, Field(min_length=1)]
    zh: Annotated[str, Field(min_length=1)]
    group: str = ""
    sign: Literal[-1, 1] = 1
    state: str | None = None


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="allow")
    version: Literal[1]
    __pydantic_extra__: dict[str, dict[str, _Spec]]


def _entries(name: str, text: str) -> Iterator[tuple[Entry, _Spec]]:
    raw, lines = read(name, text)
    try:
        file = _File.model_validate(raw)
    except ValidationError as wrong:
        raise unfit(name, lines, wrong) from None
    for category, entries in file.__pydantic_extra__.items():
        for key, spec in entries.items():
            yield Entry(category, key, spec.group or key, spec.sign, spec.state), spec
