"""What do the guard's checks say of a prose, sentence by sentence? Claims to the record, and what no text may say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...domain.communication import Form, Kind, Rendition, SlotValue
from ...domain.facts import STATEMENT, Brief, Fact, Level, Status, ValueKind
from ...domain.findings import Finding, Words
from ...domain.prose import Prose, Step
from ...drafting.prose.assignment import Assignment
from ...drafting.prose.contract import filled, values_in
from ...drafting.prose.told import States
from ...guard import Examined, Phrases
from ...guard.checks import OF_WORDS
from ...guard.checks.links import links
from ...guard.claims import Index, Reader, indexed, record_of
from ...guard.grounding import Approved, Grounds
from ...guard.weighing import weighed
from .remarks import Remark

WHOSE = {Step.MODEL: Words.MODEL, Step.SECOND_MODEL: Words.MODEL, Step.PERSON: Words.PERSON}
"""By extraction and by template nothing is claimed that the record does not hold word for word."""
GUESS = "guessed-cause"
_OWN = "f.own"
NO_LIMIT = {"subject": 1_000_000, "text": 1_000_000}


class ClaimCheck:
    """Every claim of every sentence, held to the facts and lines that its readers may know."""

    def __init__(self, reader: Reader, approved: Approved, states: States) -> None:
        self._reader, self._approved, self._states = reader, approved, states
        self._last: tuple[Assignment, Index] | None = None

    def __call__(self, assignment: Assignment, prose: Prose) -> Iterator[Remark]:
        found = weighed(
            prose.sentences,
            filled(prose, assignment, self._states),
            self._index(assignment),
            words=WHOSE.get(prose.step, Words.QUOTATION),
            language=prose.language,
            values=values_in(prose, assignment, self._states),
            grounds=Grounds(
                facts=assignment.facts,
                speakers={line.id: line.speaker for line in assignment.lines},
                approved=self._approved,
            ),
        )
        for n, one in enumerate(found):
            yield Remark(sentence=n, standing=one.standing, claims=one.claims)
            for finding in one.findings:
                yield Remark(sentence=n, finding=finding)

    def _index(self, assignment: Assignment) -> Index:
        """Of one assignment several texts are judged, one after the other: a step's, its repair, the next's."""
        last = self._last
        if last is not None and last[0] is assignment:
            return last[1]
        record = record_of(
            assignment.brief,
            lines=assignment.lines,
            candidates=assignment.candidates,
            states=self._states,
            zone=assignment.zone.key,
            now=assignment.now,
        )
        index = indexed(record, self._reader)
        self._last = assignment, index
        return index


class WordCheck:
    """What must not be said at all, and machinery, secrets and links: in a model's words, or in a person's. In
    words that extraction quotes, where they lead: whoever reads the draft is told of a link in it."""

    def __init__(self, phrases: Phrases, states: States) -> None:
        self._phrases, self._states = phrases, states

    def __call__(self, assignment: Assignment, prose: Prose) -> Iterator[Remark]:
        whose = WHOSE.get(prose.step)
        texts = filled(prose, assignment, self._states)
        if whose is None:
            yield from self._quoted(assignment, prose, texts)
            return
        values = values_in(prose, assignment, self._states)
        for n, (text, given) in enumerate(zip(texts, values, strict=True)):
            for finding in self._found(assignment, prose, text, given, whose):
                if not (finding.rule == GUESS and _is_on_record(assignment, prose, n)):
                    yield Remark(sentence=n, finding=finding)

    def _quoted(
        self, assignment: Assignment, prose: Prose, texts: Sequence[str]
    ) -> Iterator[Remark]:
        lines = {line.id for line in assignment.lines}
        for n, (sentence, text) in enumerate(zip(prose.sentences, texts, strict=True)):
            if lines.isdisjoint(sentence.rests_on):
                continue
            own = _own(assignment, text).model_copy(update={"kind": ValueKind.QUOTE})
            slots = [SlotValue(slot=STATEMENT, fact=own.id, text=text)]
            examined = _examined(assignment.brief, [own], prose, text, slots)
            for finding in links(examined, self._phrases):
                if finding.words is Words.QUOTATION:
                    yield Remark(sentence=n, finding=finding)

    def _found(
        self,
        assignment: Assignment,
        prose: Prose,
        text: str,
        values: dict[str, str],
        whose: Words,
    ) -> Sequence[Finding]:
        facts = [*assignment.facts.values()]
        slots = _slots(facts, values)
        if whose is Words.PERSON:
            own = _own(assignment, text)
            facts, slots = [*facts, own], [SlotValue(slot=STATEMENT, fact=own.id, text=text)]
        examined = _examined(assignment.brief, facts, prose, text, slots)
        found = [f for check in OF_WORDS for f in check(examined, self._phrases)]
        if whose is Words.PERSON:
            return [f for f in found if f.words is Words.PERSON]
        return [f.model_copy(update={"words": whose}) for f in found if f.words is Words.TEMPLATE]


def _is_on_record(assignment: Assignment, prose: Prose, n: int) -> bool:
    """A cause that somebody recorded as suspected, and that these readers may know, is no guess of ours: the
    contract has it told as suspected."""
    known = assignment.facts
    rests_on = prose.sentences[n].rests_on
    return any(known[of].status is Status.SUSPECTED for of in rests_on if of in known)


def _slots(facts: Sequence[Fact], values: dict[str, str]) -> list[SlotValue]:
    known = {fact.id: fact for fact in facts}
    return [
        SlotValue(slot=known[of].attribute if of in known else "line", fact=of, text=text)
        for of, text in values.items()
    ]


def _own(assignment: Assignment, text: str) -> Fact:
    """A person's words stand as what somebody said, until she signs them."""
    return Fact(
        id=_OWN,
        what=assignment.brief.incident,
        attribute=STATEMENT,
        kind=ValueKind.TEXT,
        value=text,
        status=Status.REPORTED,
        level=Level.PUBLIC,
        at=assignment.now,
        event=_OWN,
    )


def _examined(
    brief: Brief, facts: Sequence[Fact], prose: Prose, text: str, slots: Sequence[SlotValue]
) -> Examined:
    rendition = Rendition(
        id="prose",
        communication="prose",
        revision=1,
        language=prose.language,
        form=Form.PAGE,
        text=text,
        values=tuple(slots),
        template="prose",
        template_version="1",
    )
    return Examined(
        rendition=rendition,
        sibling=None,
        kind=Kind.UPDATE,
        brief=brief.model_copy(update={"facts": tuple(facts)}),
        hidden=(),
        required=frozenset(),
        limits=NO_LIMIT,
    )
