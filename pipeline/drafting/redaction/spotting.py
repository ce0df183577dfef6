"""Where in a text is a known person named? By whole names, words of names, titles and ids.

A name that is an ordinary word (`Will`, `高峰`) counts only where a sign of a name stands beside it, and
is hidden with that sign: the word alone stays a word.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import cache, cached_property

from .hits import Hit
from .kinds import Kind
from .naming import Naming
from .people import HAN, LATIN
from .words import listed, one_of

_ID = re.compile(r"[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?", re.ASCII)
_GAP = re.compile(r"[\s._,'’-]{1,3}")
_IN_A_WORD = re.compile(r"\d|-[a-z]")
"""`Li-ion`, `Wang2`: part of a longer word."""
_LONGEST_SIGN = 12


@cache
def _sign() -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z@])(?:{one_of('greetings')})[ ,]{{1,2}}$", re.IGNORECASE)


@cache
def _title() -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z])(?:{one_of('latin_titles')})\.? ?$", re.IGNORECASE)


@cache
def _titled() -> re.Pattern[str]:
    return re.compile(one_of("titles"))


@cache
def _deed() -> re.Pattern[str]:
    return re.compile(rf" (?:{one_of('latin_deeds')})(?![A-Za-z])")


@cache
def _asked() -> re.Pattern[str]:
    return re.compile(rf"(?:{one_of('zh_before')})$")


@cache
def _saying() -> re.Pattern[str]:
    return re.compile(one_of("zh_after"))


class Spotter:
    """Looks for the people of one assignment, in texts of one width."""

    def __init__(self, naming: Naming) -> None:
        self._naming = naming

    def __call__(self, text: str) -> Iterator[Hit]:
        if not text.isascii() and HAN.search(text):
            yield from self._in_han(text)
        yield from self._latin(text)
        if self._naming.ids:
            yield from self._ids(text)

    def _latin(self, text: str) -> Iterator[Hit]:
        found = [word for word in LATIN.finditer(text) if word[0].casefold() in self._naming.alone]
        for at, word in enumerate(found):
            whole = self._whole(text, found, at)
            yield from [whole] if whole else self._one_word(text, word)

    def _whole(self, text: str, found: list[re.Match[str]], at: int) -> Hit | None:
        """The longest name that begins here, its words in any order."""
        for size in sorted(self._naming.sizes.get(found[at][0].casefold(), ()), reverse=True):
            words = found[at : at + size]
            key = self._naming.latin.get(frozenset(word[0].casefold() for word in words))
            if len(words) == size and key is not None and _adjoin(text, words):
                return _person(words[0].start(), words[-1].end(), key)
        return None

    def _one_word(self, text: str, word: re.Match[str]) -> Iterator[Hit]:
        start, end = word.span()
        if _IN_A_WORD.match(text, end) or text[start - 1 : start].isdigit():
            return
        folded, key = word[0].casefold(), self._naming.alone[word[0].casefold()]
        before = text[max(start - _LONGEST_SIGN, 0) : start]
        sign = _title().search(before) if len(folded) > 1 else None
        if text[start - 1 : start] == "@" and not text[start - 2 : start - 1].isalnum():
            yield _person(start - 1, end, key)
        elif sign is not None:
            yield _person(start - len(sign[0]), end, key)
        elif self._naming.may_stand_alone(folded):
            if _is_written_as_a_name(word[0]):
                yield _person(start, end, key)
        elif word[0][0].isupper() and (greeted := _sign().search(before)):
            yield _person(start - len(greeted[0]), end, key)
        elif word[0][0].isupper() and (deed := _deed().match(text, end)):
            yield _person(start, deed.end(), key)

    def _ids(self, text: str) -> Iterator[Hit]:
        for found in _ID.finditer(text):
            key = self._naming.ids.get(found[0].casefold())
            if key is not None:
                yield _person(*found.span(), key)

    def _in_han(self, text: str) -> Iterator[Hit]:
        words = _Words(text)
        for run in HAN.finditer(text):
            for start in range(run.start(), run.end()):
                yield from self._han_at(text, start, run.end(), words)

    def _han_at(self, text: str, start: int, stop: int, words: _Words) -> Iterator[Hit]:
        naming = self._naming
        for size in range(min(6, stop - start), 1, -1):
            piece = text[start : start + size]
            key = naming.han.get(piece) or naming.given.get(piece)
            if key is not None:
                yield from self._named(text, start, start + size, key, words)
                break
        yield from self._titled(text, start, words)

    def _named(self, text: str, start: int, end: int, key: str, words: _Words) -> Iterator[Hit]:
        name = text[start:end]
        if text[start - 1 : start] == "@":
            yield _person(start - 1, end, key)
        elif name in listed("ordinary_zh"):
            yield from self._ordinary(text, start, end, key, words)
        elif len(name) > 2 or not words.straddle(start):
            yield _person(start, end, key)

    def _ordinary(self, text: str, start: int, end: int, key: str, words: _Words) -> Iterator[Hit]:
        """`高峰经理`, `高峰说`, `请高峰`: with the sign."""
        before = _asked().search(text[max(start - 2, 0) : start])
        after = _titled().match(text, end) or _saying().match(text, end)
        first = start - len(before[0]) if before else start
        last = after.end() if after else end
        if (before or after) and words.holds(start, last):
            yield _person(first, last, key)

    def _titled(self, text: str, start: int, words: _Words) -> Iterator[Hit]:
        """`王工`, `欧阳经理`, `老李`: a surname with what people put beside it."""
        for size in (2, 1):
            surname = text[start : start + size]
            key = self._naming.surnames.get(surname)
            if key is None or len(surname) != size:
                continue
            called = _titled().match(text, start + size)
            if called and words.holds(start, called.end()):
                yield _person(start, called.end(), key)
            elif text[start - 1 : start] in listed("nicknames") and start:
                nick = text[start - 1 : start + size]
                if nick not in listed("ordinary_zh") and words.holds(start - 1, start + size):
                    yield _person(start - 1, start + size, key)
            elif text[start - 1 : start] == "@" and not HAN.match(text, start + size):
                yield _person(start - 1, start + size, key)


class _Words:
    """The words of one Chinese text as a dictionary parts them; read only when they are asked for."""

    def __init__(self, text: str) -> None:
        self._text = text

    def straddle(self, place: int) -> bool:
        """Whether a word lies across this place: in `紧张三天` nobody is called 张三."""
        return place not in self._edges

    def holds(self, start: int, end: int) -> bool:
        """Whether words begin and end here: `提高工作` speaks of no 高工."""
        return start in self._edges and end in self._edges

    @cached_property
    def _edges(self) -> frozenset[int]:
        # Its dictionary takes a moment to load, and most texts name nobody.
        import rjieba

        edges, place = {0}, 0
        for word in rjieba.cut(self._text, False):
            place += len(word)
            edges.add(place)
        return frozenset(edges)


def _adjoin(text: str, words: list[re.Match[str]]) -> bool:
    return all(
        _GAP.fullmatch(text, one.end(), other.start()) for one, other in itertools.pairwise(words)
    )


def _is_written_as_a_name(word: str) -> bool:
    """With its capital, or in capitals when it is long enough to be no abbreviation; some scripts have
    none."""
    if word.lower() == word.upper():
        return True
    return word[0].isupper() and (word[1:].islower() or len(word) >= 4)


def _person(start: int, end: int, key: str) -> Hit:
    return Hit(Kind.PERSON, start, end, key)
