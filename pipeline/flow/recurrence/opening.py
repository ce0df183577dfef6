"""A chain becomes a problem: its record, and what is asked of the desk that owns the tickets."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from ...domain.incident import Incident
from ...domain.problem import HELIOGRAPH, Problem, Step, Taken
from ...domain.recurring import Chain
from ...domain.request import Request
from ...ports import Ids, Transaction
from ...recurrence.suggesting import owner_of, priority_of, service_of
from .reading import LOOKED_AT, service_named

PREFIX = "PRB"
LONGEST_TITLE = 300


@dataclass(frozen=True, kw_only=True)
class Opening:
    """`outside` is its number or link where a record of it is kept already; without a `title` it is called as
    its newest case; its steps are told `on` a ticket, the newest case unless another is named."""

    by: str
    at: datetime
    title: str = ""
    outside: str = ""
    on: str | None = None


def open_problem(tx: Transaction, chain: Chain, opening: Opening, ids: Ids) -> Problem | None:
    """None for a chain whose cases are all gone, or that has a problem."""
    members = tx.members([chain.id]).get(chain.id, [])[-LOOKED_AT:]
    found = tx.incidents([member.incident for member in members])
    cases = [found[m.incident] for m in members if m.incident in found]
    if not cases:
        return None
    problem = _problem(tx, chain, cases, opening)
    if not tx.add_problem(problem):
        return None
    if not opening.outside:
        _ask_desk(tx, problem, cases, opening, ids)
    return problem


def forget_title(tx: Transaction, incident: Incident, at: datetime) -> None:
    """Problems that are called as this ticket was lose its requester's words, and are called by their number:
    wherever the ticket is now. Not one of which another case is still called so."""
    title = incident.title.value[:LONGEST_TITLE]
    for problem in tx.problems_called(title):
        members = tx.members([problem.chain]).get(problem.chain, [])[-LOOKED_AT:]
        others = tx.incidents([m.incident for m in members if m.incident != incident.id])
        if any(case.title.value[:LONGEST_TITLE] == title for case in others.values()):
            continue
        tx.move_problem(problem, problem.model_copy(update={"title": problem.number}))
        tx.forget_problem_title(title, problem.number, problem.article)
        if problem.article is not None:
            _rename_article(tx, problem.article, title, problem.number, at)


def _rename_article(tx: Transaction, id_: str, was: str, now: str, at: datetime) -> None:
    for kept in tx.kept_articles([id_]).values():
        if kept.article.title == was:
            renamed = kept.article.model_copy(update={"title": now})
            tx.save_articles([replace(kept, article=renamed)], at=at, by=HELIOGRAPH, what="written")


def _problem(tx: Transaction, chain: Chain, cases: list[Incident], opening: Opening) -> Problem:
    newest, service = cases[-1], service_of(cases)
    return Problem(
        number=f"{PREFIX}-{tx.next_number()}",
        chain=chain.id,
        anchor=opening.on or newest.id,
        title=(opening.title or newest.title.value)[:LONGEST_TITLE],
        service=service,
        owner=owner_of(cases, service_named(tx, service)),
        priority=priority_of(cases),
        outside=opening.outside or None,
        opened_at=opening.at,
        taken=(Taken(step=Step.OPENED, at=opening.at, by=opening.by),),
    )


def _ask_desk(
    tx: Transaction, problem: Problem, cases: list[Incident], opening: Opening, ids: Ids
) -> None:
    """The desk that owns the newest ticket keeps the record; its event with the number confirms it."""
    owned = [case for case in cases if case.owner == "desk"]
    if not owned:
        return
    on = next((case for case in owned if case.id == problem.anchor), owned[-1])
    numbers = ", ".join(case.number for case in owned)
    tx.add_request(
        Request(
            id=ids.new("req"),
            incident=on.id,
            kind="problem",
            text=f"{problem.title} ({numbers})",
            asked_by=opening.by,
            asked_at=opening.at,
        )
    )
