"""A major incident is what a ticket becomes when it is declared: the fold of what is told to everybody.

Beside the ticket's own state it has a phase. Late words fill gaps; what is newer stands.
"""

from __future__ import annotations

from typing import Literal

from .correction_events import Corrected
from .directory import Key, Value
from .events import Closed, Event
from .lattices import Impact, Phase
from .maintenance_events import ChangeAnnounced
from .major_events import (
    Accepted,
    DecisionAsked,
    Declared,
    PhaseChanged,
    Progressed,
    Relapsed,
    Restored,
    ScopeChanged,
    Severity,
    SeverityChanged,
    Stated,
    TeamCalled,
    Withdrawn,
    WorkaroundVerified,
)
from .payload import ByPerson, PersonRef, Words
from .recorded import Recorded, newer, precedes, recorded
from .review_events import ReviewAnnounced, ReviewPublished
from .righting import righted
from .times import Instant

ACTIONS_KEPT = 50
"""Actions, statements and people held in the fold itself; older ones stay in the event stream."""
SEVERITIES_KEPT = 5


class Major(Value):
    """What is known of the failure. A field that is None was never recorded."""

    declared: Recorded[Declared]
    severity: Recorded[Severity]
    phase: Recorded[Phase]
    impact: Recorded[Impact] | None = None
    headline: Recorded[str] | None = None
    symptom: Recorded[Words] | None = None
    started_at: Recorded[Instant] | None = None
    scope: Recorded[Words] | None = None
    not_affected: Recorded[Words] | None = None
    customer_effect: Recorded[Words] | None = None
    called: Recorded[Key] | None = None
    accepted: Recorded[Key] | None = None
    cause: Recorded[Words] | None = None
    workaround: Recorded[Words] | None = None
    decision: Recorded[DecisionAsked] | None = None
    action: Recorded[Progressed] | None = None
    done: tuple[Recorded[Progressed], ...] = ()
    statements: tuple[Recorded[Stated], ...] = ()
    restored: Recorded[Restored] | None = None
    relapse: Recorded[Relapsed] | None = None
    relapsed_times: int = 0
    withdrawn: Recorded[Withdrawn] | None = None
    review: Recorded[ReviewAnnounced] | None = None
    published: Recorded[ReviewPublished] | None = None
    change: Recorded[ChangeAnnounced] | None = None
    """The newest change that the repair needs."""
    silenced: bool = False
    """Its ticket was closed because nobody answered: nobody waits for news of it any more."""
    people: tuple[Recorded[PersonRef], ...] = ()
    """Who recorded something; each once."""
    severity_changed: tuple[Instant, ...] = ()
    """When, the last few times: one that flaps is told more slowly."""

    @property
    def is_open(self) -> bool:
        """Somebody waits for news: neither restored nor withdrawn."""
        return self.phase.value is not Phase.RESOLVED and self.withdrawn is None

    @property
    def is_told(self) -> bool:
        """People go on hearing of it, also when somebody closed the ticket."""
        return self.is_open and not self.silenced

    @property
    def standing(self) -> Literal["open", "restored", "withdrawn"]:
        if self.withdrawn is not None:
            return "withdrawn"
        return "open" if self.is_open else "restored"

    @property
    def seconds_down(self) -> int | None:
        """From start to restoration, when both are on record and in that order."""
        since = self._down_since
        until = self.restored.value.restored_at if self.restored else None
        if since is None or until is None or until < since:
            return None
        # Counted from minute to minute, as both are told: a reader who subtracts finds the same.
        whole = until.replace(second=0, microsecond=0) - since.replace(second=0, microsecond=0)
        return int(whole.total_seconds())

    @property
    def _down_since(self) -> Instant | None:
        """After a relapse: since it came back."""
        if self.relapse is not None:
            return self.relapse.value.started_at
        return self.started_at.value if self.started_at else None


def fold_major(major: Major | None, event: Event) -> Major | None:
    """The major incident after one more event; None as long as none was declared.

    A second declaration adds what it knows and declares nothing anew, unless the first was withdrawn
    before it.
    """
    if isinstance(event.data, Declared) and (major is None or _was_withdrawn_before(major, event)):
        return _declared(event, event.data)
    if major is None or (_is_of_before(major, event) and not isinstance(event.data, Stated)):
        return major
    changes = _changes(major, event) | {"people": _with_author(major, event)}
    return major.model_copy(update=changes)


def _was_withdrawn_before(major: Major, event: Event) -> bool:
    return major.withdrawn is not None and event.occurred_at >= major.withdrawn.at


def _is_of_before(major: Major, event: Event) -> bool:
    """A late word on the failure that was over says nothing of its relapse. (What a person says to
    people they hear all the same.)"""
    return major.relapse is not None and event.occurred_at < major.relapse.at


def _with_author(major: Major | None, event: Event) -> tuple[Recorded[PersonRef], ...]:
    known = major.people if major else ()
    author = event.data.by if isinstance(event.data, ByPerson) else None
    if author is None or any(person.value.id == author.id for person in known):
        return known
    return (*known, recorded(event, author))[-ACTIONS_KEPT:]


