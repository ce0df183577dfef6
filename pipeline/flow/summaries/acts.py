"""What people do with a summary: release it, send it by an event of its ticket, or put it aside.

A text leaves only as an event that a person signs: a statement, or a note. So the rules tell it to whom it
concerns, the guard looks at it once more, and the timeline says who said it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NoReturn

from ...domain.cloudevents import Incoming
from ...domain.errors import (
    ContentDiffers,
    Hindrance,
    StaleVersion,
    UnknownIncident,
    WrongState,
)
from ...domain.incident import Incident
from ...domain.summary import Moved, Summary, SummaryState
from ...ports import Clock, Store, Transaction
from ...release.permission import refuse_overruled
from ..accepted import Accepted
from ..intake import Intake
from ..own_events import own_event
from .holding import Holding, new_in
from .moves import event_of, mark_of, move, moved, refuse_invisible, refuse_unless, settle
from .stated import companion, payload_of


class SummaryActs:
    """Each act names who did it; it is kept with the row that it changes."""

    def __init__(self, *, store: Store, clock: Clock, intake: Intake, holding: Holding) -> None:
        self._store, self._clock, self._intake = store, clock, intake
        self._holding = holding

    def release(self, was: Summary, *, by: str, why: str = "") -> Summary:
        """A person says that it may be sent. Raises WrongState for a text that is blocked or empty, and
        for findings that hold it when no reason is given: those of its writing, and those of the record as
        it is now, which are kept with the row also where it is refused."""
        refuse_unless(was, SummaryState.DRAFT)
        refuse_invisible(was.current.text)
        held = self._holding.held(self._incident_of(was), was, by=by)
        seen = was.model_copy(update={"held": held})
        try:
            refuse_overruled(seen.verdict, why)
        except WrongState:
            moved(self._store, was, seen)
            raise
        done = Moved(by=by, at=self._clock.now(), why=why)
        now = seen.model_copy(update={"state": SummaryState.RELEASED, "moved": done})
        return moved(self._store, was, now, version=held.version)

    def discard(self, was: Summary, *, by: str, why: str = "") -> Summary:
        """It will not be sent."""
        refuse_unless(was, SummaryState.DRAFT, SummaryState.RELEASED)
        done = Moved(by=by, at=self._clock.now(), why=why)
        now = was.model_copy(update={"state": SummaryState.DISCARDED, "moved": done})
        return moved(self._store, was, now)

    def send(
        self, incident: Incident, was: Summary, *, by: str, version: int | None = None
    ) -> Summary:
        """The text becomes an event of its ticket. `version` is that of the ticket that the sender saw;
        without it, that from which it was written. A statement leaves in both languages at once where its
        `companion` was released too.

        Raises StaleVersion when something was recorded since, WrongState when it is not released, nobody
        waits for such a text, or the record as it is now holds it as it did not when it was released: then
        it is a draft again.
        """
        refuse_unless(was, SummaryState.RELEASED)
        with self._store.write() as tx:
            left = event_of(tx, was)
            if left is not None:
                return settle(tx, was, left)
            other = companion(tx, was)
        both = [was, *([other] if other and other.state is SummaryState.RELEASED else [])]
        if (was.version if version is None else version) != incident.version:
            self._refuse_stale(incident, was)
        incoming = self._event(incident, both, by)
        self._refuse_overtaken(incident, both, by)
        sent: list[Summary] = []

        # Event and rows are one transaction (law 1): what was said is never said again.
        def row(tx: Transaction, accepted: Sequence[Accepted]) -> None:
            done = Moved(by=by, at=self._clock.now(), event=accepted[0].event_id)
            sent[:] = _sent(tx, both, done)

        try:
            self._intake.accept([incoming], beside=row)
        except (StaleVersion, ContentDiffers) as stale:
            if isinstance(stale, ContentDiffers):
                self._refuse_moved(was)
                raise
            self._refuse_stale(self._incident_of(was), was)
        return sent[0]

    def companion(self, summary: Summary) -> Summary | None:
        """The same in the other language, which would leave with it if it were released."""
        with self._store.read() as tx:
            return companion(tx, summary)

    def _refuse_stale(self, incident: Incident, was: Summary) -> NoReturn:
        self._refuse_moved(was)
        raise StaleVersion(
            f"ticket {incident.number} has changed since this was written (it is at version "
            f"{incident.version}): look at it again, and send with that version",
            field="version",
        ) from None

    def _refuse_overtaken(self, incident: Incident, both: Sequence[Summary], by: str) -> None:
        """Raises WrongState for what was not found when it was released. Its release is void: somebody
        reads it anew, and gives a reason, writes it otherwise, or puts it aside."""
        found = [(one, self._holding.held(incident, one, by=by)) for one in both]
        overtaken = [(one, held) for one, held in found if new_in(held, one)]
        for one, held in overtaken:
            again = {"state": SummaryState.DRAFT, "moved": None, "held": held}
            revision = {"revision": one.revision + 1}
            moved(self._store, one, one.model_copy(update=again | revision))
        if overtaken:
            raise WrongState(
                Hindrance.FOUND_SINCE,
                f"the record of {incident.number} no longer bears what was released: it is a draft again; "
                "release it with a reason, or write it anew",
                findings=[f for one, held in overtaken for f in new_in(held, one)],
            )

    def _incident_of(self, summary: Summary) -> Incident:
        with self._store.read() as tx:
            found = tx.incident(summary.incident) if summary.incident else None
        if found is None:
            raise UnknownIncident("this summary is of no ticket that is there")
        return found

    def _refuse_moved(self, was: Summary) -> None:
        """Raises StaleVersion when the summary itself, and not its ticket, is no longer as it was seen."""
        with self._store.read() as tx:
            now = tx.summary(was.id)
        if now is None or (now.state, now.revision) != (was.state, was.revision):
            raise StaleVersion("somebody changed this summary meanwhile: look at it again")

    def _event(self, incident: Incident, both: Sequence[Summary], by: str) -> Incoming:
        made = own_event(incident, payload_of(incident, both, by), "summary", self._clock.now())
        return made.model_copy(update={"source_id": mark_of(both[0])})


def _sent(tx: Transaction, both: Sequence[Summary], done: Moved) -> list[Summary]:
    moves = {"state": SummaryState.SENT, "moved": done}
    sent = [one.model_copy(update=moves) for one in both]
    for before, after in zip(both, sent, strict=True):
        move(tx, before, after)
    return sent
