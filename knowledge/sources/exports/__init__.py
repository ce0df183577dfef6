"""Whose export is this entry, and where are its articles? One file per product, one list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from ..draft import Draft
from . import confluence, help_centre, plain, service_desk_plus

Entry = Mapping[str, Any]


class Shape(Protocol):
    """How one product writes an article."""

    wrappers: tuple[str, ...]
    """Names under which its exports hold their list."""
    fits: Callable[[Entry], bool]
    draft: Callable[..., Draft]
    """(entry, *, key, place): key and place hold when the entry names no id. Raises Refused."""


# The first that fits reads an entry; `plain` fits all.
SHAPES: tuple[Any, ...] = (service_desk_plus, confluence, help_centre, plain)


def entries_of(document: object) -> tuple[str, list[object]]:
    """The entries, and the name of the list that held them, empty when they stood alone."""
    if isinstance(document, list):
        return "", document
    if isinstance(document, Mapping):
        for shape in SHAPES:
            for name in shape.wrappers:
                held = document.get(name)
                if isinstance(held, list):
                    return name, held
                if isinstance(held, Mapping) and name in {"solution", "article", "page"}:
                    return name, [held]
    return "", [document]


def draft_of(entry: Entry, *, wrapper: str, key: str, place: str) -> Draft:
    """Raises Refused with what is missing, or why the entry is left out."""
    for shape in SHAPES:
        if shape is not plain and (wrapper in shape.wrappers or shape.fits(entry)):
            draft: Draft = shape.draft(entry, key=key, place=place)
            return draft
    return plain.draft(entry, key=key, place=place)
