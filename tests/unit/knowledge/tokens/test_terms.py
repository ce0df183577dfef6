"""Texts that say the same meet, however they are written and in whatever language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.article import Article
from knowledge.ports import Indexed
from knowledge.tokens.identifiers import identifiers
from knowledge.tokens.normal import normal
from knowledge.tokens.terms import Analyser, Field
from knowledge.tokens.words import Cutter

ANALYSER = Analyser()
VPN = Indexed(
    article=Article(
        id="vpn", source="s", external_id="vpn", title="VPN", body="Connect.", language="en"
    ),
    version="1",
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ｏｕｔｌｏｏｋ", "outlook"),
        ("電子郵件", "电子邮件"),
        ("伺服器的軟體", "服务器的软件"),
        ("VPN\u200b", "vpn"),
        ("mail\u00adbox", "mailbox"),
    ],
)
def test_width_capitals_and_traditional_characters_make_no_difference(one: str, other: str) -> None:
    assert normal(one) == normal(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("0x8004010F", "8004010f"),
        ("KB 5034441", "KB5034441"),
        ("550 5.1.90", "5190"),
        ("PRT-SH-014", "prtsh014"),
        ("AADSTS50011", "aadsts50011"),
    ],
)
def test_an_identifier_is_known_again_by_what_it_names(one: str, other: str) -> None:
    assert set(identifiers(normal(one))) & set(identifiers(normal(other)))


@pytest.mark.parametrize("text", ["step 1", "12 users", "a-b", "Outlook", ""])
def test_numbers_of_steps_and_words_are_no_identifiers(text: str) -> None:
    assert list(identifiers(normal(text))) == []


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("shared mailbox", "共享邮箱"),
        ("I cannot sign in", "无法登录"),
        ("the printer has a paper jam", "打印机卡纸"),
        ("log in", "登入"),
    ],
)
def test_one_thing_is_one_concept_in_both_languages(english: str, chinese: str) -> None:
    said = ANALYSER.of_question(english)[Field.CONCEPTS]
    assert said.keys() & ANALYSER.of_question(chinese)[Field.CONCEPTS].keys()


def test_of_overlapping_concepts_the_longest_is_meant() -> None:
    """A shared mailbox is no mail that is shared."""
    long = ANALYSER.of_question("shared mailbox")[Field.CONCEPTS].keys()
    assert not long & ANALYSER.of_question("mailbox")[Field.CONCEPTS].keys()


def test_words_of_the_site_are_kept_whole() -> None:
    assert "飞书文档库" in set(Cutter(["飞书文档库"]).words("打开飞书文档库失败"))
    assert "飞书文档库" not in set(Cutter().words("打开飞书文档库失败"))


@given(st.text(max_size=300))
def test_any_text_becomes_terms(text: str) -> None:
    """Broken characters too; nothing raises, and a question's fields are an article's."""
    article = VPN.article.model_copy(update={"title": text, "body": text})
    row = Indexed(article=article, version="1", generated=text, solved=text, refused=text)
    asked, kept = ANALYSER.of_question(text), ANALYSER.of_article(row)
    assert asked.keys() == kept.keys() == set(Field)
    assert (
        asked[Field.CONCEPTS].keys() <= kept[Field.CONCEPTS].keys() | asked[Field.CONCEPTS].keys()
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "VPN 断线后 Outlook 打不开",
        "The sign-in page: error 691, retry.",
        "重置密码。Reset it\tnow",
    ],
)
def test_a_text_that_is_cut_once_says_what_it_says_field_by_field(text: str) -> None:
    """Words and concepts of a passage are those by which its article is found."""
    asked = ANALYSER.of_question(text)
    assert set(ANALYSER.words_and_concepts(text)) == {*asked[Field.WORDS], *asked[Field.CONCEPTS]}
