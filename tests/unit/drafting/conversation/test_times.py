"""When it was said: resolved with the log around it, or left as it was written, never made up."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from pipeline.drafting.conversation import LogFile, ProblemKind, read

from .logs import NOW, SHANGHAI, clock, kinds, read_text

NEW_YORK = ZoneInfo("America/New_York")
BERLIN = ZoneInfo("Europe/Berlin")


def times(text: str, *, now: datetime = NOW, zone: ZoneInfo = SHANGHAI) -> list[str]:
    conversation = read_text(text, now=now, zone=zone)
    return [clock(line, zone) for line in conversation.lines if line.at_as_written]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-08-24 10:32:11", "24 10:32:11"),
        ("2026/8/24 10:32", "24 10:32:00"),
        ("2026.08.24 10:32", "24 10:32:00"),
        ("2026年8月24日 10:32", "24 10:32:00"),
        ("2026年8月24日星期一 上午10:32", "24 10:32:00"),
        ("8月23日 23:58", "23 23:58:00"),
        ("8月24日 下午3:20", "24 15:20:00"),
        ("8月24日 下午15:20", "24 15:20:00"),
        ("8月24日 中午12:10", "24 12:10:00"),
        ("8月24日 中午1:10", "24 13:10:00"),
        ("8月24日 凌晨12:30", "24 00:30:00"),
        ("8月24日 晚上8:05", "24 20:05:00"),
        ("昨天 10:32", "23 10:32:00"),
        ("前天 10:32", "22 10:32:00"),
        ("昨天下午3:20", "23 15:20:00"),
        ("yesterday at 10:32", "23 10:32:00"),
        ("Yesterday 10:32 PM", "23 22:32:00"),
        ("今天 10:32", "24 10:32:00"),
        ("周日 10:32", "23 10:32:00"),
        ("星期五 10:32", "21 10:32:00"),
        ("Friday 10:32 AM", "21 10:32:00"),
        ("Monday, August 24, 2026 10:32 AM", "24 10:32:00"),
        ("24 Aug 2026 12:10 AM", "24 00:10:00"),
        ("August 24, 2026 at 12:10 PM", "24 12:10:00"),
        ("8/24/2026, 3:20:05 PM", "24 15:20:05"),
        ("24.08.2026 10:32", "24 10:32:00"),
        ("2026-08-24T10:32:11+08:00", "24 10:32:11"),
        ("2026-08-24T02:32:11Z", "24 10:32:11"),
        ("2026-08-23T22:32:11.123-04:00", "24 10:32:11"),
        ("2026-08-24 02:32 UTC", "24 10:32:00"),
        ("2026-08-24 02:32 (GMT)", "24 10:32:00"),
        ("2026-08-24 04:32 UTC+2", "24 10:32:00"),
        ("2026-08-24 10:32 CST", "24 10:32:00"),
        ("2026-08-24 10:32 北京时间", "24 10:32:00"),
    ],
)
def test_a_written_time_is_the_moment_that_it_means(written: str, expected: str) -> None:
    """Read on Monday 24 August at noon in Shanghai."""
    assert times(f"[{written}] 王晓琳: 又崩了") == [expected]


@pytest.mark.parametrize(
    "written",
    [
        "2026-02-30 10:32",
        "2026-08-24 25:10",
        "2026-08-24 10:75",
        "2026-13-01 10:32",
        "上午15:20",
        "2026-08-24 15:20 AM",
        "2026-08-24 晚上1:00",
        "03/04/2026 10:32",
        "周一 10:32",
        "2026-08-24 10:32 IST",
        "2026-08-24 10:32 CST+99:99",
        "1999-08-24 10:32",
    ],
)
def test_what_cannot_be_known_stays_as_it_is_written(written: str) -> None:
    """No such moment, two moments, or a name that several zones have: None, and said so."""
    conversation = read_text(f"[{written}] 王晓琳: 又崩了")
    told = [line for line in conversation.lines if "又崩了" in line.text]
    assert [line.at for line in told] == [None]
    if told[0].at_as_written:
        assert told[0].at_as_written in written
        assert ProblemKind.TIME_UNCLEAR in kinds(conversation)


def test_midnight_is_passed_when_the_clock_falls() -> None:
    """23:58, then 00:03: the next day, below a date line."""
    text = "2026-08-23\n[23:58] 王晓琳: 又崩了\n[00:03] Dave Smith: looking\n[00:05] 王晓琳: 好\n"
    assert times(text) == ["23 23:58:00", "24 00:03:00", "24 00:05:00"]


def test_midnight_is_passed_without_any_date_too() -> None:
    """The log ends on the day of reading, and says that this was assumed."""
    text = "[23:58] 王晓琳: 又崩了\n[00:03] Dave Smith: looking\n"
    conversation = read_text(text)
    assert [clock(line) for line in conversation.lines] == ["23 23:58:00", "24 00:03:00"]
    assert all(line.day_assumed for line in conversation.lines)
    assert ProblemKind.DAY_ASSUMED in kinds(conversation)


def test_a_time_of_day_that_lies_ahead_was_yesterday() -> None:
    """Read at noon, 22:15 cannot be of today."""
    assert times("[22:15] 王晓琳: 又崩了\n[22:20] Dave Smith: looking\n") == [
        "23 22:15:00",
        "23 22:20:00",
    ]


def test_a_fall_of_some_hours_is_no_known_day() -> None:
    """The next morning, or pieces in the wrong order: nobody can tell."""
    text = "2026-08-20\n[17:30] 王晓琳: 又崩了\n[09:10] Dave Smith: looking\n[09:12] 王晓琳: 好\n"
    assert times(text) == ["20 17:30:00", "-", "-"]


def test_a_date_line_holds_until_the_next() -> None:
    text = (
        "2026年8月22日\n\n[10:32] 王晓琳: 一\n\n星期日\n\n[09:00] 王晓琳: 二\n\n— 昨天 —\n\n"
        "[09:30] 王晓琳: 三\n\nMonday, August 24, 2026\n\n[08:00] 王晓琳: 四\n"
    )
    assert times(text) == ["22 10:32:00", "23 09:00:00", "23 09:30:00", "24 08:00:00"]


def test_an_answer_of_one_word_is_no_date_line() -> None:
    """ "Yesterday" within a message says nothing of those that follow."""
    text = "2026-08-24\n[10:32] 王晓琳: 又崩了\nYesterday\n[10:35] Dave Smith: looking\n"
    assert times(text) == ["24 10:32:00", "24 10:35:00"]


def test_times_before_the_first_date_are_not_of_its_day() -> None:
    text = "[10:32] 王晓琳: 又崩了\n2026-08-24\n[10:35] Dave Smith: looking\n"
    assert times(text) == ["-", "24 10:35:00"]


def test_a_missing_year_is_the_latest_that_has_been() -> None:
    """In January, December was last year; the 29th of February was in a leap year."""
    january = datetime(2027, 1, 2, 4, 0, tzinfo=UTC)
    conversation = read_text(
        "[12-30 10:32] 王晓琳: 又崩了\n[2月29日 10:32] 王晓琳: 闰", now=january
    )
    years = {line.at.year for line in conversation.lines if line.at}
    assert years == {2026, 2024}


def test_figures_are_read_as_the_rest_of_the_log_proves() -> None:
    """3/4 is in April where another line has 24/3, and in March where one has 3/24."""
    assert times("[03/04/2026 10:32] a: x\n[24/04/2026 10:32] b: y\n")[0] == "03 10:32:00"
    assert times("[03/04/2026 10:32] a: x\n[04/24/2026 10:32] b: y\n")[0] == "04 10:32:00"
    assert (
        times("[03/04/2026 10:32] a: x\n[04/24/2026 10:32] b: y\n[24/04/2026 10:32] c: z")[0] == "-"
    )


def test_figures_that_can_only_lie_behind_are_known() -> None:
    """12/08/2026 cannot be in December yet."""
    assert times("[12/08/2026 10:32] Dave Smith: x") == ["12 10:32:00"]


def test_two_zones_in_one_log_are_one_order() -> None:
    """Each time by its own zone; those without one by the reader's; and it is said."""
    text = (
        "[2026-08-24 10:32 +08:00] 王晓琳: 一\n[2026-08-23 22:35 EDT] Dave Smith: two\n"
        "[2026-08-24 10:40] 王晓琳: 三\n"
    )
    conversation = read_text(text)
    assert [clock(line) for line in conversation.lines] == [
        "24 10:32:00",
        "24 10:35:00",
        "24 10:40:00",
    ]
    assert ProblemKind.TWO_ZONES in kinds(conversation)


