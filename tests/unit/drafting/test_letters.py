"""A mail that is about no ticket says what it has to, and takes no value for markup."""

from __future__ import annotations

import pytest

import prompts
from pipeline.domain.directory import LANGUAGES, Language
from pipeline.domain.errors import Unusable
from pipeline.drafting.letters import letter

FILES = prompts.read_texts(prompts.ROOT)
VALUES = {
    "confirm_url": "https://it.example.org/status/confirm/x",
    "until": "Wed 26 Aug, 10:00",
    "desk_name": "<b>IT</b> **desk**",
    "desk_phone": "6000",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("named", [True, False])
def test_the_question_names_its_link_and_when_that_ends(language: Language, named: bool) -> None:
    """With and without a name of the desk; no gap is left where it is missing."""
    values = VALUES if named else {**VALUES, "desk_name": "", "desk_phone": ""}
    said = letter(FILES, "opt_in", language, values)
    assert VALUES["confirm_url"] in said.text
    assert VALUES["until"] in said.text
    assert said.html is not None
    assert f'href="{VALUES["confirm_url"]}"' in said.html
    assert "<b>" not in said.html
    assert ("desk" in said.text) is named
    assert "\n\n\n" not in said.text
    assert "{" not in said.text
    assert said.subject


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("named", [True, False])
def test_the_link_that_lets_a_reader_in_says_how_long_it_works(
    language: Language, named: bool
) -> None:
    desk = (
        {"desk_name": "IT", "desk_phone": "6000"} if named else {"desk_name": "", "desk_phone": ""}
    )
    link = "https://it.example.org/status/sign-in/x"
    said = letter(FILES, "portal_sign_in", language, {"sign_in_url": link, "minutes": "15", **desk})
    assert link in said.text
    assert f'href="{link}"' in (said.html or "")
    assert "15" in said.text
    assert ("IT" in said.text) is named
    assert "\n\n\n" not in said.text


@pytest.mark.parametrize(
    "text", ["", "== subject ==\nx\n== mail ==\n{{ missing }}", "== mail ==\nx", "== subject ==\nx"]
)
def test_a_text_that_cannot_be_made_is_refused(text: str) -> None:
    """Rather than mailed with a hole in it."""
    with pytest.raises(Unusable):
        letter({**FILES, "letters/opt_in.en.jinja": text}, "opt_in", "en", {})
