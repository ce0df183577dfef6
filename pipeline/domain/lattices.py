"""Which state may follow which? Ticket state and incident phase are two separate lattices."""

from __future__ import annotations

from enum import StrEnum

from .incident_types import TYPE_KEYS


class TicketState(StrEnum):
    """Where the ticket stands at the service desk."""

    NEW = "new"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"
    RESOLVED = "resolved"
    CLOSED = "closed"

    @property
    def is_over(self) -> bool:
        """Nobody works on it; a resolved one may still be opened again."""
        return self in (TicketState.RESOLVED, TicketState.CLOSED)


class WaitingFor(StrEnum):
    """Why a waiting ticket waits."""

    APPROVAL = "approval"
    REQUESTER = "requester"
    SUPPLIER = "supplier"
    OTHER = "other"


class Phase(StrEnum):
    """How far the repair of an incident has come (rule M8); sources may skip steps in between."""

    INVESTIGATING = "investigating"
    IDENTIFIED = "identified"
    MITIGATING = "mitigating"
    MONITORING = "monitoring"
    RESOLVED = "resolved"


class Impact(StrEnum):
    """What people notice. "Unavailable" is said of a full outage only."""

    UNAVAILABLE = "unavailable"
    PARTIAL = "partial"
    DEGRADED = "degraded"


STATE_KEYS = tuple(
    key
    for state in TicketState
    for key in (
        (f"{state.value}.{why.value}" for why in WaitingFor)
        if state is TicketState.WAITING
        else (state.value,)
    )
)
"""How a ticket's state is named in texts: a waiting one says for whom."""
PHASE_KEYS = tuple(f"phase.{phase.value}" for phase in Phase)
IMPACT_KEYS = tuple(f"impact.{impact.value}" for impact in Impact)
SEVERITY_KEYS = ("severity.P1", "severity.P2", "severity.P3", "severity.P4")
DATA_KEYS = ("data.intact", "data.checking", "data.lost")
DUE_KEYS = tuple(
    f"due.{what}"
    for what in (
        *("first_contact_by", "expected_at", "close_at", "next_update", "action_due"),
        *("limits_news_by", "data_news_by", "review_by"),
    )
)
CHECKED_KEYS = ("checked.no_limits", "checked.no_user_action")
"""What was looked for and is not there: "none" needs a fact of its own (law 7)."""
OCCASION_KEYS = ("occasion.changed", "occasion.reminder")
"""Why maintenance is announced again."""
DECLARED_KEYS = tuple(f"declared_basis.{what}" for what in ("second_signal", "hold_down", "source"))
"""How it became a major incident, where no person declared it."""
CLOCK_KEYS = (
    *("clock.response", "clock.resolution"),
    *("deadline.ahead", "deadline.passed", "told.managers"),
)
"""The limits of a service level, how their deadline stands, and who is told next."""
LANGUAGE_KEYS = ("language.zh", "language.en")
"""In which language something is written."""
APPROVAL_KEYS = tuple(
    f"approval.{why}" for why in ("asked", "reminder", "named", "absent", "overdue", "left")
)
"""Why somebody is asked to agree."""
DECISION_KEYS = ("decision.approved", "decision.refused")
AUDIENCE_KEYS = tuple(
    f"to.{audience}"
    for audience in (
        *("requester", "technician", "group", "owner"),
        *("affected", "public", "leaders", "front_line"),
    )
)
"""Whom a text is for, in the request to release it; an audience without words is left out there."""
WORDED_KEYS = (
    *(*STATE_KEYS, *PHASE_KEYS, *IMPACT_KEYS, *SEVERITY_KEYS),
    *(
        *DATA_KEYS,
        *DUE_KEYS,
        *CHECKED_KEYS,
        *CLOCK_KEYS,
        *LANGUAGE_KEYS,
        *TYPE_KEYS,
        *AUDIENCE_KEYS,
    ),
    *(*OCCASION_KEYS, *DECLARED_KEYS, *APPROVAL_KEYS, *DECISION_KEYS),
)
"""Every key of a state that a text may show; `prompts/states.yaml` has words for each."""
