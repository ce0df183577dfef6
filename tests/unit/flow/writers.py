"""Writers of summaries for tests: one that says what it was given, and those that fail in their ways."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from pipeline.domain.errors import Unusable
from pipeline.domain.findings import Finding, FindingLevel
from pipeline.domain.prose import Cost, Prose, Ref, Sentence, Standing, Step
from pipeline.drafting.prose.assignment import SECTIONS, Assignment, Writer
from pipeline.flow.writing.ladder import Rung, Writing
from pipeline.flow.writing.remarks import Check, Remark

TOLD = ("state", "title", "service", "expected_at", "next_update", "symptom")


@dataclass
class Plain:
    """A sentence for each fact that it knows words for, and one for each of the last lines."""

    step: Step = Step.EXTRACTION
    lines: int = 3
    seen: list[Assignment] = field(default_factory=list)

    def write(self, assignment: Assignment) -> Prose | None:
        self.seen.append(assignment)
        first, *_, last = SECTIONS[assignment.kind]
        facts = [f for f in assignment.brief.facts if f.attribute in TOLD]
        said = assignment.lines[-self.lines :]
        if not facts and not said:
            return None
        told = [
            Sentence(section=first, pieces=(f"{f.attribute}: ", Ref(fact=f.id), ".")) for f in facts
        ]
        told += [
            Sentence(section=last, pieces=(f"{q.speaker}: {q.text}",), rests_on=(q.id,))
            for q in said
        ]
        return Prose(
            language=assignment.language,
            sentences=tuple(told),
            step=self.step,
            model="fake-1" if self.step is Step.MODEL else None,
            prompt="p-1",
            template="t-1",
            cost=Cost(calls=1, tokens_in=100, tokens_out=20, seconds=0.5),
        )


@dataclass
class Unfit:
    """A step that had nothing that could be used."""

    why: str = "the answer was half a JSON"

    def write(self, assignment: Assignment) -> Prose | None:
        raise Unusable(self.why)


class Broken:
    """A step with a fault."""

    def write(self, assignment: Assignment) -> Prose | None:
        raise ZeroDivisionError


@dataclass
class Saying:
    """These very sentences, resting on these ids."""

    sentences: Sequence[str]
    rests_on: tuple[str, ...] = ()
    step: Step = Step.MODEL

    def write(self, assignment: Assignment) -> Prose | None:
        section = SECTIONS[assignment.kind][0]
        told = (
            Sentence(section=section, pieces=(s,), rests_on=self.rests_on) for s in self.sentences
        )
        return Prose(
            language=assignment.language, sentences=tuple(told), step=self.step, cost=Cost(calls=1)
        )


@dataclass
class During:
    """Does something while it writes, as others do."""

    act: Callable[[], object]
    then: Writer

    def write(self, assignment: Assignment) -> Prose | None:
        self.act()
        return self.then.write(assignment)


def finding(rule: str, level: FindingLevel, excerpt: str) -> Finding:
    return Finding(
        check="tests", rule=rule, level=level, form="summary", language="en", excerpt=excerpt
    )


def forbids(word: str, level: FindingLevel = FindingLevel.HOLD) -> Check:
    """A check that finds a word, sentence by sentence."""

    def check(assignment: Assignment, prose: Prose) -> Iterable[Remark]:
        for n, sentence in enumerate(prose.sentences):
            text = "".join(p for p in sentence.pieces if isinstance(p, str))
            found = finding(f"no-{word}", level, word) if word in text else None
            standing = Standing.UNSUPPORTED if found else Standing.SUPPORTED
            yield Remark(sentence=n, finding=found, standing=standing)

    return check


def writing(*writers: tuple[Step, Writer] | Writer, checks: Sequence[Check] = ()) -> Writing:
    rungs = [
        Rung(step=w[0], writer=w[1])
        if isinstance(w, tuple)
        else Rung(step=Step.EXTRACTION, writer=w)
        for w in writers
    ]

    def of_text(*, of: str, incident: str | None, audience: str) -> Sequence[Rung]:
        return rungs

    return Writing(rungs=of_text, checks=checks, readable=without_hosts)


def without_hosts(everything: Assignment) -> dict[str, str]:
    """Lines for people outside: those that name no mailbox server."""
    return {line.id: line.text for line in everything.lines if "mbx-" not in line.text}
