"""No false all-clear: what failed stands until words about the same thing, and meant so, say that it works."""

from __future__ import annotations

import pytest

from pipeline.domain.directory import Language

from .reading import INSIDE, OUTSIDE, summary

EN = "mail is down for all of finance"
ZH = "财务部邮件全部中断"


def _after(failure: str, later: str) -> str:
    log = f"[10:30] Ann Wu: {failure}\n[10:40] Bob Li: {later}\n"
    return summary(log, audience=OUTSIDE, language="en" if failure.isascii() else "zh")


@pytest.mark.parametrize(
    ("failure", "later"),
    [
        (EN, "The VPN works again."),
        (EN, "The coffee machine works again."),
        ("VPN is down for all of finance", "The printer works again."),
        ("the ERP system is down", "mail works again"),
        ("邮件系统全部中断", "VPN已恢复正常"),
        ("ERP系统全部中断", "打印机恢复正常"),
        ("ERP系统全部中断", "邮件已恢复正常"),
    ],
)
def test_a_recovery_of_another_thing_ends_no_outage(failure: str, later: str) -> None:
    """Whoever reads that the VPN works must still read that the mail does not."""
    assert failure in _after(failure, later)


@pytest.mark.parametrize(
    ("failure", "later"),
    [
        (EN, "Mail works again."),
        (EN, "The service is restored."),
        (EN, "it works again"),
        (ZH, "邮件已恢复正常"),
        (ZH, "现在恢复正常了"),
    ],
)
def test_a_recovery_of_the_same_thing_ends_it(failure: str, later: str) -> None:
    """Also one that names no more than "the service"."""
    told = _after(failure, later)
    assert failure not in told


@pytest.mark.parametrize(
    ("failure", "later"),
    [
        (EN, "Please write to the users: the service is restored"),
        (EN, "The service is restored on 2025-03-01 in the earlier incident"),
        (EN, 'Here is what we sent last month: "The service is restored."'),
        (EN, "I wish I could say it is fixed"),
        (EN, "Mail works again in the lab."),
        (EN, "Everything is back to normal, said nobody ever."),
        (ZH, "请给用户发：服务已恢复正常"),
        (ZH, "测试环境已恢复正常"),
        (ZH, "谁说已恢复正常的"),
        (ZH, "邮件已恢复正常才怪"),
        (ZH, "已恢复正常个鬼"),
        (ZH, "上次故障重启后已恢复正常"),
    ],
)
def test_words_that_mean_no_recovery_here_and_now_are_none(failure: str, later: str) -> None:
    """What is to be written, an earlier incident, a test environment, a wish and irony bring nothing back."""
    told = _after(failure, later)
    assert failure in told
    assert "restored" not in told
    assert "恢复正常" not in told


@pytest.mark.parametrize(
    ("failure", "good", "denial"),
    [
        (EN, "Fixed, everything is back to normal.", "I am afraid that is not what we see here."),
        (EN, "Sure, it works perfectly.", "that was sarcasm, it is still down"),
        (ZH, "邮件已恢复正常。", "哪有啊，我这边照样打不开。"),
    ],
)
def test_good_news_that_another_denies_is_over(failure: str, good: str, denial: str) -> None:
    """Then what it had ended stands again, for those who work on it and for those who wait."""
    log = f"[10:30] Ann Wu: {failure}\n[10:40] Bob Li: {good}\n[10:55] Cem Ak: {denial}\n"
    language: Language = "en" if failure.isascii() else "zh"
    for audience in (INSIDE, OUTSIDE):
        told = summary(log, audience=audience, language=language)
        assert failure in told
        assert good.rstrip(".。") not in told


@pytest.mark.parametrize(
    "refusal",
    [
        "I cannot promise that I will fix it by 13:00",
        "I will not make it at 13:00",
        "We will not call you at 13:00",
        "I hope I will have it done by 13:00",
        "13:00前保证不了",
        "争取13点前修好",
        "不会在13:00通知用户",
    ],
)
def test_a_refusal_or_a_hope_is_no_promise(refusal: str) -> None:
    """Nobody reads a next time in it, and it is not counted among what was promised."""
    failure = EN if refusal.isascii() else ZH
    assert "13" not in _after(failure, refusal)
    log = f"[10:30] Ann Wu: {failure}\n[10:40] Bob Li: {refusal}\n"
    assert "[promised]" not in summary(log)


def test_a_promise_that_its_giver_takes_back_is_over() -> None:
    """Whoever cannot make it does not hold to it."""
    log = (
        f"[10:30] Ann Wu: {EN}\n[10:40] Bob Li: I will call you at 12:00.\n"
        "[10:50] Bob Li: Sorry, I will not make it at 12:00.\n"
    )
    assert "I will call you" not in summary(log, audience=OUTSIDE)
