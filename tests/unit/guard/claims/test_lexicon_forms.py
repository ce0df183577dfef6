"""How are forms of the lexicon met: with words between, never cut out of two Chinese words?"""

from __future__ import annotations

import pytest

from .builders import reader


def keys(text: str, category: str) -> set[str]:
    return {m.entry.key for m in reader().read(text).marks if m.entry.category == category}


@pytest.mark.parametrize(
    "text", ["They rolled the router back.", "Somebody put the old firmware back again."]
)
def test_a_verb_is_known_with_its_object_between_it_and_its_particle(text: str) -> None:
    assert "roll_back" in keys(text, "acts")


def test_a_verb_is_not_joined_with_a_particle_of_another_clause() -> None:
    assert "roll_back" not in keys("They rolled it out, and came back.", "acts")


def test_a_form_is_not_cut_out_of_two_words() -> None:
    assert "known" not in keys("角色核查明天继续。", "effects")
