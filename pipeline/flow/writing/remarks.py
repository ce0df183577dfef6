"""What was said of a text, and who says it? Checks of code, and after them perhaps a second model, which can only add."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from ...domain.findings import Finding, FindingLevel
from ...domain.prose import Claimed, Cost, Prose, Standing
from ...drafting.prose.assignment import Assignment


@dataclass(frozen=True, kw_only=True)
class Remark:
    """What a check says about a sentence, counted from 0, or about the whole text (None). `standing` is
    how the sentence stands to the record, `claims` what it says and what that was held to."""

    sentence: int | None = None
    finding: Finding | None = None
    standing: Standing | None = None
    claims: tuple[Claimed, ...] = ()

    @property
    def stops(self) -> Finding | None:
        """What it found, where that is more than a warning."""
        found = self.finding
        return found if found is not None and found.level > FindingLevel.WARN else None


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A text, and all that was said of it."""

    prose: Prose
    remarks: tuple[Remark, ...]


Check = Callable[[Assignment, Prose], Iterable[Remark]]


class Opinion(Protocol):
    """A model's doubts about one text, and about that text mended."""

    @property
    def cost(self) -> Cost:
        """Of all that was asked for this text so far."""

    def __call__(self, assignment: Assignment, prose: Prose) -> Sequence[Remark]:
        """A remark for each doubt, none when there was no answer: it never raises."""


def looked_at(assignment: Assignment, prose: Prose, checks: Sequence[Check]) -> tuple[Remark, ...]:
    """All that the checks say about a text, whoever wrote it."""
    return tuple(remark for check in checks for remark in check(assignment, prose))


def stopping(remarks: Sequence[Remark]) -> tuple[Remark, ...]:
    """Those by which a text is held."""
    return tuple(remark for remark in remarks if remark.stops)


def looking(checks: Sequence[Check], opinion: Opinion | None) -> Sequence[Check]:
    """The checks of one step's texts, with what a model thinks of them where it is asked."""
    return checks if opinion is None else (_SecondLook(checks, opinion),)


class _SecondLook:
    """The checks, then the opinion on what they let pass: its remarks are added to theirs, and nothing is
    taken away."""

    def __init__(self, checks: Sequence[Check], opinion: Opinion) -> None:
        self._checks, self._opinion = checks, opinion

    def __call__(self, assignment: Assignment, prose: Prose) -> tuple[Remark, ...]:
        found = looked_at(assignment, prose, self._checks)
        return found if stopping(found) else (*found, *self._opinion(assignment, prose))
