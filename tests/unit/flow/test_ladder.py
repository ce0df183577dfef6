"""The first text that passes is taken; why the others fell stands beside it."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

import pytest

from knowledge.errors import ModelFailed
from pipeline.domain.communication import Reason, said
from pipeline.domain.errors import Unusable
from pipeline.domain.facts import Audience, Brief, Level
from pipeline.domain.findings import FindingLevel
from pipeline.domain.prose import Cost, Fall, Prose, Quoted, Step
from pipeline.drafting.prose.assignment import Assignment, Writer
from pipeline.flow.writing.costs import cost_of
from pipeline.flow.writing.ladder import Begun, Climbed, Fell, Progress, Rung, climb
from pipeline.flow.writing.remarks import Check, Remark
from pipeline.model_ports import Answered
from tests.unit.flow.writers import Broken, Plain, Saying, Unfit, forbids
from tests.unit.tickets import START

STEPS = (Step.MODEL, Step.SECOND_MODEL, Step.EXTRACTION, Step.TEMPLATE)

STOPPED = Reason(code="step_stopped", values={"rules": "no-promise"})


def assignment(*said: str) -> Assignment:
    lines = tuple(
        Quoted(id=f"c.{n}", n=n, at=None, speaker="Chen", text=text)
        for n, text in enumerate(said, 1)
    )
    audience = Audience(role="technician", clearance=Level.INTERNAL)
    return Assignment(
        kind="technician",
        brief=Brief(incident="inc_1", number="INC-1", audience=audience, facts=()),
        lines=lines,
        language="en",
        now=START,
        zone=ZoneInfo("UTC"),
    )


def climbed(
    *writers: Writer, checks: Sequence[Check] = (), said: Sequence[str] = ("it crashes",)
) -> tuple[Climbed, list[Progress]]:
    told: list[Progress] = []
    rungs = [Rung(step=s, writer=w) for s, w in zip(STEPS, writers, strict=False)]
    return climb(assignment(*said), rungs, checks, told.append), told


def test_a_step_that_fails_is_told_and_the_next_one_writes() -> None:
    """Whether it found its answer unfit, or has a fault of its own."""
    found, told = climbed(Unfit("half a JSON"), Broken(), Plain())
    assert found.prose is not None
    assert found.prose.step is Step.EXTRACTION
    assert found.falls == (
        Fall(step=Step.MODEL, why=said("half a JSON")),
        Fall(
            step=Step.SECOND_MODEL,
            why=Reason(code="step_fault", values={"fault": "ZeroDivisionError"}),
        ),
    )
    assert [type(p) for p in told] == [Begun, Fell, Begun, Fell, Begun]


def test_a_text_that_a_check_holds_falls_and_its_rule_says_why() -> None:
    found, _ = climbed(Saying(["we promise"]), Plain(), checks=[forbids("promise")])
    assert found.prose is not None
    assert found.prose.step is Step.EXTRACTION
    assert found.falls[0].reasons == (STOPPED,)


def test_what_only_needs_a_person_is_given_when_nothing_better_comes() -> None:
    """With its findings; what is blocked is never given."""
    checks = [forbids("promise"), forbids("secret", FindingLevel.BLOCK)]
    found, _ = climbed(
        Saying(["a secret"]), Saying(["we promise"], step=Step.SECOND_MODEL), checks=checks
    )
    assert found.prose is not None
    assert found.prose.step is Step.SECOND_MODEL
    assert {r.finding.rule for r in found.remarks if r.finding} == {"no-promise"}
    assert [f.step for f in found.falls] == [Step.MODEL, Step.SECOND_MODEL]


def test_a_warning_holds_nothing() -> None:
    found, _ = climbed(Saying(["we promise"]), checks=[forbids("promise", FindingLevel.WARN)])
    assert found.falls == ()
    assert [r.finding.rule for r in found.remarks if r.finding] == ["no-promise"]


def test_too_little_to_write_about_asks_nobody_else() -> None:
    """What one writer finds too little is too little for all."""
    below = Plain()
    found, told = climbed(Plain(), below, said=())
    assert found.prose is None
    assert below.seen == []
    assert told == [Begun(step=Step.MODEL)]


@pytest.mark.parametrize(
    ("writers", "reasons"),
    [
        ((), ["no step may be asked"]),
        ((Unfit("late"),), ["late"]),
        ((Saying(["a secret"]),), ["no-secret"]),
        ((Unfit("late"), Saying(["a secret"])), ["late", "no-secret"]),
    ],
    ids=["nobody", "unfit", "held", "both"],
)
def test_without_a_text_every_reason_is_told(
    writers: tuple[Writer, ...], reasons: list[str]
) -> None:
    with pytest.raises(Unusable) as told:
        climbed(*writers, checks=[forbids("secret", FindingLevel.BLOCK)])
    known = ("no step may be asked", "late", "no-secret")
    assert [reason for reason in known if reason in str(told.value)] == reasons


def test_what_a_fallen_text_cost_counts_too() -> None:
    found, _ = climbed(
        Plain(step=Step.MODEL), Plain(step=Step.SECOND_MODEL), checks=[forbids("crashes")]
    )
    assert found.cost == Cost(calls=2, tokens_in=200, tokens_out=40, seconds=1.0)


class Mends:
    """A writer that is paid for every try; `mended` is what it writes when it is told what was found."""

    def __init__(self, first: str | None, mended: str | None = None) -> None:
        self._first, self._mended = first, mended
        self.told: list[str] = []
        self.cost = Cost()

    def write(self, assignment: Assignment) -> Prose | None:
        return self._say(self._first)

    def mend(self, remarks: Sequence[Remark]) -> Prose | None:
        self.told += [found.rule for remark in remarks if (found := remark.stops)]
        return self._say(self._mended)

    def _say(self, text: str | None) -> Prose | None:
        self.cost += Cost(calls=1, tokens_in=100, tokens_out=20)
        if text == "":
            return None
        if text is None:
            raise Unusable("no JSON")
        return Saying([text]).write(assignment("it crashes"))


def test_what_stops_a_text_is_told_to_its_writer_once() -> None:
    """The second text is judged like the first, and both are paid for."""
    writer = Mends("we promise", "we hope")
    found, _ = climbed(writer, checks=[forbids("promise")])
    assert found.prose is not None
    assert found.prose.sentences[0].pieces == ("we hope",)
    assert (writer.told, found.falls, found.cost.calls) == (["no-promise"], (), 2)


def test_a_text_that_cannot_be_mended_is_given_when_nothing_better_comes() -> None:
    """The first one, which a person may let pass; why it was not mended stands beside it."""
    found, _ = climbed(Mends("we promise"), checks=[forbids("promise")])
    assert found.prose is not None
    assert found.falls[0].reasons == (STOPPED, said("no JSON"))
    assert found.cost.calls == 2


@pytest.mark.parametrize(
    ("first", "is_written", "calls", "tokens"), [(None, True, 2, 200), ("", False, 1, 100)]
)
def test_what_came_to_nothing_was_paid_for(
    first: str | None, is_written: bool, calls: int, tokens: int
) -> None:
    """An answer of no use, after which the next step writes, and one that says that there is too little to
    write about."""
    found, _ = climbed(Mends(first), Plain())
    assert (found.prose is not None) == is_written
    assert (found.cost.calls, found.cost.tokens_in) == (calls, tokens)


def test_tokens_that_nobody_counted_stay_unknown() -> None:
    """Of all, as soon as one call was not counted; where nobody was asked there was nothing to count."""
    counted = Cost(calls=1, tokens_in=3, tokens_out=1, money=0.5, seconds=2.0)
    uncounted = Cost(calls=1, tokens_out=4, seconds=1.0)
    both = Cost(calls=2, tokens_out=5, seconds=3.0)
    assert counted + uncounted == uncounted + counted == both
    assert counted + Cost() == Cost() + counted == counted
    assert Cost() + Cost() == Cost()


def test_a_model_and_the_ladder_add_up_alike() -> None:
    """One answer that its provider did not count, and one that it did; a kept one was not asked for."""
    answers = [
        Answered(text="", model="m", tokens_in=tokens, tokens_out=1, kept=kept)
        for tokens, kept in ((3, False), (None, False), (0, True))
    ]
    one, other, kept = (cost_of([answer], ()) for answer in answers)
    assert cost_of(answers, ()) == one + other + kept == Cost(calls=2, tokens_out=2)
    assert cost_of(answers[:1], [ModelFailed("late")]) == Cost(calls=2)
