"""What a second opinion adds is measured on marked texts: with the very prompts, and on recorded answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evals.__main__ import main
from evals.grounding.opinion_prompts import handle_of, question_of, subset, write_prompts
from evals.grounding.opinions import Opinions, read_opinions
from evals.grounding.rows import Row, read_rows, row_of
from evals.grounding.run import SET, run
from pipeline.drafting.prose.opinion import OpinionPrompt
from prompts import ROOT, read_texts

from .test_grounding import row

TRUE, WIDE = "About 41.8 % of sign-ins fail.", "Nobody at all can use mail, not even abroad."
PROMPT = OpinionPrompt(read_texts(ROOT))
RECORDED = SET.parent / "opinions" / "first-recorded.json"


def marked(name: str = "r1", *, wrong: bool = True) -> dict[str, Any]:
    sentences = [{"text": TRUE, "wrong": False, "way": None}]
    if wrong:
        sentences.append({"text": WIDE, "wrong": True, "way": "scope_widened"})
    text = " ".join(str(s["text"]) for s in sentences)
    return row("en", id=name, text=text, sentences=sentences)


def rows(*names: str) -> list[Row]:
    return [row_of(marked(name)) for name in names or ("r1",)]


def file(folder: Path, content: Any) -> Path:
    path = folder / "opinions.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def doubt(sentence: int = 2, words: str = "Nobody at all") -> dict[str, Any]:
    return {"doubts": [{"sentence": sentence, "words": words, "doubt": "wider"}]}


def read(folder: Path, content: Any, *names: str) -> Opinions:
    return read_opinions([file(folder, content)], rows(*names))


def test_a_prompt_tells_nothing_of_how_the_text_is_marked(tmp_path: Path) -> None:
    """Neither its id nor which sentences are wrong; the same seed draws the same."""
    drawn = [f"r{n}-s" for n in range(25)]
    assert write_prompts(rows(*drawn), tmp_path, 12, 7) == 12
    files = sorted(tmp_path.glob("*/*.txt"))
    assert [len(list((tmp_path / n).iterdir())) for n in ("1", "2")] == [10, 2]
    told = files[0].read_text(encoding="utf-8")
    assert TRUE in told
    for word in ("wrong", "scope_widened", *drawn):
        assert word not in told
    assert told in (tmp_path / files[0].parent.name).with_suffix(".txt").read_text(encoding="utf-8")
    assert {path.stem for path in files} == {handle_of(r) for r in subset(rows(*drawn), 12, 7)}


def test_the_whole_record_is_shown() -> None:
    [one] = rows()
    material = question_of(one, PROMPT).turns[1].text
    assert all(f"\n{fact.id} " in material for fact in one.record.facts)
    assert all(f"\n{event.id} " in material for event in one.record.events)


@pytest.mark.parametrize("as_words", [False, True])
@pytest.mark.parametrize("alone", [False, True])
def test_answers_are_read_by_id_or_handle(tmp_path: Path, as_words: bool, alone: bool) -> None:
    """As objects or as the words of the answer, fenced perhaps."""
    said = f"```json\n{json.dumps(doubt())}\n```" if as_words else doubt()
    answers: dict[str, Any] = {handle_of(rows("r2")[0]): said, "r1": {"doubts": []}}
    found = read(tmp_path, answers if alone else {"model": "x", "answers": answers}, "r1", "r2")
    assert found.doubted == {"r1": frozenset(), "r2": frozenset({1})}
    assert (found.unfit, found.older) == ({}, False)


@pytest.mark.parametrize("answer", [doubt(3), doubt(1), "fine", "", None, 7, {"doubts": None}, {}])
def test_an_answer_that_does_not_fit_counts_as_none(tmp_path: Path, answer: Any) -> None:
    """And is named."""
    found = read(tmp_path, {"answers": {"r1": answer}})
    assert found.doubted == {"r1": frozenset()}
    assert set(found.unfit) == {"r1"}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("{", "is no JSON"),
        ([doubt()], "holds no answers"),
        ({"answers": {}}, "holds no answers"),
        ({"answers": {"r9": doubt()}}, "there is no text r9"),
        ({"answers": {"r1": doubt(), handle_of(rows()[0]): doubt()}}, "answered twice"),
    ],
)
def test_a_file_that_holds_no_answers_is_refused(
    tmp_path: Path, content: Any, sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence):
        read(tmp_path, content)


def test_answers_to_another_prompt_say_so(tmp_path: Path) -> None:
    assert read(tmp_path, {"prompt": "0", "answers": {"r1": doubt()}}).older
    assert not read(tmp_path, {"prompt": PROMPT.version, "answers": {"r1": doubt()}}).older


def test_both_columns_are_of_the_same_texts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Those alone that were answered for; texts that code lets pass are counted whole."""
    told = [marked("r1"), marked("r2", wrong=False), marked("r3")]
    judged = tmp_path / "rows.jsonl"
    judged.write_text("\n".join(json.dumps(one, default=str) for one in told), encoding="utf-8")
    given = {"answers": {"r1": doubt(), "r2": {"doubts": []}}}
    opinions = [file(tmp_path, given)]
    run(judged, None, as_json=True, opinions=opinions)
    metrics = json.loads(capsys.readouterr().out)["metrics"]
    assert metrics["texts"] == 2
    assert metrics["with_opinion"]["found"] == {"scope_widened": 1.0}
    assert metrics["with_opinion"]["stopped_clean"] == metrics["stopped_clean"]
    assert metrics["opinions"] == {"answers": 2, "unfit": {}, "older": False}
    assert metrics["with_opinion"]["true_texts_stopped_that_code_lets_pass"]["of"] == 1
    run(judged, None, as_json=False, opinions=opinions)
    assert "with opinion" in capsys.readouterr().out


@pytest.mark.parametrize("option", ["--opinion", "--opinion-prompts"])
def test_opinions_are_about_marked_texts(
    option: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of a folder of incidents nobody knows which sentences are wrong."""
    arguments = ["grounding", "--data", str(tmp_path), option, str(tmp_path)]
    monkeypatch.setattr("sys.argv", ["evals", *arguments])
    with pytest.raises(SystemExit):
        main()
    assert "opinions are about marked texts" in capsys.readouterr().err


def test_the_recorded_opinions_are_of_the_prompt_in_force_and_fit_its_form() -> None:
    """Whoever changes the prompt or its form gathers answers anew, or the README's figure is of another one."""
    found = read_opinions([RECORDED], read_rows(SET / "judged.jsonl"))
    assert (len(found.doubted), found.unfit, found.older) == (40, {}, False)
