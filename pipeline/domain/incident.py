"""What is known of a ticket at this moment? The value that its events fold into (`folding`)."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import model_validator

from .approvals import Approval
from .cause import Ruling
from .directory import Key, Value
from .events import Noted, Reopened, Resolved
from .incident_types import IncidentType
from .lattices import Impact, TicketState, WaitingFor
from .maintenance import Maintenance
from .major import Major
from .major_events import Severity, Withdrawn
from .payload import Link, PersonRef
from .portal_events import Attached
from .recorded import Recorded
from .signals import Signal
from .surge_events import TicketsSurged
from .times import Instant

Owner = Literal["heliograph", "desk"]


class Expectation(Value):
    """When a result is expected, and on whose word."""

    at: Instant
    origin: Literal["technician", "service_level"] | None = None


class Incident(Value):
    """A ticket as it stands. `version` counts the events folded so far.

    One that a monitor or an incident manager opened has no requester; `major` is set once it was
    declared one.
    """

    id: Key
    source: Key
    number: Key
    owner: Owner = "heliograph"
    url: Link | None = None
    version: int
    opened_at: Instant
    updated_at: Instant
    title: Recorded[str]
    description: Recorded[str] | None = None
    requester: Recorded[PersonRef] | None = None
    service: Recorded[str] | None = None
    priority: Recorded[str] | None = None
    category: str | None = None
    site: str | None = None
    customer: str | None = None
    state: Recorded[TicketState]
    waiting_for: WaitingFor | None = None
    message: Recorded[str] | None = None
    respond_by: Recorded[Instant] | None = None
    resolve_by: Recorded[Instant] | None = None
    assignee: Recorded[PersonRef] | None = None
    group: Recorded[str] | None = None
    handed_from: str | None = None
    handed_over_at: Instant | None = None
    handover_reason: Recorded[str] | None = None
    expected: Recorded[Expectation] | None = None
    tried: tuple[Recorded[str], ...] = ()
    notes: tuple[Recorded[Noted], ...] = ()
    resolution: Recorded[Resolved] | None = None
    solved_by: Recorded[str] | None = None
    """The title of the article with which its requester closed it."""
    reopening: Recorded[Reopened] | None = None
    reopened_times: int = 0
    models: Recorded[Literal["none", "any"]] | None = None
    """Whether a person keeps it from chat models."""
    signals: tuple[Signal, ...] = ()
    surge: Recorded[TicketsSurged] | None = None
    """It was asked whether this ticket and others are one failure: the newest such question."""
    dismissed_before: int = 0
    """How often it had been found to be none by then: clocks differ, and the order of recording does not."""
    dismissed: Recorded[Withdrawn] | None = None
    """Its alert, or its question, was found to be no failure before anybody declared it major."""
    dismissed_times: int = 0
    approvals: tuple[Approval, ...] = ()
    """What somebody has to agree to, in the order in which it was asked."""
    major: Major | None = None
    maintenance: Maintenance | None = None
    """Set for a ticket that is planned maintenance, and no fault."""
    classified: Recorded[IncidentType] | None = None
    """The type of incident, as a person said."""
    attached: Recorded[Attached] | None = None
    """The major incident that it belongs to, and by what."""
    detached_from: Recorded[str] | None = None
    """The number of the major incident that it was said to belong to, and does not."""
    kept_from: tuple[Key, ...] = ()
    """The ids of major incidents from which a person took it away: it joins them no more by itself."""
    false_alarm_at: Instant | None = None
    """When that one was found to be a false alarm, if this is why."""
    causes: tuple[Ruling, ...] = ()
    """What people decided about its possible causes, each one's last word."""

    @model_validator(mode="before")
    @classmethod
    def _of_the_first_release(cls, stored: Any) -> Any:
        """Its snapshots said `major: false` and a phase of every ticket."""
        if isinstance(stored, dict) and stored.get("major") is False:
            return {k: v for k, v in stored.items() if k not in ("major", "phase")}
        return stored

    @property
    def services(self) -> tuple[str, ...]:
        """What it is about: maintenance of several at once, anything else of one at most. A ticket that says it in
        its title alone is about the service of which it is asked whether it fails."""
        if self.maintenance is not None:
            return self.maintenance.services.value
        if self.service is None and self.surge is not None and self.is_surging:
            return (self.surge.value.service,)
        return (self.service.value,) if self.service else ()

    @property
    def attached_to(self) -> str | None:
        """The id of the major incident's ticket. Such a ticket has no service level and no survey of its own:
        it is over when that is. One that became a major incident itself belongs to no other, unless that was a false
        alarm."""
        own = self.major is not None and self.major.withdrawn is None
        return self.attached.value.incident if self.attached and not own else None

    @property
    def severity(self) -> Severity | None:
        """The major incident's, else the gravest that a firing alert gave, or the rules for so many tickets."""
        if self.major is not None:
            return self.major.severity.value
        given = [s.severity for s in self.firing]
        if self.surge is not None and self.is_surging:
            given.append(self.surge.value.severity)
        return min((g for g in given if g is not None), default=None)

    @property
    def is_surging(self) -> bool:
        """It is asked whether this ticket and others are one failure, and nobody has said so yet, either way."""
        if self.surge is None or self.is_answered or self.attached is not None:
            return False
        return self.state.value is not TicketState.CLOSED

    @property
    def is_answered(self) -> bool:
        """Somebody said, since it was asked last, that it is a failure, or that there is none. A question that ended
        in another way, because its ticket was closed, or belongs to another failure, is none."""
        return self.major is not None or self.dismissed_times > self.dismissed_before

    @property
    def firing(self) -> tuple[Signal, ...]:
        """The alerts that nobody has found to be false: a later one of another name is a new question."""
        since = self.dismissed.at if self.dismissed else None
        return tuple(
            s
            for s in self.signals
            if s.cleared_at is None and (since is None or s.first.at > since)
        )

    @property
    def impact(self) -> Impact | None:
        """The gravest that a firing alert gave, before anybody declared it major."""
        seen = [s.impact for s in self.firing if s.impact is not None]
        return min(seen, key=list(Impact).index, default=None)
