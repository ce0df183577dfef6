"""Does the text speak of a service that the record does not know? Another kind of service is another one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..claim import Claim, Told, because

KIND = "service"
_CONTACT = re.compile(
    r"\b(?:by|reply to|via|an?|your|this|send|sent|per|our)\s+(?:\w+\s)?$|(?:回复|发送|发|致电|拨打|打来|打了|打过|打|接到|来|通过|用|本|封|如有|您的)$",
    re.IGNORECASE,
)
_SYSTEM = re.compile(
    r"\b(?:the|our|an?) ((?:[\w-]+ ){1,3})(?:system|platform|portal|app|application|service|server)\b",
    re.IGNORECASE,
)
_SERVICE = re.compile(
    r"(?i)(?:services?|systems?|servers?|platforms?|apps?|applications?|portals?|users?|team|access|site|claims?|staff|customers?|is|was|are|were|has|have|had)"
)
_CONCEPT = re.compile(r"c\d+")
_COMMON = frozenset({"backup", "network", "storage", "database", "search", "calendar", "app"})
_OF_A_NETWORK = frozenset(
    {"counts:switches", "services:wifi", "services:vpn", "services:dns", "nouns:link"}
)
"""A record with any of these speaks of the network, whatever it calls it."""
_WAYS = frozenset(
    {
        "mail",
        "telephone",
        "chat",
        "app",
        "website",
        "portal",
        "search",
        "backup",
        "calendar",
        "video",
    }
)


def services(told: Told) -> Iterator[Claim]:
    reading, index = told.reading, told.index
    for mark in reading.within(reading.whole, "services"):
        if f"services:{mark.entry.group}" in index.keys:
            continue
        words = reading.text[mark.start : mark.end].lower()
        if words in index.lower or _as_a_way(told, mark.start, mark.end, mark.entry.key):
            continue
        if any(
            n.start <= mark.start and mark.end <= n.end and n.key in index.lower
            for n in reading.names
        ):
            continue  # a part of a person's or a team's name
        if len(words) <= 4 and reading.text[mark.start : mark.end].istitle() and mark.start:
            continue  # a short form is written large: `Zhou Lan`
        words_of = reading.words_in((mark.start, mark.end))
        if mark.entry.key == "network" and index.keys & _OF_A_NETWORK:
            continue
        if mark.entry.key in _COMMON and (
            _is_modifier(told, mark.end) or _is_head(told, mark.start)
        ):
            continue
        meanings = {k for w in words_of for k in w.keys if _CONCEPT.fullmatch(k)}
        if meanings & index.keys or any(w.text.lower() in index.lower for w in words_of):
            continue
        yield told.unsupported(
            KIND, mark.start, mark.end, because("claim_unknown_service", name=words)
        )
    yield from _systems(told)


def _is_head(told: Told, start: int) -> bool:
    """`the flight status database`: what is right before it is known, and says which one it is."""
    text = told.reading.text
    before = next((w for w in reversed(told.reading.words) if w.end <= start), None)
    near = before is not None and text[before.end : start] in ("", " ")
    return before is not None and near and bool(before.keys & told.index.keys)


def _is_modifier(told: Told, end: int) -> bool:
    """`the backup supplier`, `a network switch`: what follows is known, and is what is spoken of."""
    following = next((w for w in told.reading.words if w.start >= end), None)
    if following is None or told.reading.text[end : following.start] != " ":
        return False
    if following.han or _SERVICE.fullmatch(following.text):
        return False
    if told.reading.text[end - 6 : end].lower() == "backup":
        return True  # a spare one
    return bool(following.keys & told.index.keys)


def _systems(told: Told) -> Iterator[Claim]:
    """`the document management system`: none of the words that say which one is in the record."""
    if not told.index.is_written_in(False):
        return
    for found in _SYSTEM.finditer(told.reading.text):
        words = [
            w
            for w in told.reading.words_in(found.span(1))
            if not any(k.startswith(("acts:", "effects:")) for k in w.keys)
        ]
        if words and not any(told.index.covers(w) for w in words):
            yield told.unsupported(KIND, found.start(), found.end(), because("claim_no_system"))


def _as_a_way(told: Told, start: int, end: int, key: str) -> bool:
    """`reply to this mail`, `by phone`: how people are told, not what has failed."""
    if key not in _WAYS:
        return False
    clause = told.reading.clause(start)
    if told.reading.within(clause, "advice", "manner"):
        return True
    return bool(_CONTACT.search(told.reading.text[max(0, start - 16) : start]))
