"""Is a recorded moment told of what it is recorded of, or of something else?"""

from __future__ import annotations

import re

from .atoms import Moment
from .claim import Told
from .deeds import part_of
from .index import Known
from .kin import KIN
from .matching import aligned
from .polarity import Polar
from .rounding import agrees
from .tokens import stem

_UNTIL = re.compile(
    r"\b(?:since|until|till|by|from|before|after|as of|still|up to)\b[^.;]{0,12}$|(?:截至|截止|直到|到|至|自|从|仍)\s?$",
    re.IGNORECASE,
)
"""A moment up to which, or from which, something held that was measured at another."""
_SURE = 5.0
"""How much of a clause must be found in other events before its own moment says nothing of it."""
_POINTS = frozenset(
    [
        "act:own",
        "act:assign",
        "act:restart",
        "act:undo",
        "act:deploy",
        "act:replace",
        "act:switch",
        "act:declare",
        "act:escalate",
        "act:approve",
        "act:isolate",
        "act:rebuild",
        "act:reset",
        "act:renew",
        "act:backup",
        "closed",
        "reopened",
        "act:stop",
        "act:start_up",
        "act:convene",
        "act:visit",
        "act:move",
    ]
)


def told_otherwise(told: Told, moment: Moment, found: list[Known]) -> list[Known]:
    """The moments at which the record has what a clause tells of another one: `found`, where it shows this time."""
    return (
        _of_something_else(told, moment, found)
        or _begun_otherwise(told, moment, found)
        or _unpromised(told, moment, found)
        or _measured_otherwise(told, moment, found)
        or _told_of_others(told, moment, found)
    )


def _of_something_else(told: Told, moment: Moment, found: list[Known]) -> list[Known]:
    """What the clause tells as done at this moment is recorded at another, and nothing like it here."""
    if moment.minute is None or moment.until is not None:
        return []
    done = _done_at(told, moment)
    if done is None:
        return []
    here = [k for k in found if _tells(told, k, done)]
    if here:
        return []
    elsewhere = [k for k in told.index.moments if k.has_minute and _states(k, done)]
    if told.is_across and any(k.own and not k.statement.acts for k in found):
        # What happened here may be told with a verb that we do not know.
        said = {k for k in told.reading.keys_in(done.clause) if not k.startswith("acts:")}
        elsewhere = [k for k in elsewhere if len(said & k.statement.keys) > 1]
    return elsewhere


def _measured_otherwise(told: Told, moment: Moment, found: list[Known]) -> list[Known]:
    """The clause gives a number for this moment that the record has of other moments alone."""
    reading = told.reading
    clause = reading.clause(moment.start)
    if moment.until is not None or moment.minute is None or len(told.moments_in(clause)) != 1:
        return []
    if _UNTIL.search(reading.text[max(0, moment.start - 24) : moment.start]):
        return []
    measured = [
        (q, s)
        for claimed in reading.quantities
        if clause[0] <= claimed.start < clause[1] and claimed.unit
        for q, s in told.index.quantities
        if s.event and agrees(claimed, q) and not told.index.is_limit(q, s)
    ]
    events = {s.event for _, s in measured}
    if not events or events & {k.statement.event for k in found}:
        return []
    elsewhere = [k for k in told.index.moments if k.statement.event in events]
    return [] if any(k.at == f.at for k in elsewhere for f in found) else elsewhere


def _told_of_others(told: Told, moment: Moment, found: list[Known]) -> list[Known]:
    """What the clause says is recorded at other moments, and nothing of it at this one."""
    reading, index = told.reading, told.index
    clause = reading.clause(moment.start)
    if moment.until is not None or moment.minute is None or len(told.moments_in(clause)) != 1:
        return []
    if _UNTIL.search(reading.text[max(0, moment.start - 24) : moment.start]):
        return []
    if told.is_across or not all(k.own for k in found):
        return []
    acts = {p.group for p in told.polars if p.clause == clause and p.group[:4] == "act:"}
    if any(acts & {p.group for p in k.statement.polars} for k in found):
        return []
    types = {stem(t) for k in found for t in re.split(r"[._]", k.statement.type)}
    if types & reading.keys_in(clause):
        return []
    ranked = aligned(
        reading, clause, index.events, index.weights, without=(moment.start, moment.end)
    )
    here = {k.statement.event for k in found}
    if not ranked or ranked[0][0] < _SURE or any(e.id in here for _, e in ranked):
        return []
    best = {e.id for score, e in ranked if score >= 0.6 * ranked[0][0]}
    return [k for k in index.moments if k.own and k.statement.event in best]


