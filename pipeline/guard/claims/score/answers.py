"""Which way does a sentence answer what the events near it answer: yes or no, and of how much?"""

from __future__ import annotations

import re

from ..polarity import is_denied_in
from ..reading import Span
from .footed import Footed, Item, Signs, held, parted, weight_of

_MOST = 2
"""More of one thing tells no more."""
_LEAST = 1.5
"""The weight of a clause below which it is about nothing."""
_TOO = re.compile(r"\b(?:too|also|as well|likewise|equally)\b|同样|也", re.IGNORECASE)
_SCOPES = ("all", "most", "some", "only", "nobody")
_PART = frozenset({"some", "only", "most"})


def of_answers(footed: Footed) -> Signs:
    told, anywhere = footed.told, footed.footing.answers
    near = {a for said in footed.near for a in said.answers}
    own = [(p.group, p.sign) for p in told.polars if not p.loose and p.group[:4] != "act:"]
    turned = sum((g, -s) in near and (g, s) not in near for g, s in own)
    nowhere = [(g, -s) in anywhere for g, s in own if (g, s) not in anywhere]
    too = bool(_TOO.search(told.reading.text))
    worst = max((_turned(footed, *clause) for clause in footed.clauses), default=0.0)
    return {
        "answers_agree": min(_MOST, sum(a in near for a in own)),
        "answers_turned": min(_MOST, turned),
        "answers_new": min(_MOST, nowhere.count(False)),
        "answers_only_turned": min(_MOST, nowhere.count(True)),
        "too": too,
        "too_turned": too and bool(turned or any(nowhere)),
        **parted(footed, "clause_turned", worst),
    }


def _turned(footed: Footed, clause: Span, items: list[Item]) -> float:
    """How much better the events that answer otherwise fit a clause than those that answer the same."""
    own = {
        (p.group, p.sign)
        for p in footed.told.polars
        if p.clause == clause and not p.loose and p.group[:4] != "act:"
    }
    whole = weight_of(items)
    if not own or whole < _LEAST:
        return 0.0
    other = {(group, -sign) for group, sign in own}
    footing = footed.footing
    same = footing.where(bool(said.answers & own) for said in footing.said)
    against = footing.where(bool(said.answers & other) for said in footing.said) & ~same
    return max(0.0, held(items, against) - held(items, same)) / whole


def of_denial(footed: Footed) -> Signs:
    told, near = footed.told, footed.near
    denied = any(is_denied_in(told.reading, clause) for clause in told.reading.clauses)
    negative = denied or any(p.sign < 0 for p in told.polars)
    alone = not any(said.denies for said in near)
    missing = bool(near) and near[0].denies and not negative
    return {
        "denied": denied,
        "negative": negative,
        "denied_alone": denied and alone,
        "negative_alone": negative and alone,
        **parted(footed, "denial_missing", footed.share * missing),
    }


def of_scope(footed: Footed) -> Signs:
    reading = footed.told.reading
    own = {m.entry.key for m in reading.within(reading.whole, "scope")}
    near = {s for said in footed.near for s in said.scopes}
    found: Signs = {}
    for scope in own.intersection(_SCOPES):
        found[f"scope_{scope}"] = True
        found[f"scope_{scope}_not_near"] = scope not in near
        found[f"scope_{scope}_nowhere"] = scope not in footed.footing.scopes
    if "all" in own:
        found["all_of_a_part"] = bool(near & _PART)
        found["all_of_a_number"] = any(said.counts for said in footed.near)
    return found
