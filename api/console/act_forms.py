"""What can be recorded by hand, most of it of a major incident? Each act is a form, and becomes one event.

An act is a line in `ACTS`; its fields are asked for by what they are: words in both languages, a time
of the visitor's zone, a choice.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from pipeline.domain.incident import Incident
from pipeline.domain.incident_types import IncidentType
from pipeline.domain.lattices import Impact, Phase
from pipeline.domain.maintenance_events import PAYLOADS as MAINTENANCE
from pipeline.domain.maintenance_events import (
    ChangeAnnounced,
    MaintenanceCancelled,
    MaintenanceChanged,
)
from pipeline.domain.major_events import (
    Accepted,
    DecisionAsked,
    Declared,
    PhaseChanged,
    Progressed,
    Relapsed,
    Restored,
    ScopeChanged,
    SeverityChanged,
    TeamCalled,
    Withdrawn,
    WorkaroundVerified,
)
from pipeline.domain.mark_events import Marked
from pipeline.domain.payload import Payload
from pipeline.domain.texts_events import Classified

from .act_fields import NONE, Act, Field, time_field, value_of, words_field
from .correcting_acts import CORRECTING, FIXED_BY_CORRECTING

_SEVERITY = Field(
    name="severity", kind="choice", slot="severity", choices=("P1", "P2", "P3", "P4"), words="severity"
)  # fmt: skip
_IMPACT = Field(name="impact", kind="choice", slot="impact", choices=("", *Impact), words="impact")
_TYPE = Field(
    name="incident_type",
    kind="choice",
    slot="incident_type",
    choices=tuple(IncidentType),
    words="type",
)
_OPEN, _RESTORED, _ORDINARY, _MAINTENANCE = "open", "restored", "", "maintenance"
_ANY = frozenset({_ORDINARY, _OPEN, _RESTORED, "withdrawn"})

ACTS: Mapping[str, Act] = {
    "declare": Act(
        payload=Declared,
        when=frozenset({_ORDINARY, "withdrawn"}),
        fields=(
            _SEVERITY,
            _IMPACT,
            Field(name="service", kind="service", slot="service"),
            words_field("symptom"),
            time_field("started_at"),
            Field(name="headline", kind="line", slot="headline"),
            Field(name="team", kind="group", slot="team"),
        ),
    ),
    "team_called": Act(
        payload=TeamCalled,
        when=frozenset({_OPEN}),
        fields=(Field(name="team", kind="group", slot="team"),),
    ),
    "accepted": Act(
        payload=Accepted,
        when=frozenset({_OPEN}),
        fields=(Field(name="team", kind="group", slot="team"),),
    ),
    "scope": Act(
        payload=ScopeChanged,
        when=frozenset({_OPEN}),
        fields=(words_field("scope"), words_field("not_affected"), words_field("customer_effect")),
    ),
    "severity": Act(
        payload=SeverityChanged,
        when=frozenset({_OPEN}),
        fields=(_SEVERITY, _IMPACT, words_field("symptom")),
    ),
    "phase": Act(
        payload=PhaseChanged,
        when=frozenset({_OPEN}),
        fields=(
            Field(
                name="phase",
                kind="choice",
                slot="phase",
                choices=tuple(p for p in Phase if p is not Phase.RESOLVED),
                words="phase",
            ),
            words_field("cause", "cause_confirmed"),
        ),
    ),
    "done": Act(
        payload=Progressed, when=frozenset({_OPEN}), fields=(words_field("action", "done"),)
    ),
    "under_way": Act(
        payload=Progressed,
        when=frozenset({_OPEN}),
        fields=(
            words_field("action"),
            words_field("role", "action_role"),
            time_field("due_at", "action_due"),
        ),
    ),
    "workaround": Act(
        payload=WorkaroundVerified, when=frozenset({_OPEN}), fields=(words_field("workaround"),)
    ),
    "change": Act(
        payload=ChangeAnnounced,
        when=frozenset({_OPEN}),
        fields=(
            Field(name="change", kind="line", slot="change_number"),
            time_field("starts_at", "change_from"),
            time_field("ends_at", "change_until"),
            words_field("effect", "change_effect"),
        ),
    ),
    "move_maintenance": Act(
        payload=MaintenanceChanged,
        when=frozenset({_MAINTENANCE}),
        fields=(
            time_field("starts_at", "maintenance_from"),
            time_field("ends_at", "maintenance_until"),
            words_field("effect", "maintenance_effect"),
            words_field("not_affected", "maintenance_not_affected"),
        ),
    ),
    "cancel_maintenance": Act(
        payload=MaintenanceCancelled,
        when=frozenset({_MAINTENANCE}),
        fields=(words_field("reason", "cancelled_reason"),),
    ),
    "decision": Act(
        payload=DecisionAsked,
        when=frozenset({_OPEN}),
        fields=(words_field("decision", "decision_needed"),),
    ),
    "restored": Act(
        payload=Restored,
        when=frozenset({_OPEN}),
        fields=(
            time_field("restored_at"),
            words_field("confirmed_role"),
            words_field("measures"),
            words_field("cause", "cause_confirmed"),
            words_field("limits"),
            Field(name="limits", kind="none", slot="no_limits"),
            time_field("limits_news_by"),
            Field(
                name="data",
                kind="choice",
                slot="data",
                choices=("", "intact", "checking", "lost"),
                words="data",
            ),
            words_field("data_loss"),
            time_field("data_news_by"),
            words_field("user_action"),
            Field(name="user_action", kind="none", slot="no_user_action"),
            time_field("review_by"),
        ),
    ),
    "relapsed": Act(
        payload=Relapsed,
        when=frozenset({_RESTORED}),
        fields=(words_field("symptom"), _IMPACT, time_field("started_at")),
    ),
    "classify": Act(payload=Classified, when=_ANY, fields=(_TYPE,)),
    **CORRECTING,
    "keep_from_models": Act(payload=Marked, when=_ANY, fields=()),
    "let_models_read": Act(payload=Marked, when=_ANY, fields=()),
    "withdraw": Act(
        payload=Withdrawn,
        when=frozenset({_ORDINARY, _OPEN}),
        fields=(words_field("reason", "withdrawn_reason"),),
    ),
}
_FIXED: Mapping[str, Mapping[str, Any]] = {
    "done": {"done": True},
    "under_way": {"done": False},
    "keep_from_models": {"models": "none"},
    "let_models_read": {"models": "any"},
    **FIXED_BY_CORRECTING,
}


OF_MODELS = frozenset({"keep_from_models", "let_models_read"})
"""Not offered where there is no model; a mark that is there can be taken back."""


def offered(incident: Incident) -> list[str]:
    """The acts that make sense as it stands. An ordinary ticket can only be declared, classified or kept from
    chat models, and an alert, or a question about so many tickets, also dismissed."""
    standing = incident.major.standing if incident.major else _ORDINARY
    if incident.maintenance is not None:
        planned = incident.maintenance.standing == "planned"
        return [n for n, act in ACTS.items() if planned and act.when == {_MAINTENANCE}]
    found = [name for name, act in ACTS.items() if standing in act.when]
    if standing == _ORDINARY and not (incident.firing or incident.is_surging):
        found.remove("withdraw")
    kept = incident.models is not None and incident.models.value == "none"
    found.remove("keep_from_models" if kept else "let_models_read")
    return found


def payload_of(name: str, form: Mapping[str, str], person: str, zone: str) -> Payload:
    """Raises ValidationError, or ValueError for a time that is none; KeyError for no act of ours."""
    act = ACTS[name]
    data: dict[str, Any] = dict(_FIXED.get(name, {}))
    for field in act.fields:
        value = value_of(field, form, zone)
        if value is not None:
            data[field.name] = value
    if "by" in act.payload.model_fields:
        data["by"] = {"id": person}
    return act.payload.model_validate(data)


PROBLEMS: Mapping[str, str] = {
    "missing": "missing",
    "string_too_long": "too_long",
    "literal_error": "choice",
    "enum": "choice",
}
"""What is wrong, as the validation calls it → the code that has a sentence; the rest is `unreadable`."""


def problems_of(name: str, wrong: ValueError) -> list[tuple[str, str]]:
    """(slot, code of what is wrong with it) for each field once; the slot is empty for the whole."""
    if not isinstance(wrong, ValidationError):
        return [("", "time")]
    slots = {field.name: field.slot for field in ACTS[name].fields}
    found: dict[str, str] = {}
    for error in wrong.errors(include_url=False, include_input=False):
        slot = slots.get(str(error["loc"][0]), "") if error["loc"] else ""
        code = PROBLEMS.get(error["type"], "unreadable")
        # Words in one language or both are tried as each: what is wrong with the one given counts.
        if slot not in found or found[slot] == "unreadable":
            found[slot] = code
    return list(found.items())


_SAID = {
    "text": "statement",
    "words": "corrected_to",
    "why": "corrected_why",
    "cause": "cause_confirmed",
    "reason": "withdrawn_reason",
    "role": "action_role",
    "decision": "decision_needed",
    **{
        name: name
        for name in (
            *("symptom", "scope", "not_affected", "customer_effect", "action", "workaround"),
            *("measures", "limits", "data_loss", "user_action", "confirmed_role"),
        )
    },
}
"""A field with words → what it is called."""
_OF_PLANS = {
    "effect": "maintenance_effect",
    "not_affected": "maintenance_not_affected",
    "reason": "cancelled_reason",
}


def words_of(data: Payload) -> list[tuple[str, Any]]:
    """The words that an event of a major incident brought, each with its slot's name."""
    if not data.type.startswith(("heliograph.incident.", "heliograph.ticket.maintenance_")):
        return []
    called = _SAID | _OF_PLANS if isinstance(data, MAINTENANCE) else _SAID
    said = [(slot, getattr(data, name, None)) for name, slot in called.items()]
    return [(slot, words) for slot, words in said if words and words != NONE]
