"""What people do by hand: release, discard, send again, reopen, keep the directory."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Literal

import structlog

from ..domain.agreement import Ballot, Voter
from ..domain.communication import CommunicationState, Reason
from ..domain.directory import Directory, is_visible
from ..domain.errors import (
    ContentDiffers,
    Hindrance,
    StaleVersion,
    Unavailable,
    UnknownIncident,
    UnknownThing,
    WrongState,
)
from ..domain.events import Reopened
from ..domain.incident import Incident
from ..domain.message import MessageState
from ..domain.payload import Payload, PersonRef
from ..domain.promise import Promise, PromiseState
from ..domain.request import Request
from ..ports import Alarm, Clock, Ids, Queries, Source, Store
from . import promises
from .intake import Intake
from .library import Library
from .moves import draft_anew, follow_on, in_state, move, move_failed
from .own_events import own_event
from .register.editing import note_loaded
from .releasing import Releasing
from .watch import alarm_key

log = structlog.get_logger(__name__)


class Acts:
    """Each act names who did it; it is kept with the row that it changes."""

    def __init__(
        self,
        *,
        store: Store,
        queries: Queries,
        clock: Clock,
        ids: Ids,
        intake: Intake,
        library: Library,
        releasing: Releasing,
        wake: Callable[[], None],
    ) -> None:
        self._store, self._queries, self._clock, self._ids = store, queries, clock, ids
        self._intake, self._library, self._wake = intake, library, wake
        self._releasing = releasing

    def release(self, communication_id: str, by: str, reason: str = "") -> None:
        """Agree to a held communication, as one who may decide on any. Raises NotAllowed for a blocked one, and for findings that
        hold it when no reason is given."""
        voter = Voter(id=by, via="console", manages=True)
        self._releasing.vote(communication_id, voter, Ballot.AGREE, reason)

    def discard(self, communication_id: str, by: str, reason: str = "") -> None:
        """A held or parked communication will not be sent."""
        outcome = Reason(code="discarded_by_person", values={"by": by, "why": reason})
        now = self._clock.now()
        pending = self._pending(communication_id)
        with self._store.write() as tx:
            found = in_state(
                tx, communication_id, CommunicationState.HELD, CommunicationState.PARKED
            )
            move(tx, found, CommunicationState.SKIPPED, now, outcome)
            tx.move_messages(communication_id, MessageState.HELD, MessageState.CANCELLED, now)
            promises.withdraw(tx, pending, now)
            if found.scheduled:
                follow_on(tx, found, self._library.rules.cadence, self._ids.new("com"), now)
            tx.clear_alarm(f"communication:{communication_id}", now)

    def retry(self, communication_id: str, by: str) -> None:
        """Draft a communication again: a parked one after its template was mended, a held one whose
        text has been overtaken while it waited. What is still worth telling is decided anew."""
        now = self._clock.now()
        pending = self._pending(communication_id)
        with self._store.write() as tx:
            found = in_state(
                tx, communication_id, CommunicationState.PARKED, CommunicationState.HELD
            )
            if found.state is CommunicationState.PARKED:
                move(tx, found, CommunicationState.PLANNED, now, due_at=now)
            else:
                draft_anew(tx, found, pending, by, self._ids.new("com"), now)
            tx.clear_alarm(f"communication:{communication_id}", now)
        log.info("communication retried", communication=communication_id, by=by)
        self._wake()

    def resend(self, message_id: str, by: str) -> None:
        """Queue a message again that was given up, or of which nobody knows whether it was sent.

        Its key stays the same: a far side that did get it may drop the repeat.
        """
        now = self._clock.now()
        with self._store.write() as tx:
            move_failed(tx, message_id, MessageState.QUEUED, now)
        log.info("message queued again", message=message_id, by=by)
        self._wake()

    def give_up(self, message_id: str, by: str) -> None:
        """A failed message is put aside: it will not be sent, and nobody is asked about it any more."""
        now = self._clock.now()
        with self._store.write() as tx:
            move_failed(tx, message_id, MessageState.CANCELLED, now)
        log.info("message given up", message=message_id, by=by)

    def watch_channels(self, live: Collection[str]) -> None:
        """At the start: what waits for a channel that is no longer configured would wait for ever,
        unseen."""
        now = self._clock.now()
        waiting = self._queries.queued_elsewhere(sorted(live))
        with self._store.write() as tx:
            for channel in live:
                tx.clear_alarm(f"channel:{channel}", now)
            for channel, n in waiting.items():
                tx.raise_alarm(
                    Alarm(
                        key=f"channel:{channel}",
                        code="channel_missing",
                        values={"channel": channel, "messages": str(n)},
                        raised_at=now,
                    )
                )

    def reopen(self, incident_id: str, by: str, text: str) -> Literal["reopened", "requested"]:
        """ "It is not right yet": an event where we own the ticket, a Request to the desk that does.

        Pressing the button twice is one reopening. Raises NotAllowed for a ticket that is not over.
        """
        incident = self._queries.incident(incident_id)
        if incident is None:
            raise UnknownIncident(f"no ticket {incident_id}")
        if incident.owner == "desk" and incident.state.value.is_over:
            return self._request(incident, by, text)
        if not incident.state.value.is_over:
            if incident.reopened_times:
                return "reopened"
            raise WrongState(
                Hindrance.STILL_OPEN,
                f"ticket {incident.number} is still open; there is nothing to reopen",
            )
        reason = text.strip() if is_visible(text) else None
        said = Reopened(by=PersonRef(id=by), reason=reason)
        try:
            self._intake.accept([own_event(incident, said, "reopen", self._clock.now())])
        except ContentDiffers:
            log.info("pressed twice at once: the other one was first", incident=incident_id)
        except StaleVersion:
            # Something was recorded in between: perhaps a reopening, perhaps only a note.
            return self.reopen(incident_id, by, text)
        return "reopened"

    def record(self, incident_id: str, data: Payload, *, version: int) -> None:
        """What a person did on a ticket, as an event. `version` is that of the ticket they saw.

        Raises StaleVersion when it has changed since, and what `Intake.accept` raises.
        """
        incident = self._queries.incident(incident_id)
        if incident is None:
            raise UnknownIncident(f"no ticket {incident_id}")
        seen = incident.model_copy(update={"version": version})
        act = data.type.split(".")[-2]
        self._intake.accept([own_event(seen, data, act, self._clock.now())])

    def keep_promise(self, promise_id: str, by: str) -> None:
        """Somebody says that what was promised was done. Raises WrongState for one that is settled, and
        for a next update, which only telling keeps."""
        now = self._clock.now()
        with self._store.write() as tx:
            promise = tx.promise(promise_id)
            if promise is None:
                raise UnknownThing(f"no promise {promise_id}")
            if promise.what == promises.NEXT_UPDATE:
                raise WrongState(Hindrance.KEPT_BY_TELLING, "an update is kept by being told")
            if promise.state not in (PromiseState.OPEN, PromiseState.BROKEN):
                raise WrongState(
                    Hindrance.MOVED_ON, f"this promise is {promise.state.value} already"
                )
            promises.keep_by_hand(tx, promise, now)
            tx.clear_alarm(alarm_key(promise), now)
        log.info("promise kept", promise=promise_id, by=by)

    def clear_alarm(self, key: str, by: str) -> None:
        with self._store.write() as tx:
            tx.clear_alarm(key, self._clock.now())
        log.info("alarm cleared", key=key, by=by)

    def note_trouble(self, trouble: str) -> bool:
        """Writing failed: see whether it works again, and leave word of it for a person."""
        alarm = Alarm(
            key="storage",
            code="storage_failed",
            values={"problem": trouble},
            raised_at=self._clock.now(),
        )
        try:
            with self._store.write() as tx:
                tx.raise_alarm(alarm)
        except Unavailable:
            return False
        return True

    def load_directory(self, directory: Directory, by: str = "directory") -> None:
        """What it says of services is a step in their history too."""
        now = self._clock.now()
        with self._store.write() as tx:
            note_loaded(tx, directory.services, by, now)
            tx.save_directory(directory)
            # The public page names services as the directory does.
            tx.count_published()

    def save_sources(self, sources: Sequence[Source]) -> None:
        with self._store.write() as tx:
            tx.save_sources(sources)

    def _pending(self, communication_id: str) -> list[Promise]:
        """The times in a text that is held."""
        found = self._queries.communication(communication_id)
        promised = self._queries.promises(found.incident) if found else []
        mine = [p for p in promised if p.communication == communication_id]
        return [p for p in mine if p.state is PromiseState.PENDING]

    def _request(self, incident: Incident, by: str, text: str) -> Literal["requested"]:
        with self._store.write() as tx:
            if not any(r.kind == "reopen" for r in tx.open_requests(incident.id)):
                tx.add_request(
                    Request(
                        id=self._ids.new("req"),
                        incident=incident.id,
                        kind="reopen",
                        text=text,
                        asked_by=by,
                        asked_at=self._clock.now(),
                    )
                )
        return "requested"
