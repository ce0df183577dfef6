"""What is known of a service and its changes, and which services hang on each other?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from pydantic import Field

from .directory import Key, Service, Value
from .times import Instant

What = Literal["added", "changed", "deleted", "undone", "imported", "loaded"]
Problems = tuple["Problem", ...]


class Change(Value):
    """One step in a service's history; `n` counts from 1 and is the version that it made. `service` is
    the whole of it afterwards."""

    service: Service
    n: int = Field(ge=1)
    at: Instant
    who: Key
    what: What


class Problem(Value):
    """Why a description of a service is not taken. `code` finds its sentence; `line` is that of a file."""

    code: Key
    field: str = ""
    names: tuple[str, ...] = ()
    line: int | None = None


def circle_through(service: Service, others: Mapping[str, Service]) -> tuple[str, ...]:
    """The way along what it depends on that leads back to it, both ends included; empty where none does."""
    before: dict[str, str] = {}
    waiting = [(need, service.id) for need in service.depends_on]
    while waiting:
        here, came_from = waiting.pop()
        if here == service.id:
            return _way(came_from, before, service.id)
        if here in before:
            continue
        before[here] = came_from
        known = others.get(here)
        waiting += [(need, here) for need in known.depends_on] if known else []
    return ()


def _way(last: str, before: Mapping[str, str], start: str) -> tuple[str, ...]:
    way = [start]
    while last != start:
        way.append(last)
        last = before[last]
    return (start, *reversed(way))


def circles_in(services: Mapping[str, Service]) -> dict[str, tuple[str, ...]]:
    """Service → the circle that it closes; each circle once, at one of its services.

    A walk that remembers what it has finished: 20,000 services in a row cost 20,000 steps.
    """
    found: dict[str, tuple[str, ...]] = {}
    finished: set[str] = set()
    for start in services:
        if start in finished:
            continue
        path, at, ways = [start], {start: 0}, [iter(services[start].depends_on)]
        while path:
            need = next(ways[-1], None)
            if need is None:
                ways.pop()
                here = path.pop()
                del at[here]
                finished.add(here)
            elif need in at:
                found.setdefault(path[-1], (*path[at[need] :], need))
            elif need in services and need not in finished:
                at[need] = len(path)
                path.append(need)
                ways.append(iter(services[need].depends_on))
    return found


def needed_by(services: Iterable[Service]) -> dict[str, tuple[str, ...]]:
    """Service → those that name it as what they depend on."""
    found: dict[str, list[str]] = {}
    for service in services:
        for need in service.depends_on:
            found.setdefault(need, []).append(service.id)
    return {need: tuple(ids) for need, ids in found.items()}
