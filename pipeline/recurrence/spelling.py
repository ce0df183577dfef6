"""Which names does a report give, as its author wrote them?

Names are compared without marks and capitals (`naming`); whoever reads of them wants to search for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.tokens.identifiers import collapsed
from knowledge.tokens.normal import normal

from ..domain.history import LONGEST_TEXT, LONGEST_TITLE
from .case import Case
from .naming import Kind, names, numbered
from .signature import plain_name
from .word_lists import listed

_RUNS = (
    re.compile(r"[A-Za-z0-9]+(?:[-._+/&][A-Za-z0-9]+)*"),
    re.compile(r"[A-Za-z0-9]+(?:[-._][A-Za-z0-9]+)*"),
)


def written_names(case: Case) -> dict[str, str]:
    """By the name as it is compared, as it stands in the case; the service among them."""
    title, text = case.title[:LONGEST_TITLE], case.text[:LONGEST_TEXT]
    known = {
        name
        for kind, name in names(title, text, (), case.site)
        if kind is not Kind.SYSTEM or name not in listed("days")
    }
    found = {name: run for name, run in _written(f"{title}\n{text}") if name in known}
    if case.service:
        found[plain_name(case.service)] = case.service
    return found


def _written(text: str) -> Iterator[tuple[str, str]]:
    """Each run of letters and digits under every name that it may be compared by. A later one replaces an earlier."""
    for pattern in _RUNS:
        for run in pattern.findall(text):
            plain = normal(run)
            yield from ((name, run) for name in {plain, collapsed(plain), f"n{plain}", plain[1:]})
    yield from numbered(text)