@pytest.mark.parametrize(
    "line", ["Times are in UTC", "以下时间均为 UTC", "(All times UTC)", "时区：UTC+0"]
)
def test_a_log_may_name_its_zone_once(line: str) -> None:
    text = f"{line}\n2026-08-24\n[02:32] 王晓琳: 一\n[02:35] Dave Smith: two\n"
    assert times(text) == ["24 10:32:00", "24 10:35:00"]


def test_an_hour_that_clocks_leapt_over_is_none() -> None:
    """02:30 on 29 March 2026 was not there in Berlin."""
    assert times("[2026-03-29 02:30] Dave Smith: x", zone=BERLIN) == ["-"]


def test_an_hour_that_came_twice_is_read_in_the_logs_order() -> None:
    """01:50, then 01:10 on 1 November in New York: forty minutes back on the wall, twenty minutes later."""
    now = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
    text = "2026-11-01\n[01:50] Dave Smith: one\n[01:10] Dave Smith: two\n"
    conversation = read_text(text, now=now, zone=NEW_YORK)
    first, second = (line.at for line in conversation.lines if line.at)
    assert (second - first).total_seconds() == 20 * 60


def test_a_log_in_wrong_order_is_put_right_and_says_so() -> None:
    """By time, when all have one; a date line stays with what follows it."""
    text = "[2026-08-24 10:41] 王晓琳: 三\n[2026-08-24 10:32] 王晓琳: 一\n[2026-08-24 10:35] Dave Smith: two\n"
    conversation = read_text(text)
    assert [line.text for line in conversation.lines] == ["一", "two", "三"]
    assert [line.n for line in conversation.lines] == [1, 2, 3]
    assert ProblemKind.WRONG_ORDER in kinds(conversation)


