"""Who of the directory cannot be reached at all, and which services would fail without a word to them?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from .directory import Directory, Group, Person, Service
from .register_gaps import Around, around, reachable, users_of

Why = Literal["no_address", "no_live_address", "nobody_in_it"]


@dataclass(frozen=True, kw_only=True)
class Unreachable:
    """A person, or a group none of whose members hears; `uses` are the services that concern them."""

    who: Person | Group
    why: Why
    uses: tuple[Service, ...] = ()

    @property
    def critical(self) -> bool:
        return any(service.critical for service in self.uses)


def unreachable(directory: Directory, live: Collection[str]) -> list[Unreachable]:
    """Those who use critical services come first, then those who use most."""
    known = around(directory, live)
    uses = _uses(directory, known)
    everybody: tuple[Person | Group, ...] = (*directory.people, *directory.groups)
    found = [
        Unreachable(who=who, why=_why(who), uses=tuple(uses.get(_key(who), ())))
        for who in everybody
        if not _hears(who, known)
    ]
    return sorted(found, key=lambda u: (not u.critical, -len(u.uses), u.who.id))


def _hears(who: Person | Group, known: Around) -> bool:
    if isinstance(who, Person) or who.addresses:
        return reachable(who, known.live)
    members = (known.people[m] for m in who.members if m in known.people)
    return any(reachable(member, known.live) for member in members)


def _why(who: Person | Group) -> Why:
    if who.addresses:
        return "no_live_address"
    return "nobody_in_it" if isinstance(who, Group) else "no_address"


def _uses(directory: Directory, known: Around) -> dict[str, list[Service]]:
    found: dict[str, list[Service]] = {}
    for service in directory.services:
        if service.deleted:
            continue
        named = [known.groups[g] for g in service.users if g in known.groups]
        everybody = {_key(who): who for who in (*users_of(service, known), *named)}
        for key in everybody:
            found.setdefault(key, []).append(service)
    return found


def _key(who: Person | Group) -> str:
    return f"{'person' if isinstance(who, Person) else 'group'}:{who.id}"
