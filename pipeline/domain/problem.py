"""What is a problem? What keeps coming back, once a person has said that its cause is to be found."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from .directory import Key, Text, Value, one_line, visible
from .times import Instant

Priority = Literal["P1", "P2", "P3", "P4"]
Title = Annotated[
    str, Field(min_length=1, max_length=300), AfterValidator(one_line), AfterValidator(visible)
]


class ProblemState(StrEnum):
    """KNOWN_ERROR: there is a workaround; FIXED: repaired, and not proven yet; QUIET: proven by a span without
    a case; CLOSED: a person ended it without that."""

    OPEN = "open"
    KNOWN_ERROR = "known_error"
    FIXED = "fixed"
    QUIET = "quiet"
    CLOSED = "closed"


class Step(StrEnum):
    """What happened to a problem, in the words of its events."""

    OPENED = "opened"
    KNOWN_ERROR = "known_error"
    FIXED = "fixed"
    QUIET = "quiet"
    REOPENED = "reopened"
    CLOSED = "closed"
    CHANGED = "changed"


OVER = frozenset({ProblemState.QUIET, ProblemState.CLOSED})
MENDED = frozenset({ProblemState.FIXED, ProblemState.QUIET})
"""A case that begins after this says that the fix did not hold."""
STEPS_KEPT = 100


class Taken(Value):
    """One step of its life: when, by whom (`heliograph` for what no person did), and what was said."""

    step: Step
    at: Instant
    by: Key
    said: Text | None = None


class Problem(Value):
    """One for each chain. `anchor` is the ticket on which its steps are told; `outside` its number or link at the
    desk that owns it; `cause` and `fix` were said by a person; `quiet_until` is when its fix is proven."""

    number: Key
    chain: Key
    anchor: Key
    title: Title
    service: Key | None = None
    owner: Key | None = None
    priority: Priority | None = None
    state: ProblemState = ProblemState.OPEN
    outside: Text | None = None
    workaround: Text | None = None
    cause: Text | None = None
    fix: Text | None = None
    fixed_at: Instant | None = None
    quiet_until: Instant | None = None
    article: Key | None = None
    """The article that its workaround became."""
    version: int = Field(default=1, ge=1)
    opened_at: Instant
    taken: tuple[Taken, ...] = ()

    @property
    def last_step(self) -> Step | None:
        """The last that anybody may be told of."""
        told = (one.step for one in reversed(self.taken) if one.step is not Step.CHANGED)
        return next(told, None)

    def came_back_after_fix(self, case_at: datetime) -> bool:
        fixed = self.state in MENDED and self.fixed_at is not None
        return fixed and self.fixed_at is not None and case_at > self.fixed_at


def stepped(
    problem: Problem,
    step: Step,
    changes: Mapping[str, object],
    *,
    by: str,
    at: datetime,
    said: str = "",
) -> Problem:
    """The problem after one more step. Raises ValidationError for changes that are none of its fields' values."""
    one = Taken(step=step, at=at, by=by, said=said.strip() or None)
    values = dict(problem) | dict(changes)
    values |= {"version": problem.version + 1, "taken": (*problem.taken, one)[-STEPS_KEPT:]}
    return Problem.model_validate(values)


def reopened(problem: Problem, *, at: datetime) -> Problem:
    """A case came after the fix: what was known of a way around still helps, and what did not hold is no fix any
    more; the step says what that was."""
    state = ProblemState.KNOWN_ERROR if problem.workaround else ProblemState.OPEN
    changes = {"state": state, "quiet_until": None, "fixed_at": None, "fix": None}
    return stepped(problem, Step.REOPENED, changes, by=HELIOGRAPH, at=at, said=problem.fix or "")


def proven(problem: Problem, *, at: datetime) -> Problem:
    changes = {"state": ProblemState.QUIET, "quiet_until": None}
    return stepped(problem, Step.QUIET, changes, by=HELIOGRAPH, at=at)


HELIOGRAPH = "heliograph"
"""Who does what follows by itself."""
