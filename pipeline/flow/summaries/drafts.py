"""How does an assignment become a draft? The ladder writes, values are filled in, and what it rests on is kept with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ...domain.errors import Unavailable, Unusable
from ...domain.facts import Fact
from ...domain.findings import Finding
from ...domain.incident import Incident
from ...domain.prose import Prose, Quoted, Sentence, Standing
from ...domain.summary import Shown, Summary, Written
from ...drafting.prose.assignment import Assignment
from ...drafting.prose.contract import filled
from ...drafting.prose.told import States, whole
from ...drafting.redaction import Secrets
from ...drafting.spoken import time_note
from ...ports import Clock
from ..writing.ladder import Climbed, Tell, Writing, climb
from ..writing.remarks import Remark
from .leaving import shows_a_time, with_note


def untold(_: object) -> None:
    """Nobody watches the progress."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """All that is needed to write one: nothing is read after this. `unsaid` says what was left out, `removals`
    how often words of the ticket had been taken away."""

    id: str
    assignment: Assignment
    incident: Incident | None
    by: str
    unsaid: tuple[Finding, ...] = ()
    removals: int = 0


def make(asked: Asked, writing: Writing, states: States, clock: Clock, tell: Tell) -> Summary:
    """Without a store: for a conversation alone nothing else is needed."""
    assignment, began = asked.assignment, clock.now()
    incident = asked.incident.id if asked.incident else None
    rungs = writing.rungs(of=asked.id, incident=incident, audience=assignment.audience.role)
    try:
        climbed = climb(assignment, rungs, writing.checks, tell)
        draft = _with(_draft(assignment, climbed, states), asked.unsaid)
    except Unusable as unusable:
        raise Unavailable(str(unusable)) from None
    took = (clock.now() - began).total_seconds()
    prose, (facts, lines) = climbed.prose, rested_on(assignment, draft)
    return Summary(
        id=asked.id,
        incident=incident,
        version=asked.incident.version if asked.incident else 0,
        audience=assignment.audience.role,
        kind=assignment.kind,
        language=assignment.language,
        length=assignment.length,
        draft=draft,
        facts=facts,
        lines=lines,
        step=prose.step if prose else None,
        falls=climbed.falls,
        model=prose.model if prose else None,
        prompt=prose.prompt if prose else None,
        template=prose.template if prose else None,
        cost=climbed.cost.model_copy(update={"seconds": max(took, climbed.cost.seconds)}),
        as_of=assignment.now,
        zone=assignment.zone.key,
        made_at=clock.now(),
        by=asked.by,
    )


def written(
    assignment: Assignment, prose: Prose, remarks: Sequence[Remark], states: States
) -> Written:
    """The sentences with their values, and beside each what was said of it."""
    texts = filled(prose, assignment, states)
    shown = tuple(
        _shown(sentence, text, [r for r in remarks if r.sentence == n])
        for n, (sentence, text) in enumerate(zip(prose.sentences, texts, strict=True))
    )
    text = whole([(s.section, s.text) for s in shown], prose.language)
    note = zone_note(text, assignment)
    return Written(
        sentences=shown,
        text=with_note(text, note),
        time_note=note,
        findings=_findings(r for r in remarks if r.sentence is None),
    )


def zone_note(text: str, assignment: Assignment) -> str:
    """In which zone the times of a text are; nothing for one that shows none."""
    if not shows_a_time(text):
        return ""
    return time_note(assignment.now, assignment.zone.key, assignment.language)


def _draft(assignment: Assignment, climbed: Climbed, states: States) -> Written:
    if climbed.prose is None:
        return Written()
    return written(assignment, climbed.prose, climbed.remarks, states)


def _with(draft: Written, unsaid: Sequence[Finding]) -> Written:
    """Also where nothing is left to write about: then it says why."""
    return draft.model_copy(update={"findings": (*draft.findings, *unsaid)})


def _shown(sentence: Sentence, text: str, remarks: Sequence[Remark]) -> Shown:
    named = [piece.fact for piece in sentence.pieces if not isinstance(piece, str)]
    return Shown(
        section=sentence.section,
        text=text,
        rests_on=tuple(dict.fromkeys((*sentence.rests_on, *named))),
        standing=max(
            (r.standing for r in remarks if r.standing), key=list(Standing).index, default=None
        ),
        claims=tuple(claim for r in remarks for claim in r.claims),
        findings=_findings(remarks),
    )


def _findings(remarks: Iterable[Remark]) -> tuple[Finding, ...]:
    return tuple(dict.fromkeys(r.finding for r in remarks if r.finding is not None))


def rested_on(assignment: Assignment, text: Written) -> tuple[tuple[Fact, ...], tuple[Quoted, ...]]:
    """What its sentences rest on, and what the checks held them to, without secrets: it is kept for longer, and
    read by more people, than the conversation itself, where whoever may see them finds them."""
    used = {id_ for s in text.sentences for id_ in s.evidence}
    secrets, of = Secrets(assignment.facts.values(), assignment.lines), assignment.language
    facts = (f for f in assignment.facts.values() if f.id in used)
    lines = (line for line in assignment.lines if line.id in used)
    return (
        tuple(secrets.fact_without(fact, of) for fact in facts),
        tuple(secrets.line_without(line, of) for line in lines),
    )
