"""What may happen to a ticket, from the report, the alert or the declaration to its end?"""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import datetime

from .canaries import NOBODY, STAFF, TICKET, Canaries
from .of_majors import OF_MAJOR, alerted, declared, ended
from .telling import SEVERITIES, TEAMS, Act, Story, some

STATES = ("assigned", "in_progress", "waiting")


def story(number: str, dice: random.Random, canaries: Canaries, at: datetime) -> Story:
    """A ticket that somebody reports, that a monitor opens, or that is declared major at once."""
    told = Story(number=number, dice=dice, canaries=canaries, at=at)
    begin = dice.choice((_reported, _reported, alerted, declared))
    begin(told)
    if begin is _reported:
        some(told, OF_TICKET, 2, 6)
    if begin is not declared and dice.random() < 0.6:
        some(told, {"alerted": alerted}, 0, 2)
        declared(told)
    if any(event["type"] == "heliograph.incident.declared.v1" for event in told.events):
        some(told, OF_MAJOR | {"noted": _noted}, 2, 7)
        ended(told)
    some(told, OF_TICKET, 0, 3)
    return told


def _reported(told: Story) -> None:
    told.happens(
        "ticket.reported",
        title=told.line("reported.title", TICKET),
        description=told.perhaps(told.line, "reported.description", TICKET),
        requester=told.person("requester", "reported.requester", TICKET),
        service="crm",
        priority=told.dice.choice(SEVERITIES),
        group=told.dice.choice(TEAMS),
    )


def _assigned(told: Story) -> None:
    assignee = told.person("assignee", "assigned.assignee", TICKET)
    told.happens("ticket.assigned", assignee=assignee, group=told.dice.choice(TEAMS))


def _state(told: Story) -> None:
    state = told.dice.choice(STATES)
    told.happens(
        "ticket.state_changed",
        state=state,
        waiting_for="approval" if state == "waiting" else None,
        message=told.perhaps(told.line, "state_changed.message", TICKET),
    )


def _noted(told: Story) -> None:
    internal = told.dice.random() < 0.6
    text = told.line("noted.text, internal", STAFF) if internal else told.line("noted.text", TICKET)
    told.happens(
        "ticket.noted",
        text=text,
        author=told.person("author", "noted.author", NOBODY),
        visibility="internal" if internal else "requester",
        tried=internal and told.dice.random() < 0.5,
    )


def _handed_over(told: Story) -> None:
    told.happens(
        "ticket.handed_over",
        group=told.dice.choice(TEAMS),
        tried=[told.line("handed_over.tried", STAFF) for _ in range(told.dice.randint(0, 3))],
        reason=told.perhaps(told.line, "handed_over.reason", STAFF),
    )


def _resolved(told: Story) -> None:
    told.happens(
        "ticket.resolved",
        fix_summary=told.line("resolved.fix_summary", TICKET),
        user_action=told.perhaps(told.line, "resolved.user_action", TICKET),
        cause_confirmed=told.perhaps(told.line, "resolved.cause_confirmed", TICKET),
    )
    if told.dice.random() < 0.5:
        told.happens(
            "ticket.reopened",
            by=told.person("reopener", "reopened.by", TICKET),
            reason=told.perhaps(told.line, "reopened.reason", TICKET),
        )


def _judged(told: Story) -> None:
    told.happens(
        "ticket.article_judged",
        article="art_1",
        title=told.line("article_judged.title", NOBODY),
        opinion="not_this",
        by=told.person("judge", "article_judged.by", NOBODY),
    )


OF_TICKET: Mapping[str, Act] = {
    "assigned": _assigned,
    "state_changed": _state,
    "noted": _noted,
    "handed_over": _handed_over,
    "resolved": _resolved,
    "article_judged": _judged,
}
