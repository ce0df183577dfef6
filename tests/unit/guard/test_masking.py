"""Values are taken out of a text whole, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.communication import Form
from pipeline.drafting.marks import escape_markdown
from pipeline.guard.masking import VALUE, masked, spellings, unescaped


@pytest.mark.parametrize(
    ("text", "values", "left"),
    [
        ("in 7 days", {"7"}, f"in {VALUE} days"),
        ("at 17:00 or 7:00 or 10:7", {"7"}, None),
        ("2026-8-7", {"7"}, None),
        ("version 7.1", {"7"}, None),
        ("7. First, then 7.", {"7"}, f"{VALUE}. First, then {VALUE}."),
        ("INC-1：7 天", {"7", "INC-1"}, f"{VALUE}：{VALUE} 天"),
        ("Anna and Annabel", {"Anna"}, f"{VALUE} and Annabel"),
        ("由张伟处理", {"张伟"}, f"由{VALUE}处理"),
        ("Mail client crashes", {"Mail", "Mail client"}, f"{VALUE} crashes"),
        ("aaa", {"aa"}, None),
        ("", {"x"}, None),
    ],
)
def test_values_are_taken_out_whole(text: str, values: set[str], left: str | None) -> None:
    """Numbers in times, and words in longer words, are not the value."""
    assert masked(text, values) == (text if left is None else left)


@given(st.text(alphabet="a1*_\\`[]()<>|~{}#+-=. 快\n", max_size=30))
def test_a_chats_escapes_can_be_undone(words: str) -> None:
    """The words are judged as they were written."""
    line = " ".join(words.split())
    assert unescaped(escape_markdown(line), Form.CHAT) == line


@given(st.text(alphabet="ab 快\n", min_size=1, max_size=20).filter(str.strip))
def test_a_value_is_known_on_one_line_and_as_a_quotation(words: str) -> None:
    """However the layout broke it."""
    words = words.strip()
    found = spellings(words, Form.MAIL)
    assert " ".join(words.split()) in found
    assert "\n".join(f"> {line}".rstrip() for line in words.split("\n"))[2:] in found
