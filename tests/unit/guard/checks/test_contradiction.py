"""A person's all-clear while the failure is open waits for a reason; words that deny nothing do not."""

from __future__ import annotations

import pytest

from pipeline.domain.directory import Language, Names
from pipeline.domain.facts import Fact, ValueKind
from pipeline.domain.findings import Finding, FindingLevel, Words
from pipeline.guard.comparing import squeezed
from tests.unit.guard.builders import KNOWN, NOON, fact, found

OPEN = ("investigating", "identified", "mitigating", "monitoring")
ALL_CLEAR: tuple[tuple[Language, str], ...] = (
    ("en", "This incident has been resolved."),
    ("en", "The issue is now fully resolved."),
    ("en", "The outage is over."),
    ("en", "The problem was fixed at 10:40."),
    ("en", "All issues have been resolved."),
    ("en", "CRM is fully operational."),
    ("en", "The service has been completely restored."),
    ("en", "Everything is back to normal."),
    ("en", "We moved it to the other site. Everything works again."),
    ("en", "The fault has been fixed"),
    ("en", "Mail is back up."),
    ("en", "Mail works again."),
    ("en", "Service has been restored."),
    ("en", "All clear."),
    ("en", "The outage has ended."),
    ("en", "The problem has been solved."),
    ("en", "It is over. You can sign in again."),
    ("en", "It is all fixed now."),
    ("en", "The incident is resolved, but thank you."),
    ("en", "We are still proud. The incident is resolved."),
    ("en", "This was a false alarm, nothing ever failed."),
    ("en", "The incident is ｒｅｓｏｌｖｅｄ."),
    ("zh", "邮件已恢复。"),
    ("zh", "邮件恢复了，可以正常使用。"),
    ("zh", "服务已经恢复正常"),
    ("zh", "已经好了。"),
    ("zh", "故障 已 解决。"),
    ("zh", "故障已解決。"),
    ("zh", "故障已解决。"),
    ("zh", "问题已经修复。"),
    ("zh", "故障已排除，请重新登录。"),
    ("zh", "事件已全部解决。"),
    ("zh", "中断现已完全消除。"),
    ("zh", "CRM 已全面恢复。"),
    ("zh", "系统已经完全恢复。"),
    ("zh", "所有服务均已全部恢复。"),
    ("zh", "我们重启了登录服务。问题解决了。"),
    ("zh", "故障现已彻底修复"),
)
NOT_DISARMED: tuple[tuple[Language, str], ...] = (
    ("en", "Many thanks, the incident is resolved."),
    ("en", "Some good news: the incident is resolved."),
    ("en", "It took some time, but the outage is over."),
    ("en", "While we waited for the supplier, the problem was fixed."),
    ("en", "No more waiting: the outage is over."),
    ("en", "The incident is resolved. If you still see errors, call us."),
    ("en", "It was a false alarm, but thank you for reporting it."),
    ("zh", "虽然等了很久，但故障已解决。"),
    ("zh", "还要感谢大家，故障已解决。"),
    ("zh", "故障已解决，还请重新登录。"),
)
OTHER_WORDS: tuple[tuple[Language, str], ...] = (
    ("en", "Mail is available again."),
    ("en", "Mail is online."),
    ("en", "Mail has recovered."),
    ("en", "We have restored the service."),
    ("en", "We've just fixed Mail."),
    ("en", "The incident is closed."),
    ("en", "The issue no longer exists."),
    ("en", "The outage ended."),
    ("zh", "邮件现在可以正常使用。"),
    ("zh", "邮件可以用了。"),
    ("zh", "故障已结束。"),
    ("zh", "故障已经过去。"),
    ("zh", "一切正常。"),
    ("zh", "没有问题了。"),
    ("zh", "郵件已恢復。"),
)
QUALIFIED: tuple[tuple[Language, str], ...] = (
    ("en", "Mail is back for most users, but reports are still down."),
    ("en", "If the test goes well, the incident is resolved."),
    ("en", "Except for the reports, the outage is over."),
    ("en", "Newly created Mail is working."),
    ("en", "Mail is not available again before noon."),
    ("zh", "如果测试通过，故障就已解决。"),
    ("zh", "邮件部分恢复。"),
    ("zh", "邮件已恢复，报表除外。"),
    ("zh", "邮件还可以用吗"),
)
NO_CONTRADICTION: tuple[tuple[Language, str], ...] = (
    ("en", "The issue is not yet resolved."),
    ("en", "The issue isn't fixed."),
    ("en", "We expect the issue to be resolved by 11:00."),
    ("en", "We will tell you when the issue is resolved."),
    ("en", "We do not know whether the problem is fixed."),
    ("en", "Once the outage is over, we will write again."),
    ("en", "Most of the issues are resolved."),
    ("en", "The issue is being resolved by the supplier."),
    ("en", "CRM was fully operational until 10:02."),
    ("en", "The web version works again."),
    ("en", "A fix for the issue was deployed."),
    ("en", "Mail is not back yet."),
    ("en", "Mail works again, but attachments still fail."),
    ("en", "Mail is back for some of you."),
    ("en", "This is not a false alarm."),
    ("en", "The calendar has been restored."),
    ("zh", "邮件恢复中。"),
    ("zh", "邮件恢复后会通知您。"),
    ("zh", "邮件已恢复，但附件仍然打不开。"),
    ("zh", "这不是误报。"),
    ("en", "The earlier problem was resolved at 09:10 and has come back."),
    ("zh", "尚未恢复。"),
    ("zh", "问题还没有解决。"),
    ("zh", "故障解决后会通知您。"),
    ("zh", "问题解决之前请使用网页版。"),
    ("zh", "预计 11:00 前问题解决。"),
    ("zh", "网页版已恢复，手机端仍然报错。"),
    ("zh", "部分问题已解决。"),
    ("zh", "一旦故障排除，马上通报。"),
    ("zh", "除报表外，已全部恢复。"),
    ("zh", "问题解决方案正在测试。"),
    ("zh", "是否已完全恢复，正在确认。"),
    ("zh", "早先的故障已修复，但又复发了。"),
)


