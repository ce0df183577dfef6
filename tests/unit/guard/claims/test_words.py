"""Words claim as values do: states, scope, denial, certainty, causes, deeds, promises."""

from __future__ import annotations

import pytest

from .builders import is_wrong

TRUE = [
    ("en", "CRM is still unavailable."),
    ("en", "The cause is not yet known."),
    ("en", "The cause is still being investigated."),
    ("en", "Mail is not affected."),
    ("en", "No records were lost."),
    ("en", "The session store may have run out of memory, but this is not confirmed."),
    ("en", "Application Support restarted auth-03, but sign-in failed again."),
    ("en", "You will hear from us again by 10:45."),
    ("en", "Once CRM is restored we will tell you."),
    ("en", "Please do not restart your computer."),
    ("en", "This is a P1 incident."),
    ("zh", "CRM 仍无法使用。"),
    ("zh", "原因尚未查明。"),
    ("zh", "邮件不受影响。"),
    ("zh", "已保存的记录没有丢失。"),
    ("zh", "可能是会话存储内存耗尽，尚未确认。"),
    ("zh", "应用支持组重启了 auth-03，但没有效果。"),
    ("zh", "10:45 前会再次通报。"),
    ("zh", "恢复后会第一时间告知大家。"),
    ("zh", "请不要重启电脑。"),
]
WRONG = [
    ("en", "CRM has been restored."),
    ("en", "The incident is resolved."),
    ("en", "The cause has been identified."),
    ("en", "The ticket is closed."),
    ("en", "This is a P3 incident."),
    ("en", "Mail is affected too."),
    ("en", "Some records were lost."),
    ("en", "All services are affected."),
    ("en", "Only accounts in Leeds are affected."),
    ("en", "The session store ran out of memory."),
    ("en", "CRM is down because the session store ran out of memory."),
    ("en", "CRM is down because of a cut fibre cable."),
    ("en", "An expired certificate led to the outage."),
    ("en", "Restarting auth-03 solved the problem."),
    ("en", "Engineers rolled back the change."),
    ("en", "The database team is restoring the backup."),
    ("en", "CRM will be restored by 11:30."),
    ("en", "Affected customers will be compensated."),
    ("zh", "CRM 已恢复。"),
    ("zh", "事件已解决。"),
    ("zh", "原因已查明。"),
    ("zh", "工单已关闭。"),
    ("zh", "邮件也受影响。"),
    ("zh", "已保存的记录丢失了。"),
    ("zh", "所有系统都受影响。"),
    ("zh", "由于会话存储内存耗尽，CRM 无法登录。"),
    ("zh", "由于光缆被挖断，CRM 无法登录。"),
    ("zh", "重启 auth-03 后恢复正常。"),
    ("zh", "工程师已回滚变更。"),
    ("zh", "技术人员正在从备份恢复数据库。"),
    ("zh", "预计 11:30 恢复。"),
    ("zh", "将向受影响的客户赔偿。"),
]


@pytest.mark.parametrize(("language", "sentence"), TRUE)
def test_what_the_record_says_may_be_said_in_other_words(language: str, sentence: str) -> None:
    assert not is_wrong(language, sentence)


@pytest.mark.parametrize(("language", "sentence"), WRONG)
def test_what_the_record_denies_or_does_not_hold_is_found(language: str, sentence: str) -> None:
    assert is_wrong(language, sentence)
