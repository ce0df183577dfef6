"""Which chat model may read about this ticket, for these readers? The first rule that fits says so.

What keeps a ticket from all of them is a mark: of its service in the directory, or of a person on the ticket
itself. Without rules of a pack's own that mark is all that counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..domain.communication import Reason
from ..domain.directory import Service
from ..domain.incident import Incident
from ..domain.prose import Step
from .conditions import TICKET, Condition, ConditionFailed, compile_condition, ticket_values

MODELS = (Step.MODEL, Step.SECOND_MODEL)


@dataclass(frozen=True, kw_only=True)
class ModelRule:
    """`when` is about the ticket, `audiences` about the readers, by their roles; None is any. `use` in the order of the
    ladder, empty for none; `where` is the file and line."""

    when: Condition | None = None
    audiences: frozenset[str] | None = None
    use: tuple[Step, ...] = MODELS
    reason: Reason
    where: str = ""


@dataclass(frozen=True, kw_only=True)
class ModelChoice:
    """Which may be asked, and why these."""

    steps: tuple[Step, ...]
    reason: Reason


CONFIDENTIAL = ModelRule(
    when=compile_condition("ticket.confidential", TICKET),
    use=(),
    reason=Reason(code="models_confidential"),
)
ANY = ModelRule(reason=Reason(code="models_any"))
USUAL = (CONFIDENTIAL, ANY)
"""For packs that say nothing of models."""


def in_force(told: Sequence[ModelRule]) -> tuple[ModelRule, ...]:
    """A pack's rules. One that does not speak of what is confidential did not mean to let it through."""
    if not told:
        return USUAL
    speaks = any(rule.when is not None and "ticket.confidential" in rule.when.text for rule in told)
    return tuple(told) if speaks else (CONFIDENTIAL, *told)


def is_confidential(incident: Incident | None, service: Service | None) -> bool:
    """Kept from chat models by a person, or by its service: neither can be talked out of it by the other."""
    marked = (
        incident is not None and incident.models is not None and incident.models.value == "none"
    )
    return marked or (service is not None and service.models == "none")


def models_for(
    rules: Sequence[ModelRule], incident: Incident | None, service: Service | None, audience: str
) -> ModelChoice:
    """What the first rule that fits allows. None may be asked when no rule fits, or one cannot be
    evaluated (law 12)."""
    values = ticket_values(incident, confidential=is_confidential(incident, service))
    for rule in rules:
        if rule.audiences is not None and audience not in rule.audiences:
            continue
        try:
            fits = rule.when is None or rule.when.holds(values)
        except ConditionFailed as failed:
            problem = {"where": rule.where, "problem": str(failed)[:300]}
            return ModelChoice(steps=(), reason=Reason(code="models_rule_failed", values=problem))
        if fits:
            return ModelChoice(steps=rule.use, reason=rule.reason)
    return ModelChoice(steps=(), reason=Reason(code="models_no_rule"))
