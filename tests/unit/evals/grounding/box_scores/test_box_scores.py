"""Marked errors of game reports are counted as the shared task counts them, and held to a record of the box score."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evals.grounding.box_scores.items import Error, items_in
from evals.grounding.box_scores.matched import Score
from evals.grounding.box_scores.reported import Report
from evals.grounding.box_scores.run import metrics_in, show
from evals.grounding.box_scores.sheet import Sheet
from evals.grounding.box_scores.subjects import Cast
from evals.grounding.box_scores.wording import joined
from evals.grounding.run import run

from .games import error, folder, game

TRUE = "Ann Reed led the Celtics with 20 points , eight rebounds and a steal ."


def report(*words: int, kind: str = "number") -> Report:
    return Report(words=frozenset(words), kind=kind)


def wrong(first: int, last: int, type_: str = "NUMBER") -> Error:
    return Error(first=first, last=last, type=type_)


@pytest.mark.parametrize(
    ("cut", "told"),
    [
        ("They did n't win , 113 - 107 .", "They didn't win, 113-107."),
        ("The Celtics ( 32 - 18 ) won .", "The Celtics (32 wins-18 losses) won."),
        ("He went ( 7 - 14 FG ) .", "He went (7-14 FG)."),
        ("on 7 - of - 14 shooting", "on 7 of 14 shooting"),
        ("a 12 - rebound double - double", "a 12 rebound double-double"),
        ("an assist and a steal in a win", "1 assist and 1 steal in a win"),
    ],
)
def test_a_text_is_told_as_people_and_their_figures_mean_it(cut: str, told: str) -> None:
    text, words = joined(cut.split())
    assert text == told
    assert len(words) == len(cut.split())


def test_each_word_keeps_its_place_in_the_text() -> None:
    cut = TRUE.split()
    text, words = joined(cut)
    kept = [text[start:end] for start, end in words]
    assert [k for k in kept if k not in ("8", "1")] == [w for w in cut if w not in ("eight", "a")]


def test_a_box_score_becomes_facts_of_players_and_teams() -> None:
    facts = {(f.what, f.attribute, f.value) for f in Sheet(game()).record().facts}
    assert {("Ann Reed", "points", 20), ("Bo Reed", "steals", 0), ("Jazz", "losses", 41)} <= facts
    assert ("Celtics", "steals", 1) in facts, "added up from the players"
    assert ("Celtics", "points", 11) in facts, "by how much it won"
    assert not any(f.what == "Di Moss" for f in Sheet(game()).record().facts), "did not play"


def test_a_record_of_some_holds_no_numbers_of_others_and_everybodys_name() -> None:
    record = Sheet(game()).record(frozenset({"Ann Reed"}))
    assert {f.what for f in record.facts} == {"Ann Reed"}
    assert any("Cy Vance" in e.text for e in record.events)


def test_a_sentence_without_a_name_tells_of_those_before() -> None:
    told = ["Ann Reed scored.", "She rested.", "Reed passed to Vance.", "Utah lost."]
    ann, both = frozenset({"Ann Reed"}), frozenset({"Ann Reed", "Bo Reed", "Cy Vance"})
    assert list(Cast(Sheet(game())).each(told)) == [ann, ann, both, frozenset({"Jazz"})]


def test_a_report_finds_one_error_and_another_of_the_same_error_is_no_hit() -> None:
    score = Score()
    score.add([wrong(1, 2), wrong(4, 4), wrong(9, 9)], [report(1), report(2), report(4, 5)])
    metrics = score.as_metrics()
    assert (metrics["recall"], metrics["precision"]) == (0.6667, 0.6667)
    score = Score()
    score.add([wrong(1, 1), wrong(3, 3)], [report(1, 2, 3)])
    assert score.as_metrics()["recall"] == 0.5


def test_by_type_only_reports_of_that_type_count_and_found_is_by_any() -> None:
    score = Score()
    score.add([wrong(1, 1, "NAME"), wrong(5, 5)], [report(1), report(5)])
    of = score.as_metrics()["by_type"]
    assert (of["NAME"]["recall"], of["NAME"]["found"], of["NAME"]["precision"]) == (0.0, 1.0, None)
    assert (of["NUMBER"]["recall"], of["NUMBER"]["precision"]) == (1.0, 0.5)


def test_a_true_text_is_let_pass_and_a_number_of_nobody_is_found(tmp_path: Path) -> None:
    metrics = metrics_in(folder(tmp_path, TRUE))
    assert metrics["reports"] == 0
    assert metrics["sentences"]["stopped_clean"] == {
        "share": 0.0,
        "between": [0.0, 0.7935],
        "of": 1,
    }
    spoiled = TRUE.replace("20 points", "19 points")
    metrics = metrics_in(folder(tmp_path, spoiled, error(7, 7, "NUMBER")))
    assert (metrics["recall"], metrics["precision"]) == (1.0, 1.0)
    assert metrics["whole_sheet"]["recall"] == 1.0


def test_anothers_number_is_found_only_by_whom_the_sentence_names(tmp_path: Path) -> None:
    spoiled = TRUE.replace("20 points", "15 points")
    metrics = metrics_in(folder(tmp_path, spoiled, error(7, 7, "NUMBER")))
    assert (metrics["recall"], metrics["whole_sheet"]["recall"]) == (1.0, 0.0)


def test_the_command_knows_the_set_by_its_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(None, folder(tmp_path, TRUE), as_json=True)
    metrics = json.loads(capsys.readouterr().out)["metrics"]
    assert metrics["texts"] == 1
    assert metrics["best_published"] == {"recall": 0.691, "precision": 0.756}
    show(metrics)
    assert "0.756" in capsys.readouterr().out


@pytest.mark.parametrize(
    "broken",
    [
        "{",
        "[]",
        '{"id": 1}',
        json.dumps({"id": "S7", "text": "One .", "record": {"day": "02_03_17"}, "errors": []}),
        json.dumps(
            {"id": "S7", "text": "One .", "record": game(), "errors": [error(3, 3, "NAME")]}
        ),
    ],
)
def test_a_line_that_is_no_marked_text_is_named(tmp_path: Path, broken: Any) -> None:
    (tmp_path / "items.jsonl").write_text(f"\n{broken}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"items\.jsonl:2: is no marked text"):
        items_in(tmp_path)


def test_an_empty_set_is_refused(tmp_path: Path) -> None:
    (tmp_path / "items.jsonl").write_text("", encoding="utf-8")
    with pytest.raises(ValueError, match="holds no texts"):
        metrics_in(tmp_path)
