"""Possible causes of an incident, as they stand now, and what people decide about each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ...causes.candidate import Candidate
from ...causes.ranking import Ranked, candidates, rank
from ...causes.reading import LineReader
from ...causes.seen import Seen
from ...domain.cause import Ruling
from ...domain.cause_events import CauseConfirmed, CauseReconsidered, CauseRuledOut
from ...domain.errors import Hindrance, UnknownIncident, UnknownThing, WrongState
from ...domain.incident import Incident
from ...domain.payload import PersonRef, Words
from ...ports import Clock, Queries, Store, Transaction
from ..intake import Intake, Record
from ..library import Library
from ..own_events import own_event
from .looking import Reaches, everywhere, seen_of

Decision = CauseConfirmed | CauseRuledOut | CauseReconsidered
Refusing = Callable[[Ruling | None], None]
"""Raises WrongState where what was decided about a candidate leaves nothing to decide."""


@dataclass(frozen=True, kw_only=True)
class Assessed:
    """`decided` are all rulings, the latest last; `blind` says by code what could not be looked at."""

    ranked: Ranked
    decided: tuple[Ruling, ...]
    blind: tuple[str, ...]

    @property
    def confirmed(self) -> tuple[Ruling, ...]:
        return tuple(one for one in self.decided if one.is_confirmed)

    def ruling(self, key: str) -> Ruling | None:
        return next((one for one in self.decided if one.candidate == key), None)


class Causes:
    """Nothing is kept of an assessment: it is read anew from the record whenever somebody asks. `reaches` says of
    which sources other tickets are there for them: what lies outside is neither shown nor decided on."""

    def __init__(
        self, *, store: Store, queries: Queries, clock: Clock, intake: Intake, library: Library
    ) -> None:
        self._store, self._queries, self._clock = store, queries, clock
        self._intake, self._library = intake, library

    def of(self, incident: Incident, reaches: Reaches = everywhere) -> Assessed:
        seen = self._seen(incident, reaches)
        out = {one.candidate for one in incident.causes if not one.is_confirmed}
        return Assessed(ranked=rank(seen, out=out), decided=incident.causes, blind=seen.blind)

    def confirm(
        self,
        incident_id: str,
        key: str,
        cause: Words,
        *,
        by: str,
        reaches: Reaches = everywhere,
    ) -> Incident:
        """From now on it is the cause on record, by this person's word.

        Raises UnknownThing for what nobody proposed, WrongState for what is confirmed already.
        """
        self._known(incident_id, key, reaches)

        def refuse(ruling: Ruling | None) -> None:
            if ruling is not None and ruling.is_confirmed:
                raise WrongState(Hindrance.MOVED_ON, "somebody confirmed it already")

        confirmed = CauseConfirmed(candidate=key, cause=cause, by=PersonRef(id=by))
        return self._record(incident_id, confirmed, refuse)

    def rule_out(
        self,
        incident_id: str,
        key: str,
        reason: str,
        *,
        by: str,
        reaches: Reaches = everywhere,
    ) -> Incident:
        """Raises UnknownThing, and WrongState without a reason or for what is decided already."""
        self._known(incident_id, key, reaches)
        if not reason.strip():
            raise WrongState(Hindrance.REASON_NEEDED, "say why it was not this", field="reason")

        def refuse(ruling: Ruling | None) -> None:
            if ruling is not None:
                raise WrongState(
                    Hindrance.MOVED_ON, "somebody decided on it already: undo that first"
                )

        ruled_out = CauseRuledOut(candidate=key, reason=reason.strip(), by=PersonRef(id=by))
        return self._record(incident_id, ruled_out, refuse)

    def undo(self, incident_id: str, key: str, *, by: str) -> Incident:
        """Raises WrongState when nothing was decided about it."""

        def refuse(ruling: Ruling | None) -> None:
            if ruling is None:
                raise WrongState(Hindrance.MOVED_ON, "nothing is decided about it any more")

        reconsidered = CauseReconsidered(candidate=key, by=PersonRef(id=by))
        return self._record(incident_id, reconsidered, refuse)

    def candidate(
        self, incident: Incident, key: str, reaches: Reaches = everywhere
    ) -> Candidate | None:
        found = candidates(self._seen(incident, reaches))
        return next((one for one in found if one.key == key), None)

    def _seen(self, incident: Incident, reaches: Reaches) -> Seen:
        reader = LineReader.load(self._library.texts.files)
        with self._store.read() as tx:
            return seen_of(tx, incident, reader, self._clock.now(), reaches)

    def _known(self, incident_id: str, key: str, reaches: Reaches) -> None:
        incident = self._incident(incident_id)
        if _ruling(incident, key) is None and self.candidate(incident, key, reaches) is None:
            raise UnknownThing(f"nothing was proposed as {key[:100]}", field="candidate")

    def _incident(self, incident_id: str) -> Incident:
        incident = self._queries.incident(incident_id)
        if incident is None:
            raise UnknownIncident(f"no ticket {incident_id[:100]}")
        return incident

    def _record(self, incident_id: str, data: Decision, refuse: Refusing) -> Incident:
        """`refuse` is asked in the transaction that records it: of two who decide at once the second is told."""

        def work(tx: Transaction, record: Record) -> None:
            incident = tx.incident(incident_id)
            if incident is None:
                raise UnknownIncident(f"no ticket {incident_id[:100]}")
            refuse(_ruling(incident, data.candidate))
            record([own_event(incident, data, data.type.split(".")[-2], self._clock.now())])

        self._intake.together(work)
        return self._incident(incident_id)


def _ruling(incident: Incident, key: str) -> Ruling | None:
    return next((one for one in incident.causes if one.candidate == key), None)
