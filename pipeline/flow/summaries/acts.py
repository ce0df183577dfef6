"""What people do with a summary: release it, send it by an event of its ticket, or put it aside.

A text leaves only as an event that a person signs: a statement, or a note. So the rules tell it to whom it
concerns, the guard looks at it once more, and the timeline says who said it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from ...domain.cloudevents import Incoming
from ...domain.directory import LONGEST_TEXT, Bilingual
from ...domain.errors import ContentDiffers, Hindrance, StaleVersion, TooLarge, WrongState
from ...domain.events import Noted
from ...domain.incident import Incident
from ...domain.major_events import LONGEST_STATEMENT, Stated
from ...domain.payload import Payload, PersonRef
from ...domain.summary import Moved, Summary, SummaryState
from ...policy.summaries import leaves_as
from ...ports import Clock, Store, Transaction
from ...release.permission import refuse_overruled
from ..intake import Accepted, Intake
from ..own_events import own_event
from .leaving import is_statement, leaving
from .moves import event_of, mark_of, move, moved, refuse_invisible, refuse_unless, settle


class SummaryActs:
    """Each act names who did it; it is kept with the row that it changes."""

    def __init__(self, *, store: Store, clock: Clock, intake: Intake) -> None:
        self._store, self._clock, self._intake = store, clock, intake

    def release(self, was: Summary, *, by: str, why: str = "") -> Summary:
        """A person says that it may be sent. Raises WrongState for a text that is blocked or empty, and
        for findings that hold it when no reason is given."""
        refuse_unless(was, SummaryState.DRAFT)
        refuse_invisible(was.current.text)
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
        without it, that from which it was written. A statement leaves in both languages at once where its
        `companion` was released too.

        Raises StaleVersion when something was recorded since, WrongState when it is not released or
        nobody waits for such a text.
        """
        refuse_unless(was, SummaryState.RELEASED)
        with self._store.write() as tx:
            left = event_of(tx, was)
            if left is not None:
                return settle(tx, was, left)
            other = companion(tx, was)
        both = [was, *([other] if other and other.state is SummaryState.RELEASED else [])]
        incoming = self._event(incident, both, by, was.version if version is None else version)
        sent: list[Summary] = []

        # Event and rows are one transaction (law 1): what was said is never said again.
        def row(tx: Transaction, accepted: Sequence[Accepted]) -> None:
            done = Moved(by=by, at=self._clock.now(), event=accepted[0].event_id)
            moves = {"state": SummaryState.SENT, "moved": done}
            sent[:] = [one.model_copy(update=moves) for one in both]
            for before, after in zip(both, sent, strict=True):
                move(tx, before, after)

        try:
            self._intake.accept([incoming], beside=row)
        except (StaleVersion, ContentDiffers) as stale:
            self._refuse_moved(was)
            if isinstance(stale, ContentDiffers):
                raise
            raise StaleVersion(
                f"ticket {incident.number} has changed since this was written (it is at version "
                f"{incident.version}): look at it again, and send with that version",
                field="version",
            ) from None
        return sent[0]

    def companion(self, summary: Summary) -> Summary | None:
        """The same in the other language, which would leave with it if it were released."""
        with self._store.read() as tx:
            return companion(tx, summary)

    def _refuse_moved(self, was: Summary) -> None:
        """Raises StaleVersion when the summary itself, and not its ticket, is no longer as it was seen."""
        with self._store.read() as tx:
            now = tx.summary(was.id)
        if now is None or now.model_dump_json() != was.model_dump_json():
            raise StaleVersion("somebody changed this summary meanwhile: look at it again")

    def _event(
        self, incident: Incident, both: Sequence[Summary], by: str, version: int
    ) -> Incoming:
        seen = incident.model_copy(update={"version": version})
        made = own_event(seen, payload_of(incident, both, by), "summary", self._clock.now())
        return made.model_copy(update={"source_id": mark_of(both[0])})

    def _to(self, was: Summary, state: SummaryState, by: str, why: str) -> Summary:
        done = Moved(by=by, at=self._clock.now(), why=why)
        return moved(self._store, was, was.model_copy(update={"state": state, "moved": done}))


def companion(tx: Transaction, summary: Summary) -> Summary | None:
    """The same in the other language: for the same readers, answering the same questions, written from the
    same state of the ticket. The newest that may still leave, a released one first; none of what is no
    statement, which has one reader."""
    if summary.incident is None or not is_statement(summary):
        return None
    found = [
        one
        for one in tx.summaries(summary.incident)
        if (one.audience, one.kind, one.version)
        == (summary.audience, summary.kind, summary.version)
        and one.language != summary.language
        and one.state in (SummaryState.DRAFT, SummaryState.RELEASED)
    ]
    released = [one for one in found if one.state is SummaryState.RELEASED]
    return next(iter((*released, *found)), None)


def payload_of(incident: Incident, both: Sequence[Summary], by: str) -> Payload:
    """What it says, or both of them say, as one event. Raises WrongState without an open failure to speak
    of, TooLarge for what would lose its end."""
    summary, person = both[0], PersonRef(id=by)
    way, texts = leaves_as(summary.audience), {one.language: _text(one) for one in both}
    if not is_statement(summary):
        visibility: Literal["requester", "internal"] = (
            "requester" if way == "public_note" else "internal"
        )
        return Noted(text=texts[summary.language], author=person, visibility=visibility)
    if incident.major is None or not incident.major.is_open:
        raise WrongState(
            Hindrance.NO_FAILURE, "no failure is open on this ticket: nobody would be told"
        )
    return Stated(
        text=Bilingual(**texts) if len(texts) > 1 else texts[summary.language],
        visibility="public" if way == "public_statement" else "affected",
        by=person,
    )


def _text(summary: Summary) -> str:
    text = leaving(summary).text
    refuse_invisible(text)
    most = LONGEST_STATEMENT if is_statement(summary) else LONGEST_TEXT
    if len(text) > most:
        raise TooLarge(f"the text has {len(text)} characters; at most {most} can be told whole")
    return text