def _begun_otherwise(told: Told, moment: Moment, found: list[Known]) -> list[Known]:
    """Told as the beginning of what the record lets begin at another moment."""
    clause = told.reading.clause(moment.start)
    roles = {m.entry.key for m in told.reading.within(clause, "roles")}
    words = told.reading.words_in(clause)
    if "began" not in roles or not words or any(not k.own for k in found):
        return []
    begun = [k for k in told.index.moments if k.statement.attribute.startswith(("start", "began"))]
    same = [k for k in begun if all(w.keys & told.index.around(k.statement) for w in words)]
    return [] if any(k.at == f.at for k in same for f in found) else same


def _done_at(told: Told, moment: Moment) -> Polar | None:
    """The nearest act or state of a single moment in the moment's clause."""
    clause = told.reading.clause(moment.start)
    if moment.end - moment.start >= clause[1] - clause[0] - 6 or not told.reading.keys_in(clause):
        return None
    near = [
        p
        for p in told.polars
        if p.clause == clause
        and not p.loose
        and (p.group in _POINTS or p.state in ("restored", "resolved", "closed"))
        and not p.denied
    ]
    part = part_of(told, moment.start)
    near = [p for p in near if part[0] <= p.start < part[1]]
    others = [m for m in told.reading.moments if told.reading.clause(m.start) == clause]
    roles = {m.entry.key for m in told.reading.within(clause, "roles")}
    if len(others) != 1 or len(near) != 1 or "began" in roles:
        return None
    return near[0]


def _tells(told: Told, known: Known, done: Polar) -> bool:
    """Whether anything said at that moment, or about it, tells this too."""
    statement = known.statement
    if done.state and statement.type.endswith(done.state):
        return True
    kin = {f"act:{k}" for k in KIN.get(done.group[4:], ())} | {done.group}
    if any(p.group in kin and p.sign == done.sign for p in statement.polars):
        return True
    if statement.event and any(
        p.group in kin and p.sign == done.sign
        for s in told.index.of_event(statement.event)
        for p in s.polars
    ):
        return True
    said = {k for k in told.reading.keys_in(done.clause) if ":" not in k}
    shared = len(said & statement.keys)
    return not done.state and shared > (1 if statement.acts else 0)


def _states(known: Known, done: Polar) -> bool:
    if known.own and known.statement.reading.moments:
        return False
    return any(
        p.group == done.group and p.sign == done.sign and not p.loose and p.state == done.state
        for p in known.statement.polars
    )


def _unpromised(told: Told, moment: Moment, found: list[Known]) -> list[Known]:
    """A moment still to come is told only as what was promised for it."""
    roles = {m.entry.key for m in told.reading.within(told.reading.clause(moment.start), "roles")}
    if "next_update" not in roles or moment.minute is None:
        return []
    promised = [k for k in told.index.moments if not k.own and _is_promise(k)]
    ahead = [k for k in promised if k.at > told.index.record.now] or promised
    return [] if not ahead or any(k in ahead for k in found) else ahead


def _is_promise(known: Known) -> bool:
    reading = known.statement.reading
    if known.statement.attribute in (
        "next_update",
        "promised_at",
        "scheduled_at",
        "deadline",
        "decision_at",
        "starts_at",
        "ends_at",
    ):
        return True
    return bool(
        [
            m
            for m in reading.marks
            if m.entry.category in ("future", "conditions") or m.entry.key == "next_update"
        ]
    )
