"""A room that reads both languages gets one card: all of the Chinese, all of the English, one set of buttons."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.communication import Form, Rendition
from pipeline.domain.directory import Language
from pipeline.domain.message import Message, Outbound, Part, Recipient
from pipeline.drafting.both import RULE, joined
from pipeline.drafting.personal import Filled
from pipeline.flow.finish import finished
from tests.unit.tickets import START

NEWS = "https://it.example.org/s/INC-1"
ZH = "CRM 自 10:02 起无法使用。\n\n请先不要反复登录。"
EN = "CRM has been unavailable since 10:02.\n\nPlease do not keep retrying."
ZH_BUTTON = {Form.MAIL: f"查看最新进展：{NEWS}", Form.CHAT: f"[查看最新进展]({NEWS})"}
EN_BUTTON = {Form.MAIL: f"Latest news: {NEWS}", Form.CHAT: f"[Latest news]({NEWS})"}
ONE_BUTTON = {
    Form.MAIL: f"查看最新进展 / Latest news: {NEWS}",
    Form.CHAT: f"[查看最新进展 / Latest news]({NEWS})",
}
FORMS = (Form.MAIL, Form.CHAT)
lines = st.text("王CRM 10:02。,-", min_size=1, max_size=12).filter(
    lambda line: line.strip() == line != RULE
)
paragraphs = st.lists(lines, min_size=1, max_size=6).map("\n".join)


def part(text: str, subject: str = "CRM", html: str | None = None) -> Filled:
    return Filled(subject=subject, text=text, html=html)


def card(zh: str, en: str, form: Form) -> str:
    return joined(part(zh), part(en), form).text


@pytest.mark.parametrize("form", FORMS)
@given(zh=paragraphs, en=paragraphs)
def test_each_part_is_whole_chinese_first(form: Form, zh: str, en: str) -> None:
    """Whatever the words are, none is lost, and none changes sides."""
    above, below = card(zh, en, form).split(f"\n{RULE}\n")
    assert (above.strip("\n"), below.strip("\n")) == (zh, en)


@pytest.mark.parametrize("form", FORMS)
def test_one_button_stands_at_the_end_in_both_languages(form: Form) -> None:
    """The same link twice is one button; the words above it keep their paragraphs."""
    text = card(f"{ZH}\n{ZH_BUTTON[form]}\n", f"{EN}\n{EN_BUTTON[form]}\n", form)
    assert text.rstrip("\n").endswith(ONE_BUTTON[form])
    assert text.count(NEWS) == 1
    assert text.index(ZH) < text.index(RULE) < text.index(EN)


@pytest.mark.parametrize("form", FORMS)
def test_links_that_differ_are_two_buttons(form: Form) -> None:
    """No reader loses a way on."""
    other = EN_BUTTON[form].replace("INC-1", "INC-1/en")
    text = card(f"{ZH}\n{ZH_BUTTON[form]}", f"{EN}\n{other}", form)
    assert text.rstrip("\n").split("\n")[-2:] == [ZH_BUTTON[form].replace("：", ": "), other]


@pytest.mark.parametrize("form", FORMS)
def test_a_card_without_buttons_ends_with_its_words(form: Form) -> None:
    assert card(ZH, EN, form).rstrip("\n").endswith(EN)


@pytest.mark.parametrize("line", ["> 查看：https://wiki.example.org/x", "- Read: https://wiki.example.org/x"])  # fmt: skip
def test_a_link_that_somebody_quoted_stays_in_the_quotation(line: str) -> None:
    """It is a person's word and no button of ours."""
    quoted = f"说明：\n{line}\n> 请照此登录"
    assert quoted in card(quoted, EN, Form.MAIL)


def test_both_subjects_stand_in_one() -> None:
    told = joined(part(ZH, "CRM 目前无法使用"), part(EN, "CRM is unavailable"), Form.MAIL)
    assert told.subject == "CRM 目前无法使用 / CRM is unavailable"


def test_a_mail_in_both_languages_has_no_second_layout() -> None:
    """Two letters under each other are no letter."""
    both = joined(part(ZH, html="<p>CRM</p>"), part(EN, html="<p>CRM</p>"), Form.MAIL)
    assert both.html is None
    assert both.text.endswith("\n")


def rendition(language: Language, text: str) -> Rendition:
    return Rendition(
        id=f"com_1.1.{language}.mail",
        communication="com_1",
        revision=1,
        language=language,
        form=Form.MAIL,
        subject="CRM \ue000as_of\ue001",
        text=text,
        html=f"<p>{text}</p>",
        template="first_contact/affected",
        template_version="1",
    )


def sent(english: Part | None) -> Outbound:
    room = Recipient(
        kind="room",
        id="sales",
        name="销售",
        channel="mail",
        address="sales@example.org",
        language="zh",
        zone="Asia/Shanghai",
        mixed=english is not None,
    )
    message = Message(
        id="msg_1",
        bundle="com_1",
        contents=("com_1",),
        incident="inc_1",
        recipient=room,
        form=Form.MAIL,
        rendition="com_1.1.zh.mail",
        values={"number": "INC-1", "as_of": "10:02"},
        english=english,
        due_at=START,
        created_at=START,
    )
    texts = {r.id: r for r in (rendition("zh", ZH), rendition("en", EN))}
    return finished(message, texts)


def test_a_room_of_one_language_gets_that_one_alone() -> None:
    """With its layout, and not a word of the other."""
    alone = sent(None)
    assert (alone.subject, alone.text, alone.html) == ("CRM 10:02", ZH, f"<p>{ZH}</p>")


def test_each_part_is_filled_with_its_own_values() -> None:
    """Times and names are those of the part's language."""
    both = sent(Part(rendition="com_1.1.en.mail", values={"as_of": "Mon 24 Aug, 10:02"}))
    assert both.subject == "CRM 10:02 / CRM Mon 24 Aug, 10:02"
    assert both.text.index(ZH) < both.text.index(EN)
    assert both.html is None
