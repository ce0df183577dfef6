"""A major incident's whole life: every message that anybody gets, by audience and in both languages, and what the public
pages showed meanwhile."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from pipeline.domain.message import MessageState
from tests.browser import browser

from .story import Mail
from .whole_outage import ANNA, FOUND, LESSONS, Played, whole_outage

__all__ = ["browser"]
MACHINE_ROOM = ("crm-app-03", "LoginErrors", "ProbeFailed", "above its limit", "prometheus")
"""What the monitor wrote: for those who decide, and for nobody else."""
INSIDE = ("6,214", "CHG-2041", "change of the network", "网络改动", "应用支持组", "P1")
"""What those affected may know, and the public may not."""
CLOCK = re.compile(r"(?<!\d)(\d{1,2}):(\d{2})(?!\d)")


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Played]:
    """The whole story, played once; its readers are of both languages."""
    with whole_outage(tmp_path_factory.mktemp("outage"), browser) as found:
        yield found


def subjects(played: Played, who: str) -> list[str]:
    """Without the number, which is in all of them."""
    return [re.sub(r" ?[（(]INC-1[）)]", "", mail.subject) for mail in played.mails(who)]


TOM = [
    ("Problem with CRM. Next update by 10:20", "has been a problem with CRM since 10:02", "Please do not keep retrying", "No need to raise a ticket or call: this is already recorded as INC-1", "/s/INC-1"),
    ("CRM is now unavailable. Next update by 10:25", "As of 10:06, CRM is now unavailable", "Cause: not yet known."),
    ("CRM: who is affected. Next update by 10:25", "all 6,214 CRM accounts"),
    ("CRM is still unavailable. Next update by 10:45", "no progress to report since our message of 10:09", "no checked workaround"),
    ("CRM is still unavailable. Next update by 10:55", "What is new:\n- Confirmed cause: a change of the network"),
    ("CRM: a change is needed at 11:00", "a change (CHG-2041) is planned from 11:00 to 11:10", "signing in stops for about 5 minutes", "The change alone does not mean that the repair is done"),
    ("Correction of our news about CRM", "We told you: a change of the network\nIn fact: the database ran out of connections", "known this since 10:50", "the change came after the failure"),
    ("CRM is still unavailable. Next update by 11:15", "Confirmed cause: the database ran out of connections"),
    ("CRM is still unavailable. Next update by 11:35", "no progress to report since our message of 10:53"),
    ("CRM is back, usable since 11:17", "Confirmed at 11:21 by the CRM application owner", "from 10:02 to 11:17, 1 h 15 min in all", "the limit was raised and sign-in restarted", "Cause: the database ran out of connections", "none, this was checked", "nothing was lost"),
    ("Review of CRM: findings by Mon 1 Sep, 18:00", "what we found by Mon 1 Sep, 18:00"),
    ("Review of CRM: what we found", FOUND["en"], "Cause:\n- Confirmed: the database ran out of connections", LESSONS["en"]),
]  # fmt: skip
LI = [
    ("CRM 出现问题，10:20 前再通报", "CRM 自 10:02 起出现问题", "请先不要反复登录", "不用再提交工单或致电：这件事已登记为 INC-1", "/s/INC-1"),
    ("CRM 现在无法使用，10:25 前再通报", "截至 10:06", "原因：尚未查明"),
    ("CRM：影响范围有更新，10:25 前再通报", "全部 6,214 个 CRM 账号"),
    ("CRM 仍无法使用，10:45 前再通报", "与 10:09 的通报相比，没有新的进展", "目前没有验证过的办法"),
    ("CRM 仍无法使用，10:55 前再通报", "有变化：\n- 已确认的原因：网络改动"),
    ("CRM：11:00 将进行一次变更", "在 11:00 至 11:10 进行一次变更（CHG-2041）", "登录会中断约 5 分钟", "变更做完不等于已经修复"),
    ("更正：关于 CRM 的通报有误", "我们说的是：网络改动\n实际是：数据库连接耗尽", "10:50", "日志显示网络改动在故障之后"),
    ("CRM 仍无法使用，11:15 前再通报", "已确认的原因：数据库连接耗尽"),
    ("CRM 仍无法使用，11:35 前再通报", "与 10:53 的通报相比，没有新的进展"),
    ("CRM 已恢复，11:17 起可以使用", "11:21 由 CRM 应用负责人确认", "从 10:02 到 11:17，共 1 小时 15 分", "放宽了连接数，重启了登录服务", "原因：数据库连接耗尽", "已确认没有", "没有丢失"),
    ("CRM：复盘结论 9 月 1 日（周一）18:00 前公布", "9 月 1 日（周一）18:00 前告诉您结论"),
    ("CRM：复盘结论", FOUND["zh"], "原因：\n- 已确认：数据库连接耗尽", LESSONS["zh"]),
]  # fmt: skip


@pytest.mark.parametrize(("who", "wanted"), [("tom", TOM), ("li", LI)])
def test_a_user_reads_every_stage_in_her_language(
    played: Played, who: str, wanted: list[tuple[str, ...]]
) -> None:
    """From the first contact within the minute of the second signal to what the review found."""
    assert subjects(played, who) == [row[0] for row in wanted]
    for mail, (_, *sentences) in zip(played.mails(who), wanted, strict=True):
        for words in sentences:
            assert words in mail.text, mail.subject


@pytest.mark.parametrize(
    ("zh", "en"),
    [("li", "tom"), ("director", "chief"), ("phone", "line"), (ANNA["zh"], ANNA["en"])],
)
def test_readers_of_both_languages_read_the_same_at_the_same_moments(
    played: Played, zh: str, en: str
) -> None:
    chinese, english = played.mails(zh), played.mails(en)
    assert [m.message["Date"] for m in chinese] == [m.message["Date"] for m in english]
    for here, there in zip(chinese, english, strict=True):
        assert sorted(CLOCK.findall(_told(here))) == sorted(CLOCK.findall(_told(there)))


def _told(mail: Mail) -> str:
    return re.sub(r"http://\S+", "", mail.words)


def test_a_room_of_both_languages_gets_one_card_each_time(played: Played) -> None:
    for card, zh, en in zip(
        played.mails("sales"), played.mails("li"), played.mails("tom"), strict=True
    ):
        assert card.subject == f"{zh.subject} / {en.subject}"


def test_who_sleeps_is_woken_by_the_first_contact_and_the_all_clear_alone(played: Played) -> None:
    """And is not told at six in the evening that it is not over. The correction is not theirs: they were never told the
    wrong cause."""
    assert subjects(played, "ada") == [TOM[n][0] for n in (0, 9, 10, 11)]
    assert subjects(played, "bao") == [LI[n][0] for n in (0, 9, 10, 11)]
    hers = played.desk.app.queries.messages(recipient="person:ada", limit=99)
    silent = [m.waits.code for m in hers if m.state is MessageState.CANCELLED and m.waits]
    assert silent == ["message_overtaken"] * 7
    why = played.desk.app.rule_keeping.why.of_ticket("ada", played.major.number).decisions
    assert [d.outcome for d in why if d.why.code == "message_overtaken"] == ["silent"] * 7


def test_leaders_read_effect_action_and_decision(played: Played) -> None:
    first, *_, review, found = played.mails("chief")
    assert first.subject == "Brief: Problem with CRM (INC-1)"
    for words in (
        "Severity: P1",
        "no effect reported so far",
        "No decision is needed from you now.",
    ):
        assert words in first.text
    scope = next(m for m in played.mails("chief") if "10:09" in m.subject)
    assert "In progress: Application Support took it on at 10:07" in scope.text
    director = played.mails("director")
    assert director[0].subject == "领导简报：CRM 出现问题（INC-1）"
    assert "目前不需要您做决定" in director[0].text
    assert "18:00" in review.subject
    assert FOUND["en"] in found.text
    assert FOUND["zh"] in director[-1].text


@pytest.mark.parametrize(
    ("who", "prefix", "back"),
    [
        ("line", "For callers: ", "For callers: CRM was restored at 11:17"),
        ("phone", "来电答复：", "来电答复：CRM 已于 11:17 恢复"),
    ],
)
def test_the_telephone_desk_has_a_sentence_to_say_at_each_stage(
    played: Played, who: str, prefix: str, back: str
) -> None:
    told = subjects(played, who)
    assert told[-1] == back
    assert [s.startswith(prefix) for s in told].count(False) == 1, "the change notice"
    for mail in played.mails(who):
        if (
            mail.subject.startswith(prefix)
            and "orrection" not in mail.subject
            and "更正" not in mail.subject
        ):
            assert any(line.startswith(">") for line in mail.text.splitlines()), mail.subject


SUBSCRIBED = {
    "en": [
        ("Problem with CRM", "since 10:02", "Next update by 10:20"),
        ("CRM is now unavailable", "As of 10:06", "Next update by 10:25"),
        ("CRM is still unavailable", "nothing new to report since 10:06"),
        ("CRM is still unavailable", "Stage: cause found"),
        ("CRM: a change is needed at 11:00", "from 11:00 to 11:10", "signing in stops for about 5 minutes"),
        ("CRM is still unavailable", "nothing new to report since 10:40"),
        ("CRM is still unavailable", "Next update by 11:35"),
        ("CRM was restored at 11:17", "Recovery was confirmed at 11:21", "1 h 15 min"),
        ("Review of CRM: findings by Mon 1 Sep, 18:00", "what we found by Mon 1 Sep, 18:00"),
        ("Review of CRM: what we found", FOUND["en"]),
    ],
    "zh": [
        ("CRM 出现问题", "10:02", "下一次通报在 10:20 前"),
        ("CRM 现在无法使用", "截至 10:06，CRM 现在无法使用", "10:25"),
        ("CRM 尚未恢复，目前无法使用", "10:06 以来没有可以通报的新进展"),
        ("CRM 尚未恢复，目前无法使用", "当前阶段：原因已查明"),
        ("CRM：11:00 将进行一次变更", "11:00 至 11:10", "登录会中断约 5 分钟"),
        ("CRM 尚未恢复，目前无法使用", "10:40 以来没有可以通报的新进展"),
        ("CRM 尚未恢复，目前无法使用", "11:35"),
        ("CRM 已于 11:17 恢复", "11:21", "1 小时 15 分"),
        ("CRM：复盘结论 9 月 1 日（周一）18:00 前公布", "9 月 1 日（周一）18:00 前告诉您结论"),
        ("CRM：复盘结论", FOUND["zh"]),
    ],
}  # fmt: skip


@pytest.mark.parametrize("language", ["zh", "en"])
def test_whoever_subscribed_hears_what_the_page_says_and_can_end_it_in_each_mail(
    played: Played, language: str
) -> None:
    """Asked first, and told nothing before the yes."""
    address = ANNA["zh" if language == "zh" else "en"]
    asked, *told = played.mails(address)
    assert "/status/confirm/" in asked.text
    assert subjects(played, address)[1:] == [row[0] for row in SUBSCRIBED[language]]
    for mail, (_, *sentences) in zip(told, SUBSCRIBED[language], strict=True):
        for words in sentences:
            assert words in mail.text, mail.subject
        assert "/status/subscription/" in mail.text
        assert "/status/subscription/" in str(mail.message["List-Unsubscribe"])
        assert not [secret for secret in INSIDE if secret in mail.words + mail.html]


ANSWER = {
    "outsider": ("We have it: CRM (T-1)", "It belongs to a disruption that is already known: CRM is unavailable", "Incident: INC-1", "Since: 10:02", "Next update by: 10:25", "If yours is another trouble"),
    "guest": ("已收到：CRM（T-2）", "它属于一起已知的故障：CRM 目前无法使用", "事件：INC-1", "开始时间：10:02", "下一次通报不晚于：10:25", "如果您遇到的是另一个问题"),
}  # fmt: skip


@pytest.mark.parametrize(("who", "same"), [("outsider", "tom"), ("guest", "li")])
def test_who_reports_what_is_known_is_answered_with_its_state_and_told_to_the_end(
    played: Played, who: str, same: str
) -> None:
    """From then on what the users are told, the correction too; and the tickets are counted as saved."""
    answer, subject = played.mails(who)[0], ANSWER[who][0]
    assert answer.subject == subject
    for words in ANSWER[who][1:]:
        assert words in answer.text
    assert subjects(played, who)[1:] == subjects(played, same)[3:]
    assert played.desk.app.portal.queries.attached(played.major.id, 10)[0] == 2


def test_the_correction_reaches_exactly_those_who_had_been_told_the_wrong_cause(
    played: Played,
) -> None:
    got = {
        name
        for name in ("li", "tom", "sales", "ada", "bao", "guest", "outsider", "director", "chief", "phone", "line", *ANNA.values())
        if any("Correction" in s or "更正" in s for s in subjects(played, name))
    }  # fmt: skip
    assert got == {"li", "tom", "sales", "guest", "outsider", "director", "chief", "phone", "line"}


def test_those_in_charge_are_asked_once_reminded_of_each_promise_and_of_the_action(
    played: Played,
) -> None:
    """Three machines with one alert are one question. The action is its owner's alone."""
    ops, lin = subjects(played, "ops"), subjects(played, "lin")
    assert ops[0].startswith("Is this a major incident? LoginErrors")
    assert lin[0].startswith("请确认是不是重大事件：LoginErrors")
    due = [s for s in ops if s.startswith("Due by ")]
    assert len(due) == len([s for s in lin if "前要兑现：下一次通报" in s]) == 3
    assert ops[-1] == "Action overdue: Add an alert at 80 %"
    assert "Add an alert at 80 %" in played.mails("ops")[-1].text
    assert len(ops) == len(lin) + 1


