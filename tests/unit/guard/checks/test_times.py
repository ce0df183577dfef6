"""Every time comes through a slot: our words hold no clock and no date, and nobody sees a raw one."""

from __future__ import annotations

import pytest

from pipeline.domain.directory import Language
from pipeline.domain.findings import FindingLevel
from tests.unit.guard.builders import KNOWN, found, rules, saying

WRITTEN: tuple[tuple[Language, str], ...] = (
    ("en", "by 10:25"),
    ("en", "at 5 pm"),
    ("en", "on 24 August"),
    ("en", "by Aug 24"),
    ("en", "until Friday"),
    ("en", "on 24/08"),
    ("en", "since 2026-08-24"),
    ("en", "tomorrow"),
    ("en", "before midnight"),
    ("en", "at 2026-08-24T10:25:00Z"),
    ("zh", "10：25 前"),
    ("zh", "下午三点前"),
    ("zh", "8 月 24 日"),
    ("zh", "周一"),
    ("zh", "明天"),
    ("zh", "2026 年"),
)
FINE: tuple[tuple[Language, str], ...] = (
    ("en", "by {expected_at}\n{time_note}"),
    ("en", "for {reopen_days} days"),
    ("en", "around 24/7"),
    ("en", "2 marked steps, 5 separate notes"),
    ("en", "You may call."),
    ("en", "on the second try"),
    ("en", "Simon sat down; a month may pass."),
    ("zh", "{expected_at} 前\n{time_note}"),
    ("zh", "{reopen_days} 天内，每周一次"),
    ("zh", "这个时候，有一点要说明"),
)


@pytest.mark.parametrize(("language", "words"), WRITTEN)
def test_a_time_in_our_own_words_stops_the_text(language: Language, words: str) -> None:
    """It was written by nobody's clock."""
    findings = found(
        f"{{number}} 已登记 {words}" if language == "zh" else f"{{number}} {words}",
        language=language,
    )
    assert ("time-not-a-slot", FindingLevel.BLOCK) in {(f.rule, f.level) for f in findings}


@pytest.mark.parametrize(("language", "words"), FINE)
def test_slots_and_near_words_pass(language: Language, words: str) -> None:
    """Marks are times of the reader's own; durations and other numbers are no clock times."""
    own = "已登记" if language == "zh" else ""
    assert rules(f"{{number}} {own} {words}", language=language) == set()


def test_a_number_in_a_slot_does_not_hide_a_time_of_ours() -> None:
    """`7` days take nothing out of 17:00 or 7:00."""
    for words in ("7:00", "17:00", "12:7"):
        assert ("time-not-a-slot" in rules(f"{{number}} {{reopen_days}} days, {words}")) == (
            words != "12:7"
        )


def test_a_raw_timestamp_is_nobodys_time() -> None:
    """As a value it blocks, in a statement it warns, and a reporter may quote a log."""
    raw = "2026-08-24T02:25:00Z"
    facts = {**KNOWN, "group": KNOWN["group"].model_copy(update={"value": raw})}
    assert {(f.rule, f.level) for f in found("{number} {group}", facts=facts)} == {
        ("raw-timestamp", FindingLevel.BLOCK)
    }
    said = found("{number}\n> {fix_summary}", facts=saying("fix_summary", f"restarted {raw}"))
    assert {(f.rule, f.level) for f in said} == {("raw-timestamp", FindingLevel.WARN)}
    assert rules("{number}\n> {title}", facts=saying("title", f"error {raw}")) == set()