def _declared(event: Event, data: Declared) -> Major:
    blank = Major(
        declared=recorded(event, data),
        severity=recorded(event, data.severity),
        phase=recorded(event, Phase.INVESTIGATING),
        people=_with_author(None, event),
    )
    return blank.model_copy(update=_told(blank, event, data))


def _told(major: Major, event: Event, data: Declared) -> dict[str, object]:
    return {
        "impact": newer(major.impact, event, data.impact),
        "headline": newer(major.headline, event, data.headline),
        "symptom": newer(major.symptom, event, data.symptom),
        "started_at": newer(major.started_at, event, data.started_at),
        "scope": newer(major.scope, event, data.scope),
        "not_affected": newer(major.not_affected, event, data.not_affected),
        "customer_effect": newer(major.customer_effect, event, data.customer_effect),
        "called": newer(major.called, event, data.team),
    }


def _changes(major: Major, event: Event) -> dict[str, object]:
    data = event.data
    match data:
        case Declared():
            return _told(major, event, data)
        case Withdrawn() if not precedes(event, major.declared):
            return {"withdrawn": newer(major.withdrawn, event, data)}
        case TeamCalled():
            return {"called": newer(major.called, event, data.team)}
        case Accepted():
            return {"accepted": newer(major.accepted, event, data.team)}
        case ScopeChanged():
            return {
                "scope": newer(major.scope, event, data.scope),
                "not_affected": newer(major.not_affected, event, data.not_affected),
                "customer_effect": newer(major.customer_effect, event, data.customer_effect),
            }
        case SeverityChanged():
            return {
                "severity": newer(major.severity, event, data.severity),
                "severity_changed": (*major.severity_changed, event.occurred_at)[-SEVERITIES_KEPT:],
                "impact": newer(major.impact, event, data.impact),
                "symptom": newer(major.symptom, event, data.symptom),
            }
        case Restored() | Relapsed():
            return _turned(major, event, data)
        case _:
            return _worked(major, event)


def _worked(major: Major, event: Event) -> dict[str, object]:
    """Steps of the repair, which take nothing back."""
    data = event.data
    match data:
        case PhaseChanged():
            moved = newer(major.phase, event, data.phase) if major.is_open else major.phase
            return {"phase": moved, "cause": newer(major.cause, event, data.cause)}
        case Progressed() if data.done:
            done = (*major.done, recorded(event, data))[-ACTIONS_KEPT:]
            return {"done": done, "action": None if _ends(major.action, event) else major.action}
        case Progressed():
            return {"action": newer(major.action, event, data)}
        case WorkaroundVerified():
            return {"workaround": newer(major.workaround, event, data.workaround)}
        case ChangeAnnounced():
            return {"change": newer(major.change, event, data)}
        case DecisionAsked():
            return {"decision": newer(major.decision, event, data)}
        case Closed():
            return {"silenced": major.silenced or data.silent}
        case ReviewAnnounced():
            return {"review": newer(major.review, event, data)}
        case ReviewPublished():
            return {"published": newer(major.published, event, data)}
        case Corrected():
            return righted(major, event, data)
        case Stated():
            said = (*major.statements, recorded(event, data))[-ACTIONS_KEPT:]
            return {"statements": said}
        case _:
            return {}


def _turned(major: Major, event: Event, data: Restored | Relapsed) -> dict[str, object]:
    """Recovery and relapse move the phase both ways; one from before the last of them moves nothing.

    A recovery stands whatever step of the repair is stamped after it: sources' clocks differ by seconds,
    and what works again is not being repaired any more.
    """
    if precedes(event, major.restored):
        return {}
    if isinstance(data, Restored):
        phase = _phase(major, event, Phase.RESOLVED)
        cause = newer(major.cause, event, data.cause)
        return {"phase": phase, "restored": recorded(event, data), "cause": cause, "action": None}
    if major.standing != "restored":
        return {}
    return {
        "phase": _phase(major, event, Phase.INVESTIGATING),
        "relapse": recorded(event, data),
        "relapsed_times": major.relapsed_times + 1,
        "impact": newer(None, event, data.impact),
        "symptom": newer(None, event, data.symptom),
        **dict.fromkeys(_OF_BEFORE),
    }


def _phase(major: Major, event: Event, phase: Phase) -> Recorded[Phase]:
    """A phase never begins before the one that it ends."""
    return Recorded(value=phase, at=max(event.occurred_at, major.phase.at), event=event.id)


_OF_BEFORE = (
    *("scope", "not_affected", "customer_effect", "cause", "workaround", "action", "decision"),
    "change",
)
"""Known of the failure that was over: of this one nobody has recorded them yet."""


def _ends(action: Recorded[Progressed] | None, event: Event) -> bool:
    """Something was done after the action under way was logged: that was it, or came instead."""
    return action is not None and action.at <= event.occurred_at
