"""A text repeats what somebody said with four words in a row, or with eight Chinese characters."""

from __future__ import annotations

import pytest

from pipeline.flow.summaries.repeated import repeats, runs_of


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("the disk of mbx-07 is full", "He wrote: the Disk, of MBX 07!"),
        ("昨天下午磁盘阵列坏掉了", "据说“昨天下午，磁盘阵列”出了问题。"),
        ("重启 mbx-07 后恢复", "我们重启 mbx-07 后恢复了"),
        ("first, it was slow\nthen it stopped for everybody", "then it stopped for everybody"),
    ],
)
def test_a_run_of_words_is_known_again(said: str, text: str) -> None:
    """Whatever their case and what stands between them."""
    assert repeats(text, runs_of([said]))


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("the disk of mbx-07 is full", "the disk is full"),
        ("昨天下午磁盘阵列坏掉了", "磁盘阵列坏掉"),
        ("one two three", "one two three"),
        ("one two", "three four"),
        ("", "anything at all that is said"),
    ],
)
def test_fewer_are_anybodys(said: str, text: str) -> None:
    assert not repeats(text, runs_of([said]))


def test_a_run_does_not_go_on_in_the_next_line() -> None:
    """Two lines are two sayings."""
    assert not repeats("the disk was slow", runs_of(["look at the disk", "was slow"]))
