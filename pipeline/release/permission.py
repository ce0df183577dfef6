"""May this draft leave now? What the rules demand and the guard's verdict decide; the reason is kept."""

from __future__ import annotations

from datetime import datetime

from ..domain.agreement import Demand, Mode
from ..domain.communication import Communication, Reason, Release
from ..domain.errors import Hindrance, WrongState
from ..domain.findings import FindingLevel, Verdict

POLICY = "policy"
_WAITS = {
    Mode.UNLESS_VETOED: "waits_for_veto",
    Mode.ONE_PERSON: "waits_for_person",
    Mode.TWO_PERSONS: "waits_for_two",
}


def permission(
    communication: Communication, verdict: Verdict, demand: Demand, at: datetime
) -> Release:
    """Automatic only when the rules say so and no finding is above a warning (law 7)."""
    worst = verdict.level or FindingLevel.WARN
    if worst > FindingLevel.WARN:
        rules = ", ".join(sorted({f.rule for f in verdict.findings if f.level > FindingLevel.WARN}))
        code = "blocked_by_findings" if worst is FindingLevel.BLOCK else "held_by_findings"
        reason = Reason(code=code, values={"rules": rules})
    elif demand.mode is Mode.AUTOMATIC:
        return _release(communication, True, POLICY, at, Reason(code="released_by_policy"))
    elif demand.mode is Mode.NOBODY:
        reason = demand.reason or Reason(code="not_for_this_audience")
    else:
        reason = Reason(code=_WAITS[demand.mode])
    return _release(communication, False, POLICY, at, reason)


def unvetoed(communication: Communication, at: datetime) -> Release:
    """The time for a veto has passed, and there was none."""
    return _release(communication, True, POLICY, at, Reason(code="released_unvetoed"))


def agreed(communication: Communication, *, by: str, why: str, at: datetime) -> Release:
    """The last agreement that was needed; `by` gave it."""
    reason = Reason(code="released_by_person", values={"by": by, "why": why})
    return _release(communication, True, by, at, reason)


def refuse_overruled(verdict: Verdict, why: str) -> None:
    """Raises WrongState for what no person may let pass, or not without saying why."""
    stopping = [f for f in verdict.findings if f.level > FindingLevel.WARN]
    if verdict.level is FindingLevel.BLOCK:
        raise WrongState(
            Hindrance.BLOCKED,
            "a blocked text cannot be released; discard it, or correct its cause",
            findings=stopping,
        )
    if verdict.level is FindingLevel.HOLD and not why.strip():
        raise WrongState(
            Hindrance.REASON_NEEDED,
            "say why the findings do not matter here; it is kept",
            field="reason",
            findings=stopping,
        )


def _release(
    communication: Communication, granted: bool, by: str, at: datetime, reason: Reason
) -> Release:
    return Release(
        communication=communication.id,
        revision=communication.revision,
        granted=granted,
        by=by,
        at=at,
        reason=reason,
    )
