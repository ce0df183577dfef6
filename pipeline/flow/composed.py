"""What came of composing one communication, and how it is written: whole, or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import structlog

from ..delivery.plan import Plan
from ..domain.agreement import Demand
from ..domain.communication import (
    NEWS_OF_MAJOR,
    Communication,
    CommunicationState,
    Draft,
    Kind,
    Reason,
    Release,
)
from ..domain.correction import Statement
from ..domain.message import Message
from ..domain.portal_parts import ALL, PUBLISHING, TELLING, Part, off
from ..domain.promise import Promise
from ..domain.survey import Offer, Unasked
from ..policy.rules import RulePack
from ..ports import Alarm, Ids, Transaction
from . import promises
from .asking_release import asked
from .fallen_back import CODE, alarm_key
from .gather import Subject
from .news import left
from .reach import timed
from .surveys.keeping import keep
from .writing.waits import Prospects

log = structlog.get_logger(__name__)

_NEXT = timedelta(microseconds=1)


@dataclass(frozen=True, kw_only=True)
class Composed:
    """What a step made of one communication; written as a whole. `told_at` is when its audience was told
    last: it settles after that, also on a clock that was set back."""

    state: CommunicationState
    outcome: Reason
    drafts: tuple[Draft, ...] = ()
    release: Release | None = None
    demand: Demand | None = None
    """What has to come before it may leave."""
    messages: tuple[Message, ...] = ()
    told: dict[str, str] | None = None
    told_at: datetime | None = None
    stated: tuple[Statement, ...] = ()
    promised: tuple[Promise, ...] = ()
    alarms: tuple[Reason, ...] = ()
    articles: tuple[str, ...] = ()
    """Those that its requester is told of."""
    offers: Mapping[str, Offer] = field(default_factory=dict)
    """What it asks, by the key of each reader."""
    unasked: tuple[Unasked, ...] = ()


def nobody(subject: Subject, plan: Plan, parts: frozenset[Part] = ALL) -> Composed:
    """An alarm, unless it was for those who were told, and nobody was; or for the public, and the `parts` of
    the portal that are on reach nobody."""
    kind = subject.communication.kind
    if subject.pages and not parts & PUBLISHING and not plan.unreached:
        return Composed(state=CommunicationState.SKIPPED, outcome=_unpublished(parts))
    if subject.communication.goes_to_the_told and not plan.unreached:
        return Composed(state=CommunicationState.SKIPPED, outcome=Reason(code="nobody_was_told"))
    if kind in NEWS_OF_MAJOR and kind is not Kind.FIRST_CONTACT and subject.told_at is None:
        # Their first contact found nobody either, and was alarmed: once is enough.
        return Composed(state=CommunicationState.SKIPPED, outcome=Reason(code="nobody_was_told"))
    if subject.communication.audience == "requester" and subject.incident.requester is None:
        # A monitor opened it, or a manager: there is nobody to answer to.
        return Composed(state=CommunicationState.SKIPPED, outcome=Reason(code="nobody_reported"))
    if plan.unreached:
        outcome = plan.unreached[0]
    else:
        outcome = Reason(code="no_recipient", values={"audience": subject.communication.audience})
    return Composed(
        state=CommunicationState.SKIPPED, outcome=outcome, alarms=plan.unreached or (outcome,)
    )


def _unpublished(parts: frozenset[Part]) -> Reason:
    code = "nobody_subscribed" if parts & TELLING else "portal_off"
    return Reason(code=code, values={"off": off(parts, TELLING)})


def failed(problem: str) -> Reason:
    return Reason(code="template_failed", values={"problem": problem[:1000]})


def parked(reason: Reason) -> Composed:
    return Composed(state=CommunicationState.PARKED, outcome=reason, alarms=(reason,))


def write(
    tx: Transaction,
    made: Sequence[tuple[Communication, Composed]],
    ids: Ids,
    now: datetime,
    prospects: Prospects,
    rules: RulePack,
) -> None:
    """Each kind of row at once: a statement costs more than a row."""
    settled = ((c, composed) for c, composed in made if _settled(tx, c, composed, now))
    kept = [(c, _with_surveys(tx, composed, rules, now)) for c, composed in settled]
    results = [composed for _, composed in kept]
    tx.save_drafts([draft for composed in results for draft in composed.drafts])
    tx.save_statements([one for composed in results for one in composed.stated])
    tx.save_releases([composed.release for composed in results if composed.release is not None])
    told = [(c, message) for c, composed in kept for message in composed.messages]
    tx.add_messages(timed(tx, rules, told, now))
    for communication, composed in kept:
        tx.count_told(communication.incident, composed.articles)
        if composed.state is CommunicationState.RELEASED:
            left(tx, communication, composed.promised, ids, now, prospects)
        else:
            promises.hold(tx, composed.promised)
            asked(tx, communication, composed.demand, composed.drafts, composed.promised, ids, now)
        if communication.scheduled and composed.outcome.code == "over_already":
            promises.drop_news(tx, communication, now)
        for reason in composed.alarms:
            tx.raise_alarm(_alarm(communication, reason, now))


def _with_surveys(tx: Transaction, made: Composed, rules: RulePack, now: datetime) -> Composed:
    """Without the message of whoever is not asked after all: its link would lead nowhere."""
    lost = keep(tx, made.offers, made.unasked, rules.surveys, now)
    left = tuple(m for m in made.messages if m.recipient.key not in lost)
    return replace(made, messages=left) if lost else made


def _settled(tx: Transaction, c: Communication, composed: Composed, now: datetime) -> bool:
    """Whoever took the row meanwhile tells it: a result that comes too late is dropped whole."""
    at = max(now, composed.told_at + _NEXT) if composed.told_at else now
    settled = tx.settle_communication(
        c, composed.state, at=at, outcome=composed.outcome, told=composed.told
    )
    if not settled:
        log.warning("result dropped: the lease had run out", communication=c.id)
    return settled


def _alarm(communication: Communication, reason: Reason, now: datetime) -> Alarm:
    return Alarm(
        key=alarm_key(reason) if reason.code == CODE else _key(communication, reason),
        code=reason.code,
        values=reason.values,
        raised_at=now,
        incident=communication.incident,
    )


def _key(communication: Communication, reason: Reason) -> str:
    """Each recipient who cannot be reached is an alarm of its own."""
    named = reason.values.get("recipient")
    return ":".join(["communication", communication.id, *([named] if named else [])])
