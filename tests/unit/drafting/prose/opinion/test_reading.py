"""Of an answer all doubts count, or none: it fits the form and the sentences that were shown, or it is no answer."""

from __future__ import annotations

import json
from typing import Any

import pytest

from knowledge.errors import UnfitAnswer
from pipeline.drafting.prose.opinion import Way, doubts_in
from pipeline.drafting.prose.opinion.form import MOST_DOUBTS

SHOWN = (
    "All users of CRM wait.",
    "原因是登录服务与数据库之间的连接中断。",
    "{P1} restarted it “at once”.",
)


def said(*doubts: tuple[Any, Any, Any], **more: Any) -> str:
    keys = ("sentence", "words", "doubt")
    return json.dumps({"doubts": [dict(zip(keys, d, strict=True)) for d in doubts], **more})


def test_doubts_are_read_with_sentence_words_and_way() -> None:
    [one, two] = doubts_in(said((1, "All users", "wider"), (2, "连接中断", "surer")), SHOWN)
    assert (one.sentence, one.words, one.doubt) == (1, "All users", Way.WIDER)
    assert (two.sentence, two.doubt) == (2, Way.SURER)
    assert doubts_in(said(), SHOWN) == ()


@pytest.mark.parametrize(
    "words", ["all USERS", "All … wait", "All...CRM", "users of  CRM", "users of CRM wait!"]
)
def test_words_may_differ_in_case_signs_and_what_is_left_out(words: str) -> None:
    assert len(doubts_in(said((1, words, "wider")), SHOWN)) == 1


def test_the_same_doubt_counts_once() -> None:
    assert len(doubts_in(said((1, "All", "wider"), (1, "All", "wider")), SHOWN)) == 1


def test_nothing_else_is_used_of_it() -> None:
    """No praise, no advice, no other text in place of the sentence."""
    told = json.loads(said((1, "All users", "wider"), verdict="fine", sentences=["x"]))
    told["doubts"][0] |= {"standing": "supported", "better": "Some users wait."}
    [found] = doubts_in(json.dumps(told), SHOWN)
    assert set(found.model_dump()) == {"sentence", "words", "doubt"}


def test_what_is_plainly_meant_is_taken() -> None:
    """Small models wrap a form in a fence."""
    assert len(doubts_in(f"Here:\n```json\n{said((1, 'All users', 'wider'))}\n```", SHOWN)) == 1


UNFIT = {
    "no form": "Everything is fine.",
    "nothing": "",
    "half a JSON": said((1, "All users", "wider"))[:-9],
    "another form": '{"enough": true, "sentences": []}',
    "a sentence that is not there": said((4, "All users", "wider")),
    "sentence nought": said((0, "All users", "wider")),
    "a way of its own": said((1, "All users", "impolite")),
    "words from elsewhere": said((1, "连接中断", "surer")),
    "words of its own": said((1, "All users", "wider"), (3, "the database", "not_said")),
    "no words": said((1, "", "wider")),
    "signs alone": said((1, "…", "wider")),
    "words in another order": said((1, "wait … All", "wider")),
    "too many": said(*[(1, "All users", "wider")] * (MOST_DOUBTS + 1)),
    "without end": said((1, "All users", "wider")) + " " * 20_001,
    "braces without end": "{" * 19_000,
}


@pytest.mark.parametrize("answer", UNFIT.values(), ids=UNFIT)
def test_an_answer_that_does_not_fit_is_none(answer: str) -> None:
    """Also where part of it would: who quotes what is not there has read something else."""
    with pytest.raises(UnfitAnswer):
        doubts_in(answer, SHOWN)
