"""Which facts of the record still stand? What was withdrawn, did not hold or came back is told as the past."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ....domain.facts import Brief, Fact
from ....domain.lattices import TicketState
from ...slot_names import OF_MAJOR, ONCE
from ..assignment import Assignment

DONE = (TicketState.RESOLVED, TicketState.CLOSED)
EARLIER = "earlier_"
"""Begins the attribute of what was so before: `earlier_fix_summary`."""
_OF_FIX = frozenset({"user_action", "close_at", "reopen_days"})
"""What holds only as long as the fix does."""
_SHARED = frozenset({"service", "number", "title"})


def current(assignment: Assignment) -> Assignment:
    """The same assignment, whose brief tells as the present only what is. A fact keeps its id."""
    facts = tuple(_without_failed_fix(assignment.brief))
    if assignment.brief.find("withdrawn_at") is not None:
        facts = tuple(one for one in facts if not _ended_with_withdrawal(one))
    elif assignment.brief.find("relapsed_at") is not None:
        facts = tuple(_past(f) if f.attribute == "restored_at" else f for f in facts)
    return replace(assignment, brief=assignment.brief.model_copy(update={"facts": facts}))


def is_withdrawn(brief: Brief) -> bool:
    """Whether the major incident was none, for readers who know of no ticket beside it."""
    return brief.find("withdrawn_at") is not None


def is_over(brief: Brief) -> bool:
    """Whether it was restored and did not come back, or its ticket was done; of a brief made `current`."""
    state = brief.find("state")
    done = state is not None and state.value in DONE
    return done or (brief.find("restored_at") is not None and brief.find("relapsed_at") is None)


def _ended_with_withdrawal(fact: Fact) -> bool:
    if fact.attribute.startswith("withdrawn") or fact.attribute in _SHARED:
        return False
    return fact.attribute in OF_MAJOR or fact.attribute in ONCE


def _without_failed_fix(brief: Brief) -> Iterable[Fact]:
    """Of a ticket that is open again the fix and its cause are history, and its consequences are void."""
    state, fix = brief.find("state"), brief.find("fix_summary")
    if state is None or fix is None or state.value in DONE:
        return brief.facts
    return _as_history(brief.facts, fix.event)


def _as_history(facts: Iterable[Fact], event: str) -> Iterator[Fact]:
    for fact in facts:
        if fact.event == event and fact.attribute in _OF_FIX:
            continue
        yield _past(fact) if fact.attribute in ("fix_summary", "cause") else fact


def _past(fact: Fact) -> Fact:
    return fact.model_copy(update={"attribute": f"{EARLIER}{fact.attribute}"})
