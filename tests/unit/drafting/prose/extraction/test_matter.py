"""What was reported is not "not reported"; what was denied is no all-clear; and talk drowns nothing."""

from __future__ import annotations

from datetime import datetime

import pytest

from pipeline.domain.directory import Language
from pipeline.domain.facts import Level
from pipeline.drafting.conversation import LogFile, read
from pipeline.flow.summaries.alone import as_quoted

from . import fourth_conversations as f
from .mail_threads import thread
from .reading import INSIDE, NOW, OUTSIDE, SHANGHAI, summary


def at(clock: str) -> datetime:
    return datetime.fromisoformat(f"2026-08-24T{clock}").replace(tzinfo=SHANGHAI)


def sections(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in text.split("\n"):
        name, _, said = row.removeprefix("[").partition("] ")
        found[name] = f"{found.get(name, '')}\n{said}".strip()
    return found


@pytest.mark.parametrize(
    ("log", "language", "clock", "word"),
    [
        (f.BRIDGE_EN, "en", "09:40", "next update 12:00"),
        (f.BRIDGE_ZH, "zh", "09:40", "下次更新 12:00"),
        (f.ETA_EN, "en", "13:35", "ETA moves to 14:15, next update 14:00"),
        (f.ETA_ZH, "zh", "13:35", "推迟到14:15，下次通报14:00"),
        (f.VPN_ZH, "zh", "09:45", "预计10:30前好，10:15给大家更新进展"),
        (f.MAIL_EN, "en", "10:30", "We will get back to you by 14:00 today"),
        (f.ONHOLD_EN, "en", "10:30", "I'll let you know by 16:00 either way"),
    ],
)
def test_an_announced_time_is_told_to_those_who_wait(
    log: str, language: Language, clock: str, word: str
) -> None:
    """The newest that was given, and none that it replaced."""
    told = sections(summary(log, language=language, audience=OUTSIDE, now=at(clock)))
    assert word in told["next_time"]
    assert "13:45" not in told["next_time"]


@pytest.mark.parametrize(
    ("log", "language", "clock", "denied", "newest"),
    [
        (f.BRIDGE_EN, "en", "09:40", "cards work again", "failing again"),
        (f.BRIDGE_ZH, "zh", "09:40", "恢复了", "又不行了"),
        (f.ALLCLEAR_EN, "en", "08:35", "scanners are back", "scanners drop again"),
        (f.ALLCLEAR_ZH, "zh", "08:35", "都恢复了", "又不能用了"),
        (f.VPN_ZH, "zh", "09:45", "可以了", "又断了"),
    ],
)
def test_an_all_clear_that_was_denied_is_not_told_outside(
    log: str, language: Language, clock: str, denied: str, newest: str
) -> None:
    outside = summary(log, language=language, audience=OUTSIDE, now=at(clock))
    assert denied not in outside
    assert newest in outside
    assert (
        newest in sections(summary(log, language=language, audience=INSIDE, now=at(clock)))["open"]
    )


def test_a_state_that_was_told_as_the_effect_is_not_called_unreported() -> None:
    told = sections(summary(f.ALLCLEAR_EN, audience=OUTSIDE, now=at("08:35")))
    assert "drop again" in told["effect"]
    assert "state" not in told


def test_what_is_planned_for_a_time_is_promised_and_not_tried() -> None:
    told = sections(summary(f.ALLCLEAR_EN, now=at("08:35")))
    assert "replacing the cable at 09:30" in told["promised"]
    assert "replacing" not in told["tried"]


def test_a_trial_that_says_how_it_went_takes_no_later_result() -> None:
    told = sections(summary(f.CALL_EN, now=at("11:10")))
    assert "another browser: same”." in told["tried"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("error 4711", "posting job hangs", "month end", "patch 12.3", "next update 15:30")),
        ("zh", ("报错4711", "卡在锁上", "月结", "补丁12.3", "下次更新15:30")),
    ],
)
def test_seven_lines_are_found_among_two_thousand(
    language: Language, words: tuple[str, ...]
) -> None:
    text = summary(f.talk(language), language=language, now=at("13:35"))
    assert [word for word in words if word not in text] == []
    small = ("slow", "parking", "chair", "电梯", "停车场", "椅子")
    assert [word for word in small if word in text] == []
    outside = sections(
        summary(f.talk(language), language=language, audience=OUTSIDE, now=at("13:35"))
    )
    assert "15:30" in outside["next_time"]


