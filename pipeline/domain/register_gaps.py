"""What is missing of a service before it is needed? Asked in calm times, by those who keep the register."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from .directory import Directory, Group, Person, Service
from .register import circles_in

Gap = Literal[
    "no_owner", "no_advice", "no_users", "nobody_reachable", "no_chinese_name", "no_english_name",
    "unknown_ids", "circle",
]  # fmt: skip
GAPS: tuple[Gap, ...] = get_args(Gap)
_HAN = re.compile(r"[\u3400-\u9fff]")
_WORDS = re.compile(r"[A-Za-z]+(?:[ -][A-Za-z]+)+")


@dataclass(frozen=True, kw_only=True)
class Missing:
    """One service with what is missing of it; `unknown` are ids that stand for nobody."""

    service: Service
    gaps: tuple[Gap, ...]
    unknown: tuple[str, ...] = ()
    circle: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Around:
    """What a service is held against: the directory by id, and who lives where."""

    people: Mapping[str, Person]
    groups: Mapping[str, Group]
    services: Mapping[str, Service]
    sites: Collection[str]
    customers: Collection[str]
    at_site: Mapping[str, tuple[Person, ...]]
    of_customer: Mapping[str, tuple[Person, ...]]
    live: Collection[str]
    """The channels of this installation: an address on another one reaches nobody."""


def around(directory: Directory, live: Collection[str]) -> Around:
    at_site: dict[str, list[Person]] = {}
    of_customer: dict[str, list[Person]] = {}
    for person in directory.people:
        if person.site:
            at_site.setdefault(person.site, []).append(person)
        if person.customer:
            of_customer.setdefault(person.customer, []).append(person)
    return Around(
        people={p.id: p for p in directory.people},
        groups={g.id: g for g in directory.groups},
        services={s.id: s for s in directory.services},
        sites={s.id for s in directory.sites},
        customers={c.id for c in directory.customers},
        at_site={site: tuple(people) for site, people in at_site.items()},
        of_customer={customer: tuple(people) for customer, people in of_customer.items()},
        live=live,
    )


def missing_of(directory: Directory, live: Collection[str]) -> list[Missing]:
    """Services that lack something: critical ones first, then those that lack most."""
    known = around(directory, live)
    present = {s.id: s for s in directory.services if not s.deleted}
    circles = circles_in(present)
    found = [_missing(service, known, circles.get(service.id, ())) for service in present.values()]
    lacking = [one for one in found if one.gaps]
    return sorted(lacking, key=lambda m: (not m.service.critical, -len(m.gaps), m.service.id))


def _missing(service: Service, known: Around, circle: tuple[str, ...]) -> Missing:
    unknown = tuple(_unknown(service, known))
    gaps = [*_plain(service), *_of_users(service, known)]
    gaps += ["unknown_ids"] if unknown else []
    gaps += ["circle"] if circle else []
    return Missing(service=service, gaps=tuple(gaps), unknown=unknown, circle=circle)


def _plain(service: Service) -> Iterator[Gap]:
    if not service.owners and not service.owner_groups:
        yield "no_owner"
    if service.advice is None:
        yield "no_advice"
    if not _named_in_chinese(service):
        yield "no_chinese_name"
    if _HAN.search(service.name.en):
        yield "no_english_name"


def _of_users(service: Service, known: Around) -> Iterator[Gap]:
    if not (service.users or service.user_sites or service.user_customers):
        yield "no_users"
    elif not any(reachable(target, known.live) for target in users_of(service, known)):
        yield "nobody_reachable"


def users_of(service: Service, known: Around) -> Iterator[Person | Group]:
    """Rooms, and people; a group without an address of its own stands for its members."""
    for name in service.users:
        group = known.groups.get(name)
        if group is None:
            continue
        if group.addresses:
            yield group
        else:
            yield from (known.people[m] for m in group.members if m in known.people)
    for site in service.user_sites:
        yield from known.at_site.get(site, ())
    for customer in service.user_customers:
        yield from known.of_customer.get(customer, ())


def reachable(target: Person | Group, live: Collection[str]) -> bool:
    return any(address.channel in live for address in target.addresses)


def _unknown(service: Service, known: Around) -> Iterator[str]:
    looked_up: tuple[tuple[tuple[str, ...], Collection[str]], ...] = (
        (service.owners, known.people),
        (service.owner_groups, known.groups),
        (service.users, known.groups),
        (service.user_sites, known.sites),
        (service.user_customers, known.customers),
    )
    for named, there in looked_up:
        yield from (one for one in named if one not in there)
    for need in service.depends_on:
        if need not in known.services or known.services[need].deleted:
            yield need


def _named_in_chinese(service: Service) -> bool:
    """A name of several English words is none for a Chinese reader, unless an alias is; CRM and SAP HANA are."""
    name = service.name
    if name.zh != name.en or any(_HAN.search(alias) for alias in service.aliases):
        return True
    return bool(_HAN.search(name.zh)) or not _WORDS.fullmatch(name.zh) or name.zh.isupper()
