"""Prompts for a set's articles can be written out, and recorded answers are judged as the product does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.questions import judge_answers, write_prompts

ROWS = [
    {"id": "a", "title": "Outlook asks again", "body": "Open it again."},
    {"id": "b", "title": "Printer jams", "body": "Open the tray."},
    {"id": "c", "title": "No network", "body": "Plug it in."},
]
GOOD = {
    "zh": [f"{what}坏了怎么办" for what in ("邮箱", "打印机", "网络", "电脑", "电话")],
    "en": [f"my {what} is broken" for what in ("mail", "printer", "network", "screen", "phone")],
    "title": "中文标题",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lines(tmp_path / "corpus.jsonl", ROWS)
    lines(tmp_path / "queries.jsonl", [{"id": "q", "text": "mail"}])
    (tmp_path / "qrels.tsv").write_text("q\ta\t1\n", encoding="utf-8")
    return tmp_path


def lines(path: Path, rows: list[dict[str, str]]) -> Path:
    text = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_prompt_is_written_for_each_of_the_first_articles(folder: Path) -> None:
    to = folder / "prompts.jsonl"
    assert write_prompts(folder, 2, to) == 2
    written = [json.loads(line) for line in to.read_text(encoding="utf-8").splitlines()]
    assert [one["article"] for one in written] == ["a", "b"]
    assert "Printer jams" in written[1]["prompt"]["material"]


def test_recorded_answers_are_accepted_repaired_or_refused(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = json.dumps(GOOD, ensure_ascii=False)
    said = {"a": good, "b": f"Here:\n```\n{good}\n```", "c": good.replace("中文", "")}
    answers = [{"article": id_, "answer": text} for id_, text in said.items()]
    found = judge_answers(folder, lines(folder / "answers.jsonl", answers))
    assert found == {"accepted": 2, "repaired": 1, "refused": 0}
    answers = [{"article": "c", "answer": good.replace("my mail", "http://x my mail")}]
    assert judge_answers(folder, lines(folder / "answers.jsonl", answers))["refused"] == 1
    assert "no link" in capsys.readouterr().out


def test_an_answer_to_no_article_is_named_by_its_line(folder: Path) -> None:
    answers = lines(folder / "answers.jsonl", [{"article": "z", "answer": "{}"}])
    with pytest.raises(ValueError, match="line 1"):
        judge_answers(folder, answers)
