"""What does a correction tell? What was said, what is right, and since when that is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...domain.communication import Draft
from ...domain.correction import Correction, Wrong, before_of
from ...domain.facts import Fact, ValueKind
from ...domain.keys import major_scope


def as_corrected(facts: Iterable[Fact], correction: Correction | None) -> tuple[Fact, ...]:
    """The record's facts, with those that the correction puts right as it says, whatever has been
    recorded since: a later change makes another one."""
    if correction is None:
        return tuple(facts)
    righted = {item.attribute for item in correction.items}
    others = [fact for fact in facts if fact.attribute not in righted]
    return (*others, *_facts(correction))


def put_right(correction: Correction, drafts: Iterable[Draft]) -> dict[str, str]:
    """Attribute → what is right, as it compares, of what a text says that it was wrong; empty where nobody knows."""
    used = {value.slot for d in drafts for r in d.renditions for value in r.values}
    said = [item for item in correction.items if before_of(item.attribute) in used]
    return {item.attribute: item.right_as or "" for item in said}


def _facts(correction: Correction) -> Iterator[Fact]:
    for item in correction.items:
        yield _before(item)
        if item.right is not None:
            # As wide as what was told: the right value is for those who had the wrong one.
            circle = {"level": item.told.level, "scope": item.told.scope}
            yield item.right.model_copy(update=circle)
    yield _of(correction, "known_at", ValueKind.TIME, correction.known_at)
    if correction.why is not None:
        yield _of(correction, "corrected_why", ValueKind.TEXT, correction.why)


def _before(item: Wrong) -> Fact:
    name = before_of(item.attribute)
    return item.told.model_copy(update={"id": f"f.{name}", "attribute": name})


def _of(correction: Correction, name: str, kind: ValueKind, value: object) -> Fact:
    told = correction.items[0].told
    return Fact.model_validate(
        {
            "id": f"f.{name}",
            "what": told.what,
            "attribute": name,
            "kind": kind,
            "value": value,
            "level": told.level,
            "scope": major_scope(correction.incident) if told.scope else None,
            "at": correction.known_at,
            "event": correction.event,
        }
    )
