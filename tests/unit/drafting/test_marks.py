"""Words from outside become harmless words: nothing in them is a command to a screen, a mail or a chat."""

from __future__ import annotations

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.communication import MARK
from pipeline.domain.directory import visible
from pipeline.drafting.marks import clean, columns, escape_markdown, mark, one_line, shorten

HARMFUL = "\x00\x1b\u200b\u202e\u2066\ue000\ue001\ufeff\U000e0041"


@given(st.text() | st.text(st.sampled_from(f"ab \r\n\u2028{HARMFUL}")))
def test_clean_text_holds_nothing_invisible(text: str) -> None:
    """No control, bidirectional, zero-width or private-use character is left, and cleaning ends."""
    cleaned = clean(text)
    assert not re.search(f"[{HARMFUL}\r\u2028]", cleaned)
    assert clean(cleaned) == cleaned


@given(st.text(st.characters(exclude_categories=("C", "Z"), max_codepoint=0xDFFFF)))
def test_ordinary_words_stay_as_they_are(text: str) -> None:
    """A person's words are never overwritten (law 9)."""
    assert clean(text) == text


def test_what_the_domain_takes_as_visible_is_left_something_of() -> None:
    """A title that passes at the door and is empty in the text would stop every message about it."""
    for code in range(sys.maxunicode + 1):
        try:
            seen = visible(chr(code))
        except ValueError:
            continue
        assert clean(seen) == seen


@given(st.text())
def test_one_line_is_one_line(text: str) -> None:
    """A subject that breaks would forge a header."""
    assert len(one_line(text).splitlines()) <= 1


@given(st.text())
def test_no_text_can_pass_for_a_mark(text: str) -> None:
    """The marks are ours: a reader's link must not be drawn into her own words."""
    assert not MARK.search(clean(f"\ue000{text}\ue001"))
    assert MARK.fullmatch(mark("ticket_url"))


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("**bold**", r"\*\*bold\*\*"),
        ("[click](https://evil.example)", r"\[click\](https://evil.example)"),
        ("<@U123>", r"\<@U123\>"),
        ("`code`", r"\`code\`"),
        ("# title", r"\# title"),
        ("- item\n+ item", "\\- item\n\\+ item"),
        ("C:\\new", r"C:\\new"),
        ("1. one", "1\u200d. one"),
        ("plain words, 100 %", "plain words, 100 %"),
    ],
)
def test_markdown_means_nothing_in_a_value(text: str, escaped: str) -> None:
    assert escape_markdown(text) == escaped


@pytest.mark.parametrize(
    ("text", "width", "short"),
    [
        ("Mail client", 11, "Mail client"),
        ("Mail client", 8, "Mail cl…"),
        ("Mail client", 6, "Mail…"),
        ("邮件客户端反复崩溃", 10, "邮件客户…"),
        ("邮件客户端反复崩溃", 18, "邮件客户端反复崩溃"),
    ],
)
def test_what_is_left_out_shows(text: str, width: int, short: str) -> None:
    """Nothing is cut silently."""
    assert shorten(text, width) == short


@given(st.text(), st.integers(min_value=1, max_value=60))
def test_a_shortened_text_fits(text: str, width: int) -> None:
    assert columns(shorten(text, width)) <= width
