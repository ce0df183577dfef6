"""What does a summary look like in JSON? Each sentence with its evidence, in words of its reader."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, Field

from pipeline.domain.communication import Reason
from pipeline.domain.directory import Language
from pipeline.domain.facts import Fact
from pipeline.domain.findings import Finding
from pipeline.domain.incident import Incident
from pipeline.domain.prose import Claimed, Fall, Quoted
from pipeline.domain.summary import Edited, Held, Moved, Shown, Summary, Written
from pipeline.domain.times import Instant
from pipeline.drafting.prose.told import values_of
from pipeline.flow.summaries.leaving import leaving
from pipeline.policy.summaries import leaves_as

from .shapes import Sentence

if TYPE_CHECKING:
    from pipeline.bootstrap import Heliograph

    from ..auth.callers import Caller


class FactShape(BaseModel):
    kind: Literal["fact"] = "fact"
    id: str
    attribute: str
    value: str = Field(description="In words of the summary's language.")
    at: Instant
    status: str
    event: str


class LineEvidence(BaseModel):
    kind: Literal["line"] = "line"
    id: str
    n: int
    at: Instant | None
    speaker: str
    person: str | None
    text: str


class ClaimShape(BaseModel):
    kind: str
    words: str
    standing: str
    evidence: list[str]
    reason: str = Field(description="Why it does not stand; empty where it does.")


class SentenceShape(BaseModel):
    section: str
    text: str
    standing: str | None
    evidence: list[FactShape | LineEvidence]
    claims: list[ClaimShape]
    findings: list[Finding]


class WrittenShape(BaseModel):
    text: str
    time_note: str = Field(
        description="In which zone the times of the text are; it leaves as the last line."
    )
    sentences: list[SentenceShape]
    findings: list[Finding] = Field(description="About the text as a whole.")


class EditedShape(WrittenShape):
    by: str
    at: Instant


class FallShape(BaseModel):
    step: str
    why: str


class ReadersShape(BaseModel):
    """As the directory and the rules are now. A room that reads both languages misses nothing."""

    all: int = Field(description="People, rooms and pages that would read it.")
    others: int = Field(
        description="How many of them read the other language: they get these words, unless the same is "
        "released in theirs too."
    )


class SummaryShape(WrittenShape):
    """`text` and `sentences` are the draft's; a person's stand in `edited`."""

    id: str | None = Field(description="Null for a log alone, of which nothing is kept.")
    incident: str | None
    version: int
    audience: str
    kind: str
    language: str
    zone: str = Field(description="In which the times of its evidence are told.")
    length: str
    enough: bool = Field(description="False: there was not enough to summarise.")
    step: str | None
    falls: list[FallShape] = Field(description="Steps that were tried before, and why they fell.")
    model: str | None
    prompt: str | None
    template: str | None
    calls: int
    tokens_in: int | None
    tokens_out: int | None
    money: float | None
    milliseconds: int
    as_of: Instant = Field(description="The moment that its times are told from.")
    made_at: Instant
    by: str
    revision: int
    state: str = Field(description="`sent` with `leaves_as` `internal_note`: kept, told to nobody.")
    leaves_as: str = Field(
        description="What it becomes on the ticket: `internal_note` (nobody is sent it), `public_note`, "
        "`statement` or `public_statement`."
    )
    left_out: list[str] = Field(
        description="Sentences that do not leave: a statement tells a new time of the next update."
    )
    readers: ReadersShape | None = Field(
        description="Who reads it once it is sent; null for a log alone."
    )
    moved: Moved | None
    held: Held | None = Field(
        description="What was found when it was last released, or when its sending was refused, in the record as "
        "it was then, at the ticket's `version`."
    )
    edited: EditedShape | None
    problems: list[Sentence] = Field(description="What was wrong with a log alone.")


InWords = Callable[[Reason], str]
"""The sentence of a reason, for whoever reads it."""


@dataclass(frozen=True, kw_only=True)
class Telling:
    """How the values of a text's evidence are told; reasons to programs, in English."""

    language: Language
    states: Mapping[str, str]
    now: datetime
    zone: str
    why: InWords

    def evidence(
        self, sentence: Shown, facts: Iterable[Fact], lines: Iterable[Quoted]
    ) -> list[FactShape | LineEvidence]:
        """In the order in which the sentence names them."""
        facts, lines = tuple(facts), tuple(lines)
        values = values_of(facts, lines, self.language, self.states, now=self.now, zone=self.zone)
        known = {f.id: _fact(f, values.of_fact(f)) for f in facts} | {q.id: _line(q) for q in lines}
        return [known[id_] for id_ in sentence.evidence if id_ in known]

    def written(
        self, written: Written, facts: Sequence[Fact], lines: Sequence[Quoted]
    ) -> dict[str, Any]:
        return {
            "text": written.text,
            "time_note": written.time_note,
            "sentences": [
                SentenceShape(
                    section=s.section,
                    text=s.text,
                    standing=s.standing,
                    evidence=self.evidence(s, facts, lines),
                    claims=[_claim(claim, self.why) for claim in s.claims],
                    findings=list(s.findings),
                )
                for s in written.sentences
            ],
            "findings": list(written.findings),
        }


