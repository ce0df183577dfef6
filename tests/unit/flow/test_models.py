"""A chat model is asked only if it may, if it is not known already, if it can be paid, and if it is worth it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from knowledge.errors import ModelFailed, UnfitAnswer
from pipeline.adapters.models.planned import PlannedModel
from pipeline.adapters.models.recorded import RecordedModel
from pipeline.domain.prose import Step
from pipeline.flow.models.asking import CheckedModels, Rung
from pipeline.flow.models.breaker import OPENS_AFTER, PAUSE, Standing
from pipeline.flow.models.budgets import Budgets, Limits, Price
from pipeline.model_ports import (
    OPINION,
    Answered,
    Call,
    KeptCall,
    NotAsked,
    Outcome,
    Turn,
    outcome_of,
)
from tests.contract.stores import together

from .desk import Desk, opened

PRICE = Price(tokens_in=10_000.0, tokens_out=50_000.0)
"""Of a million: a call of the planned model costs 1 + 1."""
DOWN = ModelFailed("it is down")


class Form(BaseModel):
    """What is asked for."""

    title: str


class Room:
    """Models in check over a desk's store and clock."""

    def __init__(self, desk: Desk, *models: PlannedModel, **changed: Any) -> None:
        self.desk, self.model = desk, models[0]
        steps = (Step.MODEL, Step.SECOND_MODEL)
        rungs = [
            Rung(step=step, model=one, price=PRICE)
            for step, one in zip(steps, models, strict=False)
        ]
        app = desk.app
        usual: dict[str, Any] = {"budgets": Budgets(), "recording": "full", "zone": "UTC"}
        self.models = CheckedModels(
            rungs,
            store=app.store,
            calls=app.models.calls,
            clock=app.clock,
            ids=app.ids,
            library=app.library,
            **usual | changed,
        )
        self._count = 0

    def call(self, **changed: Any) -> Call:
        """A question that was never asked before."""
        self._count += 1
        usual: dict[str, Any] = {
            "step": Step.MODEL,
            "purpose": "summary",
            "of": "sum_1",
            "incident": None,
            "audience": "technician",
            "prompt": "p1",
            "material": f"m{self._count}",
            "turns": (Turn(speaker="human", text="Write."),),
            "form": Form,
            "within": 20.0,
        }
        return Call(**usual | changed)

    def ask(self, **changed: Any) -> Answered:
        return self.models.ask(self.call(**changed))

    def refusal(self, **changed: Any) -> str:
        with pytest.raises(ModelFailed) as told:
            self.ask(**changed)
        return str(told.value)

    @property
    def calls(self) -> list[KeptCall]:
        """Newest first."""
        return list(self.desk.app.models.calls.calls().calls)

    @property
    def ends(self) -> list[Outcome]:
        return [outcome_of(call) for call in self.calls]


@contextmanager
def room(folder: Path, *models: PlannedModel, **changed: Any) -> Iterator[Room]:
    with opened(folder) as desk:
        yield Room(desk, *(models or (PlannedModel('{"title": "x"}'),)), **changed)


def test_an_answer_comes_back_verbatim_and_is_kept_with_what_it_took(tmp_path: Path) -> None:
    """Whether it fits the form is for whoever asked to say."""
    with room(tmp_path, PlannedModel("not JSON at all")) as found:
        said = found.ask(incident=None)
        assert (said.text, said.money, said.seconds, said.kept) == (
            "not JSON at all",
            2.0,
            1.0,
            False,
        )
        [listed] = found.calls
        kept = found.desk.app.models.calls.call(listed.id)
        assert kept is not None
        assert (kept.answer, kept.money, kept.tokens_in) == ("not JSON at all", 2.0, 100)
        assert kept.asked == (Turn(speaker="human", text="Write."),)
        assert found.models.spent_today().tokens == 120


def test_the_same_question_is_paid_for_once(tmp_path: Path) -> None:
    """Same step, model, prompt and material; the repetition is a row too, and takes nothing."""
    with room(tmp_path) as found:
        first, again = found.ask(material="m"), found.ask(material="m")
        assert (again.text, again.kept, again.money) == (first.text, True, 0.0)
        found.ask(material="m", prompt="p2")
        assert len(found.model.asked) == 2
        assert found.ends == [Outcome.ANSWERED, Outcome.REPEATED, Outcome.ANSWERED]
        assert found.models.spent_today().calls == 2


def test_a_failure_is_not_an_answer_to_be_repeated(tmp_path: Path) -> None:
    with room(tmp_path, PlannedModel(DOWN, "{}")) as found:
        assert "down" in found.refusal(material="m")
        assert found.ask(material="m").kept is False


def test_without_recording_no_text_is_kept_and_nothing_is_repeated(tmp_path: Path) -> None:
    """What a call took is."""
    with room(tmp_path, recording="none") as found:
        found.ask(material="m")
        found.ask(material="m")
        kept = [found.desk.app.models.calls.call(one.id) for one in found.calls]
        assert [(one.asked, one.answer) for one in kept if one] == [(None, None)] * 2
        assert len(found.model.asked) == 2
        assert found.models.spent_today().calls == 2


