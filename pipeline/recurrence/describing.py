"""What do the cases of a chain have in common, what differs, and how does the chain live?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

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
    spelt: dict[str, Counter[str]] = {}
    for case in cases:
        for name, written in written_names(case).items():
            spelt.setdefault(name, Counter())[written] += 1
    texts = [normal(f"{case.title}\n{case.text}") for case in cases]
    told = {name: _cases_with(name, forms, texts, cases) for name, forms in spelt.items()}
    most = sorted(told, key=lambda name: -told[name])
    half = len(cases) / 2
    shared = [_usual(spelt[name]) for name in most if told[name] >= max(2, half)]
    varying = [_usual(spelt[name]) for name in most if told[name] < half]
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


def _usual(forms: Counter[str]) -> str:
    return forms.most_common(1)[0][0]


def _cases_with(
    name: str, forms: Iterable[str], texts: Sequence[str], cases: Sequence[Case]
) -> int:
    """Those too that write it where it is not known for a name: at the beginning of a sentence, or in small letters."""
    any_of = "|".join(re.escape(normal(form)) for form in forms)
    said = re.compile(rf"(?<![a-z0-9])(?:{any_of})(?![a-z0-9])")
    return sum(
        said.search(text) is not None or name == plain_name(case.service)
        for text, case in zip(texts, cases, strict=True)
    )
