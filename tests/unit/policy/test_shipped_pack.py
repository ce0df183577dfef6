"""The shipped rules: who hears of each step of a ticket's life, and how soon."""

from __future__ import annotations

import pytest

from pipeline.domain.folding import fold, is_late
from pipeline.domain.incident import Incident
from pipeline.domain.payload import Payload
from pipeline.policy.audiences import ROLES
from pipeline.policy.decide import Decisions, decide
from pipeline.policy.loading import SHIPPED, load_pack, read_rules
from tests.unit.tickets import (
    MINUTE,
    START,
    assigned,
    closed,
    event,
    handed_over,
    noted,
    reopened,
    reported,
    resolved,
    state_changed,
    ticket,
)

PACK = load_pack(read_rules(SHIPPED))


def after(before: Incident | None, data: Payload, minute: int = 60) -> Decisions:
    version = before.version + 1 if before else 1
    happened = event(data, version, START + minute * MINUTE)
    folded = fold(before, happened)
    late = is_late(before, happened)
    return decide(PACK, happened, before, folded, late=late, told=lambda _: [])


@pytest.mark.parametrize(
    ("before", "data", "told"),
    [
        (None, reported(), {("acknowledgement", "requester", 0)}),
        (ticket(), assigned(), {("assignment", "technician", 0), ("assignment", "requester", 120)}),
        (ticket(), state_changed(), {("status_change", "requester", 120)}),
        (ticket(), handed_over(), {("hand_over", "group", 0), ("hand_over", "requester", 120)}),
        (ticket(), noted(), set()),
        (ticket(), noted(visibility="requester"), {("status_change", "requester", 120)}),
        (ticket(assigned()), resolved(), {("resolution", "requester", 0)}),
        (
            ticket(assigned(), resolved()),
            reopened(),
            {("reopening", "requester", 0), ("reopening", "technician", 0)},
        ),
        (
            ticket(handed_over(), resolved()),
            reopened(),
            {("reopening", "requester", 0), ("reopening", "group", 0)},
        ),
        (ticket(resolved()), closed(), {("status_change", "requester", 0)}),
    ],
)
def test_each_step_reaches_those_whom_it_concerns(
    before: Incident | None, data: Payload, told: set[tuple[str, str, int]]
) -> None:
    found = after(before, data)
    assert {(t.kind.value, t.audience, int(t.delay.total_seconds())) for t in found.tell} == told
    assert not found.failed


@pytest.mark.parametrize(
    ("before", "data", "minute", "codes"),
    [
        (ticket(resolved()), closed(silent=True), 60, ["silent_closing"]),
        (ticket(assigned("chen")), assigned("chen"), 60, ["nothing_new"]),
        (ticket(assigned(), resolved()), state_changed(), 1, ["late_event"]),
        (ticket(assigned(), resolved()), handed_over(), 1, ["late_event", "late_event"]),
    ],
)
def test_a_silence_that_somebody_could_wonder_about_is_kept_with_its_reason(
    before: Incident, data: Payload, minute: int, codes: list[str]
) -> None:
    assert [s.reason.code for s in after(before, data, minute).silent] == codes


def test_a_second_report_of_a_known_ticket_is_not_acknowledged_again() -> None:
    found = after(ticket(), reported())
    assert not found.tell
    assert not found.silent


def test_every_rule_has_a_reason_in_both_languages_and_a_known_audience() -> None:
    packs = {path.name for path in SHIPPED.glob("*.yaml")}
    for rule in PACK.rules:
        assert rule.reason.zh
        assert rule.reason.en
        assert rule.audience in ROLES
        assert rule.where.split(":")[0] in packs


def test_first_words_and_what_people_say_wait_for_no_model() -> None:
    """What tells of work may; a statement is told at once, as it was written."""
    waiting = {rule.kind.value for rule in PACK.rules if rule.prose_within}
    assert waiting == {"update", "recovery", "scope", "resolution"}
    assert not [rule.id for rule in PACK.rules if rule.prose_within and "stated" in rule.events]
