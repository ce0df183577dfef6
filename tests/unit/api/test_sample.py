"""Everything that the product shows can be shown with the people of its sample."""

from __future__ import annotations

from api.sample.play import directory
from pipeline.domain.directory import Role


def test_a_text_that_needs_two_people_can_be_released_in_the_sample() -> None:
    """Two incident managers, in the group that the rules ask, with an address each."""
    known = directory()
    asked = next(group for group in known.groups if group.id == "incident-managers")
    able = [
        person
        for person in known.people
        if person.id in asked.members and person.role is Role.INCIDENT_MANAGER and person.addresses
    ]
    assert len(able) >= 2
