"""How is a text told to the guard? Put together again, and idioms of the sport as what they count.

In a line of figures an article is a number (`a steal`), a pair in brackets after a team is its wins and
losses, and a number tied to a word (`12-rebound`) is no identifier, as it would be in IT.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_TIGHT_BEFORE = re.compile(r"[,.;:!?)%\]-]|['’]\w*|n['’]t")
_TIGHT_AFTER = frozenset("($[-")
_COUNTED = re.compile(r"(?:point|rebound|board|assist|steal|block|turnover|foul)s?")
_SPELLED = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
_NUMBERS = {word: str(value) for value, word in enumerate(_SPELLED)} | {"a": "1", "an": "1"}
Spans = tuple[tuple[int, int], ...]


def joined(cut: Sequence[str]) -> tuple[str, Spans]:
    """The text, and where each of the words stands in it."""
    text, words = "", []
    for gap, word in zip(_gaps(cut), _told(cut), strict=True):
        text += gap if text else ""
        words.append((len(text), len(text) + len(word)))
        text += word
    return text, tuple(words)


def _gaps(cut: Sequence[str]) -> Iterator[str]:
    """What stands before each word: a space, or nothing."""
    for before, word in zip(("", *cut), cut, strict=False):
        tight = _TIGHT_BEFORE.fullmatch(word) or before in _TIGHT_AFTER
        yield "" if tight else " "


def _told(cut: Sequence[str]) -> Iterator[str]:
    for n, word in enumerate(cut):
        before, after = (cut[n - 1] if n else ""), " ".join(cut[n + 1 : n + 2])
        if word == "-":
            yield _dash(before, after)
        elif word.lower() in _NUMBERS and _COUNTED.fullmatch(after):
            yield _NUMBERS[word.lower()]
        elif word.isdigit() and _is_standing(cut, n):
            yield f"{word} wins"
        elif word.isdigit() and _is_standing(cut, n - 2):
            yield f"{word} losses"
        else:
            yield word


def _dash(before: str, after: str) -> str:
    tied = (before.isdigit() and after.isalpha()) or (before == "of" and after.isdigit())
    return " " if tied else "-"


def _is_standing(cut: Sequence[str], at: int) -> bool:
    """Whether `( 32 - 18 )` stands around the word there, its first number."""
    around = [cut[n] if 0 <= n < len(cut) else "" for n in (at - 1, at, at + 1, at + 2, at + 3)]
    return (
        around[0] == "("
        and around[2] == "-"
        and around[4] == ")"
        and around[1].isdigit()
        and around[3].isdigit()
    )
