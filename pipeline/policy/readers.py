"""Which articles may somebody read? The labels that a person carries; an article with one of them is shown.

The library knows labels as opaque words. What they mean is decided here, and what is not listed here is
shown to nobody but editors (law 12).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from knowledge.article import ArticleText, Unreadable

from ..domain.directory import Person, Role

EVERYBODY = "everybody"
"""Whoever may report something."""
STAFF = "staff"
"""Those who work on tickets."""
_OF_SOME = ("group:", "site:", "customer:")
"""Beginnings of labels that name one thing of the directory, by its id."""


def labels_of(person: Person | None) -> frozenset[str]:
    """Of the directory's word alone: a source that names somebody cannot make them see more."""
    if person is None:
        return frozenset({EVERYBODY})
    labels = {EVERYBODY, *(f"group:{group}" for group in person.groups)}
    if person.site:
        labels.add(f"site:{person.site}")
    if person.customer:
        labels.add(f"customer:{person.customer}")
    if person.role is not None and person.role.includes(Role.TECHNICIAN):
        labels.add(STAFF)
    return frozenset(labels)


def labels_for_work(requester: Collection[str]) -> frozenset[str]:
    """Of whoever works on a ticket: what its requester may read, and what is written for staff."""
    return frozenset({*requester, EVERYBODY, STAFF})


def kind_and_id(label: str) -> tuple[str, str]:
    """What a label names: one thing of the directory (`group`, its id), or a word of its own, without an id."""
    if label.startswith(_OF_SOME):
        kind, _, of = label.partition(":")
        return kind, of
    return label, ""


def misspelt(labels: Iterable[str]) -> list[tuple[int, str]]:
    """(place from 0, sentence) of each that nobody could ever carry: an article would be shown to nobody."""
    return [(n, _sentence(label)) for n, label in enumerate(labels) if not _is_label(label)]


def with_labels(told: ArticleText | Unreadable) -> ArticleText | Unreadable:
    """What is read of a source, unless it names readers that there cannot be."""
    if isinstance(told, Unreadable) or not (wrong := misspelt(told.audience or ())):
        return told
    return Unreadable(place=told.external_id, reason=f"audience: {wrong[0][1]}")


def _is_label(label: str) -> bool:
    if label in (EVERYBODY, STAFF):
        return True
    return any(label.startswith(kind) and _is_id(label.removeprefix(kind)) for kind in _OF_SOME)


def _is_id(text: str) -> bool:
    return bool(text) and text == text.strip()


def _sentence(label: str) -> str:
    named = ", ".join(f"{kind}ID" for kind in _OF_SOME)
    return f"{label!r} is no label of readers: write {EVERYBODY}, {STAFF}, {named}"
