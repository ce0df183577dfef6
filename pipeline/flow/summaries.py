"""Somebody wants a summary: what there is is gathered and cut, the ladder writes, and the draft is kept.

Nothing is held while a writer works: a model may take its minute, and events go on meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from ..domain.errors import Unavailable, UnknownThing, Unusable
from ..domain.facts import Fact
from ..domain.findings import Finding
from ..domain.incident import Incident
from ..domain.prose import Prose, Quoted, Sentence, Step
from ..domain.summary import Edited, Shown, Summary, SummaryState, Written
from ..drafting.prose.assignment import Assignment
from ..drafting.prose.told import told, whole
from ..guard.claims.sentences import sentences
from ..ports import Clock, Ids, Store
from .ladder import Climbed, Remark, Tell, Writing, climb, looked_at
from .library import Library
from .summary_material import Wanted, assignment_alone, assignment_on
from .summary_moves import moved, refuse_unless

OWN = "own"
"""The section of a sentence that a person wrote."""


def untold(_: object) -> None:
    """Nobody watches the progress."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """All that is needed to write one: nothing is read after this."""

    id: str
    assignment: Assignment
    incident: Incident | None
    by: str


class Summaries:
    def __init__(
        self, *, store: Store, clock: Clock, ids: Ids, library: Library, writing: Writing
    ) -> None:
        self._store, self._clock, self._ids = store, clock, ids
        self._library, self._writing = library, writing

    def ask(self, incident: Incident, wanted: Wanted, *, by: str) -> Asked:
        """Raises NotAllowed for readers whom the ticket does not concern."""
        with self._store.read() as tx:
            assignment = assignment_on(
                tx,
                incident,
                wanted,
                rules=self._library.rules,
                candidates=self._writing.candidates,
                now=self._clock.now(),
            )
        return Asked(id=self._ids.new("sum"), assignment=assignment, incident=incident, by=by)

    def ask_alone(
        self, lines: Sequence[Quoted], wanted: Wanted, *, now: datetime, by: str
    ) -> Asked:
        """About a conversation without a ticket; what comes of it is not kept."""
        assignment = assignment_alone(lines, wanted, candidates=self._writing.candidates, now=now)
        return Asked(id=self._ids.new("sum"), assignment=assignment, incident=None, by=by)

    def make(self, asked: Asked, tell: Tell = untold) -> Summary:
        """Raises Unavailable, with every step's reason, when no step wrote a text that may be shown."""
        made = make(asked, self._writing, self._states(asked.assignment), self._clock, tell)
        if asked.incident is not None:
            with self._store.write() as tx:
                tx.add_summary(made)
        return made

    def one(self, incident_id: str, summary_id: str) -> Summary:
        """Raises UnknownThing for another ticket's, too."""
        with self._store.read() as tx:
            found = tx.summary(summary_id)
        if found is None or found.incident != incident_id:
            raise UnknownThing(f"no summary {summary_id[:100]} on this ticket")
        return found

    def of(self, incident_id: str) -> Sequence[Summary]:
        """Newest first."""
        with self._store.read() as tx:
            return tx.summaries(incident_id)

    def check(self, incident: Incident, was: Summary, text: str, *, by: str, zone: str) -> Edited:
        """What the checks say of a person's words, held to what is on record now; nothing is kept."""
        wanted = Wanted(
            role=was.audience,
            kind=was.kind,
            language=was.language,
            length=was.length,
            zone=ZoneInfo(zone),
        )
        with self._store.read() as tx:
            assignment = assignment_on(
                tx,
                incident,
                wanted,
                rules=self._library.rules,
                candidates=self._writing.candidates,
                now=self._clock.now(),
            )
        prose = in_own_words(text, was, assignment)
        remarks = looked_at(assignment, prose, self._writing.checks)
        found = written(assignment, prose, remarks, self._states(assignment))
        facts, lines = _rested_on(assignment, found)
        return Edited(
            written=found.model_copy(update={"text": text}),
            facts=facts,
            lines=lines,
            by=by,
            at=self._clock.now(),
        )

    def edit(self, was: Summary, edited: Edited) -> Summary:
        """A person's text takes the draft's place, which stays beside it; a release it had is void.

        Raises WrongState for one that was sent or discarded, StaleVersion when somebody was quicker.
        """
        refuse_unless(was, SummaryState.DRAFT, SummaryState.RELEASED)
        changes = {
            "edited": edited,
            "revision": was.revision + 1,
            "state": SummaryState.DRAFT,
            "moved": None,
        }
        return moved(self._store, was, was.model_copy(update=changes))

    def _states(self, assignment: Assignment) -> Mapping[str, str]:
        return self._library.templates.state_words(assignment.language)


