"""What is kept of a summary? Its sentences with what each rests on, who wrote it, and what people did with it."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from .directory import Key, Language, Value
from .facts import Fact
from .findings import Finding, Verdict
from .prose import Claimed, Cost, Fall, Length, Quoted, Standing, Step
from .times import Instant


class SummaryState(StrEnum):
    """A draft is released by a person, and sent by one; what was discarded is kept for its history."""

    DRAFT = "draft"
    RELEASED = "released"
    SENT = "sent"
    DISCARDED = "discarded"


class Shown(Value):
    """A sentence as it is read. `rests_on` are the ids that its writer named; `standing` and `claims` are
    what a check says of it, where one does."""

    section: Key
    text: str
    rests_on: tuple[Key, ...] = ()
    standing: Standing | None = None
    claims: tuple[Claimed, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def evidence(self) -> tuple[str, ...]:
        """All ids that speak for it or against it, each once."""
        claimed = (id_ for claim in self.claims for id_ in claim.evidence)
        return tuple(dict.fromkeys((*self.rests_on, *claimed)))


class Written(Value):
    """A text of sentences, and what was found in it as a whole. `time_note` says in which zone the times
    of the text are, empty when it shows none; it is the last line of a draft."""

    sentences: tuple[Shown, ...] = ()
    text: str = ""
    time_note: str = ""
    findings: tuple[Finding, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """All that was found, of the sentences and of the whole."""
        of_sentences = (f for s in self.sentences for f in s.findings)
        return Verdict(findings=tuple(dict.fromkeys((*of_sentences, *self.findings))))


class Edited(Value):
    """What a person made of it, checked again, with what its sentences rest on by then. The draft stays
    beside it (law 9)."""

    written: Written
    facts: tuple[Fact, ...] = ()
    lines: tuple[Quoted, ...] = ()
    by: Key
    at: Instant
    zone: str = "UTC"
    """In which its times are meant."""


class Held(Value):
    """What was found when the text was last held to the record for an act, at the incident's `version`."""

    version: int
    at: Instant
    findings: tuple[Finding, ...] = ()


class Moved(Value):
    """Who moved it to its state, when, and why; `event` is the one by which it left."""

    by: Key
    at: Instant
    why: str = ""
    event: Key | None = None


class Summary(Value):
    """One text about one incident, or about a conversation alone (then `incident` is None, and no row is
    kept). `version` is the incident's when it was written.

    `step` is None, and there are no sentences, when there was not enough to summarise. `facts` and `lines`
    are those that a sentence rests on, as they stood then: a later record does not change what it said.
    Its text counts times from `as_of`: a bare clock time is of that day, and what is announced lies after it;
    they are of `zone`. `held` is what a release, or a send that was refused, found last.
    """

    id: Key
    incident: Key | None = None
    version: int = 0
    audience: Key
    kind: Key
    language: Language
    length: Length
    draft: Written = Written()
    facts: tuple[Fact, ...] = ()
    lines: tuple[Quoted, ...] = ()
    step: Step | None = None
    falls: tuple[Fall, ...] = ()
    model: str | None = None
    prompt: str | None = None
    template: str | None = None
    cost: Cost = Cost()
    as_of: Instant
    zone: str = "UTC"
    made_at: Instant
    by: Key
    revision: int = Field(default=1, ge=1)
    edited: Edited | None = None
    state: SummaryState = SummaryState.DRAFT
    moved: Moved | None = None
    held: Held | None = None

    @property
    def current(self) -> Written:
        """The text that counts: a person's, else the draft."""
        return self.edited.written if self.edited else self.draft

    @property
    def zone_of_text(self) -> str:
        """In which the times of the text that counts are meant."""
        return self.edited.zone if self.edited else self.zone

    @property
    def verdict(self) -> Verdict:
        """All that speaks against the text: found when it was written, or when it was last held to the
        record."""
        since = self.held.findings if self.held else ()
        return Verdict(findings=tuple(dict.fromkeys((*self.current.verdict.findings, *since))))
