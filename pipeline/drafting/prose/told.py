"""What do a text's sentences say once code has written the values into them? Words, per sentence and whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from itertools import groupby

from ...domain.directory import Bilingual, Language
from ...domain.errors import Unusable
from ...domain.facts import Fact, ValueKind
from ..marks import one_line
from ..spoken import at_clock, duration

States = Mapping[Language, Mapping[str, str]]


def value_words(
    fact: Fact, language: Language, states: Mapping[str, str], *, now: datetime, zone: str
) -> str:
    """A fact's value in the language and zone of the reader."""
    written: Mapping[ValueKind, Callable[[], str]] = {
        ValueKind.TIME: lambda: _time(fact, now, zone, language),
        ValueKind.DURATION: lambda: duration(int(str(fact.value)), language),
        ValueKind.STATE: lambda: states.get(str(fact.value), str(fact.value)),
    }
    if fact.kind in written:
        return written[fact.kind]()
    return _plain(fact, language)


def whole(sections: Iterable[tuple[str, str]], language: Language) -> str:
    """(section, sentence) pairs as one text: a paragraph for each section."""
    between = "" if language == "zh" else " "
    parts = groupby(sections, key=lambda pair: pair[0])
    return "\n\n".join(between.join(said for _, said in pairs) for _, pairs in parts)


def _time(fact: Fact, now: datetime, zone: str, language: Language) -> str:
    if not isinstance(fact.value, datetime):
        raise Unusable(f"{fact.id} is called a time and holds none")
    return at_clock(fact.value, now, zone, language)


def _plain(fact: Fact, language: Language) -> str:
    value = fact.value
    return one_line(value.in_language(language) if isinstance(value, Bilingual) else str(value))
