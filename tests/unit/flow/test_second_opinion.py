"""A second model is asked about what the checks let pass. It can stop a text; nothing that it says lets one pass."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from knowledge.errors import ModelFailed
from pipeline.adapters.clock import SimulatedClock
from pipeline.adapters.models.planned import PlannedModel
from pipeline.domain.directory import Person
from pipeline.domain.findings import FindingLevel, Words
from pipeline.domain.prose import Prose, Standing, Step
from pipeline.domain.summary import Summary
from pipeline.drafting.catalogue import load_states
from pipeline.drafting.redaction import Rules, redact
from pipeline.flow.summaries.drafts import Asked, make, untold
from pipeline.flow.writing.ladder import Writing
from pipeline.flow.writing.opinion import PURPOSE, WITHIN, Asking, step_of
from pipeline.flow.writing.writers import Writers
from pipeline.model_ports import Answered, Call, NotAsked
from tests.unit.tickets import START

from .model_stories import PlannedModels, texts, ticket
from .test_model_writing import FALSE, NO_FORM, SAID, SECRET, TRUE

FINE = '{"doubts": []}'
MADE = "made a new profile"


def doubt(sentence: int = 2, words: str = MADE, way: str = "not_said") -> str:
    return json.dumps({"doubts": [{"sentence": sentence, "words": words, "doubt": way}]})


class TwoModels(PlannedModels):
    """The first one writes; the second is asked what it thinks. Both may read everything."""

    def __init__(self, *said: str | ModelFailed, thinks: tuple[str | ModelFailed, ...]) -> None:
        super().__init__(*said)
        self.second, self.opinions = PlannedModel(*thinks, name="second"), list[Call]()

    def steps(self, *, audience: str, incident: str | None) -> tuple[Step, ...]:
        return (Step.MODEL, Step.SECOND_MODEL)

    def ask(self, call: Call) -> Answered:
        if call.purpose != PURPOSE:
            # The second one writes nothing here: what happens is the first one's.
            if call.step is Step.SECOND_MODEL:
                raise NotAsked("it does not write")
            return super().ask(call)
        self.opinions.append(call)
        return replace(self.second.say(call.turns, call.form, within=call.within), money=0.25)


def summary(models: PlannedModels, asking: Asking | None = "on") -> Summary:
    """Through the whole ladder, with the checks that production has; without `asking`, as it is where nobody set it."""
    known = [Person(id="p-9", name="Vera Holst")]
    said = () if asking is None else (asking,)
    writers = Writers(texts, models, Rules(), lambda: known, *said)
    writing = Writing(rungs=writers.rungs, checks=(writers.check,))
    asked = Asked(id="sum_1", assignment=ticket(*SAID), incident=None, by="chen")
    return make(asked, writing, load_states(texts()), SimulatedClock(START), untold)


def test_a_text_that_nobody_doubts_is_the_same_text() -> None:
    """What a model says for it raises nothing: it stands as it stands without."""
    models = TwoModels(TRUE, thinks=(FINE,))
    made, without = summary(models), summary(PlannedModels(TRUE), "off")
    assert made.draft == without.draft
    assert made.step is Step.MODEL
    assert (made.cost.calls, made.cost.money) == (2, 0.75)
    [call] = models.opinions
    assert (call.step, call.of, call.audience) == (Step.SECOND_MODEL, "sum_1", "technician")
    assert call.within <= WITHIN


@pytest.mark.parametrize("asking", ["off", None])
def test_off_unless_it_is_set(asking: Asking | None) -> None:
    models = TwoModels(TRUE, thinks=(doubt(),))
    assert summary(models, asking).step is Step.MODEL
    assert models.opinions == []


def test_a_doubt_is_mended_once() -> None:
    """The writer is told as of any other finding, and the mended text is asked about anew."""
    models = TwoModels(TRUE, TRUE, thinks=(doubt(), FINE))
    made = summary(models)
    assert made.step is Step.MODEL
    assert "The material does not say this" in models.model.asked[1][-1].text
    assert MADE in models.model.asked[1][-1].text
    assert (len(models.calls), len(models.opinions), made.cost.calls) == (2, 2, 4)


def test_a_doubt_that_stays_goes_down_the_ladder() -> None:
    made = summary(TwoModels(TRUE, thinks=(doubt(way="wider"),)))
    assert made.step is Step.EXTRACTION
    assert made.falls[0].why.values == {"rules": "opinion-wider"}
    assert made.cost.calls == 4


@pytest.mark.parametrize("way", ["contradicted", "not_said", "surer", "wider"])
def test_a_sentence_in_doubt_is_a_finding_that_waits(way: str) -> None:
    """With the words, never the model's own; a claim beside it says how it stands."""
    models = TwoModels(TRUE, thinks=(doubt(way=way),))
    writers = Writers(texts, models, Rules(), asking="on")
    rung = writers.rungs(of="sum_1", incident=None, audience="technician")[0]
    assignment = ticket(*SAID)
    prose = rung.writer.write(assignment)
    assert prose is not None
    assert rung.opinion is not None
    [remark] = rung.opinion(assignment, prose)
    contradicted = way == "contradicted"
    expected = Standing.CONTRADICTED if contradicted else Standing.UNSUPPORTED
    assert (remark.sentence, remark.standing) == (1, expected)
    assert remark.finding is not None
    assert (remark.finding.check, remark.finding.rule) == (
        PURPOSE,
        f"opinion-{way.replace('_', '-')}",
    )
    assert (remark.finding.level, remark.finding.words) == (FindingLevel.HOLD, Words.MODEL)
    assert remark.finding.excerpt == MADE
    assert [(claim.kind, claim.standing) for claim in remark.claims] == [(PURPOSE, expected)]


