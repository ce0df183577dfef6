"""What is told as the present is so now: after a reopening, a relapse, a withdrawal, a recovery with limits."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pipeline.domain.directory import Language, Names
from pipeline.domain.facts import Fact, ValueKind, cut
from pipeline.domain.prose import Length
from pipeline.drafting.prose.assignment import STAKEHOLDER, TECHNICIAN

from .incidents import (
    came_back,
    outage,
    reopened,
    resolved,
    restored,
    restored_with_limits,
    ticket,
    withdrawn,
)
from .reading import NOW, OUTSIDE, assignment_of, fact, read_out, template, written

K = ValueKind


def _rows(text: str, section: str) -> list[str]:
    return [row for row in text.split("\n") if row.startswith(f"[{section}]")]


def test_a_reopened_ticket_is_told_as_open_and_its_fix_as_tried() -> None:
    """Who, when, why and how often; the fix did not hold, and what followed from it is void."""
    told = written(assignment_of(reopened()))
    assert (
        "[asked] Reopened at 09:00 by Xiaolin Wang (times so far: 2): “it crashed again today”."
        in told
    )
    assert "[tried] Done before the reopening, and it did not hold: rebuilt the profile." in told
    assert "What was taken for the cause before the reopening: a damaged profile." in told
    assert "[open] The ticket is assigned, with Chen Li (Desktop Support)." in told
    for void in ("restart the client", "closes", "Confirmed cause", "What was done"):
        assert void not in told


@pytest.mark.parametrize("length", list(Length))
def test_whoever_waits_hears_first_that_it_was_reopened(length: Length) -> None:
    """However short the text, and with no closing time."""
    told = written(assignment_of(reopened(), kind=STAKEHOLDER, length=length, language="zh"))
    state = _rows(told, "state")
    assert state[0] == "[state] 09:00 被王晓琳重新打开（至今 2 次）：“it crashed again today”。"
    assert state[1] == "[state] 此前做过的处理没有奏效：“rebuilt the profile”。"
    assert "关闭" not in told
    assert "处理结果" not in told


def test_once_it_is_fixed_again_the_fix_stands() -> None:
    """The reopening is history then; the state decides."""
    facts = [f for f in reopened() if f.attribute != "state"] + [
        fact("state", K.STATE, "resolved"),
    ]
    told = written(assignment_of(facts, kind=STAKEHOLDER))
    assert "[state] What was done: rebuilt the profile." in told
    assert "Reopened" not in told


def test_of_a_withdrawn_incident_only_the_withdrawal_is_told() -> None:
    """No effect, no phase, no team, and no question that reads as not reported."""
    told = written(assignment_of(cut(tuple(withdrawn()[2:]), OUTSIDE), kind=STAKEHOLDER))
    assert told == "[state] Withdrawn at 11:00: the CRM worked throughout."


def test_those_on_the_ticket_read_of_the_withdrawal_beside_the_ticket() -> None:
    """What they have to do for the requester is still theirs."""
    told = written(assignment_of([*ticket()[:6], *withdrawn()[2:]]))
    assert "[found] Major incident withdrawn at 11:00: the CRM worked throughout." in told
    assert "[open] The ticket is in progress, with Chen Li." in told
    for over in ("unavailable", "Phase", "Workaround", "6,214"):
        assert over not in told


def test_what_came_back_is_told_in_the_present_with_its_earlier_end() -> None:
    """A relapse makes the recovery history, and workaround and effect present."""
    told = written(assignment_of(cut(tuple(came_back()), OUTSIDE), kind=STAKEHOLDER))
    assert "[effect] CRM: unavailable – signing in shows an error" in told
    assert (
        "[state] Restored on Sun 23 Aug, 10:00; it failed again at 11:00, and is now being restored."
        in told
    )
    assert "During the incident" not in told
    assert "Meanwhile" in told


@pytest.mark.parametrize("length", list(Length))
def test_what_does_not_work_yet_is_told_before_the_time_of_its_news(length: Length) -> None:
    """Else "nothing to do" reads as if all were well."""
    facts = cut(tuple(restored_with_limits()), OUTSIDE)
    told = written(assignment_of(facts, kind=STAKEHOLDER, length=length))
    limits = told.index("[state] What does not work yet: report export is still off.")
    if "limits" in told:
        assert limits < told.index("News of what does not work yet is due by 14:00.")


def test_those_affected_read_the_workaround_and_the_advice() -> None:
    """With the time since when it is known to work."""
    facts = [
        *outage(),
        fact("verified_at", K.TIME, NOW - timedelta(hours=1)),
        fact("advice", K.TEXT, Names(zh="请先不要反复登录", en="Please do not keep retrying")),
    ]
    told = written(assignment_of(cut(tuple(facts), OUTSIDE), kind=STAKEHOLDER))
    assert _rows(told, "next_step") == [
        "[next_step] Meanwhile (verified since 11:00): for customers' phone numbers, use the read-only directory.",
        "[next_step] Please do not keep retrying.",
    ]


def test_a_ticket_that_is_over_is_not_among_what_is_open() -> None:
    """It is told with what was done."""
    told = written(assignment_of(resolved()))
    assert not _rows(told, "open") or "ticket" not in "".join(_rows(told, "open"))
    assert "[tried] The ticket is fixed; Chen Li (Desktop Support) worked on it." in told
    assert "工单已关闭" in written(assignment_of(ticket("closed"), language="zh"))


def test_a_moment_of_another_day_stands_on_its_day() -> None:
    """ "At" is for the clock."""
    facts = [f for f in restored() if f.attribute != "restored_at"]
    facts.append(fact("restored_at", K.TIME, NOW - timedelta(days=1)))
    told = written(assignment_of(facts, kind=STAKEHOLDER))
    assert "Service was restored on Sun 23 Aug, 12:00, after 1 h 45 min." in told


@pytest.mark.parametrize("title", ["“共享盘”打不开。", "Shared drives cannot be opened.", "503！"])
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", [TECHNICIAN, STAKEHOLDER])
def test_words_of_others_stand_in_one_pair_of_marks_with_one_stop(
    title: str, language: str, kind: str
) -> None:
    """Whatever marks and stops they bring."""
    facts: list[Fact] = [f for f in ticket() if f.attribute not in ("title", "description")]
    facts += [fact("title", K.QUOTE, title), fact("description", K.QUOTE, title)]
    assignment = assignment_of(facts, kind=kind, language=language)  # type: ignore[arg-type]
    prose = template().write(assignment)
    assert prose is not None
    for told in (written(assignment), read_out(prose, assignment)):
        for wrong in ("““", "””", ".”.", "。”。", "！”。", "。。", ".."):
            assert wrong not in told, told


def test_whoever_works_on_the_ticket_reads_of_the_major_incident_that_it_became() -> None:
    """Effect, severity, relapse, phase and workaround, beside what the ticket says."""
    told = written(assignment_of([*ticket()[:6], *came_back()[2:]]))
    assert "[found] CRM: unavailable, severity P1 (the highest), since 10:00." in told
    assert "[found] Restored on Sun 23 Aug, 10:00; it failed again at 11:00." in told
    assert "[tried] Workaround: for customers' phone numbers" in told
    assert "[open] Phase: being restored; Application Support has it." in told


@pytest.mark.parametrize("language", ["zh", "en"])
def test_of_what_was_restored_nothing_is_missed(language: Language) -> None:
    """No next step is owed, and that the ticket was recorded is no open point."""
    facts = [*outage(), fact("restored_at", K.TIME, NOW - timedelta(minutes=5))]
    told = written(assignment_of(cut(tuple(facts), OUTSIDE), kind=STAKEHOLDER, language=language))
    assert "not reported" not in told
    assert "尚未通报" not in told
    inside = written(assignment_of([*facts, fact("state", K.STATE, "new")], language=language))
    assert not [row for row in _rows(inside, "open") if "The ticket is" in row or "工单" in row]
