"""The seam to the rows of problems, and of pairs of tickets that a person said are not one failure."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from .domain.problem import Problem

PROBLEMS = "problems"
"""The queue of those whose fix is to be proven."""


class ProblemWork(Protocol):
    """What a unit of work (`ports.Transaction`) does about problems."""

    def add_problem(self, problem: Problem) -> bool:
        """False, and nothing is changed, when its chain has one."""

    def problem(self, number: str) -> Problem | None: ...

    def problems_of(self, chains: Collection[str]) -> dict[str, Problem]:
        """Chain → its problem."""

    def problems(self, limit: int = 200, after: Problem | None = None) -> list[Problem]:
        """The newest first; those that follow on this one."""

    def problems_called(self, title: str) -> list[Problem]:
        """Whose title is this one."""

    def move_problem(self, was: Problem, now: Problem) -> bool:
        """False, and nothing is changed, when it is no longer as `was` says: somebody was faster."""

    def due_problems(self, now: datetime, limit: int) -> list[Problem]:
        """Whose span of quiet is over."""

    def has_workarounds(self) -> bool:
        """Whether any problem that is not over has one."""

    def refuse_links(self, pairs: Collection[frozenset[str]], chain: str) -> None:
        """A person said so of each pair, when deciding about this chain; what was said of one before stands."""

    def part_links(self, pairs: Collection[frozenset[str]], mark: str) -> None:
        """A person parted each pair. It stays parted, whatever is taken back of a chain."""

    def refused_among(self, incident_ids: Collection[str]) -> set[frozenset[str]]: ...

    def parted_chains(self, chains: Collection[str]) -> set[frozenset[str]]:
        """Pairs of these chains of which a case of the one and a case of the other were refused."""

    def forget_refusals(self, chain: str) -> None: ...

    def set_chain(self, incident_ids: Collection[str], chain: str) -> None:
        """These cases are cases of that chain from now on."""

    def missed_levels(self, incident_ids: Collection[str], now: datetime) -> dict[str, list[str]]:
        """Incident → what of its service level was missed (`response`, `resolution`), over or still awaited."""
