"""Of which parts that must all hold is a condition made, and which of them cannot, or wait for something?

Read from its text: a part that is not understood is taken as one that may hold.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import get_args

from ..domain.incident import Owner
from ..domain.lattices import Phase, TicketState, WaitingFor
from ..domain.major_events import Severity
from .conditions import Condition, ConditionFailed

_EQUAL = re.compile(r"""([a-z_]+(?:\.[a-z_]+)+)\s*(==|!=)\s*(?:"([^"]*)"|'([^']*)')""")
_TOLD = re.compile(r"""(?:"([a-z_]+)"|'([a-z_]+)')\s+in\s+told""")
_LEVELS = frozenset(get_args(Severity))
_VALUES: Mapping[str, frozenset[str]] = {
    "state": frozenset(state.value for state in TicketState) | {""},
    "waiting_for": frozenset(why.value for why in WaitingFor) | {""},
    "phase": frozenset(phase.value for phase in Phase) | {""},
    "priority": _LEVELS | {""},
    "severity": _LEVELS | {""},
    "major": frozenset({"", "open", "restored", "withdrawn"}),
    "owner": frozenset({*get_args(Owner), ""}),
}
_MARKS = {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}


@lru_cache(maxsize=8192)
def conjuncts(text: str) -> tuple[str, ...]:
    """The parts between `&&`; the whole where an `||` or a `?` makes it something else."""
    parts, depth, quoted, start, n = [], 0, "", 0, 0
    while n < len(text):
        mark, pair = text[n], text[n : n + 2]
        if quoted:
            quoted = "" if mark == quoted else quoted
        elif mark in "\"'":
            quoted = mark
        elif depth == 0 and (pair == "||" or mark == "?"):
            return (text.strip(),)
        elif depth == 0 and pair == "&&":
            parts.append(text[start:n].strip())
            n, start = n + 1, n + 2
        else:
            depth += _MARKS.get(mark, 0)
        n += 1
    return (*parts, text[start:].strip())


def constant(condition: Condition) -> bool | None:
    """What it is whatever happens; None for one that depends on something."""
    if condition.names:
        return None
    try:
        return condition.holds({})
    except ConditionFailed:
        return False


def same(one: Condition, other: Condition) -> bool:
    """Whether they are the same parts, in whatever order and spacing."""
    return _normal(one.text) == _normal(other.text)


@lru_cache(maxsize=8192)
def _normal(text: str) -> frozenset[str]:
    return frozenset(" ".join(part.split()).replace("'", '"') for part in conjuncts(text))


def impossible(condition: Condition, events: Sequence[str]) -> str | None:
    """The parts that cannot hold, or not together, in an event of these; None when nothing is known against it."""
    wanted: dict[str, set[str]] = defaultdict(set)
    refused: dict[str, set[str]] = defaultdict(set)
    for part in conjuncts(condition.text):
        found = _EQUAL.fullmatch(part)
        if found is None:
            continue
        field, sign, value = found[1], found[2], found[3] if found[3] is not None else found[4]
        (wanted if sign == "==" else refused)[field].add(value)
        if sign == "==" and value not in _known(field, value, events):
            return part
    for field, values in wanted.items():
        if len(values) > 1 or values & refused[field]:
            return " && ".join(part for part in conjuncts(condition.text) if field in part)
    return None


def _known(field: str, value: str, events: Sequence[str]) -> frozenset[str]:
    if field == "event.name":
        return frozenset(events)
    whose, _, name = field.partition(".")
    return _VALUES.get(name, frozenset({value})) if whose in ("before", "after") else frozenset({value})  # fmt: skip


def needed_kinds(condition: Condition) -> frozenset[str]:
    """The kinds of message without which it never holds."""
    found = (_TOLD.fullmatch(part) for part in conjuncts(condition.text))
    return frozenset(match[1] or match[2] for match in found if match)
