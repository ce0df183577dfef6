"""What a newcomer found: calls, channels and mails of which those outside read what they need to know."""

from __future__ import annotations

from pipeline.domain.facts import Level, ValueKind
from pipeline.domain.prose import Length

from .incidents import ticket
from .reading import OUTSIDE, assignment_of, extraction, fact, log_of, read_out, summary, written

K = ValueKind
BRIDGE = """[10:02] Dana (NOC): bridge is open, who is on?
[10:03] Felix: CRM cannot be opened in Hamburg and Munich, 22 calls are waiting
[10:05] Dana (NOC): restarting the app server
[10:11] Felix: No change, still 503.
[10:15] Dana (NOC): I need approval from Mr. Novak first to fail over.
[10:31] Dana (NOC): Waiting for his answer.
[10:33] Dana (NOC): I have sent him a text.
[10:34] Felix: is Vienna affected too?
[10:36] Dana (NOC): next word at 10:45
[10:40] Felix: is Vienna affected too?
"""
SHARE = """[09:20] 刘洋: 财务部共享盘打不开了，约 20 人都不行
[09:25] 服务台: 您重启电脑试试
[09:31] 刘洋: 重启了还是打不开
[09:35] 服务台: 等网络组的陈工查交换机，他说10点前回复
"""
CHANNEL = """[09:14] Maya: The time sheet page does not load for the whole Leeds office
[09:25] Tom (IT): Deployed the old build. Refused by the server: out of memory
[09:31] Tom (IT): Need the OK from Karin to add memory
[09:40] Maya: Still nothing. People need to submit by noon
[09:45] Tom (IT): Please use the paper form until then. Next update at 12:30
"""


def _section(text: str, name: str) -> str:
    return "\n".join(row for row in text.split("\n") if row.startswith(f"[{name}]"))


def test_of_a_call_those_who_wait_read_what_fails_whether_it_works_and_when_they_hear() -> None:
    """Not what somebody did for somebody, and no waiting for a "him" whom they do not know."""
    assert summary(BRIDGE, audience=OUTSIDE) == (
        "[effect] As recorded at 10:03: “CRM cannot be opened in Hamburg and Munich, 22 calls are waiting”.\n"
        "[state] As recorded at 10:11: “No change, still 503”.\n"
        "[next_step] Next step: not reported.\n"
        "[next_time] Support said at 10:36: “next word at 10:45” (that time has passed; not yet kept as far as is recorded)."
    )


def test_a_share_that_does_not_open_is_told_with_its_number_of_people() -> None:
    """ "约 20 人" is a count that somebody gave, and no guess at a cause."""
    told = written(assignment_of(_open(), SHARE, kind="stakeholder", language="zh"))
    assert "[effect] 据 09:20 记录：“财务部共享盘打不开了，约 20 人都不行”。" in told


def _open() -> list:  # type: ignore[type-arg]
    return [ticket()[0], fact("state", K.STATE, "in_progress"), fact("group", K.NAME, "IT")]


def test_a_channel_tells_those_who_wait_what_to_do_meanwhile() -> None:
    """The suggestion that concerns them, and the time of the next update."""
    told = summary(CHANNEL, audience=OUTSIDE)
    assert "does not load for the whole Leeds office" in _section(told, "effect")
    assert "Please use the paper form until then" in _section(told, "next_step")
    assert "Next update at 12:30" in _section(told, "next_time")
    assert "Karin" not in told


def test_a_line_without_a_time_is_told_without_a_gap() -> None:
    """In Chinese no empty place is left for it."""
    told = summary("刘洋：考勤页面打不开，签到失败\n", audience=OUTSIDE, language="zh")
    assert "据的" not in told
    assert "据记录：“" in told


def test_who_is_waited_for_is_named_where_the_waiting_is_told() -> None:
    """One sentence names him, the other says that he has not answered; what the waiter did ends nothing."""
    told = summary(BRIDGE)
    assert _section(told, "waits") == (
        "[waits] Dana said at 10:15: “I need approval from Mr. Novak first to fail over”; "
        "Dana at 10:31: “Waiting for his answer”."
    )
    assert "Need the OK from Karin" in _section(summary(CHANNEL), "waits")


def test_a_wait_and_a_promise_in_one_sentence_stand_each_in_its_section() -> None:
    """And a time that has passed is told as such."""
    told = summary(SHARE, language="zh")
    assert "等网络组的陈工查交换机" in _section(told, "waits")
    assert "“他说10点前回复”（约定时间已过，尚无兑现的记录）。" in _section(told, "promised")


def test_a_question_that_is_asked_again_is_open() -> None:
    """What was said in between was no answer."""
    told = summary(BRIDGE)
    assert "is Vienna affected too?" in _section(told, "open")
    assert "Vienna" not in _section(told, "found")


def test_what_came_of_an_attempt_stands_beside_it() -> None:
    """A refusal is a result."""
    tried = _section(summary(CHANNEL), "tried")
    assert "Deployed the old build" in tried
    assert "Refused by the server: out of memory" in tried.split("Deployed")[1]


def test_a_note_that_repeats_a_step_is_not_told_again() -> None:
    """The record's own sentence has told it."""
    facts = [
        *ticket(),
        fact("tried", K.TEXT, "停用了全部加载项，仍闪退", n=1, level=Level.INTERNAL),
        fact("note", K.TEXT, "停用了全部加载项，仍闪退。", n=1, level=Level.INTERNAL),
    ]
    assert written(assignment_of(facts, language="zh")).count("停用了全部加载项") == 1


def test_a_long_text_tells_more_lines() -> None:
    """Also plain ones, which a shorter text leaves out."""
    log = CHANNEL + "".join(
        f"[09:5{n}] Tom (IT): the {word} cabinet stands beside {word} door\n"
        for n, word in enumerate(("green", "yellow", "purple", "orange"))
    )
    rows = {n: len(summary(log, length=n).split("\n")) for n in Length}
    assert rows[Length.SHORT] < rows[Length.NORMAL] < rows[Length.LONG]


def test_status_chatter_hides_nothing() -> None:
    """Ten thousand checks, and the three lines that matter are told."""
    checks = [
        f"[2026-08-{14 + n // 1440:02d} {n % 1440 // 60:02d}:{n % 60:02d}] Bot: status check {n}, nothing new"
        for n in range(9_990)
    ]
    checks[9_000] += "\n[2026-08-20 06:00] Ann: the payroll page shows an error in Porto"
    log = log_of("\n".join(checks) + "\n[2026-08-24 11:50] Bob: Waiting for the carrier's answer")
    prose = extraction().write(log)
    assert prose is not None
    told = read_out(prose, log)
    assert "payroll page shows an error" in told
    assert "carrier" in _section(told, "waits")
    assert "nothing new" not in told