def test_a_log_from_the_newest_down_is_turned() -> None:
    """Messages of one minute too; bare times do not pass midnight downwards."""
    text = "[10:41] 王晓琳: 四\n[10:35] 王晓琳: 三\n[10:35] Dave Smith: two\n[10:32] 王晓琳: 一\n"
    conversation = read_text(text)
    assert [line.text for line in conversation.lines] == ["一", "two", "三", "四"]
    assert {clock(line)[:2] for line in conversation.lines} == {"24"}


def test_without_all_times_the_logs_own_order_stays() -> None:
    text = "[2026-08-24 10:41] 王晓琳: 三\n[99:99] 王晓琳: 二\n[2026-08-24 10:42] Dave Smith: one\n"
    conversation = read_text(text)
    assert [line.text for line in conversation.lines] == ["三", "二", "one"]
    assert ProblemKind.WRONG_ORDER not in kinds(conversation)


def test_a_time_that_lies_ahead_is_told() -> None:
    assert ProblemKind.IN_FUTURE in kinds(read_text("[2027-08-24 10:41] 王晓琳: 三\n"))


def test_a_log_that_is_in_order_has_no_problem() -> None:
    text = "2026-08-24\n[10:32] 王晓琳: 一\n[10:35] Dave Smith: two\n"
    assert read_text(text).problems == ()


def test_a_date_in_the_title_is_the_logs() -> None:
    """Notes begin with it; of two dates neither is known to be meant."""
    notes = "14:05 dialled support\n14:17 Maria: confirmed the outage\n"
    assert times(f"Call with vendor, 20 Aug 2026\n{notes}") == ["20 14:05:00", "20 14:17:00"]
    assert times(f"会议纪要（2026年8月20日）\n参会：王晓琳\n\n{notes}") == [
        "20 14:05:00",
        "20 14:17:00",
    ]
    assert times(f"Call on 20 Aug 2026, written on 21 Aug 2026\n{notes}") == ["-", "-"]


def test_a_title_stays_on_top() -> None:
    """Whatever becomes of the order below it."""
    text = "CRM outage\n[2026-08-24 10:41] 王晓琳: 二\n[2026-08-24 10:32] Dave Smith: one\n"
    assert [line.text for line in read_text(text).lines] == ["CRM outage", "one", "二"]


def test_a_clock_alone_below_a_day_in_words_is_todays() -> None:
    """Chats write the day only where it is not today; after midnight both readings are one."""
    text = "王晓琳 昨天 10:32\n又崩了\n\nDave Smith 11:05\nlooking\n\n王晓琳 11:07\n好\n"
    conversation = read_text(text)
    assert [clock(line) for line in conversation.lines] == [
        "23 10:32:00",
        "24 11:05:00",
        "24 11:07:00",
    ]
    assert [line.day_assumed for line in conversation.lines] == [False, True, True]
    assert times("王晓琳 昨天 23:58\n又崩了\n\nDave Smith 00:03\nlooking\n") == [
        "23 23:58:00",
        "24 00:03:00",
    ]
    assert times("王晓琳 昨天 10:32\n又崩了\n\nDave Smith 22:05\nlooking\n") == ["23 10:32:00", "-"]


def test_a_clock_alone_below_a_short_date_may_be_of_two_days() -> None:
    """Of that day or of today: unless these are one, nobody can tell. With its year it goes on."""
    assert times("王晓琳 8月20日 10:32\n又崩了\n\nDave Smith 11:05\nlooking\n") == [
        "20 10:32:00",
        "-",
    ]
    assert times("[2026-08-20 10:32] 王晓琳: 一\n[10:35] Dave Smith: two\n") == [
        "20 10:32:00",
        "20 10:35:00",
    ]


def test_one_files_day_is_not_anothers() -> None:
    """A clock alone in a second file is of no known day; nor is one in a mail's history."""
    first = LogFile(name="a.txt", content="2026-08-20\n[10:32] 王晓琳: 一\n".encode())
    second = LogFile(name="b.txt", content=b"[10:35] Dave Smith: two\n")
    conversation = read([first, second], now=NOW, zone=SHANGHAI)
    assert [clock(line) for line in conversation.lines if line.at_as_written] == [
        "20 10:32:00",
        "-",
    ]
    answer = "Yes.\n\nOn Monday 10:32 AM Dave Smith <dave@example.org> wrote:\n> No?\n"
    raw = f"From: a@example.org\nDate: Tue, 18 Aug 2026 10:32:11 +0800\nSubject: x\n\n{answer}"
    assert [clock(line) for line in read_text(raw, "a.eml").material if line.quoted] == ["-"]
