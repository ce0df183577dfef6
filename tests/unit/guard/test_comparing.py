"""Wordings are found whatever their case, width and spacing, as whole words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.guard.comparing import Haystack, legible, squeezed


@pytest.mark.parametrize(
    ("text", "wording", "times"),
    [
        ("by Anna, anna and ANNA", "Anna", 3),
        ("can navigate", "Anna", 0),
        ("Annas", "Anna", 0),
        ("由anna处理", "Anna", 1),
        ("数据库\n> 二组和数据库二组", "数据库二组", 2),
        ("port 6000, not 16000", "6000", 1),
        ("Straße", "STRASSE", 1),
        ("", "x", 0),
        ("x", "", 0),
    ],
)
def test_whole_words_are_found(text: str, wording: str, times: int) -> None:
    """Chinese has no spaces, so there a wording stands anywhere."""
    assert len(list(Haystack(text).spans(squeezed(wording)))) == times


@given(
    before=st.text(max_size=20), value=st.text(min_size=1, max_size=20), after=st.text(max_size=20)
)
def test_a_wording_between_spaces_is_always_found(before: str, value: str, after: str) -> None:
    """Whatever stands around it."""
    needle = squeezed(value)
    text = Haystack(f"{before} \x1f {value} \x1f {after}")
    assert not needle or any(text.spans(needle))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("ｄｂ０１．ｃｏｒｐ", "db01.corp"),
        ("db\u00ad\u200b\u034f\ufe0f\u2060\ufff901", "db01"),
        ("e\u034f\u0301", "é"),
        ("a\u2011b\u2013c\u2212d", "a-b-c-d"),
        ("сrm Αpp", "crm App"),
        ("故障已解決", "故障已解决"),
        ("Two  Words\n", "Two  Words\n"),
    ],
)
def test_a_text_is_read_as_a_reader_sees_it(text: str, read: str) -> None:
    """Width, marks that nobody sees, dashes, letters that look alike, traditional characters."""
    assert legible(text) == read


@given(st.text(alphabet="aеΑ－\u200b\u034f\u0301解決 _é\u2013", max_size=20))
def test_reading_twice_changes_nothing(text: str) -> None:
    """So a wording and a text that were read in different places still meet."""
    assert legible(legible(text)) == legible(text)