def test_nobody_but_those_in_charge_sees_the_machine_room(played: Played) -> None:
    for who in ("li", "tom", "sales", "ada", "guest", "outsider", "chief", "director", "phone", "line", *ANNA.values()):  # fmt: skip
        for mail in played.mails(who):
            assert not [words for words in MACHINE_ROOM if words in mail.words + mail.html]


def test_the_public_pages_said_how_it_stood(played: Played) -> None:
    """In Chinese on a desk's screen while it was open, in English on a phone when it was over."""
    assert "CRM 现在无法使用" in played.shown["open"]
    assert "下次通报不晚于 10:25" in played.shown["open"]
    assert "CRM was restored at 11:17" in played.shown["over"]
    for shown in (played.shown["open"], played.shown["over"]):
        assert not [secret for secret in (*INSIDE, *MACHINE_ROOM) if secret in shown]


def test_the_end_of_the_alerts_was_no_all_clear(played: Played) -> None:
    assert played.shown["alerts over"] == "open"


def test_every_promise_was_kept_and_no_alarm_was_raised(played: Played) -> None:
    queries = played.desk.app.queries
    promises = queries.promises(played.major.id)
    assert {(p.what, p.state.value) for p in promises} == {
        ("next_update", "kept"),
        ("review_by", "kept"),
    }
    assert queries.alarms() == []
    assert not any(queries.queue_depths().values())
