"""How our own words are set: what every text shares, read from the files as their authors wrote them."""

from __future__ import annotations

import re

import pytest

from pipeline.domain.communication import Kind
from pipeline.drafting.sections import SECTIONS

from .texts import FILES, TEMPLATES

NAMES = sorted(name for name in FILES if name.endswith((".zh.jinja", ".en.jinja")))
CHINESE = "[\u4e00-\u9fff]"
HALF_WIDTH = re.compile(rf"{CHINESE}[,:;!?()]|[,:;!?()]{CHINESE}|{CHINESE}\.(?!\d)")
TAGS = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\[\[.*?\]\]", re.DOTALL)
ENGLISH_ALONE = "if reopen_days != 1\nendif\n"
"""The plural of a day."""


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith(".zh.jinja")])
def test_chinese_is_set_with_full_width_marks(name: str) -> None:
    """A half-width comma between Chinese characters is what a machine leaves behind."""
    assert HALF_WIDTH.findall(TAGS.sub("", FILES[name])) == []


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith(".en.jinja")])
def test_english_holds_no_chinese_and_no_full_width_mark(name: str) -> None:
    """One person reads one language."""
    assert re.findall(rf"{CHINESE}|[，。：；（）“”]", FILES[name]) == []


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith(".zh.jinja")])
def test_a_text_and_its_twin_choose_by_the_same_conditions(name: str) -> None:
    """Law 14 in the source: every branch of one language stands in the other, in the same order."""
    assert conditions(name) == conditions(name.replace(".zh.", ".en."))


def conditions(name: str) -> list[str]:
    joined = "\n".join(re.findall(r"\{%\s*(.*?)\s*%\}", FILES[name]))
    return joined.replace(ENGLISH_ALONE, "").split("\n")


@pytest.mark.parametrize("part", SECTIONS)
@pytest.mark.parametrize(("kind", "audience"), TEMPLATES.population)
def test_both_languages_name_the_same_slots_in_each_part(
    kind: Kind, audience: str, part: str
) -> None:
    """What one reader is told, the other is told in the same place."""
    chinese = TEMPLATES.names_in(kind, audience, "zh", part)
    assert chinese == TEMPLATES.names_in(kind, audience, "en", part)


@pytest.mark.parametrize(("kind", "audience"), TEMPLATES.population)
def test_the_number_stands_in_every_part(kind: Kind, audience: str) -> None:
    """Whoever calls the desk can name the ticket, whichever message lies before them."""
    for part in SECTIONS:
        assert "number" in TEMPLATES.names_in(kind, audience, "zh", part)


@pytest.mark.parametrize(
    ("kind", "audience"), [p for p in TEMPLATES.population if p[1] == "requester"]
)
def test_a_mail_to_the_requester_says_that_a_reply_works(kind: Kind, audience: str) -> None:
    """The reader has the missing fact."""
    chinese = FILES[f"messages/{kind.value}/{audience}.zh.jinja"]
    english = FILES[f"messages/{kind.value}/{audience}.en.jinja"]
    assert "直接回复本邮件" in chinese
    assert re.search(r"[Jj]ust reply|reply to this mail", english)
