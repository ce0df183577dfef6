"""A chat model writes a summary: asked without people and secrets, held to its contract and to the record, paid for."""

from __future__ import annotations

import pytest

from knowledge.errors import ModelFailed
from pipeline.domain.directory import Person
from pipeline.domain.findings import Finding, FindingLevel
from pipeline.domain.prose import Step
from pipeline.drafting.prose.contract import Contract
from pipeline.drafting.redaction import Rules, redact
from pipeline.flow.writing.model_writer import Commission, ModelWriter
from pipeline.flow.writing.remarks import Remark
from pipeline.flow.writing.writers import Writers
from pipeline.model_ports import NotAsked, reason_of

from .model_stories import PlannedModels, answer, summary, texts, ticket

SAID = (
    ("Wang Xiaolin", "since this morning the client crashes when I open the calendar"),
    ("Chen Li", "Xiaolin, I made a new profile for you, please try again"),
    ("Wang Xiaolin", "it still crashes, call me at 13800138000, my password is Sommer2026!"),
)
ASKED = ("asked", "{F3} reported {F2}.", ["L1"])
TRUE = answer(ASKED, ("tried", "{S2} made a new profile, without any effect.", ["L2", "L3"]))
FALSE = answer(("tried", "{P1} replaced the mailbox database.", ["L2"]), ASKED)
NO_FORM = "the client crashes"
SECRET = "Sommer2026!"


def test_an_answer_that_fits_is_the_summary() -> None:
    """Values are written by code, and every sentence names what it rests on."""
    made = summary(ticket(*SAID), PlannedModels(TRUE))
    assert (made.step, made.model, made.falls) == (Step.MODEL, "planned", ())
    assert [s.text for s in made.draft.sentences] == [
        "Wang Xiaolin reported the mail client crashes.",
        "Chen Li made a new profile, without any effect.",
    ]
    assert made.draft.sentences[1].rests_on == ("q.2", "q.3")
    assert (made.cost.calls, made.cost.tokens_in, made.cost.money) == (1, 100, 0.5)


@pytest.mark.parametrize("first", [NO_FORM, FALSE, answer(("asked", "Three users wait.", ["L1"]))])
def test_an_answer_of_no_use_is_mended_once(first: str) -> None:
    """Whether it keeps to no form, says what nobody said, or writes a value by itself."""
    models = PlannedModels(first, TRUE)
    made = summary(ticket(*SAID), models)
    assert (made.step, made.cost.calls, made.cost.money) == (Step.MODEL, 2, 1.0)
    assert made.prompt == models.calls[1].prompt != models.calls[0].prompt


def test_what_the_record_does_not_hold_falls_to_extraction() -> None:
    """After the second time; what both answers cost stays with the summary."""
    models = PlannedModels(FALSE)
    made = summary(ticket(*SAID), models)
    assert made.step is Step.EXTRACTION
    assert made.falls[0].step is Step.MODEL
    assert "claim-unsupported" in made.falls[0].why.values["rules"]
    assert (len(models.calls), made.cost.calls, made.cost.money) == (2, 2, 1.0)
    assert "replaced" not in made.draft.text


def test_a_model_is_asked_at_most_twice() -> None:
    """Nor a third time when the second answer keeps to the form and says what is not so."""
    models = PlannedModels(NO_FORM, FALSE, TRUE)
    assert summary(ticket(*SAID), models).step is Step.EXTRACTION
    assert len(models.calls) == 2


def test_no_provider_is_told_of_anybody_in_the_directory() -> None:
    """Whoever is named in a line is hidden, though the ticket knows nothing of her."""
    models = PlannedModels(TRUE)
    writers = Writers(texts, models, Rules(), lambda: [Person(id="p-9", name="Vera Holst")])
    assignment = ticket(*SAID, ("Chen Li", "Vera Holst from finance has the same"))
    rung = writers.rungs(of="sum_1", incident=None, audience="technician")[0]
    rung.writer.write(assignment)
    told = [turn.text for call in models.calls for turn in call.turns]
    assert told
    assert not [text for text in told if "Vera" in text or "Holst" in text]


