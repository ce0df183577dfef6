"""A repeat meets itself by its key, and nothing else does."""

from __future__ import annotations

import re

from hypothesis import assume, given
from hypothesis import strategies as st

from pipeline.domain.keys import (
    digest_key,
    is_line_of,
    line_key,
    major_scope,
    message_key,
    rendition_key,
    thread_key,
    ticket_scope,
)

ids = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=30)
messages = st.tuples(ids, st.integers(1, 10_000), ids, ids)


def test_keys_never_change() -> None:
    """These stand in ledgers and in mail headers: another digest would send everything again."""
    assert message_key("com_1", 1, "person:wang", "mail") == (
        "msg_bd10dcab0b8b58248cd705f586caf976"
    )
    assert thread_key("inc_1", "person:wang") == "thr_032300e5ec6d86ef2520b26ad5befa2d"
    assert digest_key(("com_1", "com_2")) == "dig_1af728be97deeb54b651d36d5e890200"
    assert rendition_key("com_1", 1, "zh", "mail") == "com_1.1.zh.mail"
    assert (ticket_scope("inc_1"), major_scope("ops")) == ("ticket:inc_1", "major:ops")


@given(messages, messages)
def test_two_messages_have_two_keys(
    one: tuple[str, int, str, str], other: tuple[str, int, str, str]
) -> None:
    """Law 3: communication, revision, recipient and channel, each counts."""
    assume(one != other)
    assert message_key(*one) != message_key(*other)


def test_no_part_runs_into_the_next() -> None:
    """`ab`+`c` is not `a`+`bc`."""
    assert message_key("a", 1, "bc", "d") != message_key("a", 1, "b", "cd")
    assert message_key("a", 11, "b", "c") != message_key("a1", 1, "b", "c")
    assert thread_key("ab", "c") != thread_key("a", "bc")
    assert digest_key(("ab", "c")) != digest_key(("a", "bc"))


@given(messages)
def test_a_key_is_fit_for_a_header_and_shows_nobody(parts: tuple[str, int, str, str]) -> None:
    """Plain letters and digits of a fixed length, whatever an id holds."""
    assert re.fullmatch(r"msg_[0-9a-f]{32}", message_key(*parts))
    assert re.fullmatch(r"thr_[0-9a-f]{32}", thread_key(parts[0], parts[2]))


@given(st.lists(ids, min_size=1, max_size=5, unique=True).flatmap(st.permutations))
def test_a_digest_is_the_same_in_whatever_order_it_was_gathered(parts: list[str]) -> None:
    """Two workers that gather the same communications make one message."""
    assert digest_key(tuple(parts)) == digest_key(tuple(sorted(parts)))
    assert digest_key((*parts, "one more\x00")) != digest_key(tuple(parts))


def test_a_line_is_known_by_its_conversation() -> None:
    """And by no other one, whose id only begins alike."""
    assert is_line_of(line_key("cnv_1", 12), "cnv_1")
    for other in ("cnv_12.1", "cnv_1", "cnv_1.", "cnv_1.a", "cnv_1.2.3", "evt_1"):
        assert not is_line_of(other, "cnv_1")
