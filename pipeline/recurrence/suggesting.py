"""Who should own a problem, and how urgent is it? A suggestion, with what it rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ..domain.directory import Service
from ..domain.incident import Incident
from ..domain.problem import Priority

_PRIORITIES: dict[str, Priority] = {"P1": "P1", "P2": "P2", "P3": "P3", "P4": "P4"}


def owner_of(cases: Sequence[Incident], service: Service | None) -> str | None:
    """The id of a group or person: who answers for the service, else the group that had most of the cases."""
    if service is not None and (answering := (*service.owner_groups, *service.owners)):
        return answering[0]
    groups = Counter(case.group.value for case in cases if case.group)
    return groups.most_common(1)[0][0] if groups else None


def priority_of(cases: Sequence[Incident]) -> Priority | None:
    """The most urgent of its cases: what comes back is no less urgent than what came."""
    given = [case.priority.value if case.priority else case.severity for case in cases]
    known = [_PRIORITIES[one] for one in given if one in _PRIORITIES]
    return min(known, default=None)


def service_of(cases: Sequence[Incident]) -> str | None:
    """The one that most cases name."""
    named = Counter(case.service.value for case in cases if case.service)
    return named.most_common(1)[0][0] if named else None
