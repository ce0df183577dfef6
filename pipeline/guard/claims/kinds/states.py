"""Does a word of state go further than the record: restored, closed, cause found, monitoring?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ....domain.communication import Reason
from ....domain.lattices import Phase
from ..alignment import aligned, content_of
from ..claim import Claim, Told, because
from ..polarity import Polar
from ..statements import Statement
from .returns import has_object, is_guess

KIND = "state"
_ORDER = [phase.value for phase in Phase]
OVER = frozenset({"resolved", "closed"})
_FULL = re.compile(
    r"\b(?:fully|completely|entirely|everything|all (?:services|systems|functions|users))\b|全部|完全|彻底|全面|一切",
    re.IGNORECASE,
)
_SAYS_NOT_WHAT = ("effects:", "counts:tickets", "counts:people")
_PART = 0.5
"""Of what a clause says that a statement of recovery must hold, to be the one that it tells."""
NOW = re.compile(r"\b(?:is|are|still|'re|continue)\b|正在|仍|还在|继续", re.IGNORECASE)
_INCIDENT = re.compile(r"\bincident|事件|事故", re.IGNORECASE)
_TICKET = re.compile(r"\bticket|case|request\b|工单|单子", re.IGNORECASE)


def states(told: Told) -> Iterator[Claim]:
    for polar in told.polars:
        if _works_again(told, polar) and (reason := _over(told, polar, _stating(told, polar))):
            yield told.contradicted(KIND, polar.start, polar.end, against(told), reason)
        if polar.loose or polar.denied or told.is_advice(polar.start) or has_object(told, polar):
            continue
        if told.is_quoted(polar.start) or is_guess(told, polar):
            continue
        if polar.state:
            yield from _state(told, polar)


def _recovers(told: Told, polar: Polar) -> bool:
    """A part of it is back, as a statement tells of that part."""
    named = told.index.reader.read("; ".join((told.index.record.title, *told.index.services))).keys
    content = content_of(
        told.reading,
        polar.clause,
        told.index,
        lambda w: not w.keys & named and not any(k.startswith(_SAYS_NOT_WHAT) for k in w.keys),
    )
    better = [
        s
        for s in told.index.statements
        if "recover" in s.type or {("health", 1), ("progress", 1)} & s.groups
    ]
    near = aligned(content, told.index, better)
    return bool(near) and near[0].share >= _PART


def _works_again(told: Told, polar: Polar) -> bool:
    """`works again` says restored in other words."""
    after = told.reading.text[polar.end : polar.end + 7].lower()
    works = polar.key == "working" and polar.sign > 0 and not polar.loose
    words = told.reading.text[polar.start : polar.end]
    now = after.startswith(" now") and "run" not in words
    return works and (after.startswith(" again") or now or words.startswith("恢复"))


def _state(told: Told, polar: Polar) -> Iterator[Claim]:
    evidence = _stating(told, polar)
    judged = {
        "restored": _over,
        "resolved": _over,
        "closed": _closed,
        "identified": _identified,
        "monitoring": _at_least_monitoring,
        "investigating": _investigating,
        "assigned": _assigned,
        "waiting": _waiting,
        "in_progress": _in_progress,
    }.get(polar.state or "")
    if judged is None:
        return
    standing = judged(told, polar, evidence)
    if standing:
        yield told.contradicted(KIND, polar.start, polar.end, against(told), standing)
    else:
        yield told.supported(KIND, polar.start, polar.end, evidence or ["record"])


def _stating(told: Told, polar: Polar) -> list[Statement]:
    """Statements that give the same state, of a thing that the clause names too."""
    own = {f"effects:{polar.group}", "counts:tickets"}
    words = told.reading.words_in(polar.clause) or told.reading.words
    keys = frozenset(k for w in words if not w.keys & own for k in w.keys)
    if not keys and polar.state in (
        "resolved",
        "restored",
        "closed",
    ):
        return []
    return [
        s
        for s in told.index.statements
        if any(
            p.state
            and (p.state == polar.state or {p.state, polar.state} <= {"restored", "resolved"})
            and not p.loose
            and not p.denied
            for p in s.polars
        )
        and (not keys or keys & told.index.around(s))
        and s.status != "suspected"
    ]


def against(told: Told) -> list[str]:
    record = told.index.record
    return [f"phase:{record.phase}" if record.phase else f"state:{record.state}"]


def _over(told: Told, polar: Polar, evidence: list[Statement]) -> Reason | None:
    record = told.index.record
    if _of_another_service(told, polar):
        return because("claim_had_not_failed")
    if record.phase == "resolved" or record.state in OVER:
        return None
    if polar.state == "restored" and told.index.is_over:
        return None
    partial = polar.state == "restored" and not _FULL.search(told.reading.text)
    if partial and _recovers(told, polar):
        return None
    if evidence and not _FULL.search(told.reading.text) and not _relapsed_since(told, evidence):
        return None
    return because("claim_state", state=record.phase or record.state)


def _of_another_service(told: Told, polar: Polar) -> bool:
    """Restored is told of a service that the record only names as working."""
    named = {f"services:{m.entry.group}" for m in told.reading.within(polar.clause, "services")}
    about = [s for s in told.index.statements if named & s.reading.keys]
    if not named or not about or any(s.id == "record" for s in about):
        return False
    signs = {p.sign for s in about for p in s.polars if p.group == "health"}
    return signs == {1} and not any(p.state for s in about for p in s.polars)


def _relapsed_since(told: Told, evidence: list[Statement]) -> bool:
    """It came back after everything that says it was restored, and the text does not tell it as past."""
    last = max(s.at for s in evidence)
    relapsed = any(
        s.type in ("relapsed", "reopened") and s.at > last for s in told.index.statements
    )
    return relapsed and not told.reading.moments


def _closed(told: Told, polar: Polar, evidence: list[Statement]) -> Reason | None:
    record = told.index.record
    text = told.reading.text[polar.clause[0] : polar.clause[1]]
    over = any(p.state == "resolved" and p.clause == polar.clause for p in told.polars)
    if (
        record.state == "closed"
        or (over and record.state in OVER)
        or (record.phase == "resolved" and _INCIDENT.search(text) and not _TICKET.search(text))
        or (evidence and not _TICKET.search(text))
    ):
        return None
    return None if evidence and record.state in OVER else because("claim_state", state=record.state)


def _identified(told: Told, polar: Polar, evidence: list[Statement]) -> Reason | None:
    record = told.index.record
    sure = told.index.known_causes
    if (
        sure
        or evidence
        or (record.phase and _ORDER.index(record.phase) >= 1 and _ORDER.index(record.phase) < 4)
    ):
        return None
    if told.is_hedged:
        return None
    return because("claim_cause_unconfirmed")


def _at_least_monitoring(told: Told, polar: Polar, evidence: list[Statement]) -> Reason | None:
    record = told.index.record
    if evidence or record.phase in ("monitoring", "resolved") or record.state in OVER:
        return None
    watched = [s for s in told.index.statements if "watch" in s.acts]
    return None if watched else because("claim_state", state=record.phase or record.state)


def _investigating(told: Told, polar: Polar, evidence: list[Statement]) -> Reason | None:
    record = told.index.record
    looked = [s for s in told.index.statements if s.acts & {"look"}]
    sure = told.index.known_causes
    if sure and NOW.search(told.reading.text) and told.reading.within(told.reading.whole, "causes"):
        return because("claim_cause_known")
    if record.phase in ("investigating",) or evidence or looked:
        return None
    if not sure and told.reading.within(told.reading.whole, "causes"):
        return None  # it is the cause that is looked for, whatever else is done
    if record.phase is None and record.state not in OVER and record.state != "new":
        return None
    return because("claim_state", state=record.phase or record.state)


def _assigned(told: Told, polar: Polar, evidence: list[Statement]) -> Reason | None:
    return (
        because("claim_state", state=told.index.record.state)
        if told.index.record.state == "new" and not evidence
        else None
    )


def _in_progress(told: Told, polar: Polar, evidence: list[Statement]) -> Reason | None:
    record = told.index.record
    if record.state in OVER and NOW.search(told.reading.text) and not told.reading.moments:
        return because("claim_state", state=record.state)
    return None


def _waiting(told: Told, polar: Polar, evidence: list[Statement]) -> Reason | None:
    still = told.reading.within(polar.clause, "still")
    if (
        told.index.record.state in OVER
        and (still or not evidence)
        and NOW.search(told.reading.text)
    ):
        return because("claim_state", state=told.index.record.state)
    asked = [
        s
        for s in told.index.statements
        if s.acts & {"ask", "approve", "supplier"} or s.type == "assigned"
    ]
    if told.index.record.state == "waiting" or evidence or asked:
        return None
    return because("claim_state", state=told.index.record.state)
