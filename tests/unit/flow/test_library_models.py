"""The library asks a chat model through the same door as everybody: on record, paid for, and only where it may."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from knowledge.errors import ModelFailed
from knowledge.generation.reranking import Order
from pipeline.adapters.models.planned import PlannedModel
from pipeline.domain.prose import Step
from pipeline.flow.models.breaker import OPENS_AFTER, Standing
from pipeline.flow.models.library import QUESTIONS, RERANKING, LibraryModel
from pipeline.model_ports import KeptCall, Outcome, outcome_of
from pipeline.policy.loading import SHIPPED, read_rules

from ..knowledge.generation.articles import EN, TEXTS, answer
from .desk import Desk, opened
from .test_articles import take, text

DOWN = ModelFailed("it is down")
NONE = {
    "chat_models.yaml": "version: 1\nmodels:\n  - audiences: [technician]\n    use: []\n    reason: {zh: 不给模型看。, en: Not for models.}\n"
}


@contextmanager
def library(folder: Path, model: PlannedModel, **settings: Any) -> Iterator[Desk]:
    with opened(folder, chats={Step.MODEL: model}, encoder="none", **settings) as desk:
        take(desk, text("Mail crashes at once"), text("Mail crashes at noon"))
        yield desk


def calls(desk: Desk) -> list[KeptCall]:
    """Oldest first."""
    return list(reversed(desk.app.models.calls.calls().calls))


def test_what_is_asked_for_an_article_is_on_record_and_paid_for(tmp_path: Path) -> None:
    """With its texts, like any other; the day's purse holds it."""
    with library(tmp_path, PlannedModel(answer())) as desk:
        desk.settle()
        [first, second] = calls(desk)
        assert {first.purpose, second.purpose} == {QUESTIONS}
        assert first.of != second.of
        assert outcome_of(first) is Outcome.ANSWERED
        whole = desk.app.models.calls.call(first.id)
        assert whole is not None
        assert EN[0] in (whole.answer or "")
        assert desk.app.models.spent_today().calls == 2


def test_an_answer_that_is_given_back_is_two_calls(tmp_path: Path) -> None:
    """Both are paid for."""
    with library(tmp_path, PlannedModel("I would rather talk.", answer())) as desk:
        desk.step("questions").turn()
        assert [outcome_of(one) for one in calls(desk)] == [Outcome.ANSWERED] * 2
        assert desk.app.models.spent_today().calls == 2


def test_a_search_that_is_put_in_order_is_on_record(tmp_path: Path) -> None:
    """Asked again it is answered from what was kept, and costs nothing."""
    model = PlannedModel('{"order": [2, 1]}')
    with library(tmp_path, model, reranking=True, questions_per_day=0) as desk:
        desk.settle()
        ask: dict[str, Any] = {"labels": None, "day": date(2026, 8, 24), "limit": 5}
        orders = [
            [s.article.title for s in desk.app.search.answer("mail crashes", **ask).suggestions]
            for _ in range(2)
        ]
        assert len(orders[0]) == 2
        assert orders[0] == orders[1]
        found = [one for one in calls(desk) if one.purpose == RERANKING]
        assert [outcome_of(one) for one in found] == [Outcome.ANSWERED, Outcome.REPEATED]
        assert len(model.asked) == 1


def test_the_days_budget_holds_for_it(tmp_path: Path) -> None:
    """What was not asked has its row and its reason."""
    with library(tmp_path, PlannedModel(answer()), model_tokens_per_day=100) as desk:
        desk.step("questions").turn()
        desk.step("questions").turn()
        assert [outcome_of(one) for one in calls(desk)] == [Outcome.ANSWERED, Outcome.FAILED]
        assert "budget of tokens for one day" in (calls(desk)[-1].failed or "")


def test_its_failures_open_the_breaker(tmp_path: Path) -> None:
    """And nobody else waits for a model that is down."""
    model = PlannedModel(DOWN)
    with library(tmp_path, model) as desk:
        for _ in range(OPENS_AFTER + 3):
            desk.step("questions").turn()
            desk.clock.set(desk.step("questions").next_due() or desk.clock.now())
        assert len(calls(desk)) >= OPENS_AFTER
        [state] = desk.app.models.state()
        assert state.breaker.standing is not Standing.CLOSED


def test_a_rule_keeps_a_model_from_it(tmp_path: Path) -> None:
    """As it keeps it from those who work on tickets."""
    rules = tmp_path / "rules"
    rules.mkdir()
    for name, words in (read_rules(SHIPPED) | NONE).items():
        (rules / name).write_text(words, encoding="utf-8")
    model = PlannedModel(answer())
    with library(tmp_path, model, rules_dir=rules) as desk:
        desk.step("questions").turn()
        assert model.asked == []
        assert "may not read this" in (calls(desk)[-1].failed or "")


def test_a_kept_answer_of_no_use_is_asked_for_anew(tmp_path: Path) -> None:
    """It was unfit for somebody before: that is no reason to be told it for ever."""
    model = PlannedModel('{"order": "x"}', '{"order": "x"}', '{"order": [1]}')
    with library(tmp_path, model, questions_per_day=0) as desk:
        asked = LibraryModel(desk.app.models, "planned", RERANKING, lambda: TEXTS)
        form: dict[str, Any] = {"instructions": "Do.", "material": "x", "within": 20.0}
        with pytest.raises(ModelFailed):
            asked.fill(Order, **form)
        assert asked.fill(Order, **form).order == [1]
