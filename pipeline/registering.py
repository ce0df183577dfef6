"""What stands behind the register of services and the corrections at the door? Put together here."""

from __future__ import annotations

from dataclasses import dataclass

from .flow.corrections.proposing import Proposals
from .flow.register.editing import Register
from .flow.register.importing import RegisterTables
from .ground import Ground
from .ports import Clock, Store


@dataclass(frozen=True, kw_only=True)
class Registering:
    """What the door needs for services."""

    register: Register
    tables: RegisterTables


def open_registering(store: Store, clock: Clock) -> Registering:
    return Registering(
        register=Register(store=store, clock=clock),
        tables=RegisterTables(store=store, clock=clock),
    )


def corrections_of(ground: Ground, compose: str) -> Proposals:
    """The worker that proposes corrections, which rings for whoever drafts them."""
    return Proposals(
        store=ground.store,
        clock=ground.clock,
        ids=ground.ids,
        library=ground.library,
        wake=ground.ringer(compose),
    )
