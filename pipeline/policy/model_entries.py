"""How is it written in a rule file which chat model may read what?"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from ..domain.communication import Reason
from ..domain.prose import Step
from .conditions import TICKET, Condition, ConditionFailed, compile_condition, ticket_values
from .entries import Sentence, Spec
from .models import MODELS, ModelRule
from .summaries import AUDIENCES, ROLES_OF_STAKEHOLDER, STAKEHOLDER


def _about_tickets(value: object) -> Condition:
    """Tried out at once: what fails on an empty ticket keeps every text from every model."""
    if not isinstance(value, str):
        raise ValueError("is an expression in quotes")
    condition = compile_condition(value, TICKET)
    try:
        condition.holds(ticket_values(None, confidential=False))
    except ConditionFailed as failed:
        raise ValueError(f"cannot be evaluated: {failed}") from None
    return condition


def _reader(value: object) -> str:
    if value not in AUDIENCES:
        raise ValueError(f"is not an audience; known: {', '.join(AUDIENCES)}")
    return str(value)


class ModelEntry(Spec):
    when: Annotated[Condition, BeforeValidator(_about_tickets)] | None = None
    audiences: frozenset[Annotated[str, BeforeValidator(_reader)]] | None = Field(
        default=None, min_length=1
    )
    use: tuple[Literal[Step.MODEL, Step.SECOND_MODEL], ...]
    reason: Sentence

    def compiled(self, where: str) -> ModelRule:
        """In the order of the ladder, each once."""
        return ModelRule(
            when=self.when,
            audiences=self._roles(),
            use=tuple(step for step in MODELS if step in self.use),
            reason=Reason(code="models_rule", zh=self.reason.zh, en=self.reason.en),
            where=where,
        )

    def _roles(self) -> frozenset[str] | None:
        """Whoever asks for a model names a role: `stakeholder` has become one of two by then."""
        if self.audiences is None or STAKEHOLDER not in self.audiences:
            return self.audiences
        return (self.audiences - {STAKEHOLDER}) | set(ROLES_OF_STAKEHOLDER)
