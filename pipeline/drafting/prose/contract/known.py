"""Which names and codes does an assignment know, in every way in which a text could write them?

People are met by their whole name, by parts of it, and by surname with a title; all else by its whole name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from ....domain.directory import Bilingual
from ....domain.facts import ValueKind
from ...slot_names import AUTHOR
from ..assignment import Assignment
from .checks import Against
from .quoting import HAN
from .tables import Tables

PEOPLE = frozenset({"requester_name", "assignee", "reopened_by", AUTHOR})
"""Attributes of a person's name; the other names are those of groups, services and places."""
_TITLES = "工|总|经理|主管|老师|先生|女士|主任|师傅|哥|姐|同学|博士|部长|组长"
_HAN_NAME = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff·]{2,4}")
_LATIN_PART = re.compile(r"[^\W\d_][^\W\d_'’-]+")
_LEAST_PART = 2
_NO_PART = frozenset({"the", "of", "de", "van", "von", "der", "da", "di", "and", "desk", "team", "support", "service", "it", "help", "admin", "bot", "dr", "mr", "mrs", "ms"})  # fmt: skip


def against(
    assignment: Assignment, tables: Tables, names: Iterable[str], placeholders: Mapping[str, str]
) -> Against:
    """`names` are more words for the things of this incident, such as a service's aliases."""
    people, things, codes = set[str](), set(names), set[str]()
    for fact in assignment.facts.values():
        if fact.kind is ValueKind.NAME:
            (people if fact.attribute in PEOPLE else things).update(_written(fact.value))
        elif fact.kind is ValueKind.IDENTIFIER:
            codes.update(_written(fact.value))
    people |= {line.speaker for line in assignment.lines}
    # What a placeholder stands for may be anything; a person most often.
    people |= set(placeholders.values())
    patterns = [*_of_people(people), *_of_things(things)]
    return Against(
        tables=tables,
        names=_any_of(patterns),
        codes=_any_of(_bounded(_plain(code)) for code in codes if len(code) > 1),
    )


def _written(value: object) -> Iterator[str]:
    if isinstance(value, Bilingual):
        yield from (value.zh, value.en)
    else:
        yield str(value)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())


def _any_of(patterns: Iterable[str]) -> re.Pattern[str] | None:
    longest_first = sorted(set(patterns), key=lambda p: (-len(p), p))
    return re.compile("|".join(longest_first)) if longest_first else None


def _bounded(text: str) -> str:
    """As a word: letters of the same kind may not touch it. Chinese has no such ends."""
    before = r"(?<![^\W_])" if text[0].isascii() else ""
    after = r"(?![^\W_])" if text[-1].isascii() else ""
    if text[0].isascii() and text[0].isalnum():
        before = r"(?<![A-Za-z0-9])"
    if text[-1].isascii() and text[-1].isalnum():
        after = r"(?![A-Za-z0-9])"
    return f"{before}{re.escape(text)}{after}"


def _of_things(names: Iterable[str]) -> Iterator[str]:
    """`CRM` and `mail client` in any capitals; a single word such as `Mail` only as it is written."""
    for name in map(_plain, names):
        if len(name) < _LEAST_PART:
            continue
        loose = " " in name or (name.isascii() and name != name.capitalize() and not name.islower())
        yield f"(?i:{_bounded(name)})" if loose else _bounded(name)


def _of_people(names: Iterable[str]) -> Iterator[str]:
    for name in map(_plain, names):
        if len(name) < _LEAST_PART:
            continue
        yield f"(?i:{_bounded(name)})" if " " in name else _bounded(name)
        yield from _parts(name)


def _parts(name: str) -> Iterator[str]:
    if _HAN_NAME.fullmatch(name):
        surname, given = name[0], name[1:]
        yield f"(?:[老小]{surname}(?![\u4e00-\u9fff]{{0}}[板时])|{surname}(?:{_TITLES}))"
        if len(given) >= _LEAST_PART:
            yield re.escape(given)
        return
    if HAN.search(name):
        return
    for part in _LATIN_PART.findall(name):
        if part.lower() not in _NO_PART and part[0].isupper():
            yield _bounded(part)
