"""Which systems, machines and codes does a text name?

Two tickets that share every word but name another system, machine or code are different failures; that they
share one is the best sign that they are the same. So each name is kept with its kind, and only names of one
kind speak against each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cache
from itertools import pairwise

from knowledge.tokens.identifiers import collapsed
from knowledge.tokens.normal import HAN, normal
from knowledge.tokens.words import Cutter

from .word_lists import listed


class Kind(StrEnum):
    CODE = "code"
    """What a program says went wrong: `0x80070643`, `ora-00600`, `http 503`."""
    HOST = "host"
    """A machine, a device, a job with a number in its name: `db-prd-02`, `prt3f07`."""
    VERSION = "version"
    SYSTEM = "system"
    """A product or system by name."""


Names = frozenset[tuple[Kind, str]]

_VERSION = re.compile(r"\bv?(\d+\.\d+(?:\.\d+){0,3})\b", re.ASCII)
_HEX = re.compile(r"\b0x[0-9a-f]{2,}\b", re.ASCII)
_CODE = re.compile(r"\b[a-z]{1,6}[-_]?\d{4,8}\b|\b[a-z]{1,6}[-_]\d{2,6}-\d{2,6}\b", re.ASCII)
_ADDRESS = re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b", re.ASCII)
_HOST = re.compile(
    r"\b(?=[a-z0-9.-]*\d)(?=[a-z0-9.-]*[a-z])[a-z][a-z0-9]*(?:[-.][a-z0-9]+)*\b", re.ASCII
)
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-_.+/&][A-Za-z0-9]+)*")
_ENDS = frozenset(".!?:;\n\u3002\uff01\uff1f\uff1a\uff1b")
_JOB = re.compile(r"(?<![A-Za-z0-9])[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+(?![A-Za-z0-9])")
"""As jobs and tables are called."""
_TWO_NAMES = re.compile(r"(?<![A-Za-z0-9])[A-Z][a-z]{1,11} [A-Z][a-z]{1,11}(?![A-Za-z0-9])")
"""First name, last name: somebody, as a rule. A product of two such words is known by its other words."""
_CAMEL = re.compile(r"[a-z][A-Z]|^[A-Z][A-Z0-9]+$")


def without_people(written: str) -> str:
    """The text with each first and last name as `*`."""
    return _TWO_NAMES.sub("*", written)


def names(title: str, text: str, words: Sequence[str], site: str = "") -> Names:
    """Each name in one way of writing; `words` are the text's, in their order. A site's own name is no
    system: chains cross sites."""
    written = f"{title}\n{text}"
    plain = normal(written)
    found: set[tuple[Kind, str]] = {(Kind.CODE, code) for code in _codes(plain)}
    said = {code for _, code in found}
    found |= {(Kind.HOST, address) for address in _ADDRESS.findall(plain)}
    found |= {(Kind.VERSION, v) for v in _VERSION.findall(_ADDRESS.sub("", plain))}
    found |= {(Kind.HOST, h) for h in _hosts(plain) if h not in said}
    found |= {(Kind.HOST, name) for name, _ in numbered(written)}
    found |= {(Kind.HOST, normal(job)) for job in _JOB.findall(written)}
    taken = {name for _, name in found}
    places = set(_LATIN.findall(normal(site))) | {normal(site)}
    found |= {
        (Kind.SYSTEM, name)
        for name in (*_systems(title, text), *_before_their_kind(words))
        if collapsed(name) not in taken and name not in places
    }
    return frozenset(found)


def _codes(plain: str) -> Iterator[str]:
    yield from (collapsed(x) for x in _HEX.findall(plain))
    yield from (f"n{number}" for number in _announced().findall(plain))
    yield from (collapsed(x) for x in _CODE.findall(plain))


@cache
def _announced() -> re.Pattern[str]:
    """A number that a word announces as a code: `error 809`, `HTTP 503`."""
    words = "|".join(
        re.escape(word) for word in sorted(listed("code_before"), key=len, reverse=True)
    )
    return re.compile(rf"(?:{words})[ :#(-]*(\d{{3,6}})(?![\d.%])")


def numbered(written: str) -> Iterator[tuple[str, str]]:
    """A printer with its number, a gateway with its letter: the thing and what tells it from its like, and how that
    is written."""
    for pattern in _numbering():
        for found in pattern.finditer(written):
            yield " ".join(sorted((normal(found["thing"]), normal(found["which"])))), found[0]


@cache
def _numbering() -> tuple[re.Pattern[str], ...]:
    words = sorted(listed("numbered"), key=len, reverse=True)
    latin = "|".join(re.escape(word) for word in words if word.isascii())
    han = "|".join(re.escape(word) for word in words if not word.isascii())
    which = r"(?P<which>\d{1,3}|[A-Z])(?![A-Za-z0-9:.%])"
    return (
        re.compile(rf"\b(?P<thing>(?i:{latin}))[ #-]?{which}", re.ASCII),
        re.compile(rf"(?P<thing>{han})[ #-]?{which}"),
        re.compile(rf"(?<![A-Za-z0-9:.])(?P<which>\d{{1,3}}|[A-Z]) ?(?P<thing>{han})"),
    )


def _hosts(plain: str) -> Iterator[str]:
    """Letters and digits in one word, as machines, devices and jobs are called."""
    units = listed("units")
    for written in _HOST.findall(plain):
        letters = "".join(c for c in written if c.isalpha())
        digits = sum(c.isdigit() for c in written)
        if len(written) <= 40 and digits and letters not in units and len(letters) >= 2:
            yield collapsed(written)


def _systems(title: str, text: str) -> Iterator[str]:
    """Latin words with capitals that no sentence begins with, or all in capitals, or amid Chinese."""
    plain_words = listed("not_names")
    for part in (title, text):
        capitals = _written_in_capitals(part)
        part = _TWO_NAMES.sub(lambda pair: "_" * len(pair[0]), part)
        for run in _LATIN.finditer(part):
            word = run[0]
            plain = normal(word)
            if len(word) < 2 or plain in plain_words or _JOB.fullmatch(word):
                continue
            if any(c.isdigit() for c in word):
                continue
            if (
                _amid_chinese(part, run)
                or _CAMEL.search(word)
                or (word[0].isupper() and not capitals and not _begins(part, run.start()))
            ):
                yield plain


def _written_in_capitals(part: str) -> bool:
    """A headline that capitalises every word says nothing by its capitals."""
    words = [w for w in _LATIN.findall(part) if len(w) > 3]
    return len(words) > 2 and sum(w[0].isupper() for w in words) > 0.6 * len(words)


def _begins(part: str, at: int) -> bool:
    before = part[:at].rstrip(" \t\"'([*-")
    return not before or before[-1] in _ENDS


def _amid_chinese(part: str, run: re.Match[str]) -> bool:
    around = part[max(0, run.start() - 2) : run.start()] + part[run.end() : run.end() + 2]
    return HAN.search(around) is not None


def _before_their_kind(words: Sequence[str]) -> Iterator[str]:
    """`payroll portal`, `<name> <its kind>` in Chinese: the word before the kind of a thing."""
    kinds, none = _kinds(), listed("no_names_before") | listed("no_names_before_en")
    for before, word in pairwise(words):
        if word not in kinds or before in kinds or before in none or len(before) < _NAME:
            continue
        if before.isascii() == word.isascii() and before not in word and not before[0].isdigit():
            yield f"{before} {word}"


_NAME = 2


@cache
def _kinds() -> frozenset[str]:
    """As the library writes words: English ones by their stems."""
    stems = Cutter().words(" ".join(listed("named_kinds_en")))
    return listed("named_kinds") | frozenset(stems)
