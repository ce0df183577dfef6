"""The CRM outage: what each audience gets, in both languages, from the first alert to the all-clear."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

import pytest

from pipeline.domain.message import MessageState, Outbound

from .outage import CRM, crm_outage, false_alarm, outage
from .story import Desk

MACHINE_ROOM = ("crm-app-03", "crm-login-errors", "threshold", "probe", "CRM sign-in errors")
"""What the monitor wrote: for those who decide, and for nobody else."""
EVERYBODY = ("li", "tom", "sales", "director", "chief", "phone", "line")
CLOCK = re.compile(r"(?<!\d)(\d{1,2}):(\d{2})(?!\d)")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The whole story, played once."""
    with outage(tmp_path_factory.mktemp("outage")) as played:
        crm_outage(played)
        false_alarm(played)
        yield played


def subjects(told: Desk, who: str) -> list[str]:
    return [mail.subject for mail in told.mails(f"{who}@example.org")]


def test_a_user_hears_at_once_then_at_each_promised_time_until_it_is_over(told: Desk) -> None:
    assert subjects(told, "tom") == [
        "CRM is unavailable. Next update by 10:20 (INC-9602)",
        "CRM: who is affected. Next update by 10:25 (INC-9602)",
        "CRM is still unavailable. Next update by 10:45 (INC-9602)",
        "CRM is still unavailable. Next update by 11:05 (INC-9602)",
        "CRM is still unavailable. Next update by 11:10 (INC-9602)",
        "CRM is still unavailable. Next update by 11:20 (INC-9602)",
        "CRM is still unavailable. Next update by 11:40 (INC-9602)",
        "CRM is back, usable since 11:17 (INC-9602)",
        "CRM fails again. Next update by 12:25 (INC-9602)",
        "Problem with CRM, still open. Next update by 12:45 (INC-9602)",
        "CRM is back (INC-9602)",
        "CRM is working poorly. Next update by 15:35 (INC-9700)",
        "False alarm: disregard our news about CRM (INC-9700)",
    ]


def test_a_chinese_reader_hears_the_same_at_the_same_moments(told: Desk) -> None:
    chinese, english = told.mails("li@example.org"), told.mails("tom@example.org")
    assert [m.message["Date"] for m in chinese] == [m.message["Date"] for m in english]
    assert subjects(told, "li")[0] == "CRM 目前无法使用，10:20 前再通报（INC-9602）"
    for here, there in zip(chinese, english, strict=True):
        assert sorted(CLOCK.findall(here.words)) == sorted(CLOCK.findall(there.words))


@pytest.mark.parametrize(
    ("nth", "zh", "en"),
    [
        (0, "CRM 自 10:02 起无法使用", "CRM has been unavailable since 10:02"),
        (0, "请先不要反复登录", "Please do not keep retrying"),
        (0, "不用再提交工单或致电", "No need to raise a ticket or call"),
        (0, "https://it.example.org/s/INC-9602", "https://it.example.org/s/INC-9602"),
        (1, "全部 6,214 个 CRM 账号", "all 6,214 CRM accounts"),
        (1, "邮件、办公门户和电话", "mail, the office portal and telephones"),
        (
            2,
            "与 10:09 的通报相比，没有新的进展",
            "no progress to report since our message of 10:09",
        ),
        (4, "> 网页版已可登录，手机端仍然报错", "> The web version works, the phone app does not"),
        (5, "登录服务与数据库的连接中断", "the sign-in service lost its database"),
        (7, "从 10:02 到 11:17，共 1 小时 15 分", "from 10:02 to 11:17, 1 h 15 min in all"),
        (7, "重启了登录服务", "the sign-in service was restarted"),
        (7, "报表导出仍停用", "report export is still off"),
        (7, "14:00 前", "by 14:00"),
        (8, "登录又报错", "signing in fails again"),
        (8, "没有保持住", "did not hold"),
        (10, "没有记录", "not on record yet"),
        (12, "探针自身出错", "the probe itself failed"),
    ],
)
def test_each_message_answers_what_its_reader_asks(told: Desk, nth: int, zh: str, en: str) -> None:
    chinese, english = told.mails("li@example.org"), told.mails("tom@example.org")
    assert zh in chinese[nth].text
    assert en in english[nth].text


def test_what_came_back_is_told_without_what_was_known_of_the_first_time(told: Desk) -> None:
    """Nobody has recorded its effect, its scope or its cause yet."""
    again, later = told.mails("tom@example.org")[8:10]
    for words in ("unavailable", "6,214", "database"):
        assert words not in again.text + later.text