@pytest.mark.parametrize("said", [(TRUE,), (FALSE,), (NO_FORM, FALSE), (FALSE, NO_FORM)])
def test_no_provider_is_told_of_a_person_or_a_secret(said: tuple[str, ...]) -> None:
    """Law 4, in the turns of a repair too: what the checks quote comes from the text with its values."""
    assignment, models = ticket(*SAID), PlannedModels(*said)
    summary(assignment, models)
    _, hidden = redact(assignment)
    originals = {one.original for one in hidden.values()}
    assert {"Wang Xiaolin", "王晓琳", "Chen Li", "13800138000"} <= originals
    told = models.told + repr(models.calls)
    assert [one for one in (*originals, SECRET) if one in told] == []


def test_a_placeholder_comes_back_as_it_was_written() -> None:
    """By code, in the spelling that stood there."""
    models = PlannedModels(answer(ASKED, ("tried", "{P2} made a new profile for {S1}.", ["L2"])))
    made = summary(ticket(*SAID), models)
    assert made.step is Step.MODEL
    assert made.draft.sentences[1].text == "Chen Li made a new profile for Wang Xiaolin."


def test_whether_there_is_enough_is_for_code_to_say() -> None:
    """A model that gives up leaves the text to the step below, and was paid for."""
    made = summary(ticket(*SAID), PlannedModels(answer(enough=False)))
    assert (made.step, made.cost.calls) == (Step.EXTRACTION, 1)
    assert made.draft.sentences


def test_what_was_of_no_use_before_is_asked_again() -> None:
    """A kept answer saves a call only if it can be used."""
    models = PlannedModels("half a JSON", TRUE)
    models.kept = 1
    made = summary(ticket(*SAID), models)
    assert made.step is Step.MODEL
    assert [call.fresh for call in models.calls] == [False, True]


@pytest.mark.parametrize(
    ("failed", "calls"), [(ModelFailed("it is late"), 1), (NotAsked("no budget"), 0)]
)
def test_without_an_answer_extraction_writes(failed: ModelFailed, calls: int) -> None:
    """A call that came too late was made; one that was kept back was not."""
    made = summary(ticket(*SAID), PlannedModels(failed))
    assert made.step is Step.EXTRACTION
    assert [(fall.step, fall.why) for fall in made.falls] == [(Step.MODEL, reason_of(failed))]
    assert made.cost.calls == calls


def test_a_model_that_is_late_with_its_second_answer_is_paid_for_both() -> None:
    made = summary(ticket(*SAID), PlannedModels(NO_FORM, ModelFailed("it is late")))
    assert (made.step, made.cost.calls, made.cost.money) == (Step.EXTRACTION, 2, None)


def test_a_hidden_name_may_not_be_guessed() -> None:
    """Only slots tell names, those of people whom the model never saw as well."""
    guess = answer(("asked", "Xiaolin Wang reported {F2}.", ["L1"]))
    guess_whole = answer(("asked", "Wang Xiaolin reported {F2}.", ["L1"]))
    for said in (guess, guess_whole):
        made = summary(ticket(*SAID), PlannedModels(said))
        assert made.step is Step.EXTRACTION


def test_each_remark_is_told_of_its_own_sentence() -> None:
    """By its place in the answer, though sections stand in another order there; of the whole text, of none."""
    models = PlannedModels(FALSE, TRUE)
    writer = writer_with(models)
    prose = writer.write(ticket(*SAID))
    assert prose is not None
    assert [s.section for s in prose.sentences] == ["asked", "tried"]
    writer.mend([remark(1, "王晓琳 replaced"), remark(None, "Wang Xiaolin"), remark(0, "reported")])
    told = models.model.asked[1][-1].text
    assert (
        "- Sentence 1: The material does not say this: {P1} replaced the mailbox database." in told
    )
    assert "- Sentence 2: The material does not say this: reported." in told
    assert "- The material does not say this: no-such-thing." in told


def remark(sentence: int | None, excerpt: str) -> Remark:
    found = Finding(
        check="tests",
        rule="no-such-thing",
        level=FindingLevel.HOLD,
        form="summary",
        language="en",
        excerpt=excerpt,
    )
    return Remark(sentence=sentence, finding=found)


def writer_with(models: PlannedModels) -> ModelWriter:
    commission = Commission(of="sum_1", incident=None, audience="technician")
    return ModelWriter(Step.MODEL, models, Contract(texts()), rules=Rules(), commission=commission)