def make(
    asked: Asked, writing: Writing, states: Mapping[str, str], clock: Clock, tell: Tell
) -> Summary:
    """Without a store: for a conversation alone nothing else is needed."""
    assignment, began = asked.assignment, clock.now()
    incident = asked.incident.id if asked.incident else None
    rungs = writing.rungs(of=asked.id, incident=incident, audience=assignment.audience.role)
    try:
        climbed = climb(assignment, rungs, writing.checks, tell)
    except Unusable as unusable:
        raise Unavailable(str(unusable)) from None
    draft = _draft(assignment, climbed, states)
    took = (clock.now() - began).total_seconds()
    prose, (facts, lines) = climbed.prose, _rested_on(assignment, draft)
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
        made_at=clock.now(),
        by=asked.by,
    )


def written(
    assignment: Assignment, prose: Prose, remarks: Sequence[Remark], states: Mapping[str, str]
) -> Written:
    """The sentences with their values, and beside each what was said of it."""
    shown = tuple(
        _shown(
            sentence, told(sentence, assignment, states), [r for r in remarks if r.sentence == n]
        )
        for n, sentence in enumerate(prose.sentences)
    )
    return Written(
        sentences=shown,
        text=whole([(s.section, s.text) for s in shown], prose.language),
        findings=_findings(r for r in remarks if r.sentence is None),
    )


def in_own_words(text: str, was: Summary, assignment: Assignment) -> Prose:
    """A person's text as sentences; one that she left as it was keeps what it rests on."""
    before = {s.text: s for s in was.draft.sentences}
    known = {*assignment.facts, *(line.id for line in assignment.lines)}

    def sentence(words: str) -> Sentence:
        same = before.get(words)
        rests_on = tuple(id_ for id_ in same.rests_on if id_ in known) if same else ()
        section = same.section if same else OWN
        return Sentence(section=section, pieces=(words,), rests_on=rests_on)

    found = (sentence(text[start:end]) for start, end in sentences(text))
    return Prose(language=was.language, sentences=tuple(found), step=Step.PERSON)


def _draft(assignment: Assignment, climbed: Climbed, states: Mapping[str, str]) -> Written:
    if climbed.prose is None:
        return Written()
    return written(assignment, climbed.prose, climbed.remarks, states)


def _shown(sentence: Sentence, text: str, remarks: Sequence[Remark]) -> Shown:
    named = [piece.fact for piece in sentence.pieces if not isinstance(piece, str)]
    return Shown(
        section=sentence.section,
        text=text,
        rests_on=tuple(dict.fromkeys((*sentence.rests_on, *named))),
        standing=next((r.standing for r in remarks if r.standing), None),
        claims=tuple(claim for r in remarks for claim in r.claims),
        findings=_findings(remarks),
    )


def _findings(remarks: Iterable[Remark]) -> tuple[Finding, ...]:
    return tuple(dict.fromkeys(r.finding for r in remarks if r.finding is not None))


def _rested_on(
    assignment: Assignment, text: Written
) -> tuple[tuple[Fact, ...], tuple[Quoted, ...]]:
    """What its sentences rest on, and what the checks held them to."""
    used = {id_ for s in text.sentences for id_ in s.evidence}
    return (
        tuple(f for f in assignment.facts.values() if f.id in used),
        tuple(line for line in assignment.lines if line.id in used),
    )