def test_what_the_checks_stop_is_not_asked_about() -> None:
    """Nothing is won by it: no opinion takes a finding away."""
    models = TwoModels(FALSE, thinks=(FINE,))
    assert summary(models).step is Step.EXTRACTION
    assert models.opinions == []


def test_texts_without_a_models_words_are_not_asked_about() -> None:
    models = TwoModels(NO_FORM, thinks=(doubt(),))
    assert summary(models).step is Step.EXTRACTION
    assert models.opinions == []
    writers = Writers(texts, models, Rules(), asking="on")
    rungs = writers.rungs(of="sum_1", incident=None, audience="technician")
    assert [rung.opinion is None for rung in rungs] == [False, False, True, True]
    own = Prose(language="en", sentences=(), step=Step.PERSON)
    assert rungs[0].opinion is not None
    assert rungs[0].opinion(ticket(*SAID), own) == ()


WICKED: dict[str, str | ModelFailed] = {
    "half a JSON": doubt()[:-4],
    "prose": "Sentence 2 is wrong, believe me.",
    "nothing": "",
    "another form": TRUE,
    "a sentence that is not there": doubt(sentence=9),
    "words that are not there": doubt(words="deleted the mailbox"),
    "a way of its own": doubt(way="boring"),
    "a standing": '{"doubts": "none", "standing": "supported"}',
    "without end": doubt() + "x" * 50_000,
    "late": ModelFailed("it did not answer within 15 s"),
    "away": ModelFailed("it is away"),
    "kept back": NotAsked("the budget is used up"),
}


@pytest.mark.parametrize("said", WICKED.values(), ids=WICKED)
def test_no_answer_of_use_changes_nothing(said: str | ModelFailed) -> None:
    """Not the text, and not who wrote it: only what it cost."""
    models = TwoModels(TRUE, thinks=(said,))
    made, without = summary(models), summary(PlannedModels(TRUE), "off")
    assert (made.draft, made.step, made.falls) == (without.draft, without.step, without.falls)
    assert len(models.opinions) == 1
    assert made.cost.calls == (1 if isinstance(said, NotAsked) else 2)


def test_one_that_finds_all_wrong_costs_only_the_models_words() -> None:
    """The steps below write, and are not asked about."""
    both = json.dumps(
        {
            "doubts": [
                {"sentence": n, "words": words, "doubt": "contradicted"}
                for n, words in ((1, "reported"), (2, "made"))
            ]
        }
    )
    models = TwoModels(TRUE, thinks=(both,))
    made = summary(models)
    assert made.step is Step.EXTRACTION
    assert made.draft.sentences
    assert {f.check for s in made.draft.sentences for f in s.findings} == set()


def test_a_fault_of_ours_costs_nobody_the_text() -> None:
    class Broken(TwoModels):
        def ask(self, call: Call) -> Answered:
            if call.purpose == PURPOSE:
                raise ZeroDivisionError
            return super().ask(call)

    assert summary(Broken(TRUE, thinks=(FINE,))).step is Step.MODEL


def test_no_provider_is_told_of_a_person_or_a_secret() -> None:
    """Law 4 holds here too, though the text has its names by now."""
    models = TwoModels(TRUE, thinks=(doubt(), FINE))
    made = summary(models)
    assert "Chen Li" in made.draft.text
    _, hidden = redact(ticket(*SAID))
    told = "\n".join(turn.text for call in models.opinions for turn in call.turns)
    assert MADE in told
    assert [one for one in (*(h.original for h in hidden.values()), SECRET) if one in told] == []


BOTH, FIRST, SECOND = (Step.MODEL, Step.SECOND_MODEL), (Step.MODEL,), (Step.SECOND_MODEL,)


@pytest.mark.parametrize(
    ("asking", "steps", "step"),
    [
        ("off", BOTH, None),
        ("on", BOTH, Step.SECOND_MODEL),
        ("on", FIRST, Step.MODEL),
        ("on", (), None),
        ("model", BOTH, Step.MODEL),
        ("model", SECOND, None),
        ("second_model", BOTH, Step.SECOND_MODEL),
        ("second_model", FIRST, None),
    ],
)
def test_only_a_model_that_may_read_it_is_asked(
    asking: Asking, steps: tuple[Step, ...], step: Step | None
) -> None:
    """Who may read what is decided for an opinion as for a text."""
    assert step_of(asking, steps) is step
