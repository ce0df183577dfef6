"""What do the cases of a chain have in common, what differs, and how does the chain live?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from unicodedata import normalize

from knowledge.tokens.normal import normal

from .case import Case
from .signature import plain_name
from .spelling import written_names

MOST_NAMES = 12


class Life(StrEnum):
    """EMERGING: no more cases than make a proposal; QUIET: none for the span that the rules give."""

    EMERGING = "emerging"
    ACTIVE = "active"
    WATCHED = "watched"
    QUIET = "quiet"


def life_of(
    times: Sequence[datetime],
    now: datetime,
    *,
    watched: bool,
    from_case: int,
    quiet_after: timedelta,
) -> Life:
    """Of a chain with cases at these `times`, in their order."""
    if not times or now - times[-1] >= quiet_after:
        return Life.QUIET
    if watched:
        return Life.WATCHED
    return Life.EMERGING if len(times) <= from_case else Life.ACTIVE


def names_in(cases: Sequence[Case]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names and services of at least half the cases, and those of fewer, each as most of the cases write it; the
    cases as they were reported, for what helped may name anything."""
    known: dict[str, set[str]] = {}
    for case in cases:
        for name, written in written_names(case).items():
            known.setdefault(name, set()).add(written)
    texts = [normalize("NFKC", f"{case.title}\n{case.text}") for case in cases]
    spelt = {name: _spelt(name, forms, texts, cases) for name, forms in known.items()}
    most = sorted((name for name in spelt if spelt[name]), key=lambda name: -len(spelt[name]))
    half = len(cases) / 2
    shared = [_usual(spelt[name]) for name in most if len(spelt[name]) >= max(2, half)]
    varying = [_usual(spelt[name]) for name in most if len(spelt[name]) < half]
    return _whole(shared, shared), _whole(varying, [*shared, *varying])


def _whole(told: Sequence[str], among: Sequence[str]) -> tuple[str, ...]:
    """Without those that are a part of another: the number of a code, the word before a number."""
    plain = [normal(name) for name in among]
    parts = {
        name
        for name in plain
        for other in plain
        if name != other
        and re.search(rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])", other) is not None
    }
    return tuple(name for name in told if normal(name) not in parts)[:MOST_NAMES]


def _usual(spelt: Sequence[str]) -> str:
    return Counter(spelt).most_common(1)[0][0]


def _spelt(
    name: str, forms: Iterable[str], texts: Sequence[str], cases: Sequence[Case]
) -> list[str]:
    """How each case writes it that has it at all: those too where it is not known for a name, at the beginning of a
    sentence or in small letters."""
    any_of = "|".join(re.escape(normalize("NFKC", form)) for form in sorted(forms))
    said = re.compile(rf"(?<![A-Za-z0-9])(?:{any_of})(?![A-Za-z0-9])", re.IGNORECASE)
    found = []
    for text, case in zip(texts, cases, strict=True):
        if written := said.search(text):
            found.append(written[0])
        elif name == plain_name(case.service):
            found.append(case.service)
    return found
