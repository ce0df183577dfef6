"""Which articles may somebody read? The labels that a person carries; an article with one of them is shown.

The library knows labels as opaque words. What they mean is decided here, and what is not listed here is
shown to nobody but editors (law 12).
"""

from __future__ import annotations

from collections.abc import Collection

from ..domain.directory import Person, Role

EVERYBODY = "everybody"
"""Whoever may report something."""
STAFF = "staff"
"""Those who work on tickets."""


def labels_of(person: Person | None) -> frozenset[str]:
    """Of the directory's word alone: a source that names somebody cannot make them see more."""
    if person is None:
        return frozenset({EVERYBODY})
    labels = {EVERYBODY, *(f"group:{group}" for group in person.groups)}
    if person.site:
        labels.add(f"site:{person.site}")
    if person.customer:
        labels.add(f"customer:{person.customer}")
    if person.role is not None and person.role.includes(Role.TECHNICIAN):
        labels.add(STAFF)
    return frozenset(labels)


def labels_for_work(requester: Collection[str]) -> frozenset[str]:
    """Of whoever works on a ticket: what its requester may read, and what is written for staff."""
    return frozenset({*requester, EVERYBODY, STAFF})
