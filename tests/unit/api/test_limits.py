"""What is told of a limit is the limit that is kept."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from api.console.words import word
from api.resources.conversations import ADDING
from api.resources.log_shapes import LogBody
from api.resources.summary_wishes import EditBody
from pipeline.domain.conversation import LONGEST_NAME, FileName
from pipeline.domain.directory import LONGEST_TEXT, Text
from pipeline.drafting.conversation import LARGEST, MOST_LINES
from pipeline.flow.summaries.brought import MOST_FILES, SIZE, one_line_name
from pipeline.flow.summaries.conversations import MOST_OF_A_TICKET


def test_what_an_address_says_of_logs_is_what_their_reader_takes() -> None:
    assert f"At most {LARGEST // 2**20} MB" in ADDING
    assert f"more than {MOST_LINES:,} lines" in ADDING


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_form_tells_every_limit_of_logs(language: str) -> None:
    limits = {"files": MOST_FILES, "size": SIZE, "most": MOST_OF_A_TICKET}
    told = word(language, "log:too_large", **limits)  # type: ignore[arg-type]
    assert all(str(value) in told for value in limits.values())


def test_words_for_a_summary_fit_the_note_as_which_they_leave() -> None:
    """Nobody writes what cannot be sent."""
    longest = "x" * LONGEST_TEXT
    assert EditBody(text=longest).text == TypeAdapter(Text).validate_python(longest)
    for shape in (
        lambda: EditBody(text=longest + "x"),
        lambda: TypeAdapter(Text).validate_python(longest + "x"),
    ):
        with pytest.raises(ValidationError):
            shape()


def test_the_name_of_a_log_fits_the_row_that_keeps_it() -> None:
    longest = "x" * LONGEST_NAME
    assert LogBody(name=longest).name == longest
    assert TypeAdapter(FileName).validate_python(one_line_name(longest + "x")) == longest
