"""Does what somebody wrote of a service hold together with the rest? Ids that exist, and no circle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ...domain.directory import Service
from ...domain.register import Problem, circle_through, circles_in
from ...ports import Transaction
from ...register_ports import EntryKind

OF_ADDRESSES = frozenset({"new", "missing", "unreachable", "export", "import"})
ENDINGS = ("/changes", "/undo", "/edit", "/delete")
"""What stands in the addresses of the register itself: a service of that name could not be reached."""
_NAMED: tuple[tuple[str, EntryKind], ...] = (
    ("owners", "people"),
    ("owner_groups", "groups"),
    ("users", "groups"),
    ("user_sites", "sites"),
    ("user_customers", "customers"),
)


def problems_of(tx: Transaction, service: Service) -> list[Problem]:
    """Of one service that is about to be written."""
    around = _reached_from(tx, service)
    found = list(_reserved([service], None))
    found += _unknown(tx, [service], set(tx.services(list(service.depends_on))))
    circle = circle_through(service, around)
    if circle:
        found.append(Problem(code="circle", field="depends_on", names=circle))
    return found


def problems_among(
    tx: Transaction,
    wanted: Sequence[Service],
    register: Mapping[str, Service],
    lines: Sequence[int],
) -> list[Problem]:
    """Of many at once, each at its line; `register` is how all of it would stand afterwards."""
    place = {service.id: line for service, line in zip(wanted, lines, strict=True)}
    found = [*_reserved(wanted, place), *_unknown(tx, wanted, set(register), place)]
    for service, circle in circles_in(register).items():
        # A circle may close at a service that the file does not name: it is told at one that it names.
        at = service if service in place else next((s for s in circle if s in place), None)
        if at is not None:
            found.append(
                Problem(code="circle", field="depends_on", names=circle, line=place.get(at))
            )
    return sorted(found, key=lambda one: (one.line or 0, one.field))


def _reserved(wanted: Iterable[Service], place: Mapping[str, int] | None) -> Iterator[Problem]:
    for service in wanted:
        if service.id in OF_ADDRESSES or service.id.endswith(ENDINGS):
            line = place.get(service.id) if place else None
            yield Problem(code="reserved", field="id", names=(service.id,), line=line)


def _unknown(
    tx: Transaction,
    wanted: Sequence[Service],
    services: set[str],
    place: Mapping[str, int] | None = None,
) -> Iterator[Problem]:
    there = {field: tx.ids_there(kind, _all(wanted, field)) for field, kind in _NAMED}
    there["depends_on"] = services
    for service in wanted:
        for field, known in there.items():
            missing = tuple(name for name in getattr(service, field) if name not in known)
            if missing:
                line = place.get(service.id) if place else None
                yield Problem(code="unknown", field=field, names=missing, line=line)


def _all(services: Iterable[Service], field: str) -> list[str]:
    return sorted({name for service in services for name in getattr(service, field)})


def _reached_from(tx: Transaction, service: Service) -> dict[str, Service]:
    """What it depends on, directly or through others: level by level, never the whole register."""
    found: dict[str, Service] = {}
    ahead = list(service.depends_on)
    while ahead:
        level = tx.services([name for name in dict.fromkeys(ahead) if name not in found])
        found |= level
        ahead = [need for one in level.values() for need in one.depends_on if need not in found]
    return found
