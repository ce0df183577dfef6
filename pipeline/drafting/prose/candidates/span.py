"""What was found in a line? A piece of it, as it is written, with the value that it tells."""

from __future__ import annotations

from dataclasses import dataclass

from ....domain.facts import FactValue, ValueKind


@dataclass(frozen=True, slots=True)
class Span:
    """`start` and `end` are places in the line's text; `attribute` says what it is the value of."""

    start: int
    end: int
    attribute: str
    kind: ValueKind
    value: FactValue

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


def apart(spans: list[Span]) -> list[Span]:
    """In their order; of those that overlap the one that came first, since the surest are found first."""
    kept: list[Span] = []
    for span in spans:
        if not any(span.overlaps(other) for other in kept):
            kept.append(span)
    return sorted(kept, key=lambda span: span.start)
