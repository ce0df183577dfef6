"""Possible causes of an incident, as they stand now, and what people decide about each."""

from __future__ import annotations

from dataclasses import dataclass

from ...causes.candidate import Candidate
from ...causes.ranking import Ranked, candidates, rank
from ...causes.reading import LineReader
from ...causes.seen import Seen
from ...domain.cause import Ruling
from ...domain.cause_events import CauseConfirmed, CauseReconsidered, CauseRuledOut
from ...domain.errors import Hindrance, UnknownIncident, UnknownThing, WrongState
from ...domain.incident import Incident
from ...domain.payload import Payload, PersonRef, Words
from ...ports import Clock, Queries, Store
from ..intake import Intake
from ..library import Library
from ..own_events import own_event
from .looking import seen_of


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
    """Nothing is kept of an assessment: it is read anew from the record whenever somebody asks."""

    def __init__(
        self, *, store: Store, queries: Queries, clock: Clock, intake: Intake, library: Library
    ) -> None:
        self._store, self._queries, self._clock = store, queries, clock
        self._intake, self._library = intake, library

    def of(self, incident: Incident) -> Assessed:
        seen = self._seen(incident)
        out = {one.candidate for one in incident.causes if not one.is_confirmed}
        return Assessed(ranked=rank(seen, out=out), decided=incident.causes, blind=seen.blind)

    def confirm(self, incident_id: str, key: str, cause: Words, *, by: str) -> Incident:
        """From now on it is the cause on record, by this person's word.

        Raises UnknownThing for what nobody proposed, WrongState for what is confirmed already.
        """
        incident = self._known(incident_id, key)
        if any(one.candidate == key and one.is_confirmed for one in incident.causes):
            raise WrongState(Hindrance.MOVED_ON, "somebody confirmed it already")
        return self._record(
            incident, CauseConfirmed(candidate=key, cause=cause, by=PersonRef(id=by))
        )

    def rule_out(self, incident_id: str, key: str, reason: str, *, by: str) -> Incident:
        """Raises UnknownThing, and WrongState without a reason or for what is decided already."""
        incident = self._known(incident_id, key)
        if not reason.strip():
            raise WrongState(Hindrance.REASON_NEEDED, "say why it was not this", field="reason")
        if any(one.candidate == key for one in incident.causes):
            raise WrongState(Hindrance.MOVED_ON, "somebody decided on it already: undo that first")
        ruling = CauseRuledOut(candidate=key, reason=reason.strip(), by=PersonRef(id=by))
        return self._record(incident, ruling)

    def undo(self, incident_id: str, key: str, *, by: str) -> Incident:
        """Raises WrongState when nothing was decided about it."""
        incident = self._incident(incident_id)
        if not any(one.candidate == key for one in incident.causes):
            raise WrongState(Hindrance.MOVED_ON, "nothing is decided about it any more")
        return self._record(incident, CauseReconsidered(candidate=key, by=PersonRef(id=by)))

    def candidate(self, incident: Incident, key: str) -> Candidate | None:
        found = candidates(self._seen(incident))
        return next((one for one in found if one.key == key), None)

    def _seen(self, incident: Incident) -> Seen:
        reader = LineReader.load(self._library.texts.files)
        with self._store.read() as tx:
            return seen_of(tx, incident, reader, self._clock.now())

    def _known(self, incident_id: str, key: str) -> Incident:
        incident = self._incident(incident_id)
        decided = any(one.candidate == key for one in incident.causes)
        if not decided and self.candidate(incident, key) is None:
            raise UnknownThing(f"nothing was proposed as {key[:100]}", field="candidate")
        return incident

    def _incident(self, incident_id: str) -> Incident:
        incident = self._queries.incident(incident_id)
        if incident is None:
            raise UnknownIncident(f"no ticket {incident_id[:100]}")
        return incident

    def _record(self, incident: Incident, data: Payload) -> Incident:
        act = data.type.split(".")[-2]
        self._intake.accept([own_event(incident, data, act, self._clock.now())])
        return self._incident(incident.id)
