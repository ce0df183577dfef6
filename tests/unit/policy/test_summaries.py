"""For whom a summary is, and by which event it may leave: what was cut for some reaches no others."""

from __future__ import annotations

import pytest

from pipeline.domain.facts import Level
from pipeline.domain.incident import Incident
from pipeline.policy.audiences import ROLES
from pipeline.policy.summaries import (
    AUDIENCES,
    is_internal,
    kind_for,
    leaves_as,
    role_of,
    without_incident,
)
from tests.unit.tickets import ticket


@pytest.mark.parametrize(("incident", "role"), [(None, "requester"), (ticket(), "requester")])
def test_whoever_it_concerns_is_the_requester_unless_it_is_major(
    incident: Incident | None, role: str
) -> None:
    assert role_of("stakeholder", incident) == role
    assert role_of("technician", incident) == "technician"


@pytest.mark.parametrize("role", ROLES)
def test_only_what_outsiders_may_know_leaves_to_them(role: str) -> None:
    """A role that may know more than they becomes an internal note, whatever it is called."""
    if is_internal(role):
        assert leaves_as(role) == "internal_note"
    if leaves_as(role) == "public_statement":
        assert ROLES[role].clearance is Level.PUBLIC


@pytest.mark.parametrize("role", AUDIENCES)
def test_who_works_on_it_reads_what_was_found_and_all_others_how_it_stands(role: str) -> None:
    """Also leaders, who may know as much, and the front line, which takes calls."""
    working = role in ("technician", "group", "owner", "in_charge")
    assert kind_for(role) == ("technician" if working else "stakeholder")


def test_an_unknown_role_is_shown_to_as_few_as_possible() -> None:
    """And may know nothing that is not public (law 12)."""
    assert is_internal("boss")
    assert leaves_as("boss") == "internal_note"
    assert without_incident("boss").clearance is Level.PUBLIC


def test_every_audience_that_can_be_asked_for_is_one_of_the_rules() -> None:
    assert set(AUDIENCES) == {"stakeholder", *ROLES}
