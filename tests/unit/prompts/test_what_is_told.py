"""What the texts say at the turns of a ticket: each case in the words its reader sees first."""

from __future__ import annotations

import pytest

from pipeline.domain.communication import Form, Kind
from pipeline.domain.directory import Language

from .texts import brief_of, written

REQUESTER = "requester"


def status(
    language: Language, state: str, *news: str, form: Form = Form.MAIL, without: str = ""
) -> tuple[str, str]:
    """Subject (up to the title) and text of a change of state."""
    gone = frozenset({without} if without else ())
    brief = brief_of(Kind.STATUS_CHANGE, REQUESTER, state=state, without=gone, news=frozenset(news))
    text = written(Kind.STATUS_CHANGE, REQUESTER, brief, language, form)
    return text.subject.split("邮件客户端")[0].rstrip("：: "), text.text


@pytest.mark.parametrize(
    ("state", "news", "zh", "en"),
    [
        ("waiting.approval", ("state",), "等待审批", "Now waiting for an approval"),
        ("waiting.requester", ("state", "message"), "需要您的回复", "We need your reply"),
        ("waiting.requester", ("message",), "需要您的回复", "We need your reply"),
        ("waiting.requester", ("public_note",), "给您的说明", "A note for you"),
        ("in_progress", ("message",), "给您的说明", "A note for you"),
        ("in_progress", ("public_note",), "给您的说明", "A note for you"),
        ("closed", ("state",), "已关闭", "Now closed"),
    ],
)
def test_the_subject_tells_what_is_new(state: str, news: tuple[str, ...], zh: str, en: str) -> None:
    """A note is announced as a note, not as a state that has lasted for hours."""
    assert status("zh", state, *news)[0] == zh
    assert status("en", state, *news)[0] == en


def test_a_new_time_alone_is_the_subject() -> None:
    """The first line is the message, and here the time is all of it."""
    assert status("zh", "in_progress", "expected_at")[0] == "预计 \ue000expected_at\ue001 前有结果"
    english = status("en", "in_progress", "expected_at")[0]
    assert english == "Result expected by \ue000expected_at\ue001"


@pytest.mark.parametrize("state", ["resolved", "closed"])
@pytest.mark.parametrize("form", list(Form))
def test_nobody_is_told_to_wait_for_a_ticket_that_is_over(form: Form, state: str) -> None:
    """The time on record was for the work, and the work has ended."""
    for language in ("zh", "en"):
        _, text = status(language, state, "state", form=form)
        assert "expected_at" not in text


def test_a_ticket_that_was_closed_can_be_reopened_from_the_mail() -> None:
    assert "\ue000reopen_url\ue001" in status("zh", "closed", "state")[1]
    assert "\ue000reopen_url\ue001" not in status("zh", "in_progress", "state")[1]


def test_words_that_were_told_before_are_not_told_again_with_a_note() -> None:
    """The state has not changed, so its message is no news."""
    message, note = "> 迁移邮箱需要邮件平台负责人同意", "> 今天下午会先备份您的邮箱"
    text = status("en", "waiting.approval", "public_note")[1]
    assert note in text
    assert message not in text
    assert message in status("en", "waiting.approval", "state")[1]


def test_she_reads_what_she_is_asked_for() -> None:
    assert "需要您做的：\n> " in status("zh", "waiting.requester", "state", "message")[1]
    english = status("en", "waiting.requester", "state", "message")[1]
    assert "What we need from you:\n> " in english
    assert "Just reply to this mail" in english


@pytest.mark.parametrize(
    ("origin", "zh", "en"),
    [
        ("technician", "这是陈立给出的时间", "this is Chen Li's own estimate"),
        ("service_level", "这是服务级别规定的时限", "this is the time the service level sets"),
    ],
)
def test_an_expected_time_says_whose_word_it_is(origin: str, zh: str, en: str) -> None:
    brief = brief_of(Kind.ASSIGNMENT, REQUESTER)
    facts = tuple(
        f.model_copy(update={"value": origin}) if f.attribute == "expected_from" else f
        for f in brief.facts
    )
    brief = brief.model_copy(update={"facts": facts})
    assert zh in written(Kind.ASSIGNMENT, REQUESTER, brief, "zh").text
    assert en in written(Kind.ASSIGNMENT, REQUESTER, brief, "en").text


