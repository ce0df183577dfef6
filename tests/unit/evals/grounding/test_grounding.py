"""The figures of the guard come from marked sentences, and from true ones that code made wrong."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from typing import Any

import pytest

from evals.grounding.folders import rows_in
from evals.grounding.measured import Tally, measured
from evals.grounding.rows import read_rows, row_of
from evals.grounding.spoiling import WAYS, Sentence
from tests.unit.guard.claims.builders import CHINESE, ENGLISH

TEXTS = {
    "en": "CRM has been down since 10:02. About 41.8 % of sign-ins fail. Mail is not affected. Application Support"
    " restarted auth-03. Users see “session could not be created”. Most of the accounts are affected."
    " The session store may be the cause. It took 26 minutes.",
    "zh": "CRM 从 10:02 起无法使用。登录失败率为 41.8 %。邮件不受影响。应用支持组重启了 auth-03。页面提示「会话无法建立」。"
    "大部分账号受影响。可能是会话存储内存耗尽。已经持续 26 分钟。",
}


def row(language: str, **more: Any) -> dict[str, Any]:
    record = ENGLISH if language == "en" else CHINESE
    plain = {"id": "r1", "language": language, "audience": "affected", "record": record}
    return {**plain, "text": TEXTS[language], "sentences": [], **more}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_there_are_sixteen_ways_and_each_finds_a_hold(language: str) -> None:
    sentences = re.findall(r"[^。]+。|.+?\.(?=\s|$)", TEXTS[language])
    told = [Sentence(text, row_of(row(language)), random.Random(1)) for text in sentences]
    made = {way for way, spoiler in WAYS.items() for sentence in told if spoiler(sentence)}
    assert len(WAYS) == 16
    assert made == set(WAYS)


def test_the_same_dice_spoil_alike() -> None:
    spoil = WAYS["digit"]
    one = spoil(Sentence("41.8 % fail.", row_of(row("en")), random.Random(7)))
    assert one == spoil(Sentence("41.8 % fail.", row_of(row("en")), random.Random(7)))
    assert one != "41.8 % fail."


def test_shares_are_counted_by_way_and_language() -> None:
    marked: list[dict[str, Any]] = [
        {"text": "CRM has been down since 10:02.", "wrong": False, "way": None},
        {"text": "The incident is resolved.", "wrong": True, "way": "state_jump"},
    ]
    text = " ".join(s["text"] for s in marked)
    metrics = measured([row_of(row("en", text=text, sentences=marked))], spoil=False).as_metrics()
    assert metrics["found"] == {"state_jump": 1.0}
    assert metrics["stopped_clean"] == 0.0
    assert metrics["found_by_language"] == {"en": {"state_jump": 1.0}}
    assert metrics["trials"] == 2
    assert metrics["texts"] == 1


def test_an_interval_stays_within_nought_and_one() -> None:
    assert Tally(asked=10, named=10).between[1] == 1.0
    assert Tally(asked=10, named=0).between[0] == 0.0
    assert Tally().between == [0.0, 1.0]


def test_a_marked_sentence_that_is_not_in_its_text_is_refused() -> None:
    marked = [{"text": "Nobody wrote this.", "wrong": False, "way": None}]
    with pytest.raises(ValueError, match="Nobody wrote this"):
        measured([row_of(row("en", sentences=marked))], spoil=False)


def test_a_broken_row_is_named_by_its_line(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text(json.dumps(row("en")) + '\n{"id": 1}\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"rows\.jsonl:2"):
        read_rows(file)


def test_public_incidents_become_rows(tmp_path: Path) -> None:
    update = {"at": "2026-08-24T02:10:00Z", "status": "Resolved", "text": "This is fixed."}
    incident = {
        "id": "a",
        "title": "CRM",
        "start": "2026-08-24T02:00:00Z",
        "end": "2026-08-24T02:10:00Z",
        "updates": [update],
    }
    (tmp_path / "incidents.jsonl").write_text(json.dumps(incident), encoding="utf-8")
    found = rows_in(tmp_path)
    assert [r.text for r in found] == ["This is fixed."]
    with pytest.raises(ValueError, match="neither"):
        rows_in(tmp_path / "nothing")
