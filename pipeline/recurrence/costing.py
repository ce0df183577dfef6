"""What did the cases of a chain cost? Sums whose every term is shown: a cost without its arithmetic is a claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ..domain.incident import Incident


@dataclass(frozen=True, kw_only=True)
class Line:
    """One case, in minutes. `lasted` is from its opening to its solution, `users` how many it hit where that is
    known, `worked` from the time somebody took it to its solution, `missed` its service levels that were."""

    case: Incident
    lasted: int | None
    users: int | None
    worked: int | None
    missed: tuple[str, ...] = ()

    @property
    def user_minutes(self) -> int | None:
        return None if self.lasted is None or self.users is None else self.lasted * self.users

    @property
    def user_sum(self) -> str:
        """How its user minutes come about."""
        return f"{self.lasted} × {self.users}"


@dataclass(frozen=True, kw_only=True)
class Cost:
    """Totals are of the lines for which the term is known; None where it is known of none."""

    lines: tuple[Line, ...]

    @property
    def user_minutes(self) -> int | None:
        return _sum([line.user_minutes for line in self.lines])

    @property
    def lasted(self) -> int | None:
        return _sum([line.lasted for line in self.lines])

    @property
    def worked(self) -> int | None:
        return _sum([line.worked for line in self.lines])

    @property
    def missed(self) -> int:
        return sum(len(line.missed) for line in self.lines)

    @property
    def unsolved(self) -> int:
        return sum(line.lasted is None for line in self.lines)


def line_of(case: Incident, *, users_of_service: int | None, missed: Sequence[str] = ()) -> Line:
    """A major incident hits all who use its service, as the register counts them; any other ticket its requester."""
    taken = case.assignee.at if case.assignee else None
    solved = _solved(case)
    return Line(
        case=case,
        lasted=_lasted(case, solved),
        users=users_of_service if case.major is not None else _requesters(case),
        worked=None if solved is None or taken is None else _minutes(solved - taken),
        missed=tuple(missed),
    )


def _solved(case: Incident) -> datetime | None:
    """Its closing comes later, and nobody waited for that."""
    if not case.state.value.is_over:
        return None
    done, again = case.resolution, case.reopening
    if done is None or (again is not None and done.at < again.at):
        return case.state.at
    return min(done.at, case.state.at)


def _lasted(case: Incident, solved: datetime | None) -> int | None:
    if case.major is not None and case.major.seconds_down is not None:
        return case.major.seconds_down // 60
    return None if solved is None else _minutes(solved - case.opened_at)


def _requesters(case: Incident) -> int | None:
    return 1 if case.requester is not None else None


def _minutes(length: timedelta) -> int:
    return max(0, round(length / timedelta(minutes=1)))


def _sum(values: Sequence[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None
