"""Every value of a text is one of the record, of the same thing: numbers, times, lengths, identifiers, names, words."""

from __future__ import annotations

import pytest

from .builders import is_wrong

TRUE = [
    ("en", "About 42 % of sign-ins are failing."),
    ("en", "All 6,214 CRM accounts are affected."),
    ("en", "More than 6,000 accounts are affected."),
    ("en", "The alarm threshold for failed sign-ins is 5 %."),
    ("en", "In Leeds three hundred and twenty people saw the error."),
    ("en", "CRM has been down since 10:02."),
    ("en", "CRM has been down since 03:02 London time."),
    ("en", "It began at 02:02 UTC on 24 August."),
    ("en", "CRM has been down for 26 minutes."),
    ("en", "Application Support took over at 10:06."),
    ("en", "Change CHG-6231 went in on Friday."),
    ("en", "Users see “session could not be created”."),
    ("en", "Wei Zhang of Application Support restarted auth-03."),
    ("zh", "约 42 % 的登录失败。"),
    ("zh", "全部 6,214 个 CRM 账号受影响。"),
    ("zh", "超过 6,000 个账号受影响。"),
    ("zh", "利兹有三百二十人遇到这个问题。"),
    ("zh", "登录失败率的告警阈值是 5 %。"),
    ("zh", "CRM 从 10:02 起无法使用。"),
    ("zh", "CRM 自上午十点零二分起无法使用。"),
    ("zh", "CRM 自伦敦时间 03:02 起无法使用。"),
    ("zh", "应用支持组已于 10:06 接手。"),
    ("zh", "页面提示「会话无法建立」。"),
    ("zh", "周五上过变更 CHG-6231。"),
    ("zh", "26 分钟前 CRM 开始无法使用。"),
]
WRONG = [
    ("en", "About 48 % of sign-ins are failing."),
    ("en", "More than 7,000 accounts are affected."),
    ("en", "All 6,241 CRM accounts are affected."),
    ("en", "5 % of sign-ins are failing."),
    ("en", "In Leeds three hundred and twelve people saw the error."),
    ("en", "CRM has been down since 10:12 London time."),
    ("en", "CRM has been down since 10:02 London time."),
    ("en", "It began at 10:32."),
    ("en", "It began at 10:02 on 25 August."),
    ("en", "CRM has been down for 62 minutes."),
    ("en", "Change CHG-6213 went in on Friday."),
    ("en", "Users see “session was refused”."),
    ("en", "Network Operations took over at 10:06."),
    ("en", "The payroll system has been down since 10:02."),
    ("zh", "约 48 % 的登录失败。"),
    ("zh", "登录失败率达到 5 %。"),
    ("zh", "全部 6,241 个 CRM 账号受影响。"),
    ("zh", "利兹有三百一十二人遇到这个问题。"),
    ("zh", "CRM 从 10:22 起无法使用。"),
    ("zh", "CRM 自伦敦时间 10:02 起无法使用。"),
    ("zh", "应用支持组已于 10:36 接手。"),
    ("zh", "页面提示「会话已被拒绝」。"),
    ("zh", "周五上过变更 CHG-6213。"),
    ("zh", "薪资系统从 10:02 起无法使用。"),
    ("zh", "张维民已经接单。"),
]


@pytest.mark.parametrize(("language", "sentence"), TRUE)
def test_a_value_of_the_record_passes_however_it_is_written(language: str, sentence: str) -> None:
    assert not is_wrong(language, sentence)


@pytest.mark.parametrize(("language", "sentence"), WRONG)
def test_another_value_or_the_value_of_another_thing_is_found(language: str, sentence: str) -> None:
    assert is_wrong(language, sentence)
