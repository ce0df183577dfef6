"""What does somebody want of a summary, and say about one? Checked without any web framework."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, Field

from pipeline.domain.directory import LONGEST_TEXT, Language, Person, Zone
from pipeline.domain.incident import Incident
from pipeline.domain.prose import Length
from pipeline.domain.times import Instant
from pipeline.flow.summaries.alone import Wanted
from pipeline.policy.summaries import AUDIENCES, STAKEHOLDER, kind_for, role_of

from ..bodies import Body
from .log_shapes import LogBody

if TYPE_CHECKING:
    from pipeline.settings import Settings


def _known(audience: str) -> str:
    if audience not in AUDIENCES:
        raise ValueError(f"is none of {', '.join(AUDIENCES)}")
    return audience


Audience = Annotated[str, AfterValidator(_known)]
SEEN = "The summary's revision that the caller saw; 409 when there is a newer one."
KindName = Literal["technician", "stakeholder"]


class SummaryWanted(BaseModel):
    """For whom, and how. What is not said is taken from the caller and from the ticket."""

    audience: Audience = Field(
        default=STAKEHOLDER,
        description=f"One of {', '.join(AUDIENCES)}. `stakeholder`: those affected by a major incident, "
        "else the ticket's requester.",
    )
    language: Language | None = None
    length: Length = Length.NORMAL
    kind: KindName | None = Field(
        default=None,
        description="Which questions it answers: `technician` (asked, found, tried, open, waits, "
        "promised) or `stakeholder` (effect, state, next step, next time). Default: the audience's.",
    )

    def wanted(
        self,
        settings: Settings,
        incident: Incident | None,
        zone: str | None,
        person: Person | None = None,
    ) -> Wanted:
        """`person` is the caller, if it is one."""
        role = role_of(self.audience, incident)
        own = person.language if person else settings.language
        return Wanted(
            role=role,
            kind=self.kind or kind_for(role),
            language=self.language or own,
            length=self.length,
            zone=ZoneInfo(zone or (person.zone if person else settings.zone)),
        )


class SummaryBody(SummaryWanted, Body):
    zone: Zone | None = Field(default=None, description="In which times are told.")


class LogSummaryBody(SummaryWanted, LogBody):
    """A log, and what is wanted of it."""

    now: Instant | None = Field(
        default=None, description="The moment at which it is read, with its zone. Default: now."
    )


class EditBody(Body):
    """A person's words for the draft's."""

    text: str = Field(max_length=LONGEST_TEXT)
    revision: int | None = Field(default=None, ge=1, description=SEEN)


class SendBody(Body):
    revision: int | None = Field(default=None, ge=1, description=SEEN)
    version: int | None = Field(
        default=None,
        ge=1,
        description="The ticket's version that the sender saw. Default: that of the writing.",
    )
