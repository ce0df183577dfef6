"""Who belongs to an audience, what they may know, and what we may promise."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pipeline.domain.facts import Level
from pipeline.domain.folding import fold
from pipeline.policy.audiences import ROLES, Wanted, audience_of, members_of
from pipeline.policy.loading import SHIPPED, load_pack, read_rules
from pipeline.policy.service_levels import first_contact_by
from tests.unit.tickets import START, assigned, event, handed_over, reported, ticket

PACK = load_pack(read_rules(SHIPPED))


@pytest.mark.parametrize(
    ("audience", "found"),
    [
        ("requester", Wanted(people=("wang",))),
        ("technician", Wanted(people=("chen",))),
        ("group", Wanted(groups=("exchange",))),
        ("the whole world", Wanted()),
    ],
)
def test_members_are_those_of_the_ticket_and_unknown_audiences_have_none(
    audience: str, found: Wanted
) -> None:
    assert members_of(audience, ticket(handed_over(), assigned()), None) == found


@pytest.mark.parametrize("audience", ["technician", "group"])
def test_nobody_is_made_up_where_nobody_is_recorded(audience: str) -> None:
    assert members_of(audience, ticket(), None) == Wanted()


def test_only_those_who_work_on_it_may_know_internal_facts() -> None:
    clearances = {name: audience_of(name, ticket()).clearance for name in ROLES}
    assert clearances["requester"] is Level.AFFECTED
    assert clearances["technician"] is clearances["group"] is Level.INTERNAL
    assert audience_of("anybody", ticket()).clearance is Level.PUBLIC


@pytest.mark.parametrize(
    ("audience", "circles"),
    [
        ("requester", {"ticket:inc_1"}),
        ("technician", {"ticket:inc_1", "major:inc_1", "approval:inc_1"}),
        ("group", {"ticket:inc_1", "major:inc_1", "approval:inc_1"}),
        ("approver", {"ticket:inc_1", "approval:inc_1"}),
        ("managers", {"ticket:inc_1", "major:inc_1"}),
        ("owner", {"ticket:inc_1", "major:inc_1"}),
        ("affected", {"major:inc_1"}),
        ("public", {"major:inc_1"}),
        ("leaders", {"major:inc_1"}),
        ("front_line", {"major:inc_1"}),
        ("the whole world", set()),
    ],
)
def test_whoever_hears_of_a_major_incident_is_outside_the_circle_of_the_ticket(
    audience: str, circles: set[str]
) -> None:
    """Law 4: what one requester wrote reaches nobody else through a shared major incident. Those who work on
    the ticket know both, since they work on both."""
    assert audience_of(audience, ticket()).scopes == circles


def test_first_contact_is_promised_by_priority_for_our_own_tickets_alone() -> None:
    report = event(reported(priority="P3"))
    assert first_contact_by(PACK, fold(None, report)) == START + timedelta(hours=1)
    assert first_contact_by(PACK, fold(None, report, owner="desk")) is None
    assert first_contact_by(PACK, ticket()) is None
    recorded = event(reported(priority="P3", respond_by=START + timedelta(minutes=20)))
    assert first_contact_by(PACK, fold(None, recorded, owner="desk")) == START + timedelta(
        minutes=20
    )
