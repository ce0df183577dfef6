"""Somebody wants a summary: what there is is gathered and cut, the ladder writes, and the draft is kept.

Nothing is held while a writer works: a model may take its minute, and events go on meanwhile.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from ...domain.directory import LANGUAGES
from ...domain.errors import StaleVersion, UnknownThing
from ...domain.incident import Incident
from ...domain.prose import Prose, Sentence, Step
from ...domain.summary import Edited, Summary, SummaryState
from ...drafting.conversation import Line
from ...drafting.prose.assignment import Assignment
from ...drafting.prose.told import States
from ...guard.claims.sentences import sentences
from ...ports import Clock, Ids, Store, Transaction
from ..library import Library
from ..preview import Preview
from ..writing.ladder import Tell, Writing
from ..writing.remarks import looked_at
from .alone import Wanted, assignment_alone
from .drafts import Asked, make, rested_on, untold, written, zone_note
from .material import OnRecord, on_record
from .moves import moved, refuse_invisible, refuse_unless
from .readers import Readers, readers_of
from .sending import said_at_sending
from .unsaid import tellable

OWN = "own"
"""The section of a sentence that a person wrote."""


class Summaries:
    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        ids: Ids,
        library: Library,
        writing: Writing,
        preview: Preview,
    ) -> None:
        self._store, self._clock, self._ids = store, clock, ids
        self._library, self._writing, self._preview = library, writing, preview

    def ask(self, incident: Incident, wanted: Wanted, *, by: str) -> Asked:
        """Raises NotAllowed for readers whom the ticket does not concern."""
        with self._store.read() as tx:
            removals = tx.removals(incident.id)
            found = self._on_record(tx, incident, wanted)
        told = tellable(found, self._library.texts.phrases)
        return Asked(
            id=self._ids.new("sum"),
            assignment=told.assignment,
            incident=incident,
            by=by,
            unsaid=told.unsaid,
            removals=removals,
        )

    def ask_alone(self, lines: Sequence[Line], wanted: Wanted, *, now: datetime, by: str) -> Asked:
        """About a conversation without a ticket; what comes of it is not kept."""
        assignment = assignment_alone(lines, wanted, writing=self._writing, now=now)
        return Asked(id=self._ids.new("sum"), assignment=assignment, incident=None, by=by)

    def make(self, asked: Asked, tell: Tell = untold) -> Summary:
        """Raises Unavailable, with every step's reason, when no step wrote a text that may be shown, and
        StaleVersion when words were taken away from the ticket meanwhile."""
        made = None
        try:
            made = make(asked, self._writing, self._states(), self._clock, tell)
        finally:
            # Also when nothing came of it: models were asked, and what they were asked is kept.
            is_kept = self._is_kept(asked, made)
        if not is_kept:
            raise StaleVersion(
                "something was removed from this ticket while its summary was written: ask for it again"
            )
        return made

    def _is_kept(self, asked: Asked, made: Summary | None) -> bool:
        """False when it was written from words that are gone: then they are nowhere."""
        if asked.incident is None:
            return True
        with self._store.write() as tx:
            is_as_read = tx.none_removed_since(asked.incident.id, asked.removals)
            if not is_as_read:
                tx.forget_words_of_models(asked.incident.id)
            elif made is not None:
                tx.add_summary(made)
        return is_as_read

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
        """What the checks say of a person's words, held to what is on record now, and what the guard would
        say of them when they are sent; nothing is kept.

        Raises WrongState for words of which nothing can be seen.
        """
        refuse_invisible(text)
        wanted = Wanted(
            role=was.audience,
            kind=was.kind,
            language=was.language,
            length=was.length,
            zone=ZoneInfo(zone),
        )
        with self._store.read() as tx:
            assignment = self._on_record(tx, incident, wanted).assignment
        own, note = without_note(text, was)
        prose = in_own_words(own, was, assignment)
        remarks = looked_at(assignment, prose, self._writing.checks)
        found = written(assignment, prose, remarks, self._states())
        facts, lines = rested_on(assignment, found)
        found = found.model_copy(
            update={"text": text, "time_note": note or zone_note(own, assignment)}
        )
        edited = Edited(
            written=found, facts=facts, lines=lines, by=by, at=self._clock.now(), zone=zone
        )
        as_sent = was.model_copy(update={"edited": edited})
        known = found.verdict.findings
        at_sending = said_at_sending(self._preview, incident, as_sent, by=by, known=known)
        told = found.model_copy(update={"findings": (*found.findings, *at_sending)})
        return edited.model_copy(update={"written": told})

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
            "held": None,
        }
        return moved(self._store, was, was.model_copy(update=changes))

    def readers(self, incident: Incident, summary: Summary) -> Readers:
        with self._store.read() as tx:
            return readers_of(tx, incident, summary, self._library.rules)

    def _on_record(self, tx: Transaction, incident: Incident, wanted: Wanted) -> OnRecord:
        return on_record(
            tx,
            incident,
            wanted,
            rules=self._library.rules,
            candidates=self._writing.candidates,
            now=self._clock.now(),
        )

    def _states(self) -> States:
        return {of: self._library.templates.state_words(of) for of in LANGUAGES}


def without_note(text: str, was: Summary) -> tuple[str, str]:
    """The note on the zone that came with the draft, or with the words before, is no sentence of hers: her
    words without it, and the note as long as she let it stand."""
    notes = {n for n in (was.draft.time_note, was.current.time_note) if n}
    lines = text.split("\n")
    own = "\n".join(line for line in lines if line.strip() not in notes)
    return own, next((line.strip() for line in lines if line.strip() in notes), "")


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