def test_a_room_that_reads_both_gets_one_card_with_one_set_of_buttons(told: Desk) -> None:
    first = told.mails("sales@example.org")[0]
    assert first.text.index("CRM 自 10:02 起无法使用") < first.text.index(
        "CRM has been unavailable"
    )
    assert first.text.count("https://") == 1
    assert len(told.mails("sales@example.org")) == len(told.mails("li@example.org"))


def test_leaders_read_effect_action_and_decision(told: Desk) -> None:
    brief = told.mails("chief@example.org")[0]
    for words in (
        "Severity: P1",
        "Customers: no effect reported so far",
        "No decision is needed from you now.",
    ):
        assert words in brief.text


def test_the_telephone_desk_gets_a_sentence_to_read_aloud(told: Desk) -> None:
    for who, words in (("line", "INC-9602"), ("phone", "INC-9602")):
        spoken = [x for x in told.mails(f"{who}@example.org")[0].text.split("\n") if x[:1] == ">"]
        assert any(words in line for line in spoken)


def test_those_in_charge_are_asked_first_and_reminded_of_each_promise(told: Desk) -> None:
    asked, called, *due = subjects(told, "ops")
    assert asked == "Is this a major incident? CRM sign-in errors above 40 % (INC-9602)"
    assert called == "P1 (the highest) needs you now: CRM is unavailable (INC-9602)"
    assert due[0] == "Due by 10:20: the next update (INC-9602)"
    assert due[-1].startswith("Due by 14:00: news about what does not work yet")
    assert "crm-app-03.corp" in told.mails("ops@example.org")[0].text


def test_nobody_outside_sees_the_machine_room(told: Desk) -> None:
    """Law 4, with what the monitor wrote and the false alarm's own words left out."""
    for who in EVERYBODY:
        for mail in told.mails(f"{who}@example.org"):
            if CRM in mail.subject:
                assert not [words for words in MACHINE_ROOM if words in mail.words + mail.html]


def test_whoever_does_not_use_the_service_hears_nothing(told: Desk) -> None:
    assert told.mails("outsider@example.org") == []


def test_the_page_says_only_what_anybody_may_know(told: Desk) -> None:
    entries = [e.subject + e.text for e in published(told, "en")]
    assert len(entries) >= 6
    for words in ("6,214", "report export", "sign-in service", "Application Support"):
        assert not [entry for entry in entries if words in entry]
    assert any("CRM has been unavailable since 10:02" in entry for entry in entries)


def test_every_promise_was_kept_but_the_one_that_nobody_kept(told: Desk) -> None:
    incident = told.app.queries.incident(CRM)
    assert incident is not None
    promises = told.app.queries.promises(incident.id)
    kept = {p.what for p in promises if p.state.value == "kept"}
    broken = {p.what for p in promises if p.state.value == "broken"}
    assert (kept, broken) == ({"next_update"}, {"limits_news_by"})
    assert [a.code for a in told.app.queries.alarms()] == ["promise_broken"]


def test_recovery_and_withdrawal_reach_exactly_those_who_were_told(told: Desk) -> None:
    for who in EVERYBODY:
        numbers = [re.search(r"INC-\d+", s) for s in subjects(told, who)]
        assert {n[0] for n in numbers if n} == {"INC-9602", "INC-9700"}
        assert "INC-9700" in subjects(told, who)[-1]


def published(told: Desk, language: str) -> list[Outbound]:
    incident = told.app.queries.incident(CRM)
    assert incident is not None
    states = (MessageState.DELIVERED.value,)
    found = told.app.queries.messages(incident_id=incident.id, states=states, limit=999)
    pages = [m for m in found if m.recipient.kind == "page" and m.recipient.language == language]
    return [told.app.preview(m) for m in sorted(pages, key=lambda m: m.created_at)]


def test_the_first_contact_left_within_a_minute_of_the_second_signal(told: Desk) -> None:
    incident = told.app.queries.incident(CRM)
    assert incident is not None
    assert incident.major is not None
    sent = [m.created_at for m in told.app.queries.messages(incident_id=incident.id, limit=999)]
    first = min(at for at in sent if at >= incident.major.declared.at)
    assert (first - incident.major.declared.at).total_seconds() < 60
    assert incident.major.declared.value.basis == "second_signal"
    assert incident.major.declared.at == datetime.fromisoformat("2026-08-24T10:04:00+08:00")
