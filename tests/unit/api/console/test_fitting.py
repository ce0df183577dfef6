"""How what was found is shown: in words, with marks, and never as markup."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from api.console.fitting import LIKELIHOODS, LONGEST_PASSAGE, fit_of, likelihood, marked
from knowledge.answer import Passage, Suggestion
from knowledge.article import Article


def suggestion(passage: str, *matched: str, probability: float = 0.9) -> Suggestion:
    article = Article(
        id="a", source="f", external_id="a", title="Mail <b> crashes", body="x", language="en"
    )
    return Suggestion(
        article=article,
        probability=probability,
        passage=Passage(headings=("Steps",), text=passage),
        matched=matched,
        ranks={"words": 1},
    )


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("Mail crashes", ["mail"], "<mark>Mail</mark> crashes"),
        ("Mails and email", ["mail"], "<mark>Mail</mark>s and email"),
        ("邮件客户端闪退", ["邮件", "闪退"], "<mark>邮件</mark>客户端<mark>闪退</mark>"),
        ("登录失败", ["登录", "失败"], "<mark>登录失败</mark>"),
        ("error 0x80070643", ["0x80070643"], "error <mark>0x80070643</mark>"),
        ("a<b>c", ["b"], "a&lt;<mark>b</mark>&gt;c"),
        ("C++ (x)", ["(x)", "c++"], "<mark>C++</mark> <mark>(x)</mark>"),
        ("nothing", [], "nothing"),
        ("nothing", ["", " "], "nothing"),
    ],
)
def test_a_mark_stands_where_both_say_it(text: str, words: list[str], shown: str) -> None:
    assert str(marked(text, words)) == shown


@given(st.text(max_size=60), st.lists(st.text(max_size=8), max_size=4))
def test_marks_are_all_that_is_added(text: str, words: list[str]) -> None:
    """Whatever text and words are: without the marks it is the escaped text."""
    shown = str(marked(text, words))
    assert shown.replace("<mark>", "").replace("</mark>", "") == str(escape(text))


@pytest.mark.parametrize(
    ("probability", "fits_from", "word"),
    [
        (0.95, 0.3, "very_likely"),
        (0.6, 0.3, "likely"),
        (0.4, 0.3, "possible"),
        (0.2, 0.3, "unlikely"),
        (0.9, 0.95, "unlikely"),
        (0.1, 0.0, "possible"),
    ],
)
def test_how_likely_is_said_in_words(probability: float, fits_from: float, word: str) -> None:
    """What does not fit is never called likely."""
    assert likelihood(probability, fits_from) == word
    assert word in LIKELIHOODS


def test_a_long_passage_is_shown_around_the_first_word_that_met() -> None:
    long = "begin " * 200 + "the needle is here " + "end " * 200
    shown = fit_of(suggestion(long, "needle"), 0.5)
    assert "<mark>needle</mark>" in shown.why
    assert len(Markup(shown.why).striptags()) <= LONGEST_PASSAGE + 2
    assert str(shown.why).startswith("…")


def test_the_title_of_an_article_is_no_markup() -> None:
    shown = fit_of(suggestion("**Close** it.", "crashes", probability=0.874), 0.5)
    assert str(shown.title) == "Mail &lt;b&gt; <mark>crashes</mark>"
    assert str(shown.why) == "Close it."
    assert shown.percent == 87
