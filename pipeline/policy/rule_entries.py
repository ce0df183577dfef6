"""What does one rule of a rule file say? Its fields, and what makes them wrong before any event comes."""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from ..domain.communication import TO_THE_TOLD, Kind, Lane, Reason, ReleaseMode
from ..domain.directory import Key
from ..domain.events import PAYLOADS
from ..domain.rota import RotaId
from .audiences import audience
from .conditions import (
    Condition,
    ConditionFailed,
    compile_condition,
    data_fields_in,
    try_out,
)
from .durations import Duration, Patience
from .entries import Sentence, Spec
from .rules import Exemption, Rule

NEVER_IN_PROSE = frozenset(
    {
        *(Kind.FIRST_CONTACT, Kind.PROMISE_WARNING, Kind.DECLARE_REQUEST),
        *(Kind.WITHDRAWAL, Kind.ACKNOWLEDGEMENT, Kind.ACTION_OVERDUE),
        *(
            Kind.APPROVAL_REQUEST,
            Kind.APPROVAL_DECISION,
            *(Kind.SURVEY, Kind.LOW_SCORE),
            Kind.SERVICE_LEVEL_WARNING,
            *(Kind.RECURRENCE_ALERT, Kind.PROBLEM_NOTICE),
        ),
    }
)
"""Kinds that wait for no model: they are first words, or warn."""
WITHOUT_PEOPLE = frozenset({"public", "approver", "releasers"})
"""Audiences that are a page, or who each have their own link."""
_ASKED_BY_NAME = frozenset({Kind.APPROVAL_REQUEST, Kind.RELEASE_REQUEST})
_PAYLOADS = {type_.split(".")[-2]: payload for type_, payload in PAYLOADS.items()}
_FIELDS_OF = {name: frozenset(payload.model_fields) for name, payload in _PAYLOADS.items()}
KNOWN = frozenset(_PAYLOADS)


def _condition(value: object) -> Condition:
    if value is True:
        return compile_condition("true")
    if not isinstance(value, str):
        raise ValueError("is an expression in quotes")
    return compile_condition(value)


def _lane(value: object) -> Lane:
    try:
        return Lane[str(value).upper()]
    except KeyError:
        raise ValueError("is urgent, routine or bulk") from None


def _event_name(value: object) -> str:
    if value not in KNOWN:
        raise ValueError(f"is not an event; known: {', '.join(sorted(KNOWN))}")
    return str(value)


Expression = Annotated[Condition, BeforeValidator(_condition)]


class _Exemption(Spec):
    when: Expression
    code: Key | None = None
    reason: Sentence | None = None

    @model_validator(mode="after")
    def _says_why(self) -> _Exemption:
        if (self.code is None) == (self.reason is None):
            raise ValueError("needs either a code of reasons.yaml or a reason in zh and en")
        return self

    def compiled(self, rule: str) -> Exemption:
        said = self.reason
        reason = (
            Reason(code=rule, zh=said.zh, en=said.en) if said else Reason(code=self.code or rule)
        )
        return Exemption(condition=self.when, reason=reason)


class RuleEntry(Spec):
    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,79}$")]
    events: tuple[Annotated[str, BeforeValidator(_event_name)], ...] = Field(min_length=1)
    tell: Annotated[str, BeforeValidator(audience)]
    on_call: RotaId | None = None
    kind: Kind
    channels: tuple[Literal["mail", "webhook", "page"], ...] = ()
    after: Duration = timedelta()
    alone: bool = False
    dependents: bool = False
    articles_within: Duration | None = None
    prose_within: Patience | None = None
    lane: Annotated[Lane, BeforeValidator(_lane)] = Lane.ROUTINE
    must: Expression | None = None
    release: ReleaseMode = "automatic"
    when: Expression | None = None
    unless: tuple[_Exemption, ...] = ()
    reason: Sentence

    @model_validator(mode="after")
    def _names_fields_that_exist(self) -> RuleEntry:
        """A misspelt field would fail at each event, and the rule would tell nobody."""
        known = {field for event in self.events for field in _FIELDS_OF[event]}
        told = (self.when, self.must, *(e.when for e in self.unless))
        conditions = [c for c in told if c is not None]
        for field in sorted({f for c in conditions for f in data_fields_in(c.text)} - known):
            raise ValueError(
                f"names event.data.{field}; these events have only {', '.join(sorted(known))}"
            )
        for condition, event in product(conditions, self.events):
            _try_out(condition, event)
        return self

    @model_validator(mode="after")
    def _waits_for_one_thing(self) -> RuleEntry:
        if self.prose_within is None:
            return self
        if self.articles_within is not None:
            raise ValueError("waits for articles or for prose, not for both")
        if self.kind in NEVER_IN_PROSE:
            raise ValueError(f"a message of kind {self.kind.value} waits for no chat model")
        return self

    @model_validator(mode="after")
    def _has_readers_of_its_own(self) -> RuleEntry:
        if self.on_call is None:
            return self
        if self.tell in WITHOUT_PEOPLE:
            raise ValueError(f"on_call names people, and {self.tell} is told otherwise")
        if self.kind in TO_THE_TOLD | _ASKED_BY_NAME | {Kind.SURVEY}:
            raise ValueError(f"a message of kind {self.kind.value} has its readers already")
        if self.dependents:
            raise ValueError("on_call names people, so dependents are not told by it")
        return self

    def compiled(self, where: str) -> Rule:
        return Rule(
            id=self.id,
            events=self.events,
            audience=self.tell,
            on_call=self.on_call,
            kind=self.kind,
            channels=self.channels,
            after=self.after,
            alone=self.alone,
            dependents=self.dependents,
            articles_within=self.articles_within,
            prose_within=self.prose_within,
            lane=self.lane,
            must=self.must,
            release=self.release,
            when=self.when,
            unless=tuple(e.compiled(self.id) for e in self.unless),
            reason=Reason(code=self.id, zh=self.reason.zh, en=self.reason.en),
            where=where,
        )


def _try_out(condition: Condition, event: str) -> None:
    """What fails on the published example fails on each event, and the rule would tell nobody."""
    payload = _PAYLOADS[event]
    data = payload.model_validate(payload.example).model_dump(mode="json")
    try:
        try_out(condition, data, event)
    except ConditionFailed as failed:
        raise ValueError(f"cannot be evaluated for {event}: {failed}") from None
