"""What people do with a summary: release it, send it by an event of its ticket, or put it aside.

A text leaves only as an event that a person signs: a statement, or a note. So the rules tell it to whom it
concerns, the guard looks at it once more, and the timeline says who said it.
"""

from __future__ import annotations

from ..domain.cloudevents import Incoming
from ..domain.directory import LONGEST_TEXT
from ..domain.errors import Hindrance, StaleVersion, TooLarge, WrongState
from ..domain.events import Noted
from ..domain.incident import Incident
from ..domain.major_events import LONGEST_STATEMENT, Stated
from ..domain.payload import Payload, PersonRef
from ..domain.summary import Moved, Summary, SummaryState
from ..policy.summaries import leaves_as
from ..ports import Clock, Store
from ..release.permission import refuse_overruled
from .intake import Intake
from .own_events import own_event
from .summary_moves import moved, refuse_unless


class SummaryActs:
    """Each act names who did it; it is kept with the row that it changes."""

    def __init__(self, *, store: Store, clock: Clock, intake: Intake) -> None:
        self._store, self._clock, self._intake = store, clock, intake

    def release(self, was: Summary, *, by: str, why: str = "") -> Summary:
        """A person says that it may be sent. Raises WrongState for a text that is blocked or empty, and
        for findings that hold it when no reason is given."""
        refuse_unless(was, SummaryState.DRAFT)
        if not was.current.text.strip():
            raise WrongState(
                Hindrance.NOTHING_WRITTEN, "there is no text to release: write one, and check it"
            )
        refuse_overruled(was.current.verdict, why)
        return self._to(was, SummaryState.RELEASED, by, why)

    def discard(self, was: Summary, *, by: str, why: str = "") -> Summary:
        """It will not be sent."""
        refuse_unless(was, SummaryState.DRAFT, SummaryState.RELEASED)
        return self._to(was, SummaryState.DISCARDED, by, why)

    def send(
        self, incident: Incident, was: Summary, *, by: str, version: int | None = None
    ) -> Summary:
        """The text becomes an event of its ticket. `version` is that of the ticket that the sender saw;
        without it, that from which it was written.

        Raises StaleVersion when something was recorded since, WrongState when it is not released or
        nobody waits for such a text.
        """
        refuse_unless(was, SummaryState.RELEASED)
        incoming = self._event(incident, was, by, was.version if version is None else version)
        with self._store.read() as tx:
            seen = tx.seen(incident.source, [incoming.source_id]).get(incoming.source_id)
        # A process that died after the event: what was said is said, and only the row is behind.
        event = seen.event_id if seen else self._said(incident, incoming)
        sent = Moved(by=by, at=self._clock.now(), event=event)
        return moved(
            self._store, was, was.model_copy(update={"state": SummaryState.SENT, "moved": sent})
        )

    def _said(self, incident: Incident, incoming: Incoming) -> str:
        try:
            return self._intake.accept([incoming])[0].event_id
        except StaleVersion:
            raise StaleVersion(
                f"ticket {incident.number} has changed since this was written (it is at version "
                f"{incident.version}): look at it again, and send with that version",
                field="version",
            ) from None

    def _event(self, incident: Incident, was: Summary, by: str, version: int) -> Incoming:
        seen = incident.model_copy(update={"version": version})
        made = own_event(seen, _payload(incident, was, by), "summary", self._clock.now())
        mark = f"heliograph:summary:{was.id}:{was.revision}"
        return made.model_copy(update={"source_id": mark})

    def _to(self, was: Summary, state: SummaryState, by: str, why: str) -> Summary:
        done = Moved(by=by, at=self._clock.now(), why=why)
        return moved(self._store, was, was.model_copy(update={"state": state, "moved": done}))


def _payload(incident: Incident, summary: Summary, by: str) -> Payload:
    """Raises WrongState without an open failure to speak of, TooLarge for what would lose its end."""
    way, text, person = leaves_as(summary.audience), summary.current.text, PersonRef(id=by)
    statement = way in ("statement", "public_statement")
    if statement and (incident.major is None or not incident.major.is_open):
        raise WrongState(
            Hindrance.NO_FAILURE, "no failure is open on this ticket: nobody would be told"
        )
    most = LONGEST_STATEMENT if statement else LONGEST_TEXT
    if len(text) > most:
        raise TooLarge(f"the text has {len(text)} characters; at most {most} can be told whole")
    if statement:
        return Stated(
            text=text, visibility="public" if way == "public_statement" else "affected", by=person
        )
    return Noted(
        text=text, author=person, visibility="requester" if way == "public_note" else "internal"
    )
