"""What do people outside call a service, and may they know that it is there? As its register says."""

from __future__ import annotations

from collections.abc import Iterable

from ..domain.directory import Service
from ..domain.facts import Fact, Level

OUTSIDE = "public"
"""The audience whose readers are outside."""


def as_outside(facts: Iterable[Fact], audience: str, service: Service | None) -> tuple[Fact, ...]:
    """The same facts with the service's public name; one that is not public keeps its name inside, where
    the guard finds it if another text gives it away."""
    known = tuple(facts)
    if audience != OUTSIDE or service is None:
        return known
    return tuple(_outside(f, service) if f.attribute == "service" else f for f in known)


def _outside(fact: Fact, service: Service) -> Fact:
    if not service.public:
        return fact.model_copy(update={"level": Level.INTERNAL})
    return fact.model_copy(update={"value": service.public_name or fact.value})