def test_without_a_time_the_assignment_says_so_and_guesses_none() -> None:
    brief = brief_of(Kind.ASSIGNMENT, REQUESTER, without=frozenset({"expected_at"}))
    assert "何时有结果尚未确定。" in written(Kind.ASSIGNMENT, REQUESTER, brief, "zh").text
    english = written(Kind.ASSIGNMENT, REQUESTER, brief, "en").text
    assert "No time for a result has been set yet." in english


@pytest.mark.parametrize(
    ("state", "zh", "en"),
    [
        ("in_progress", "陈立在处理：", "Chen Li is working on it:"),
        ("assigned", "由陈立负责：", "Now with Chen Li:"),
        ("waiting.supplier", "由陈立负责：", "Now with Chen Li:"),
    ],
)
def test_work_is_claimed_only_where_the_record_says_so(state: str, zh: str, en: str) -> None:
    """To be given a ticket is not to work on it (N13)."""
    brief = brief_of(Kind.ASSIGNMENT, REQUESTER, state=state)
    assert written(Kind.ASSIGNMENT, REQUESTER, brief, "zh").subject.startswith(zh)
    assert written(Kind.ASSIGNMENT, REQUESTER, brief, "en").subject.startswith(en)


def test_an_assignment_that_waits_already_says_for_what() -> None:
    """Steps within a minute are one message, and no real change is missing from it."""
    brief = brief_of(Kind.ASSIGNMENT, REQUESTER, state="waiting.supplier")
    assert "目前：等待供应商。" in written(Kind.ASSIGNMENT, REQUESTER, brief, "zh").text
    assert "waiting for a supplier" in written(Kind.ASSIGNMENT, REQUESTER, brief, "en").text


@pytest.mark.parametrize("form", [Form.MAIL, Form.CHAT])
def test_the_group_sees_what_was_tried_and_why_it_comes_to_them(form: Form) -> None:
    text = written(Kind.HAND_OVER, "group", brief_of(Kind.HAND_OVER, "group"), "zh", form).text
    for words in ("- 停用了全部加载项", "- 重建了客户端配置", "换一台电脑也一样", "王晓琳"):
        assert words in text
    assert "\ue000console_url\ue001" in text


def test_what_nobody_recorded_is_told_as_such_to_those_who_take_over() -> None:
    """Not recorded is a fact; "none" would be a claim."""
    gone = frozenset({"tried", "handover_reason"})
    text = written(
        Kind.HAND_OVER, "group", brief_of(Kind.HAND_OVER, "group", without=gone), "en"
    ).text
    assert "What was tried: nothing is recorded." in text
    assert "Why it comes to you: nothing is recorded." in text


@pytest.mark.parametrize(("days", "words"), [(1, "for 1 day."), (7, "for 7 days.")])
def test_one_day_is_not_days(days: int, words: str) -> None:
    brief = brief_of(Kind.RESOLUTION, REQUESTER)
    facts = tuple(
        f.model_copy(update={"value": days}) if f.attribute == "reopen_days" else f
        for f in brief.facts
    )
    brief = brief.model_copy(update={"facts": facts})
    assert words in written(Kind.RESOLUTION, REQUESTER, brief, "en").text


@pytest.mark.parametrize("audience", ["technician", "group"])
def test_whoever_gets_it_back_reads_what_came_back_and_what_was_done(audience: str) -> None:
    text = written(Kind.REOPENING, audience, brief_of(Kind.REOPENING, audience), "en").text
    assert "Xiaolin Wang wrote:\n> 今天早上又闪退了两次" in text
    assert "What was done last time:\n> 把您的邮箱迁移到了新的邮箱库" in text
    assert "Tried so far:\n- 停用了全部加载项" in text
