"""Values that a writer works out: lengths between events, factors, shares, changes, times in words and in other zones."""

from __future__ import annotations

from typing import Any

import pytest

from .builders import ENGLISH, against, event, fact, is_wrong

TRUE = [
    ("en", "The major incident was declared at five past ten."),
    ("en", "CRM has been down since two minutes past ten this morning."),
    ("en", "Application Support took over two minutes after the alarm."),
    (
        "en",
        "The alarm came at 10:04. Ten minutes later auth-03 had been restarted without success.",
    ),
    ("en", "More than eight times as many sign-ins fail as the threshold allows."),
    ("en", "About four in ten sign-ins are failing."),
    ("en", "Well over six thousand accounts are affected."),
    ("en", "The next update is 17 minutes away."),
    ("en", "All times are Beijing time. It began at 10:02."),
    ("en", "It began at 10:02 Beijing time (02:02 UTC)."),
    ("zh", "宣布 P1 九分钟后，技术人员记录了重启 auth-03 无效。"),
    ("zh", "失败率是阈值的八倍多。"),
    ("zh", "登录失败的超过四成。"),
    ("zh", "受影响的账号有六千二百多个。"),
    ("zh", "北京时间 10:02（伦敦时间 03:02）起无法使用。"),
]
WRONG = [
    ("en", "The major incident was declared at five to ten."),
    ("en", "Application Support took over nine minutes after the alarm."),
    (
        "en",
        "The alarm came at 10:04. Thirteen minutes later auth-03 had been restarted without success.",
    ),
    ("en", "More than ten times as many sign-ins fail as the threshold allows."),
    ("en", "About six in ten sign-ins are failing."),
    ("en", "Well over seven thousand accounts are affected."),
    ("en", "The next update is 40 minutes away."),
    ("en", "All times are UTC. It began at 10:02."),
    ("en", "The alarm of 10:14 gave 41.8 % failed sign-ins."),
    ("zh", "宣布 P1 十三分钟后，技术人员记录了重启 auth-03 无效。"),
    ("zh", "失败率是阈值的三倍多。"),
    ("zh", "登录失败的超过六成。"),
    ("zh", "北京时间 10:02（伦敦时间 10:02）起无法使用。"),
]


@pytest.mark.parametrize(("language", "text"), TRUE)
def test_what_follows_from_recorded_values_passes(language: str, text: str) -> None:
    assert not is_wrong(language, text)


@pytest.mark.parametrize(("language", "text"), WRONG)
def test_what_does_not_follow_from_them_is_found(language: str, text: str) -> None:
    assert is_wrong(language, text)


PEOPLE: dict[str, Any] = {
    **ENGLISH,
    "facts": [
        *ENGLISH["facts"],
        fact("F10", "CRM", "region", "Leeds and Utrecht", "E9"),
        fact("F11", "CRM", "approver", "Lena Frey", "E8"),
    ],
    "events": [
        *ENGLISH["events"],
        event("E8", "10:30", "noted", "manager", "Lena Frey approved the rollback of CHG-6231."),
        event(
            "E9", "10:33", "noted", "desk", "Leeds still cannot sign in. Utrecht is back to normal."
        ),
        event("E10", "10:35", "noted", "technician", "Omar Diaz found the disk of auth-04 full."),
        event("E11", "10:36", "reported", "requester", "页面提示“密码错误”。"),
    ],
}


@pytest.mark.parametrize(
    "text",
    [
        "Lena Frey approved the rollback of CHG-6231 at 10:30.",
        "Omar Diaz found that the disk of auth-04 is full.",
        "Utrecht is back to normal.",
        "The page said ‘wrong password’.",
    ],
)
def test_what_somebody_did_and_said_passes(text: str) -> None:
    assert not any(sentence.is_wrong for sentence in against(PEOPLE, text))


@pytest.mark.parametrize(
    "text",
    [
        "Omar Diaz approved the rollback of CHG-6231 at 10:30.",
        "Lena Frey found that the disk of auth-04 is full.",
        "Leeds is back to normal.",
        "The page said ‘account locked’.",
        "Read more in AUTH_STORE_LIMIT.",
    ],
)
def test_the_deed_of_another_or_words_that_nobody_said_are_found(text: str) -> None:
    assert any(sentence.is_wrong for sentence in against(PEOPLE, text))
