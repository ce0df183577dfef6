"""What may have caused an incident, and what people decide about it."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field

from pipeline.bootstrap import Heliograph
from pipeline.causes.candidate import Candidate, Evidence
from pipeline.domain.directory import LANGUAGES
from pipeline.domain.errors import Malformed
from pipeline.domain.incident import Incident
from pipeline.domain.payload import Words
from pipeline.domain.times import Instant
from pipeline.flow.causes.assessing import Assessed

from ..auth.callers import Caller, allowed
from ..auth.visitors import heliograph_of
from ..cause_words import CauseReader, services_named
from ..documentation import ACTING, READING
from ..json_routes import Body, JsonRoute
from .of_incident import incident_named

router = APIRouter(prefix="/incidents", tags=["incidents"], route_class=JsonRoute)
Actor = Annotated[Caller, Depends(allowed("act"))]
"""Lines of conversations are quoted: they are for those who work on the ticket."""


class EvidenceShape(BaseModel):
    code: str
    sentence: dict[str, str] = Field(description="By language; times in the installation's zone.")


class CandidateShape(BaseModel):
    """A possible cause; no fact. `what` are words on record, never reworded."""

    key: str
    kind: str
    name: str = Field(description="A change's or ticket's number, or who said it.")
    what: Words
    at: Instant | None
    incident: str | None = Field(description="The earlier ticket, or that of what it depends on.")
    probability: float | None = Field(description="0 to 1; null for one that is ruled out.")
    speaks_for: list[EvidenceShape]
    speaks_against: list[EvidenceShape]


class DecidedShape(BaseModel):
    candidate: str
    decision: Literal["confirmed", "ruled_out"]
    cause: Words | None
    reason: str | None
    by: str | None
    at: Instant


class CausesShape(BaseModel):
    """The likeliest first. Probabilities of candidates and `unknown` are 1 together."""

    verdict: Literal["confirmed", "possible", "unknown"]
    unknown: float = Field(description="How likely it is that none of the candidates is the cause.")
    candidates: list[CandidateShape]
    ruled_out: list[CandidateShape]
    decided: list[DecidedShape]
    not_looked_at: list[str] = Field(description="no_service, not_compared, no_log.")


class CauseDecision(Body):
    candidate: str = Field(min_length=1, max_length=200)
    decision: Literal["confirmed", "ruled_out", "undone"]
    cause: Words | None = Field(
        default=None, description="To confirm: the cause, as it may be told."
    )
    reason: str = Field(default="", max_length=2000, description="To rule out: why.")


@router.get("/{name:path}/causes", summary="What may have caused it", responses=READING)
def list_causes(request: Request, caller: Actor, name: str) -> CausesShape:
    """From changes before it, causes of cases like it, what it depends on, and what was written about it, each
    with what speaks for and against it. Nothing is a fact until somebody confirms it."""
    app, incident = heliograph_of(request), incident_named(request, name, caller)
    return _shown(app, app.causes.of(incident, caller.reaches))


@router.post("/{name:path}/causes", summary="Confirm a cause, or rule it out", responses=ACTING)
def decide(request: Request, caller: Actor, name: str, body: CauseDecision) -> CausesShape:
    """What is confirmed is the cause on record, by the caller's word, until somebody takes it back."""
    app, incident = heliograph_of(request), incident_named(request, name, caller)
    decided = _decided(app, incident, body, caller)
    return _shown(app, app.causes.of(decided, caller.reaches))


def _decided(app: Heliograph, incident: Incident, body: CauseDecision, caller: Caller) -> Incident:
    by, reaches = caller.name, caller.reaches
    if body.decision == "confirmed":
        if body.cause is None:
            raise Malformed("say the cause in words that may be told", field="cause")
        return app.causes.confirm(incident.id, body.candidate, body.cause, by=by, reaches=reaches)
    if body.decision == "ruled_out":
        return app.causes.rule_out(incident.id, body.candidate, body.reason, by=by, reaches=reaches)
    return app.causes.undo(incident.id, body.candidate, by=by)


def _shown(app: Heliograph, assessed: Assessed) -> CausesShape:
    ranked = assessed.ranked
    all_ = (*(one.candidate for one in ranked.likely), *ranked.ruled_out)
    services = app.queries.services(sorted(services_named(all_)))
    readers = [
        CauseReader(language=of, zone=app.settings.zone, now=app.clock.now(), services=services)
        for of in LANGUAGES
    ]
    open_ = "unknown" if ranked.is_unknown else "possible"
    return CausesShape(
        verdict="confirmed" if assessed.confirmed else open_,
        unknown=round(ranked.unknown, 4),
        candidates=[_one(one.candidate, one.probability, readers) for one in ranked.likely],
        ruled_out=[_one(one, None, readers) for one in ranked.ruled_out],
        decided=[
            DecidedShape(
                candidate=one.candidate,
                decision="confirmed" if one.is_confirmed else "ruled_out",
                cause=one.cause,
                reason=one.reason,
                by=one.by.id if one.by else None,
                at=one.at,
            )
            for one in assessed.decided
        ],
        not_looked_at=list(assessed.blind),
    )


def _one(
    candidate: Candidate, probability: float | None, readers: list[CauseReader]
) -> CandidateShape:
    def told(evidence: tuple[Evidence, ...]) -> list[EvidenceShape]:
        return [
            EvidenceShape(
                code=one.code.value,
                sentence={reader.language: reader.sentence(one) for reader in readers},
            )
            for one in evidence
        ]

    return CandidateShape(
        key=candidate.key,
        kind=candidate.kind.value,
        name=candidate.name,
        what=candidate.what,
        at=candidate.at,
        incident=candidate.incident,
        probability=None if probability is None else round(probability, 4),
        speaks_for=told(candidate.speaks_for),
        speaks_against=told(candidate.speaks_against),
    )
