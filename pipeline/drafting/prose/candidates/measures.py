"""Which counted and measured things, identifiers and names stand in a line? As they are written there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from knowledge.tokens.identifiers import identifiers

from ....domain.facts import ValueKind
from ...slot_names import PERSON
from .span import Span
from .vocabulary import Vocabulary

PERCENTAGE, QUANTITY, IDENTIFIER, SERVICE = "percentage", "quantity", "identifier", "service"
_RUN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z0-9]+(?:[-._:/\\][A-Za-z0-9]+)*")
_NO_CODE = re.compile(
    r"\d+(?:[.:/-]\d{1,2}){0,2}|\d{1,2}(?:am|pm)|\d{4}-\d\d-\d\dT[\d:.]+|\d+s", re.I
)
_ANNOUNCED = re.compile(
    r"(?:error|code|event(?: id)?|错误码?|代码|报错|错误代码)[ #:：]{0,2}(?P<number>\d{2,8})(?![\w.:])",
    re.IGNORECASE,
)
_MENTION = re.compile(r"(?<![\w.])@(?P<name>[A-Za-z][\w.-]{1,30}|[\u3400-\u9fff]{2,4})")


def measures_in(text: str, words: Vocabulary) -> Iterator[Span]:
    """Shares, then numbers with what they count."""
    for found in words.percentage.finditer(text):
        yield _literal(found, PERCENTAGE, ValueKind.TEXT)
    for found in words.quantity.finditer(text):
        yield _literal(found, QUANTITY, ValueKind.TEXT)


def codes_in(text: str) -> Iterator[Span]:
    """What machines name: error codes, hosts, tickets, versions; a bare number only where it is announced."""
    for found in _ANNOUNCED.finditer(text):
        start, end = found.span("number")
        yield Span(start, end, IDENTIFIER, ValueKind.IDENTIFIER, text[start:end])
    for found in _RUN.finditer(text):
        written = found[0]
        if not _NO_CODE.fullmatch(written) and any(identifiers(written.lower())):
            yield _literal(found, IDENTIFIER, ValueKind.IDENTIFIER)


def names_in(text: str, people: Iterable[str], services: Iterable[str]) -> Iterator[Span]:
    """Those known from the record and the conversation, where they stand in the text, and whoever is called."""
    for attribute, names in ((PERSON, people), (SERVICE, services)):
        for name in names:
            start = text.find(name)
            if start >= 0 and _stands_alone(text, start, start + len(name)):
                yield Span(start, start + len(name), attribute, ValueKind.NAME, name)
    for found in _MENTION.finditer(text):
        yield Span(*found.span("name"), PERSON, ValueKind.NAME, found["name"])


def _stands_alone(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    latin_in = text[start].isascii() and before.isascii() and before.isalnum()
    return not latin_in and not (text[end - 1].isascii() and after.isascii() and after.isalnum())


def _literal(found: re.Match[str], attribute: str, kind: ValueKind) -> Span:
    written = found[0].strip()
    start = found.start() + len(found[0]) - len(found[0].lstrip())
    return Span(start, start + len(written), attribute, kind, written)
