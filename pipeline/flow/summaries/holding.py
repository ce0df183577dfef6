"""Does a text still stand as the record is now? Asked when it is released, and once more when it is sent.

What was found when it was written tells of the record of that moment: a ticket that was reopened since makes
a lie of "it is fixed", whoever wrote it.
"""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from ...domain.findings import Finding, FindingLevel
from ...domain.incident import Incident
from ...domain.prose import Prose, Sentence, Step
from ...domain.summary import Held, Summary
from ...drafting.prose.assignment import Assignment
from ...ports import Clock, Store
from ..library import Library
from ..preview import Preview
from ..writing.ladder import Writing
from ..writing.remarks import looked_at
from .alone import Wanted
from .leaving import leaving
from .material import on_record
from .sending import said_at_sending


class Holding:
    """Stands outside every transaction of the act that asks it: whoever acts compares `Held.version`."""

    def __init__(
        self, *, store: Store, clock: Clock, library: Library, writing: Writing, preview: Preview
    ) -> None:
        self._store, self._clock = store, clock
        self._library, self._writing, self._preview = library, writing, preview

    def held(self, incident: Incident, summary: Summary, *, by: str) -> Held:
        """What is found now, whether it was known or not, in the words that would leave; `by` would sign
        them. Raises NotAllowed when the ticket no longer concerns their readers."""
        now, current = self._clock.now(), summary.current
        wanted = Wanted(
            role=summary.audience,
            kind=summary.kind,
            language=summary.language,
            length=summary.length,
            zone=ZoneInfo(summary.zone_of_text),
        )
        with self._store.read() as tx:
            found = on_record(
                tx,
                incident,
                wanted,
                rules=self._library.rules,
                candidates=self._writing.candidates,
                now=now,
            )
        prose = as_signed(summary, found.assignment)
        remarks = looked_at(found.assignment, prose, self._writing.checks)
        judged = [remark.finding for remark in remarks if remark.finding is not None]
        known = (*current.verdict.findings, *judged)
        sending = said_at_sending(self._preview, incident, summary, by=by, known=known)
        return Held(
            version=incident.version, at=now, findings=tuple(dict.fromkeys((*judged, *sending)))
        )


def as_signed(summary: Summary, assignment: Assignment) -> Prose:
    """The sentences that leave, as the words of whoever signs them: their values are words by now, and
    what the record does not cover was seen by her."""
    known = {*assignment.facts, *(line.id for line in assignment.lines)}
    stay = set(leaving(summary).left_out)
    told = (
        Sentence(
            section=one.section,
            pieces=(one.text,),
            rests_on=tuple(id_ for id_ in one.rests_on if id_ in known),
        )
        for one in summary.current.sentences
        if one.text not in stay
    )
    return Prose(language=summary.language, sentences=tuple(told), step=Step.PERSON)


def new_in(held: Held, summary: Summary) -> Sequence[Finding]:
    """What stops the text by now, and was not there for whoever released it."""
    known = {_key(finding) for finding in summary.verdict.findings}
    return [f for f in held.findings if f.level > FindingLevel.WARN and _key(f) not in known]


def _key(finding: Finding) -> tuple[str, str, str, FindingLevel]:
    return finding.check, finding.rule, finding.excerpt, finding.level
