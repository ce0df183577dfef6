"""A case joined a chain that is known: its ticket says so, the card is brought up to date, and a fix may have failed.

All in the transaction in which it joined. That a case is told to nobody is an event too, with its reason.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from ...domain.cloudevents import Incoming
from ...domain.communication import Communication, Kind, Lane, Reason
from ...domain.incident import Incident
from ...domain.problem import Problem, Step, reopened
from ...domain.problems_events import ProblemMoved, Recurred
from ...domain.recurring import Chain, ChainState, Member
from ...policy.rules import RulePack
from ...ports import Ids, Transaction
from ..own_events import own_event

CARDS = "webhook"
"""The channel that can put a message in the place of the one before; a second mail would be a second message."""
RULE = "recurrence-card"
_TOLD = (ChainState.PROPOSED, ChainState.ACCEPTED)

Recording = Callable[[Sequence[Incoming]], object]


def tell_proposed(
    record: Recording, case: Incident, chain: Chain, size: int, now: datetime
) -> None:
    """The case that completed the chain: the rules say who hears of it."""
    data = Recurred(chain=chain.id, kind=chain.kind, cases=size)
    record([own_event(case, data, "recurred", now)])


def tell_joined(
    tx: Transaction,
    record: Recording,
    case: Incident,
    chain: Chain,
    size: int,
    *,
    rules: RulePack,
    ids: Ids,
    now: datetime,
) -> None:
    data = Recurred(chain=chain.id, kind=chain.kind, cases=size, standing=chain.state, told=True)
    record([own_event(case, data, "recurred", now)])
    reopen(tx, record, Member(incident=case.id, at=case.opened_at), chain.id, now)
    if chain.state in _TOLD and chain.told_on is not None:
        _bring_up_to_date(tx, chain, chain.told_on, rules, ids, now)


def reopen(tx: Transaction, record: Recording, latest: Member, chain: str, now: datetime) -> None:
    """The chain's problem is open again if this case of it began after the fix; told on the case's ticket."""
    problem = tx.problems_of([chain]).get(chain)
    if problem is None or not problem.came_back_after_fix(latest.at):
        return
    seen = tx.incident(latest.incident)
    if tx.move_problem(problem, reopened(problem, at=now)) and seen is not None:
        record([moved_event(seen, problem.number, Step.REOPENED, now)])


def moved_event(incident: Incident, number: str, step: Step, now: datetime) -> Incoming:
    data = ProblemMoved(problem=number, step=step)
    return own_event(incident, data, f"problem_{step.value}", now)


def tell_step(
    tx: Transaction, record: Recording, problem: Problem, step: Step, now: datetime
) -> None:
    """On the ticket where its first step was told, so that its messages are one thread."""
    incident = tx.incident(problem.anchor)
    if incident is not None:
        record([moved_event(incident, problem.number, step, now)])


def _bring_up_to_date(
    tx: Transaction, chain: Chain, on: str, rules: RulePack, ids: Ids, now: datetime
) -> None:
    """Once for all cases of the next minutes: what it tells is read when it is drafted."""
    waiting = {c.audience for c in tx.planned(on) if c.card is not None}
    for audience in _audiences(rules):
        has_card = any(r.channel == CARDS for r in tx.told_recipients(on, audience))
        if has_card and audience not in waiting:
            tx.add_communications([_update(chain, on, audience, rules, ids.new("com"), now)])


def _audiences(rules: RulePack) -> list[str]:
    telling = rules.by_event.get("recurred", ())
    return list(dict.fromkeys(r.audience for r in telling if r.kind is Kind.RECURRENCE_ALERT))


def _update(
    chain: Chain, on: str, audience: str, rules: RulePack, new: str, now: datetime
) -> Communication:
    wait: timedelta = rules.recurrence.card_after
    return Communication(
        id=new,
        incident=on,
        kind=Kind.RECURRENCE_ALERT,
        audience=audience,
        channels=(CARDS,),
        rule=RULE,
        reason=Reason(code="chain_grew"),
        lane=Lane.ROUTINE,
        due_at=now + wait,
        created_at=now,
        events=(),
        card=f"chain:{chain.id}",
    )