@pytest.mark.parametrize(
    ("budgets", "what", "other"),
    [
        (Budgets(text=Limits(tokens=240)), "tokens for one text", {"of": "sum_2"}),
        (Budgets(text=Limits(seconds=2.0)), "seconds for one text", {"of": "sum_2"}),
        (Budgets(incident=Limits(tokens=240)), "tokens for one incident", {"incident": None}),
        (Budgets(incident=Limits(money=4.0)), "money for one incident", {"incident": None}),
        (Budgets(day=Limits(tokens=240)), "tokens for one day", None),
        (Budgets(day=Limits(money=4.0)), "money for one day", None),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_paid_is_not_asked(
    tmp_path: Path, budgets: Budgets, what: str, other: dict[str, Any] | None
) -> None:
    """Another text, another incident and the next day have purses of their own."""
    with room(tmp_path, budgets=budgets) as found:
        incident = found.desk.report().incident_id
        found.ask(incident=incident)
        found.ask(incident=incident)
        assert what in found.refusal(incident=incident)
        assert len(found.model.asked) == 2
        assert found.ends[0] is Outcome.FAILED
        if other is None:
            found.desk.clock.set(found.desk.clock.now() + timedelta(days=1))
        found.ask(**{"incident": incident} | (other or {}))


def test_a_text_has_no_longer_than_what_is_left_of_its_seconds(tmp_path: Path) -> None:
    """Nor than whoever asks has."""
    model = PlannedModel("{}", seconds=4.0)
    with room(tmp_path, model, budgets=Budgets(text=Limits(seconds=10.0))) as found:
        for _ in range(3):
            found.ask(within=8.0)
        assert model.within == [8.0, 6.0, 2.0]


def test_failures_are_paid_for_and_tokens_that_nobody_counts_are_guessed(tmp_path: Path) -> None:
    """A provider that counts nothing is not free of budgets."""
    cut = UnfitAnswer("no end", tokens_in=50, tokens_out=8000)
    with room(tmp_path, PlannedModel(cut, DOWN)) as found:
        found.refusal()
        assert found.models.spent_today().tokens == 8050
        found.refusal(turns=(Turn(speaker="human", text="x" * 300),))
        assert found.models.spent_today().tokens == 8150


def test_a_model_that_fails_again_and_again_rests_and_is_tried_once(tmp_path: Path) -> None:
    """While it rests nobody waits for it; one answer, and it is asked as before."""
    with room(tmp_path, PlannedModel(*[DOWN] * (OPENS_AFTER + 1), "{}")) as found:
        for _ in range(OPENS_AFTER):
            found.refusal()
        assert "rests after failures: it is down" in found.refusal()
        assert len(found.model.asked) == OPENS_AFTER
        found.desk.clock.set(found.desk.clock.now() + PAUSE)
        assert found.models.state()[0].breaker.standing is Standing.TRYING
        assert found.refusal() == "it is down"
        assert "rests" in found.refusal()
        found.desk.clock.set(found.desk.clock.now() + PAUSE)
        found.ask()
        assert found.models.state()[0].breaker.standing is Standing.CLOSED
        assert len(found.calls) == OPENS_AFTER + 4


def test_opinions_that_fail_keep_nobody_from_writing(tmp_path: Path) -> None:
    """They have little time, and are given up by themselves; their rows are there like any other."""
    with room(tmp_path, PlannedModel(*[DOWN] * OPENS_AFTER, "{}")) as found:
        for _ in range(OPENS_AFTER):
            found.refusal(purpose=OPINION)
        assert "rests after failures" in found.refusal(purpose=OPINION)
        assert found.models.state()[0].breaker.standing is Standing.CLOSED
        assert found.ask().text == "{}"
        found.desk.clock.advance(PAUSE)
        assert found.ask(purpose=OPINION).text == "{}"
        assert [call.purpose for call in found.calls].count(OPINION) == OPENS_AFTER + 2


def test_a_full_queue_is_no_failure_of_the_model(tmp_path: Path) -> None:
    """Nobody was asked: the provider is as well as before, and nothing was paid."""
    with room(tmp_path, PlannedModel(NotAsked("it is asked 8 questions already"))) as found:
        for _ in range(OPENS_AFTER + 1):
            assert "8 questions already" in found.refusal()
        assert found.models.state()[0].breaker.standing is Standing.CLOSED
        assert found.models.spent_today().tokens == 0


def test_an_unfit_answer_is_no_failure_of_the_model(tmp_path: Path) -> None:
    """It is there, and of use for other texts."""
    with room(tmp_path, PlannedModel(UnfitAnswer("it refuses"))) as found:
        for _ in range(OPENS_AFTER + 1):
            assert found.refusal() == "it refuses"
        assert found.models.state()[0].breaker.standing is Standing.CLOSED


def test_a_provider_that_asks_for_a_pause_gets_it(tmp_path: Path) -> None:
    """At once, and the other model is asked meanwhile."""
    busy = ModelFailed("too many", retry_after=300.0)
    with room(tmp_path, PlannedModel(busy, "{}"), PlannedModel("{}")) as found:
        found.refusal()
        assert "rests" in found.refusal()
        found.ask(step=Step.SECOND_MODEL)
        found.desk.clock.set(found.desk.clock.now() + timedelta(seconds=300))
        found.ask()


def test_of_many_who_find_a_model_down_one_tries(tmp_path: Path) -> None:
    """And every one of them has a row."""
    with room(tmp_path, PlannedModel(*[DOWN] * OPENS_AFTER, "{}")) as found:
        for _ in range(OPENS_AFTER):
            found.refusal()
        answers = together(8, lambda _: found.models.ask(found.call()))
        assert all(isinstance(one, ModelFailed) for one in answers)
        assert len(found.model.asked) == OPENS_AFTER
        assert len(found.calls) == OPENS_AFTER + 8


def test_a_fault_of_ours_while_it_is_tried_does_not_close_the_way_for_good(tmp_path: Path) -> None:
    class Broken(PlannedModel):
        def say(self, *args: Any, **more: Any) -> Answered:
            if len(self.asked) == OPENS_AFTER:
                self.asked.append(())
                raise ZeroDivisionError
            return super().say(*args, **more)

    with room(tmp_path, Broken(*[DOWN] * OPENS_AFTER, "{}")) as found:
        for _ in range(OPENS_AFTER):
            found.refusal()
        found.desk.clock.set(found.desk.clock.now() + PAUSE)
        with pytest.raises(ZeroDivisionError):
            found.ask()
        found.desk.clock.set(found.desk.clock.now() + PAUSE)
        assert found.ask().text == "{}"


@pytest.mark.parametrize(
    ("wrong", "why", "failures"),
    [
        (ZeroDivisionError, "a fault of ours: ZeroDivisionError", 1),
        (KeyboardInterrupt, "it was interrupted", 0),
    ],
)
def test_a_call_that_ends_in_a_fault_leaves_its_row(
    tmp_path: Path, wrong: type[BaseException], why: str, failures: int
) -> None:
    """It was made and is paid for; but who pressed Ctrl-C says nothing against the model."""

    class Broken(PlannedModel):
        def say(self, *args: Any, **more: Any) -> Answered:
            raise wrong

    with room(tmp_path, Broken()) as found:
        with pytest.raises(wrong):
            found.ask()
        assert [call.failed for call in found.calls] == [why]
        assert found.models.spent_today().calls == 1
        assert [state.breaker.failures for state in found.models.state()] == [failures]


def test_no_transaction_is_open_while_a_model_is_asked(tmp_path: Path) -> None:
    """On SQLite everybody who writes would wait for the model."""
    with opened(tmp_path) as desk:

        class Writing(PlannedModel):
            def say(self, *args: Any, **more: Any) -> Answered:
                with desk.app.store.write() as tx:
                    tx.clear_alarm("nothing", desk.clock.now())
                return super().say(*args, **more)

        assert Room(desk, Writing("{}")).ask().text == "{}"


def test_what_may_not_be_read_is_not_asked(tmp_path: Path) -> None:
    """A ticket that a person keeps from models, one that nobody knows, and a step that is not set."""
    with room(tmp_path) as found:
        id_ = found.desk.report().incident_id
        assert found.models.steps(audience="technician", incident=id_) == (Step.MODEL,)
        found.desk.send("marked", models="none")
        assert found.models.steps(audience="technician", incident=id_) == ()
        assert "kept from chat models" in found.refusal(incident=id_)
        found.desk.send("marked", models="any")
        found.ask(incident=id_)
        assert "No rule" in found.refusal(incident="inc_nobody")
        assert "no second_model is set" in found.refusal(step=Step.SECOND_MODEL)
        assert len(found.model.asked) == 1
        assert len(found.calls) == 4


def test_what_was_recorded_can_be_said_again(tmp_path: Path) -> None:
    """Answers and failures, for the same turns; anything else is not made up."""
    with room(tmp_path, PlannedModel("one", DOWN, "two")) as found:
        for n in range(3):
            turns = (Turn(speaker="human", text=f"\ud800{min(n, 1)}"),)
            try:
                found.ask(turns=turns)
            except ModelFailed:
                continue
        kept = [found.desk.app.models.calls.call(one.id) for one in found.calls]
    again = RecordedModel([one for one in kept if one])

    def say(n: int) -> str:
        return again.say((Turn(speaker="human", text=f"\ud800{n}"),), Form, within=1.0).text

    assert say(0) == say(0) == "one"
    with pytest.raises(ModelFailed, match="down"):
        say(1)
    assert say(1) == say(1) == "two"
    with pytest.raises(ModelFailed, match="nothing is recorded"):
        say(2)


def test_texts_of_calls_go_after_their_days(tmp_path: Path) -> None:
    """What the calls took stays."""
    with opened(tmp_path, model_recording_days=2) as desk:
        found = Room(desk, PlannedModel("{}"))
        found.ask()
        desk.wait(2 * 24 * 60 - 1)
        assert desk.app.models.calls.oldest_text() is not None
        desk.wait(1)
        assert desk.app.models.calls.oldest_text() is None
        assert [one.tokens_in for one in found.calls] == [100]
