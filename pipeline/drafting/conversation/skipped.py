"""How is something told that is not read: an entry without words, a file that is only attached?"""

from __future__ import annotations

from .line import Problem, ProblemKind

_LONGEST = 120


def skipped(
    of: str, kind: ProblemKind = ProblemKind.ENTRY_SKIPPED, count: int = 1
) -> tuple[Problem, ...]:
    """One problem, ready to be added to others; a long name is shortened."""
    return (Problem(kind=kind, of=of if len(of) <= _LONGEST else f"{of[:_LONGEST]}…", count=count),)
