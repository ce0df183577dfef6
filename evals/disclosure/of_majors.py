"""What may happen in a major incident, and who may know each word of it?"""

from __future__ import annotations

from .canaries import AFFECTED, INNER, NOBODY, PUBLIC, STAFF, TICKET
from .telling import SEVERITIES, TEAMS, Act, Story, some

PHASES = ("identified", "mitigating", "monitoring")


def alerted(told: Story) -> None:
    told.happens(
        "incident.alerted",
        signal=told.canaries.put(told.number, "alerted.signal", STAFF),
        title=told.line("alerted.title", TICKET),
        service="crm",
        severity=told.dice.choice(SEVERITIES),
        detail=told.perhaps(told.line, "alerted.detail", STAFF),
    )


def declared(told: Story) -> None:
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


def ended(told: Story) -> None:
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
        some(told, OF_MAJOR, 0, 3)


OF_MAJOR: dict[str, Act] = {
    "alerted": alerted,
    "team": _team,
    "scope_changed": _scope,
    "severity_changed": _severity,
    "phase_changed": _phase,
    "progressed": _progressed,
    "workaround_verified": _workaround,
    "decision_asked": _decision,
    "stated": _stated,
}
