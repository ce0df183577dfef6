"""What may happen to a ticket, with a canary in every field that somebody writes?"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from pipeline.domain.times import to_text

from .canaries import AFFECTED, INNER, NOBODY, PUBLIC, STAFF, TICKET, Canaries, Roles

SOURCE = "disclosure"
SEVERITIES, STATES = ("P1", "P2", "P3"), ("assigned", "in_progress", "waiting")
PHASES = ("identified", "mitigating", "monitoring")
TEAMS = ("desktop", "exchange")


@dataclass(kw_only=True)
class Story:
    """One ticket's events, oldest first, as CloudEvents."""

    number: str
    dice: random.Random
    canaries: Canaries
    at: datetime
    events: list[dict[str, Any]] = field(default_factory=list)

    def happens(self, type_: str, **data: Any) -> None:
        told = {name: value for name, value in data.items() if value is not None}
        self.events.append(
            {
                "specversion": "1.0",
                "id": f"{self.number}-{len(self.events)}",
                "source": SOURCE,
                "type": f"heliograph.{type_}.v1",
                "subject": self.number,
                "time": to_text(self.at),
                "data": told,
            }
        )
        self.at += timedelta(minutes=self.dice.randint(1, 12))

    def line(self, place: str, known: Roles) -> str:
        """In either language, one line."""
        word = self.canaries.put(self.number, place, known)
        return f"Outlook {word} fails" if self.dice.random() < 0.5 else f"邮件 {word} 打不开"

    def words(self, place: str, known: Roles) -> Any:
        """In one language, or in both with a word of its own in each."""
        if self.dice.random() < 0.3:
            return self.line(place, known)
        return {
            "zh": f"已处理 {self.canaries.put(self.number, place, known)}",
            "en": f"{self.canaries.put(self.number, place, known)} was handled",
        }

    def perhaps(self, make: Callable[[str, Roles], Any], place: str, known: Roles) -> Any:
        return make(place, known) if self.dice.random() < 0.7 else None

    def person(self, name: str, place: str, known: Roles) -> dict[str, str]:
        """Somebody of whom the directory knows nothing; the name is what a canary says."""
        word = self.canaries.put(self.number, place, known)
        mail = f"{name}.{self.number.lower()}@example.org"
        return {
            "id": f"{name}-{self.number}",
            "name": f"Ann {word.capitalize()}",
            "email": mail,
            "language": self.dice.choice(("zh", "en")),
        }


def story(number: str, dice: random.Random, canaries: Canaries, at: datetime) -> Story:
    """A ticket that somebody reports, that a monitor opens, or that is declared major at once."""
    told = Story(number=number, dice=dice, canaries=canaries, at=at)
    begin = dice.choice((_reported, _reported, _alerted, _declared))
    begin(told)
    if begin is _reported:
        _some(told, OF_TICKET, 2, 6)
    if begin is not _declared and dice.random() < 0.6:
        _some(told, {"alerted": _alerted}, 0, 2)
        _declared(told)
    if any(event["type"] == "heliograph.incident.declared.v1" for event in told.events):
        _some(told, OF_MAJOR, 2, 7)
        _ended(told)
    _some(told, OF_TICKET, 0, 3)
    return told


def _some(told: Story, acts: Mapping[str, Callable[[Story], None]], least: int, most: int) -> None:
    for _ in range(told.dice.randint(least, most)):
        told.dice.choice(list(acts.values()))(told)


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


def _alerted(told: Story) -> None:
    told.happens(
        "incident.alerted",
        signal=told.canaries.put(told.number, "alerted.signal", STAFF),
        title=told.line("alerted.title", TICKET),
        service="crm",
        severity=told.dice.choice(SEVERITIES),
        detail=told.perhaps(told.line, "alerted.detail", STAFF),
    )


