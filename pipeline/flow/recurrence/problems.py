"""What do people record of a problem: whose it is, what helps meanwhile, why it was, what mended it? And when is
the fix proven?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ...domain.errors import Hindrance, Malformed, StaleVersion, UnknownThing, WrongState
from ...domain.problem import OVER, Priority, Problem, ProblemState, Step, proven, stepped
from ...ports import Clock, Store, Transaction
from ...problems_ports import PROBLEMS
from ..intake import Intake
from ..library import Library
from .reading import names_of
from .telling import Recording, tell_step
from .wording import legible

BATCH = 20


@dataclass(frozen=True, kw_only=True)
class Said:
    """What somebody wrote; None leaves it as it is, an empty text takes it away."""

    title: str | None = None
    owner: str | None = None
    priority: Priority | Literal[""] | None = None
    outside: str | None = None
    workaround: str | None = None
    cause: str | None = None
    fix: str | None = None

    def changes(self, problem: Problem) -> dict[str, str | None]:
        """Only what differs from what is recorded."""
        said = {name: value.strip() for name, value in vars(self).items() if value is not None}
        given = {name: value or None for name, value in said.items()}
        return {name: value for name, value in given.items() if value != getattr(problem, name)}


class ProblemDesk:
    """The door for people's work on problems."""

    def __init__(self, store: Store, clock: Clock, library: Library, intake: Intake) -> None:
        self._store, self._clock, self._library, self._intake = store, clock, library, intake

    def record(self, number: str, said: Said, *, by: str, version: int | None = None) -> Problem:
        """`version` is that of the record which the writer saw. Raises UnknownThing, StaleVersion when somebody
        was faster, Malformed for words that nobody could read and for an owner whom the directory does not know,
        and WrongState for one that is over, or that would lose its title."""

        def work(tx: Transaction, record: Recording) -> Problem:
            was = self._known(tx, number, version)
            if was.state in OVER:
                raise WrongState(Hindrance.MOVED_ON, f"{number} is {was.state.value}")
            changes = said.changes(was)
            if changes.get("title", was.title) is None:
                raise WrongState(Hindrance.NOTHING_WRITTEN, "a problem has a title", field="title")
            return self._take(tx, record, was, changes, by) if changes else was

        return self._intake.together(work)

    def close(self, number: str, *, by: str, reason: str, version: int | None = None) -> Problem:
        """Nobody looks for its cause any more. Raises as `record`, and WrongState without a reason."""

        def work(tx: Transaction, record: Recording) -> Problem:
            was = self._known(tx, number, version)
            if was.state in OVER:
                raise WrongState(Hindrance.MOVED_ON, f"{number} is {was.state.value}")
            if not reason.strip():
                raise WrongState(Hindrance.REASON_NEEDED, "say why", field="reason")
            ended = {"state": ProblemState.CLOSED, "quiet_until": None}
            at = self._clock.now()
            with legible():
                now = stepped(was, Step.CLOSED, ended, by=by, at=at, said=reason)
            _move(tx, was, now)
            tell_step(tx, record, now, Step.CLOSED, at)
            return now

        return self._intake.together(work)

    def became_article(self, number: str, article: str, *, by: str) -> Problem:
        with self._store.write() as tx:
            was = self._known(tx, number, None)
            if was.article is not None:
                return was
            now = stepped(was, Step.CHANGED, {"article": article}, by=by, at=self._clock.now())
            _move(tx, was, now)
        return now

    def _take(
        self,
        tx: Transaction,
        record: Recording,
        was: Problem,
        changes: dict[str, str | None],
        by: str,
    ) -> Problem:
        now, step = self._clock.now(), _step(changes)
        quiet = self._library.in_force(tx).recurrence.quiet_after
        more: dict[str, object] = {}
        if step is Step.FIXED:
            more = {"state": ProblemState.FIXED, "fixed_at": now, "quiet_until": now + quiet}
        elif "fix" in changes:
            more = {"state": _unfixed(was, changes), "fixed_at": None, "quiet_until": None}
        elif was.state is not ProblemState.FIXED and "workaround" in changes:
            more = {"state": _unfixed(was, changes)}
        with legible():
            after = stepped(was, step, {**changes, **more}, by=by, at=now)
        if "owner" in changes:
            _check_owner(tx, after.owner)
        _move(tx, was, after)
        if step is not Step.CHANGED:
            tell_step(tx, record, after, step, now)
        return after

    def _known(self, tx: Transaction, number: str, version: int | None) -> Problem:
        found = tx.problem(number)
        if found is None:
            raise UnknownThing(f"no problem {number[:100]}")
        if version is not None and version != found.version:
            raise StaleVersion(f"{number} was changed meanwhile")
        return found


class ProblemWatch:
    """The worker behind fixes that are to be proven: a span without a case."""

    def __init__(self, store: Store, clock: Clock, intake: Intake) -> None:
        self._store, self._clock, self._intake = store, clock, intake

    def turn(self) -> bool:
        """True when the span of any was over."""
        now = self._clock.now()
        with self._store.read() as tx:
            due_at = tx.next_due(PROBLEMS)
            due = tx.due_problems(now, BATCH) if due_at is not None and due_at <= now else []
        for problem in due:

            def work(tx: Transaction, record: Recording, was: Problem = problem) -> None:
                after = proven(was, at=now)
                if tx.move_problem(was, after):
                    tell_step(tx, record, after, Step.QUIET, now)

            self._intake.together(work)
        return bool(due)


def _check_owner(tx: Transaction, owner: str | None) -> None:
    if owner is not None and not names_of(tx, [owner]):
        raise Malformed(f"no group or person is called {owner[:100]}", field="owner")


def _step(changes: dict[str, str | None]) -> Step:
    """The weightiest thing that was said."""
    if changes.get("fix"):
        return Step.FIXED
    return Step.KNOWN_ERROR if changes.get("workaround") else Step.CHANGED


def _unfixed(was: Problem, changes: dict[str, str | None]) -> ProblemState:
    helps = changes.get("workaround", was.workaround)
    return ProblemState.KNOWN_ERROR if helps else ProblemState.OPEN


def _move(tx: Transaction, was: Problem, now: Problem) -> None:
    if not tx.move_problem(was, now):
        raise StaleVersion(f"{was.number} was changed meanwhile")