def telling_of(app: Heliograph, summary: Summary, zone: str) -> Telling:
    states = app.library.templates.state_words(summary.language)
    return Telling(
        language=summary.language, states=states, now=summary.as_of, zone=zone, why=in_english(app)
    )


def in_english(app: Heliograph) -> InWords:
    return lambda reason: app.library.reason(reason, "en")


def edited_shape(edited: Edited, telling: Telling) -> EditedShape:
    told = telling.written(edited.written, edited.facts, edited.lines)
    return EditedShape(**told, by=edited.by, at=edited.at)


def zone_of(app: Heliograph, caller: Caller) -> str:
    return caller.person.zone if caller.person else app.settings.zone


def summary_shape(
    app: Heliograph, summary: Summary, zone: str, problems: Sequence[Sentence] = ()
) -> SummaryShape:
    incident = app.queries.incident(summary.incident) if summary.incident else None
    readers = readers_shape(app, incident, summary) if incident else None
    return shape_of(summary, telling_of(app, summary, zone), problems, readers)


def readers_shape(app: Heliograph, incident: Incident, summary: Summary) -> ReadersShape:
    found = app.summarising.summaries.readers(incident, summary)
    return ReadersShape(all=found.all, others=found.others)


def shape_of(
    summary: Summary,
    telling: Telling,
    problems: Sequence[Sentence] = (),
    readers: ReadersShape | None = None,
) -> SummaryShape:
    cost, edited = summary.cost, summary.edited
    return SummaryShape(
        **telling.written(summary.draft, summary.facts, summary.lines),
        edited=edited_shape(edited, telling) if edited else None,
        **summary.model_dump(
            include={
                *("incident", "version", "audience", "kind", "language", "length", "model"),
                *("prompt", "template", "as_of", "made_at", "by", "revision", "state"),
            }
        ),
        leaves_as=leaves_as(summary.audience),
        left_out=list(leaving(summary).left_out),
        id=summary.id if summary.incident else None,
        zone=telling.zone,
        enough=summary.step is not None,
        step=summary.step.value if summary.step else None,
        falls=[
            FallShape(step=fall.step.value, why=reasons_of(fall, telling.why))
            for fall in summary.falls
        ],
        calls=cost.calls,
        tokens_in=cost.tokens_in,
        tokens_out=cost.tokens_out,
        money=cost.money,
        milliseconds=round(cost.seconds * 1000),
        readers=readers,
        moved=summary.moved,
        held=summary.held,
        problems=list(problems),
    )


def reasons_of(fall: Fall, why: InWords) -> str:
    return " ".join(why(reason) for reason in fall.reasons)


def _claim(claim: Claimed, why: InWords) -> ClaimShape:
    return ClaimShape(
        kind=claim.kind,
        words=claim.words,
        standing=claim.standing.value,
        evidence=list(claim.evidence),
        reason=why(claim.reason) if claim.reason else "",
    )


def _fact(fact: Fact, value: str) -> FactShape:
    return FactShape(
        id=fact.id,
        attribute=fact.attribute,
        value=value,
        at=fact.at,
        status=fact.status.value,
        event=fact.event,
    )


def _line(line: Quoted) -> LineEvidence:
    return LineEvidence(
        id=line.id,
        n=line.n,
        at=line.at,
        speaker=line.speaker or line.attribution,
        person=line.person,
        text=line.text,
    )