def _declared(told: Story) -> None:
    told.happens(
        "incident.declared",
        severity=told.dice.choice(SEVERITIES),
        impact=told.dice.choice(("unavailable", "partial", "degraded")),
        service="crm",
        headline=told.perhaps(told.line, "declared.headline", PUBLIC | TICKET),
        symptom=told.perhaps(told.words, "declared.symptom", PUBLIC),
        scope=told.perhaps(told.words, "declared.scope", AFFECTED),
        not_affected=told.perhaps(told.words, "declared.not_affected", AFFECTED),
        customer_effect=told.perhaps(told.words, "declared.customer_effect", INNER),
        by=_by(told),
    )


def _by(told: Story) -> dict[str, str]:
    return told.person("manager", "by", STAFF)


def _team(told: Story) -> None:
    kind = told.dice.choice(("team_called", "accepted"))
    told.happens(f"incident.{kind}", team=told.dice.choice(TEAMS), by=_by(told))


def _scope(told: Story) -> None:
    told.happens(
        "incident.scope_changed",
        scope=told.words("scope_changed.scope", AFFECTED),
        not_affected=told.perhaps(told.words, "scope_changed.not_affected", AFFECTED),
        customer_effect=told.perhaps(told.words, "scope_changed.customer_effect", INNER),
        by=_by(told),
    )


def _severity(told: Story) -> None:
    told.happens(
        "incident.severity_changed",
        severity=told.dice.choice(SEVERITIES),
        symptom=told.perhaps(told.words, "severity_changed.symptom", PUBLIC),
    )


def _phase(told: Story) -> None:
    told.happens(
        "incident.phase_changed",
        phase=told.dice.choice(PHASES),
        cause=told.perhaps(told.words, "phase_changed.cause", AFFECTED),
    )


def _progressed(told: Story) -> None:
    done, internal = told.dice.random() < 0.6, told.dice.random() < 0.5
    known = AFFECTED if done and not internal else INNER
    told.happens(
        "incident.progressed",
        action=told.words("progressed.action", known),
        done=done,
        role=told.perhaps(told.words, "progressed.role", NOBODY if done else INNER),
        visibility="internal" if internal else "affected",
        by=_by(told),
    )


def _workaround(told: Story) -> None:
    workaround = told.words("workaround_verified.workaround", AFFECTED)
    told.happens("incident.workaround_verified", workaround=workaround)


def _decision(told: Story) -> None:
    decision = told.perhaps(told.words, "decision_asked.decision", INNER)
    told.happens("incident.decision_asked", decision=decision)


def _stated(told: Story) -> None:
    public = told.dice.random() < 0.5
    told.happens(
        "incident.stated",
        text=told.words("stated.text", PUBLIC if public else AFFECTED),
        visibility="public" if public else "affected",
        by=_by(told),
    )


def _ended(told: Story) -> None:
    if told.dice.random() < 0.2:
        reason = told.perhaps(told.words, "withdrawn.reason", AFFECTED)
        told.happens("incident.withdrawn", reason=reason, by=_by(told))
        return
    told.happens(
        "incident.restored",
        by=_by(told),
        **{
            name: told.perhaps(told.words, f"restored.{name}", AFFECTED)
            for name in ("confirmed_role", "measures", "cause", "limits", "data_loss")
        },
        user_action=told.perhaps(told.words, "restored.user_action", AFFECTED),
    )
    if told.dice.random() < 0.4:
        symptom = told.perhaps(told.words, "relapsed.symptom", PUBLIC)
        told.happens("incident.relapsed", symptom=symptom, by=_by(told))
        _some(told, OF_MAJOR, 0, 3)


OF_TICKET: Mapping[str, Callable[[Story], None]] = {
    "assigned": _assigned,
    "state_changed": _state,
    "noted": _noted,
    "handed_over": _handed_over,
    "resolved": _resolved,
    "article_judged": _judged,
}
OF_MAJOR: Mapping[str, Callable[[Story], None]] = {
    "alerted": _alerted,
    "team": _team,
    "scope_changed": _scope,
    "severity_changed": _severity,
    "phase_changed": _phase,
    "progressed": _progressed,
    "workaround_verified": _workaround,
    "decision_asked": _decision,
    "stated": _stated,
    "noted": _noted,
}
