"""The mail client's story: what each person gets by mail, in both languages, word for word where it counts."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from .story import Desk, Mail, desk, mail_client

INTERNAL = ("加载项", "问题跟着邮箱走", "P3", "console", "/incidents/")
"""What only those who work on it may know."""


@pytest.fixture(scope="module", params=["zh", "en"])
def told(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Desk]]:
    """The whole story, played once for each language of the requester."""
    with desk(tmp_path_factory.mktemp("desk"), requester=request.param) as played:
        mail_client(played)
        yield request.param, played


def requester(told: tuple[str, Desk]) -> list[Mail]:
    return told[1].mails("wang@example.org")


SUBJECTS = {
    "zh": [
        "已收到：邮件客户端反复崩溃（INC-9527）",
        "陈立在处理：邮件客户端反复崩溃（INC-9527）",
        "已转给 Exchange 组：邮件客户端反复崩溃（INC-9527）",
        "等待审批：邮件客户端反复崩溃（INC-9527）",
        "已处理好，请您确认：邮件客户端反复崩溃（INC-9527）",
        "已重新打开：邮件客户端反复崩溃（INC-9527）",
    ],
    "en": [
        "We have it: 邮件客户端反复崩溃 (INC-9527)",
        "Chen Li is working on it: 邮件客户端反复崩溃 (INC-9527)",
        "Now with the Exchange group: 邮件客户端反复崩溃 (INC-9527)",
        "Now waiting for an approval: 邮件客户端反复崩溃 (INC-9527)",
        "Fixed, please confirm: 邮件客户端反复崩溃 (INC-9527)",
        "Open again: 邮件客户端反复崩溃 (INC-9527)",
    ],
}


def test_the_requester_hears_of_each_real_step_once_and_in_order(told: tuple[str, Desk]) -> None:
    assert [mail.subject for mail in requester(told)] == SUBJECTS[told[0]]


EXPECTED = {
    "zh": [
        ("王晓琳，您好：", "工单号 INC-9527", "11:00 前会有技术人员与您联系", "> 邮件客户端一打开就闪退，今天第四次了"),
        ("现在由陈立（桌面支持组）处理", "预计 17:00 前有结果，这是陈立给出的时间", "请拨 6012"),
        ("已转给 Exchange 组接着处理", "您不用从头再说一遍"),
        ("等待审批", "> 迁移邮箱需要邮件平台负责人同意", "预计 17:00 前有结果"),
        ("我们做了：把您的邮箱迁移到了新的邮箱库", "您需要做的：请退出客户端，再打开一次", "还没好：https://", "8 月 27 日（周四）18:00 前", "7 天内"),
        ("已重新打开", "由 Exchange 组接着处理", "> 今天早上又闪退了两次"),
    ],
    "en": [
        ("Dear Xiaolin Wang,", "recorded as INC-9527", "contact you by 04:00", "> 邮件客户端一打开就闪退，今天第四次了"),
        ("now with Chen Li (Desktop Support)", "by 10:00; this is Chen Li's own estimate", "call 6012"),
        ("gone to the Exchange group", "you need not explain it again"),
        ("waiting for an approval", "> 迁移邮箱需要邮件平台负责人同意", "by 10:00"),
        ("What we did: 把您的邮箱迁移到了新的邮箱库", "Not fixed: https://", "by Thu 27 Aug, 11:00", "for 7 days"),
        ("open again", "with the Exchange group", "> 今天早上又闪退了两次"),
    ],
}  # fmt: skip


def test_each_mail_holds_what_its_reader_needs(told: tuple[str, Desk]) -> None:
    for mail, wanted in zip(requester(told), EXPECTED[told[0]], strict=True):
        for words in wanted:
            assert words in mail.text


def test_day_and_zone_stand_once_at_the_foot_in_the_readers_own(told: tuple[str, Desk]) -> None:
    note = {
        "zh": "以上时间为 8 月 24 日（周一），北京时间",
        "en": "Times are Monday 24 August, London (UTC+1)",
    }
    for mail in requester(told)[:5]:
        assert mail.text.count(note[told[0]]) == 1


def test_the_requester_learns_nothing_that_is_internal(told: tuple[str, Desk]) -> None:
    for mail in requester(told):
        shown = re.sub(r"https://\S+", "", mail.words) + re.sub(r'href="[^"]*"', "", mail.html)
        for words in INTERNAL:
            assert words not in shown


def test_the_technician_is_told_of_the_ticket_with_the_report(told: tuple[str, Desk]) -> None:
    [mail] = told[1].mails("chen@example.org")
    assert mail.subject == "分给您：邮件客户端反复崩溃（INC-9527）"
    for words in (
        "报障人：王晓琳",
        "请在 11:00 前联系报障人",
        "> 邮件客户端一打开就闪退",
        "优先级：P3",
    ):
        assert words in mail.text
    assert "https://help.example.org/incidents/inc_" in mail.text


def test_the_group_gets_what_was_tried_and_hears_when_it_comes_back(told: tuple[str, Desk]) -> None:
    handed_over, due, back, *warned = told[1].mails("exchange@example.org")
    for words in (
        "INC-9527 is now with the Exchange group.",
        "- 停用了全部加载项，仍闪退\n- 重建了客户端配置，仍闪退",
        "> 换一台电脑也一样，问题跟着邮箱走",
        "Promised to the requester: a result by 10:00",
    ):
        assert words in handed_over.text
    assert due.subject == "Due by 10:00: the result (INC-9527)"
    assert "Please keep it, or give them a new time before then." in due.text
    assert back.subject.startswith("It is back")
    for words in ("Xiaolin Wang wrote:\n> 今天早上又闪退了两次", "> 把您的邮箱迁移到了新的邮箱库"):
        assert words in back.text
    # Nobody takes it within the hour.
    assert [mail.subject for mail in warned] == [
        "15 min left: INC-9527, response due 03:40",
        "6 min left: INC-9527, response due 03:40",
        "Overdue: INC-9527, response due 03:40",
    ]
    assert "Please take it, or give the requester a first answer." in warned[0].text
    assert "nobody has taken it yet" in warned[0].text


def test_the_groups_manager_hears_that_nobody_took_it(told: tuple[str, Desk]) -> None:
    """When the deadline passes, and not before."""
    [mail] = told[1].mails("liu@example.org")
    assert mail.subject.startswith("Overdue: INC-9527, response due ")
    assert "Please see to it that somebody takes it." in mail.text


def test_nobody_but_the_requester_gets_the_requesters_link(told: tuple[str, Desk]) -> None:
    for address in ("chen@example.org", "exchange@example.org"):
        for mail in told[1].mails(address):
            assert "/t/" not in mail.text + mail.html


def test_mails_of_one_ticket_form_a_thread_and_can_be_answered(told: tuple[str, Desk]) -> None:
    mails = [mail.message for mail in requester(told)]
    ids = {message["Message-ID"] for message in mails}
    assert len(ids) == len(mails)
    assert len({message["References"] for message in mails}) == 1
    assert all("noreply" not in str(message["From"]) for message in mails)


def test_what_was_not_sent_has_its_reason(told: tuple[str, Desk]) -> None:
    unsent = [row for row in told[1].reasons() if row[2] != "released"]
    assert unsent == [
        ("assignment", "requester", "merged", "merged"),
        ("status_change", "requester", "skipped", "nothing_new"),
        ("status_change", "requester", "skipped", "silent_closing"),
    ]


def test_every_announced_time_was_kept(told: tuple[str, Desk]) -> None:
    incident = told[1].app.queries.incident("INC-9527")
    assert incident is not None
    promises = told[1].app.queries.promises(incident.id)
    assert {(p.what, p.state.value) for p in promises} == {
        ("first_contact_by", "kept"),
        ("expected_at", "kept"),
    }


def test_no_alarm_was_raised_and_nothing_is_left_over(told: tuple[str, Desk]) -> None:
    assert told[1].app.queries.alarms() == []
    assert not any(told[1].app.queries.queue_depths().values())


def test_html_and_plain_text_say_the_same(told: tuple[str, Desk]) -> None:
    import html5lib

    for mail in requester(told):
        document = html5lib.HTMLParser(strict=True).parse(mail.html)
        shown = "".join("".join(document.itertext()).split())
        for line in mail.text.splitlines():
            words = "".join(
                line.removeprefix("> ")
                .removeprefix("- ")
                .split("：https://")[0]
                .split(": https://")[0]
                .split()
            )
            assert words in shown
