"""The sentences of a summary as one text."""

from __future__ import annotations

from pipeline.drafting.prose.told import whole


def test_each_question_is_a_paragraph() -> None:
    """A reader sees where one answer ends and the next begins, in both languages."""
    pairs = [("found", "One."), ("found", "Two."), ("open", "Three.")]
    assert whole(pairs, "en") == "One. Two.\n\nThree."
    assert whole([("found", "一。"), ("found", "二。")], "zh") == "一。二。"