def test_of_a_line_outsiders_read_the_sentences_that_are_for_them() -> None:
    """What belongs inside stays in; with a word of secrecy or blame the whole line does."""
    log = "[09:00] Ann: nobody can print in hall 2\n[09:10] Bob: The print server db01 is full. Next update at 10:00.\n"
    text = summary(log, audience=OUTSIDE, now=at("09:20"))
    assert "Next update at 10:00" in text
    assert "full" not in text
    closed = log.replace("The print server db01 is full.", "Keep this quiet: all data is lost.")
    assert "10:00" not in summary(closed, audience=OUTSIDE, now=at("09:20"))


def test_what_is_left_out_at_the_end_of_a_line_stays_out() -> None:
    """Of a line that ends in talk, or in what nobody is told, its first words alone are read."""
    rows = [
        f"[09:{n:02d}] Ann: nobody can print in hall {n}, since 08:{n:02d}\n" for n in range(60)
    ]
    rows += [f"[10:{n:02d}] Bob: See you. Lunch at db{n:02d}x?\n" for n in range(60)]
    rows.append("[11:00] Bob: Next update at 12:00. Lunch at db77x?\n")
    rows += ["[11:01] Ann: nobody can print in hall 7\n"] * 3
    text = summary("".join(rows), audience=OUTSIDE, now=at("11:05"))
    assert "Next update at 12:00" in text
    assert "db77x" not in text


@pytest.mark.parametrize("who", ["nobody", "no one"])
def test_nobody_can_is_no_all_clear(who: str) -> None:
    log = f"[09:00] Ann: {who} can print on the second floor since the morning\n[09:05] Bob: looking into it\n"
    told = sections(summary(log, audience=OUTSIDE, now=at("09:20")))
    assert f"{who} can print" in told["effect"]
    assert "not reported" in told["state"]


def test_a_name_within_a_word_is_no_name() -> None:
    """Ann is not in "cannot"."""
    log = "[09:00] Ann: hi\n[09:01] Bob: invoices cannot be posted since 08:40, error 4711\n"
    assert "cannot be posted" in summary(log, audience=OUTSIDE, now=at("09:20"))


def test_whose_words_were_quoted_in_a_mail_nobody_knows_for_sure() -> None:
    """They came with another's mail: neither hers nor his whose name stands above them; both are told."""
    lines = read(
        [LogFile(name="log.txt", content=f.MAIL_EN.encode())], now=NOW, zone=SHANGHAI
    ).lines
    quoted = [as_quoted(one, "log", unmarked=Level.INTERNAL) for one in lines if one.quoted]
    assert {one.speaker for one in quoted} == {""}
    text = summary(f.MAIL_EN, now=at("10:30"))
    told = "Support - Olaf Brandt, as quoted by Rita Gomez, said at 09:40: “We will get back to you by 14:00 today”."
    assert told in text
    assert "Rita Gomez said at 09:40" not in text


@pytest.mark.parametrize(
    ("language", "request_", "result", "open_", "all_clear"),
    [
        ("en", "60 parcels", "ACC-3 follows at 11:30", "empty barcode", "Word prints fine"),
        ("zh", "60个包裹", "ACC-3预计11:30完成", "条码是空的", "Word可以打印"),
    ],
)
def test_a_thread_of_mails_is_told_by_what_decides(
    language: Language, request_: str, result: str, open_: str, all_clear: str
) -> None:
    """Each mail once, however often it was quoted; what works beside it is no state of the matter."""
    text = thread(language)
    assert text.count("\n") > 300
    inside = summary(text, language=language, now=at("11:00"))
    assert [word for word in (request_, result, open_) if inside.count(word) != 1] == []
    outside = sections(summary(text, language=language, audience=OUTSIDE, now=at("11:00")))
    assert open_ in outside["effect"]
    assert all_clear not in outside["state"]
