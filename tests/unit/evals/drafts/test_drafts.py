"""Can the measurement of drafts fail, and what do the recorded answers give? Nobody is asked."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from pydantic import BaseModel

import prompts
from evals.drafts.answering import Live, Recorded
from evals.drafts.cases import RECORDED, as_assignment, as_kept, read_cases
from evals.drafts.judging import FALLEN, FIRST, REPAIRED, outcomes
from evals.drafts.live import live
from evals.drafts.run import as_metrics, measured, run
from knowledge.errors import ModelFailed
from pipeline.drafting.prose.contract import Contract, Fit
from pipeline.flow.models.budgets import Price
from pipeline.model_ports import Answered, Turn

ANSWERS = RECORDED / "answers" / "first-recorded"
CASES = read_cases()
TEXTS = prompts.read_texts(prompts.ROOT)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_recorded_answer_keeps_to_the_contract(case: object) -> None:
    """Each of them, at first; what the guard says of its claims is measured apart."""
    assert case in CASES
    one = next(c for c in CASES if c is case)
    said = (ANSWERS / f"{one.name}.json").read_text(encoding="utf-8")
    assert isinstance(Contract(TEXTS).read(said, one.assignment), Fit)


def test_recorded_answers_are_taken_as_often_as_before() -> None:
    """Three of eight when they were recorded; the others were stopped by claims of the guard alone."""
    (found,) = measured(None, None).values()
    metrics = as_metrics(found)
    assert metrics["texts"] == 8
    assert metrics[FIRST] >= 3 / 8
    assert set(metrics["codes"]) <= {"claim"}
    assert metrics["same_prompt"] == 1


def test_a_wrong_answer_falls_and_its_code_is_counted(tmp_path: Path) -> None:
    """A number outside a slot, in the only answer there is."""
    shutil.copytree(ANSWERS, tmp_path / "poor")
    wrong = [{"section": "asked", "text": "It failed three times.", "rests_on": ["F2"]}]
    (tmp_path / "poor" / "crm-technician-zh.json").write_text(json.dumps({"sentences": wrong}))
    (found,) = measured(None, tmp_path / "poor").values()
    fallen = next(one for one in found if one.case.name == "crm-technician-zh")
    assert fallen.came == FALLEN
    assert "number" in fallen.codes


def test_a_second_answer_repairs_the_first(tmp_path: Path) -> None:
    """As `NAME.repaired.json` beside it."""
    good = (ANSWERS / "crm-technician-zh.json").read_text(encoding="utf-8")
    (tmp_path / "crm-technician-zh.json").write_text("half a JSON")
    (tmp_path / "crm-technician-zh.repaired.json").write_text(good, encoding="utf-8")
    cases = [one for one in CASES if one.name == "crm-technician-zh"]
    (found,) = outcomes(cases, Recorded(folder=tmp_path), TEXTS, within=1)
    assert (found.came, found.codes) == (REPAIRED, ("form",))


class _Model:
    """Says the recorded answer to the one case that it is asked about."""

    name = "spoken"

    def say(self, turns: Sequence[Turn], form: type[BaseModel], *, within: float) -> Answered:
        text = (ANSWERS / "crm-technician-zh.json").read_text(encoding="utf-8")
        return Answered(text=text, model=self.name, tokens_in=1000, tokens_out=100, seconds=2.0)


def test_a_live_model_is_counted_and_its_answers_are_kept(tmp_path: Path) -> None:
    """Tokens, money and seconds; the folder can be judged again."""
    cases = [one for one in CASES if one.name == "crm-technician-zh"]
    asked = Live(
        model=_Model(), price=Price(tokens_in=1.0, tokens_out=10.0), keep=tmp_path / "spoken"
    )
    metrics = as_metrics(list(outcomes(cases, asked, TEXTS, within=1)))
    assert (metrics["tokens_in"], metrics["tokens_out"], metrics["money"]) == (1000, 100, 0.002)
    assert metrics["seconds_median"] == 2.0
    assert as_metrics(measured(None, tmp_path / "spoken")["spoken"])[FIRST] == metrics[FIRST]


class _Away:
    name = "away"

    def say(self, turns: Sequence[Turn], form: type[BaseModel], *, within: float) -> Answered:
        raise ModelFailed("the model is away")


def test_a_model_that_is_away_has_fallen() -> None:
    """And the reason is told."""
    (found,) = outcomes(CASES[:1], Live(model=_Away(), price=Price()), TEXTS, within=1)
    assert found.came == FALLEN
    assert "the model is away" in found.why


def test_an_assignment_is_kept_whole() -> None:
    """Written and read again it is the same."""
    for case in CASES:
        kept = as_kept(case.assignment)
        assert as_kept(as_assignment(json.loads(json.dumps(kept)))) == kept


def test_wrong_folders_and_keys_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what is wrong, and where."""
    with pytest.raises(ValueError, match="answers none"):
        measured(None, tmp_path)
    with pytest.raises(ValueError, match="no assignments"):
        read_cases(tmp_path)
    (tmp_path / "assignments").mkdir()
    (tmp_path / "assignments" / "a.json").write_text("{}")
    with pytest.raises(ValueError, match=r"a\.json: is no assignment"):
        read_cases(tmp_path)
    monkeypatch.delenv("NO_SUCH_KEY", raising=False)
    with pytest.raises(ValueError, match="NO_SUCH_KEY is not set"):
        live("m", "", "NO_SUCH_KEY", prices=(None, None), keep=None)


def test_figures_are_printed_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    """By model, and by kind and language."""
    run(None, None, as_json=True)
    told = json.loads(capsys.readouterr().out)["metrics"]["models"]["first-recorded"]
    assert set(told["by"]) >= {"technician, zh", "stakeholder, en", "update, zh"}
