"""Steps that follow each other within minutes become one message."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.communication import Communication, Kind, Lane
from pipeline.policy.merging import merge
from tests.unit.tickets import MINUTE, START, communication

ALONE = {
    *(Kind.ACKNOWLEDGEMENT, Kind.FIRST_CONTACT, Kind.DECLARE_REQUEST, Kind.PROMISE_WARNING),
    *(Kind.REVIEW_ANNOUNCED, Kind.REVIEW_PUBLISHED, Kind.ACTION_OVERDUE),
    *(Kind.APPROVAL_REQUEST, Kind.APPROVAL_DECISION, Kind.LOW_SCORE, Kind.SURVEY),
    *(Kind.RELEASE_REQUEST, Kind.SERVICE_LEVEL_WARNING, Kind.CORRECTION),
    *(Kind.RELAPSE_REQUEST, Kind.ALERT_FLAPPING, Kind.CHANGE_NOTICE),
    *(Kind.MAINTENANCE, Kind.MAINTENANCE_CANCELLED),
    *(Kind.RECURRENCE_ALERT, Kind.PROBLEM_NOTICE),
}
MERGING = [kind for kind in Kind if kind not in ALONE]


@pytest.mark.parametrize(
    ("planned", "new", "told"),
    [
        (Kind.STATUS_CHANGE, Kind.ASSIGNMENT, Kind.ASSIGNMENT),
        (Kind.ASSIGNMENT, Kind.STATUS_CHANGE, Kind.ASSIGNMENT),
        (Kind.HAND_OVER, Kind.ASSIGNMENT, Kind.HAND_OVER),
        (Kind.STATUS_CHANGE, Kind.RESOLUTION, Kind.RESOLUTION),
        (Kind.RESOLUTION, Kind.REOPENING, Kind.REOPENING),
        (Kind.REOPENING, Kind.RESOLUTION, Kind.RESOLUTION),
        (Kind.RESOLUTION, Kind.STATUS_CHANGE, Kind.RESOLUTION),
    ],
)
def test_the_weightier_step_names_the_message_and_the_later_of_equals(
    planned: Kind, new: Kind, told: Kind
) -> None:
    merged = merge(communication(new), [communication(planned, "com_old")])
    assert merged.survivor.kind is told
    assert merged.survivor.rule == f"rule-{told.value}"
    assert [(c.id, reason.code) for c, reason in merged.absorbed] == [("com_old", "merged")]


@pytest.mark.parametrize("first", sorted(ALONE))
@pytest.mark.parametrize("other", MERGING)
def test_a_first_answer_neither_waits_nor_swallows(first: Kind, other: Kind) -> None:
    assert merge(communication(other), [communication(first, "com_old")]).absorbed == ()
    assert merge(communication(first), [communication(other, "x")]).absorbed == ()


def test_an_update_whose_time_was_announced_is_drawn_into_no_other() -> None:
    """It may turn out that the other holds nothing new; then the announced one still leaves."""
    announced = communication(Kind.UPDATE, "com_old", scheduled=True)
    assert merge(communication(Kind.SCOPE), [announced]).absorbed == ()


def test_rows_for_others_or_for_other_channels_stay_apart() -> None:
    new = communication(Kind.ASSIGNMENT)
    group = communication(Kind.STATUS_CHANGE, "a", audience="group")
    webhook = communication(Kind.STATUS_CHANGE, "b", channels=("webhook",))
    assert merge(new, [group, webhook]).absorbed == ()


def test_one_persons_agreement_is_still_needed_after_merging() -> None:
    held = communication(Kind.STATUS_CHANGE, "old", release="one_person", lane=Lane.URGENT)
    survivor = merge(communication(Kind.ASSIGNMENT), [held]).survivor
    assert survivor.release == "one_person"
    assert survivor.lane is Lane.URGENT


def waiting(kind: Kind, name: str, ready: int, due: int) -> Communication:
    """It waits for a model until `due`, and would leave at `ready` without one."""
    at = {"ready_at": START + ready * MINUTE, "due_at": START + due * MINUTE}
    return communication(kind, name, awaits="prose", **at)


def test_what_is_merged_leaves_when_the_first_of_them_would_have() -> None:
    old, new = waiting(Kind.UPDATE, "old", 1, 2), waiting(Kind.RECOVERY, "new", 3, 4)
    survivor = merge(new, [old]).survivor
    assert survivor.awaits == "prose"
    assert (survivor.ready_at, survivor.due_at) == (START + MINUTE, START + 2 * MINUTE)


def test_what_waits_for_no_model_is_not_made_to_wait_by_what_does() -> None:
    """A false alarm is told at once, whatever was to be written of it."""
    new = communication(Kind.WITHDRAWAL, due_at=START + MINUTE)
    survivor = merge(new, [waiting(Kind.UPDATE, "old", 0, 9)]).survivor
    assert (survivor.awaits, survivor.ready_at, survivor.due_at) == (None, None, START)


def test_the_weightier_one_may_still_be_written_by_a_model() -> None:
    old = waiting(Kind.RECOVERY, "old", 1, 2)
    survivor = merge(communication(Kind.SCOPE, due_at=START + 5 * MINUTE), [old]).survivor
    assert (survivor.kind, survivor.awaits) == (Kind.RECOVERY, "prose")
    assert (survivor.ready_at, survivor.due_at) == (START + MINUTE, START + 2 * MINUTE)


@given(
    st.lists(st.tuples(st.sampled_from(MERGING), st.integers(0, 10)), min_size=1, max_size=6),
    st.sampled_from(MERGING),
)
def test_merging_loses_no_event_and_never_postpones(
    planned: list[tuple[Kind, int]], new: Kind
) -> None:
    rows = [
        communication(kind, f"com_{n}", due_at=START + minute * MINUTE)
        for n, (kind, minute) in enumerate(planned)
    ]
    latest = communication(new, due_at=START + 5 * MINUTE)
    merged = merge(latest, rows)
    assert set(merged.survivor.events) == {e for c in [*rows, latest] for e in c.events}
    assert merged.survivor.due_at == min(c.due_at for c in [*rows, latest])
    assert merged.survivor.id == latest.id
