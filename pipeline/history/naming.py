"""Which column tells what? By the names that desks give them, or as somebody says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

REQUIRED = ("number", "title", "opened_at")
_MARKS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Naming:
    """Field → the plain names of columns that tell it, the first one that says something counts."""

    names: Mapping[str, Sequence[str]]

    def missing(self, columns: Iterable[str]) -> list[str]:
        """Fields that a ticket needs and no column tells."""
        held = {plain(column) for column in columns}
        return [field for field in REQUIRED if held.isdisjoint(self.names[field])]

    def picked(self, row: Mapping[str, str]) -> dict[str, str]:
        """What a row (plain column → value) says of each field; what says nothing is left out."""
        found: dict[str, str] = {}
        for field, names in self.names.items():
            for name in names:
                said = row.get(name, "").strip()
                if said and plain(said) not in known().says_nothing:
                    found[field] = said
                    break
        return found


@dataclass(frozen=True)
class Known:
    names: Mapping[str, tuple[str, ...]]
    says_nothing: frozenset[str]
    products: Mapping[str, frozenset[str]]


def naming(said: Mapping[str, str]) -> Naming:
    """`said` is field → column, as somebody mapped them: those columns alone tell it. Raises ValueError for a field
    that there is not."""
    unknown = sorted(set(said) - set(known().names))
    if unknown:
        raise ValueError(f"{unknown[0]} is no field; there are: {', '.join(known().names)}")
    return Naming({**known().names, **{field: (plain(name),) for field, name in said.items()}})


def product(columns: Iterable[str]) -> str:
    """Whose export it is, by at least two of its columns; empty when nobody's we know."""
    held = {plain(column) for column in columns}
    counted = {name: len(held & columns) for name, columns in known().products.items()}
    best = max(counted, key=lambda name: counted[name])
    return best if counted[best] >= _ENOUGH else ""


_ENOUGH = 2


def plain(name: str) -> str:
    return _MARKS.sub("", name).lower()


@cache
def known() -> Known:
    text = files(__package__).joinpath("columns.yaml").read_text(encoding="utf-8")
    held: dict[str, Any] = yaml.safe_load(text)
    return Known(
        names={field: tuple(names) for field, names in held["names"].items()},
        says_nothing=frozenset(held["says_nothing"]),
        products={name: frozenset(columns) for name, columns in held["products"].items()},
    )
