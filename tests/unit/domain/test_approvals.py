"""How an approval stands after each event: who may still decide, and when it is over."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.domain.approvals import Approval, ApprovalState
from pipeline.domain.decision_events import (
    ApprovalAsked,
    ApprovalDecided,
    ApprovalPassedOn,
    ApprovalWithdrawn,
    Approver,
)
from pipeline.domain.errors import IncidentClosed, UnknownThing
from pipeline.domain.payload import ERASED, Payload, PersonRef
from tests.unit.tickets import closed, resolved, ticket

OPEN, APPROVED, REFUSED = ApprovalState.OPEN, ApprovalState.APPROVED, ApprovalState.REFUSED


def asked(*approvers: str, **more: Any) -> ApprovalAsked:
    people = tuple(Approver(id=one) for one in approvers or ("zhao",))
    return ApprovalAsked(**{"approval": "a1", "approvers": people, "what": "Move it", **more})


def said(by: str, approved: bool = True, **more: Any) -> ApprovalDecided:
    return ApprovalDecided(approval="a1", approved=approved, by=PersonRef(id=by), **more)


def passed(to: str, place: int = 0) -> ApprovalPassedOn:
    return ApprovalPassedOn(approval="a1", place=place, to=to)


def after(*payloads: Payload) -> Approval:
    return ticket(*payloads).approvals[0]


@pytest.mark.parametrize(
    ("steps", "state"),
    [
        ((asked(),), OPEN),
        ((asked(), said("zhao")), APPROVED),
        ((asked("zhao", "sun"), said("sun", False)), REFUSED),
        ((asked("zhao", "sun", mode="all"), said("sun")), OPEN),
        ((asked("zhao", "sun", mode="all"), said("sun"), said("sun")), OPEN),
        ((asked("zhao", "sun", mode="all"), said("sun", places=(1,)), said("zhao", places=(0,))), APPROVED),
        ((asked("zhao", "sun", mode="all"), said("zhao", False)), REFUSED),
        # Whoever was not asked speaks for the desk.
        ((asked("zhao", "sun", mode="all"), said("desk agent")), APPROVED),
        ((asked("zhao", "sun", mode="all"), said(ERASED)), OPEN),
        ((asked(), passed("sun"), said("sun")), APPROVED),
        ((asked(), passed("sun"), said("zhao", False)), REFUSED),
        ((asked(), said("zhao"), said("zhao", False)), APPROVED),
        ((asked(), ApprovalWithdrawn(approval="a1"), said("zhao")), ApprovalState.WITHDRAWN),
        ((asked(), said("zhao"), ApprovalWithdrawn(approval="a1")), APPROVED),
        ((asked(), asked("sun")), OPEN),
        ((asked(), resolved(), said("zhao")), APPROVED),
        ((asked(), closed(), said("zhao")), ApprovalState.LAPSED),
    ],
)  # fmt: skip
def test_the_first_word_that_can_end_it_does(
    steps: tuple[Payload, ...], state: ApprovalState
) -> None:
    assert after(*steps).state is state


def test_who_held_a_place_may_still_decide_and_the_holder_alone_is_awaited() -> None:
    known = after(asked(), passed("sun"))
    assert known.may_decide("zhao")
    assert known.may_decide("sun")
    assert [known.waits_for(name) for name in ("zhao", "sun")] == [False, True]
    assert not known.may_decide("wang")
    assert after(asked(), passed("sun", 7)) == after(asked())


def test_a_closed_ticket_is_asked_nothing_and_still_hears_from_its_desk() -> None:
    with pytest.raises(IncidentClosed):
        ticket(closed(), asked())
    with pytest.raises(IncidentClosed):
        ticket(asked(), closed(), passed("sun"))
    assert ticket(asked(), closed(), said("zhao")).approvals[0].decision is None


def test_a_word_on_what_nobody_asked_for_is_refused() -> None:
    with pytest.raises(UnknownThing):
        ticket(said("zhao"))


def test_of_very_many_approvals_the_open_ones_are_kept() -> None:
    many = [asked(approval=f"b{n}") for n in range(60)]
    kept = ticket(asked(), *many[:30], said("zhao"), *many[30:]).approvals
    assert len(kept) == 50
    assert "a1" not in [one.id for one in kept]
