"""What does the record hold about planned maintenance, and about a change that a repair needs? Both are for everybody
whom they hit, like what is known of a major incident.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..domain.facts import FactValue, Level, ValueKind
from ..domain.incident import Incident
from ..domain.maintenance import Maintenance
from ..domain.major import Major
from ..domain.recorded import Recorded
from .pieces import Lookup, Piece

K = ValueKind


def maintenance_pieces(incident: Incident, names: Lookup) -> Iterator[Piece]:
    """All of it; nothing for any other ticket."""
    plan = incident.maintenance
    if plan is None:
        return
    for n, service in enumerate(plan.services.value, 1):
        known = names.services.get(service)
        called = known.name if known else None
        yield Piece(
            attribute="maintained",
            kind=K.NAME,
            value=called,
            of=plan.services,
            level=Level.PUBLIC,
            n=n,
            shared=True,
        )
    yield _public("maintenance_from", K.TIME, plan.starts_at.value, plan.starts_at)
    yield _public("maintenance_until", K.TIME, plan.ends_at.value, plan.ends_at)
    for name, said in (("effect", plan.effect), ("not_affected", plan.not_affected)):
        if said is not None:
            yield _public(f"maintenance_{name}", K.TEXT, said.value, said)
    yield from _turns(plan)


def _turns(plan: Maintenance) -> Iterator[Piece]:
    """That it was changed, draws near, or will not be."""
    if plan.changed is not None:
        yield _at("maintenance_changed_at", plan.changed)
    if plan.near is not None:
        yield _at("reminded_at", plan.near)
    again = [one for one in (plan.changed, plan.near) if one is not None]
    if again:
        newest = max(again, key=lambda one: one.at)
        turn = "occasion.reminder" if newest is plan.near else "occasion.changed"
        yield _public("occasion", K.STATE, turn, newest)
        if plan.was is not None and newest is plan.changed:
            yield _public("maintenance_was_from", K.TIME, plan.was.starts_at, newest)
            yield _public("maintenance_was_until", K.TIME, plan.was.ends_at, newest)
    if plan.cancelled is not None:
        yield _at("cancelled_at", plan.cancelled)
        why = plan.cancelled.value.reason
        yield _public("cancelled_reason", K.TEXT, why, plan.cancelled)


def change_pieces(major: Major) -> Iterator[Piece]:
    """Its number, time and likely effect."""
    if major.change is None:
        return
    said, of = major.change.value, major.change
    yield _public("change_number", K.IDENTIFIER, said.change, of)
    yield _public("change_from", K.TIME, said.starts_at, of)
    yield _public("change_until", K.TIME, said.ends_at, of)
    yield _public("change_effect", K.TEXT, said.effect, of)


def _at(name: str, of: Recorded[Any]) -> Piece:
    return _public(name, K.TIME, of.at, of)


def _public(name: str, kind: ValueKind, value: FactValue | None, of: Recorded[Any]) -> Piece:
    return Piece(attribute=name, kind=kind, value=value, of=of, level=Level.PUBLIC, shared=True)
