"""Values are read as people write them, in digits and in words of both languages."""

from __future__ import annotations

import pytest

from pipeline.guard.claims.lastings import lastings
from pipeline.guard.claims.moments import moments
from pipeline.guard.claims.named import identifiers
from pipeline.guard.claims.numerals import chinese, english
from pipeline.guard.claims.sentences import sentences

from .builders import reader


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("三百二十", 320),
        ("三百二", 320),
        ("两千零五", 2005),
        ("一万二", 12_000),
        ("十五", 15),
        ("二〇二六", 2026),
        ("百分", None),
    ],
)
def test_chinese_numbers_are_read(words: str, number: int | None) -> None:
    assert chinese(words) == number


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("forty-two", 42),
        ("three hundred and twenty", 320),
        ("a hundred", 100),
        ("two thousand five hundred", 2500),
        ("some", None),
    ],
)
def test_english_numbers_are_read(words: str, number: int | None) -> None:
    assert english(words) == number


@pytest.mark.parametrize(
    ("text", "minute"),
    [
        ("at 10:02", 602),
        ("2:30 pm", 870),
        ("half past ten", 630),
        ("noon", 720),
        ("上午10点02分", 602),
        ("下午三点半", 930),
        ("晚上八点", 1200),
        ("十点零二分", 602),
    ],
)
def test_clock_times_are_read(text: str, minute: int) -> None:
    assert [m.minute for m in moments(text)] == [minute]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("on 24 August", (None, 8, 24)),
        ("on August 24th, 2026", (2026, 8, 24)),
        ("8 月 24 日", (None, 8, 24)),
        ("2026年8月24日", (2026, 8, 24)),
        ("2026-08-24", (2026, 8, 24)),
    ],
)
def test_dates_are_read(text: str, day: tuple[int | None, int, int]) -> None:
    assert [m.day for m in moments(text)] == [day]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("for 75 minutes", 4500),
        ("an hour and a quarter", 4500),
        ("1 h 15 min", 4500),
        ("one and a half hours", 5400),
        ("一个半小时", 5400),
        ("1小时15分", 4500),
        ("半小时", 1800),
        ("三天", 259_200),
    ],
)
def test_lengths_are_read(text: str, seconds: int) -> None:
    assert [x.seconds for x in lastings(text)] == [seconds]


@pytest.mark.parametrize("text", ["four drops a minute", "高一点", "a second person", "5 月工资条"])
def test_what_looks_like_a_length_or_a_time_is_none(text: str) -> None:
    assert lastings(text) == []
    assert moments(text) == []


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("change CHG-6231 on hrweb-03", ["chg6231", "hrweb03"]),
        ("error 0x8004010F", ["8004010f"]),
        ("KB5034441 and 8.10.3", ["kb5034441", "8103"]),
        ("P1, 24/7, 2FA, IPv6, 10:02, 75min, 6k", []),
    ],
)
def test_identifiers_are_told_from_measures_and_abbreviations(text: str, keys: list[str]) -> None:
    assert [n.key for n in identifiers(text)] == keys


def test_an_offset_and_a_city_are_zones() -> None:
    read = reader().read
    assert read("10:02 UTC+8").moments[0].zone == "+08:00"
    assert read("10:02 London time").moments[0].zone == "Europe/London"
    assert read("法兰克福当地时间 10:02").moments[0].zone == "Europe/Berlin"
    assert read("London opened at 10:02").moments[0].zone is None


def test_sentences_end_where_they_end() -> None:
    text = "L. Haverstock took it, e.g. at 10:02. Version 8.10.3 is out! 原因不明。下次 10:45\nBye"
    assert [text[a:b] for a, b in sentences(text)] == [
        "L. Haverstock took it, e.g. at 10:02.",
        "Version 8.10.3 is out!",
        "原因不明。",
        "下次 10:45",
        "Bye",
    ]


def test_what_never_ends_is_cut_so_that_no_text_is_slow() -> None:
    text = "restarted the server and " * 100
    assert all(end - start <= 600 for start, end in sentences(text))
    assert "".join(text[a:b] for a, b in sentences(text)).count("restarted") == 100