def standing(phase: str | None, words: str, kind: ValueKind = ValueKind.TEXT) -> dict[str, Fact]:
    """The known facts of a failure in this phase, and what somebody said about it."""
    mail = fact("service", ValueKind.NAME, Names(zh="邮件", en="Mail"))
    facts = {**KNOWN, "service": mail, "statement": fact("statement", kind, words)}
    if phase is not None:
        facts["phase"] = fact("phase", ValueKind.STATE, f"phase.{phase}")
    return facts


def contradictions(language: Language, facts: dict[str, Fact]) -> list[Finding]:
    findings = found("{number}\n> {statement}", language=language, facts=facts)
    return [finding for finding in findings if finding.check == "contradiction"]


@pytest.mark.parametrize("phase", OPEN)
@pytest.mark.parametrize(("language", "words"), ALL_CLEAR)
def test_an_all_clear_while_it_is_open_waits_for_a_reason(
    phase: str, language: Language, words: str
) -> None:
    """In every phase but the last: a person may know better, and says why (M7)."""
    [finding] = contradictions(language, standing(phase, words))
    assert (finding.rule, finding.level) == ("all-clear-while-open", FindingLevel.HOLD)
    assert finding.words is Words.PERSON
    assert squeezed(finding.excerpt) in squeezed(words)


@pytest.mark.parametrize(("language", "words"), NO_CONTRADICTION)
def test_words_that_deny_nothing_do_not_wait(language: Language, words: str) -> None:
    """Not yet, by when, in part, or of an earlier time: none of it says that this one is over."""
    assert contradictions(language, standing("investigating", words)) == []


@pytest.mark.parametrize(("language", "words"), NOT_DISARMED)
def test_words_of_another_clause_do_not_disarm_it(language: Language, words: str) -> None:
    """Thanks to many, or a "but" about something else, take nothing back."""
    [finding] = contradictions(language, standing("investigating", words))
    assert finding.rule == "all-clear-while-open"


@pytest.mark.parametrize(("language", "words"), OTHER_WORDS)
def test_an_all_clear_is_found_in_other_words(language: Language, words: str) -> None:
    """However people say that it works again, in either way of writing Chinese."""
    assert len(contradictions(language, standing("investigating", words))) == 1


@pytest.mark.parametrize(("language", "words"), QUALIFIED)
def test_a_condition_or_an_exception_is_no_all_clear(language: Language, words: str) -> None:
    """In its own clause, or where a clause before it binds it."""
    assert contradictions(language, standing("investigating", words)) == []


@pytest.mark.parametrize("phase", ["resolved", None])
@pytest.mark.parametrize(("language", "words"), ALL_CLEAR[::5])
def test_an_all_clear_agrees_with_a_record_that_says_so(
    phase: str | None, language: Language, words: str
) -> None:
    """Recovery is on record, or no failure ever was."""
    assert contradictions(language, standing(phase, words)) == []


@pytest.mark.parametrize(("language", "words"), ALL_CLEAR[::5])
def test_a_false_alarm_is_not_open(language: Language, words: str) -> None:
    """Whoever takes it back may say that everything works."""
    withdrawn = {"withdrawn_at": fact("withdrawn_at", ValueKind.TIME, NOON)}
    assert contradictions(language, standing("investigating", words) | withdrawn) == []


@pytest.mark.parametrize(("language", "words"), ALL_CLEAR[::5])
def test_a_quotation_claims_nothing_in_our_name(language: Language, words: str) -> None:
    """What a requester or a monitor wrote is quoted, and not told as ours."""
    quoted = standing("investigating", words, ValueKind.QUOTE)
    assert contradictions(language, quoted) == []


def test_each_statement_is_judged_by_itself() -> None:
    """A doubt in one statement excuses no all-clear in another."""
    facts = standing("monitoring", "The issue is not yet resolved.")
    facts["measures"] = fact("measures", ValueKind.TEXT, "The issue is resolved.")
    findings = found("{number}\n> {statement}\n> {measures}", facts=facts)
    claims = [finding.excerpt for finding in findings if finding.check == "contradiction"]
    assert claims == ["issue is resolved"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Mail was restored at 10:20 and failed again at 10:35."),
        ("en", "The service was restored at 10:20, but it is down again."),
        ("zh", "邮件已恢复，10:35 又中断。"),
        ("zh", "系统已恢复正常。10:35 再次中断。"),
    ],
)
def test_a_recovery_before_a_relapse_is_the_past_where_the_record_holds_both(
    language: Language, words: str
) -> None:
    """Without that record it waits; and so does a word that it is over after it failed again."""
    relapse = {"relapsed_at": fact("relapsed_at", ValueKind.TIME, NOON)}
    assert contradictions(language, standing("investigating", words) | relapse) == []
    end = {"en": " It is fixed now.", "zh": "现已恢复正常。"}[language]
    assert len(contradictions(language, standing("investigating", words + end) | relapse)) == 1


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Mail is back to normal. It is not down again."),
        ("zh", "邮件已恢复正常。不会再次中断。"),
    ],
)
def test_a_word_that_it_will_not_fail_again_is_an_all_clear(language: Language, words: str) -> None:
    relapse = {"relapsed_at": fact("relapsed_at", ValueKind.TIME, NOON)}
    assert len(contradictions(language, standing("investigating", words) | relapse)) == 1
