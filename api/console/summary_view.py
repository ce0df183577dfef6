"""How is a summary laid out on a page? Under its questions, each sentence numbered, with what speaks for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from pipeline.bootstrap import Heliograph
from pipeline.domain.communication import Communication
from pipeline.domain.directory import Language
from pipeline.domain.facts import Fact
from pipeline.domain.findings import FindingLevel
from pipeline.domain.incident import Incident
from pipeline.domain.message import Message
from pipeline.domain.prose import Claimed, Length, Quoted
from pipeline.domain.summary import Summary, SummaryState, Written
from pipeline.flow.summaries.leaving import is_statement, leaving
from pipeline.guard.phrases import Phrases
from pipeline.policy.summaries import AUDIENCES, leaves_as, reaches_nobody

from ..auth.summary_readers import readable, works
from ..auth.visitors import Visitor
from ..resources.summary_shapes import FactShape, LineEvidence, Telling, telling_of
from .findings import Told, told


@dataclass(frozen=True, kw_only=True)
class Numbered:
    """A sentence; `n` counts from 1 through the whole text."""

    n: int
    section: str
    text: str
    standing: str | None
    evidence: Sequence[FactShape | LineEvidence]
    claims: Sequence[Claimed]
    findings: Sequence[Told]


@dataclass(frozen=True, kw_only=True)
class Laid:
    """A text: (section, its sentences) in order, and what was found in it as a whole."""

    text: str
    time_note: str
    sections: Sequence[tuple[str, Sequence[Numbered]]]
    findings: Sequence[Told]

    @property
    def sentences(self) -> list[Numbered]:
        return [one for _, found in self.sections for one in found]


def laid(
    written: Written,
    facts: Sequence[Fact],
    lines: Sequence[Quoted],
    telling: Telling,
    language: Language,
    phrases: Phrases,
) -> Laid:
    """`language` is the visitor's, in which findings are told."""
    found = [
        Numbered(
            n=n,
            section=s.section,
            text=s.text,
            standing=s.standing,
            evidence=telling.evidence(s, facts, lines),
            claims=s.claims,
            findings=told(s.findings, language, phrases),
        )
        for n, s in enumerate(written.sentences, 1)
    ]
    grouped = [(name, list(of)) for name, of in groupby(found, key=lambda one: one.section)]
    whole = told(written.findings, language, phrases)
    return Laid(text=written.text, time_note=written.time_note, sections=grouped, findings=whole)


def shown(
    app: Heliograph, summary: Summary, incident: Incident, visitor: Visitor, language: Language
) -> dict[str, Any]:
    """What the page of one summary says."""
    telling = telling_of(app, summary, visitor.person.zone)
    phrases, edited = app.library.texts.phrases, summary.edited
    draft = laid(summary.draft, summary.facts, summary.lines, telling, language, phrases)
    now = (
        laid(edited.written, edited.facts, edited.lines, telling, language, phrases)
        if edited
        else draft
    )
    worst = summary.verdict.level or FindingLevel.WARN
    people = {summary.by, *(m.by for m in (summary.edited, summary.moved) if m)}
    return {
        "incident": incident,
        "summary": summary,
        "text": now,
        "draft": draft if edited and works(visitor, incident) else None,
        "leaves": leaves_as(summary.audience),
        "their_language": "en" if summary.language == "zh" else "zh",
        "companion": app.summarising.acts.companion(summary),
        "is_statement": is_statement(summary),
        "readers": app.summarising.summaries.readers(incident, summary),
        "told": _told_of(app, summary),
        "since": told(summary.held.findings if summary.held else (), language, phrases),
        "left_out": leaving(summary).left_out,
        "state_word": state_word(summary),
        "open": summary.state in (SummaryState.DRAFT, SummaryState.RELEASED),
        "reason_needed": worst is FindingLevel.HOLD,
        "blocked": worst is FindingLevel.BLOCK,
        "changed": summary.version != incident.version,
        "people": app.queries.people(sorted(people), source=incident.source),
        "milliseconds": round(summary.cost.seconds * 1000),
        "path": f"/incidents/{incident.id}/summaries/{summary.id}",
    }


def _told_of(app: Heliograph, summary: Summary) -> list[tuple[Communication, Sequence[Message]]]:
    """What the event by which it left made of it: rows that went out, wait for a person, or stayed silent,
    each with its messages."""
    event = summary.moved.event if summary.moved else None
    if summary.incident is None or event is None or reaches_nobody(summary.audience):
        return []
    rows = [c for c in app.queries.communications(summary.incident) if event in c.events]
    return [(c, app.queries.messages(communication_id=c.id)) for c in rows]


def state_word(summary: Summary) -> str:
    """The catalogue's name for its state: what only became a note of the ticket was sent to nobody."""
    kept = summary.state is SummaryState.SENT and reaches_nobody(summary.audience)
    return "kept" if kept else summary.state.value


def texts_on(
    app: Heliograph, visitor: Visitor, incident: Incident, *, may_act: bool
) -> dict[str, Any]:
    """What a ticket's page says of its conversations and summaries. What was said is for those who work
    on it."""
    summarising = app.summarising
    audiences = [
        name
        for name in AUDIENCES
        if incident.major is not None or name not in ("affected", "public", "leaders", "front_line")
    ]
    return {
        "conversations": summarising.conversations.of(incident.id) if may_act else None,
        "summaries": readable(visitor, incident, summarising.summaries.of(incident.id)),
        "audiences": audiences,
        "lengths": [length.value for length in Length],
        "summary_state": state_word,
    }
