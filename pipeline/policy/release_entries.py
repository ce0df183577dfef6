"""How is it written in a rule file who must agree before a text leaves?"""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from ..domain.agreement import Lapse, Mode
from ..domain.communication import Kind, Reason
from ..domain.directory import Key
from ..domain.findings import FindingLevel
from ..domain.incident_types import IncidentType
from ..domain.major_events import Severity
from .audiences import audience
from .durations import duration
from .entries import Sentence, Spec
from .releases import ReleaseRule

SHORTEST = timedelta(minutes=1)


def _level(value: object) -> FindingLevel:
    try:
        return FindingLevel[str(value).upper()]
    except KeyError:
        raise ValueError("is warn, hold or block") from None


def _within(value: object) -> timedelta:
    wait = duration(value)
    if wait < SHORTEST:
        raise ValueError("is shorter than 1m: nobody could read the text in that time")
    return wait


Some = Field(default=None, min_length=1)


class ReleaseEntry(Spec):
    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,79}$")]
    mode: Mode
    audiences: frozenset[Annotated[str, BeforeValidator(audience)]] | None = Some
    kinds: frozenset[Kind] | None = Some
    severities: frozenset[Severity] | None = Some
    incident_types: frozenset[IncidentType] | None = Some
    findings: Annotated[FindingLevel, BeforeValidator(_level)] | None = None
    within: Annotated[timedelta, BeforeValidator(_within)] | None = None
    lapse: Lapse = Lapse.REMIND
    ask: Key | None = None
    escalate_to: Key | None = None
    reason: Sentence

    @model_validator(mode="after")
    def _says_all_that_it_needs(self) -> ReleaseEntry:
        if self.mode is Mode.UNLESS_VETOED and self.within is None:
            raise ValueError("unless_vetoed needs `within`: how long a veto is waited for")
        if self.lapse is Lapse.ESCALATE and self.escalate_to is None:
            raise ValueError("escalate needs `escalate_to`: the group that is asked then")
        if self.lapse is not Lapse.REMIND and self.within is None:
            raise ValueError(f"{self.lapse.value} needs `within`: when it happens")
        if self.mode in (Mode.AUTOMATIC, Mode.NOBODY) and (self.ask or self.within):
            raise ValueError(f"{self.mode.value} asks nobody and waits for nothing")
        return self

    def compiled(self, where: str) -> ReleaseRule:
        given: dict[str, Any] = {name: getattr(self, name) for name in type(self).model_fields}
        given["reason"] = Reason(code=self.id, zh=self.reason.zh, en=self.reason.en)
        return ReleaseRule(**given, where=where)
