"""The facts of a report: what happened, how long it took, where the record contradicts itself."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pipeline.domain.directory import Bilingual, Language
from pipeline.domain.events import Event
from pipeline.domain.facts import Level
from pipeline.domain.lattices import Phase
from pipeline.domain.major_events import (
    Accepted,
    Alerted,
    Declared,
    PhaseChanged,
    Progressed,
    Restored,
    Stated,
    TeamCalled,
)
from pipeline.domain.payload import Payload
from pipeline.domain.report import Told
from pipeline.review.conflicts import Conflict, conflicts_of, texts_in
from pipeline.review.gaps import gaps_of
from pipeline.review.happening import Row, rows_of
from pipeline.review.spans import marks_of, spans_of
from pipeline.review.stated import Announcing
from pipeline.review.words import Reader, ReportWords
from prompts import ROOT, read_texts
from tests.unit.tickets import MINUTE, START, event, fold_all

FILES = read_texts(ROOT)
ANNOUNCING = Announcing.load(FILES)
WORDS = ReportWords.load(FILES, {"zh": {}, "en": {}})


def story(*more: tuple[int, Payload]) -> list[Event]:
    """Minutes after the start, and what happened; an alert, a declaration and a recovery at the least."""
    usual: list[tuple[int, Payload]] = [
        (2, Alerted(signal="crm-login", title="CRM", severity="P1")),
        (5, Declared(severity="P1", started_at=START, team="apps")),
        (7, Accepted(team="apps")),
        (30, PhaseChanged(phase=Phase.IDENTIFIED)),
        (50, Restored(restored_at=START + 45 * MINUTE)),
    ]
    told = sorted([*usual, *more], key=lambda one: one[0])
    return [event(data, n, START + at * MINUTE) for n, (at, data) in enumerate(told, 1)]


def rows(events: list[Event], *told: Told) -> list[Row]:
    return rows_of(events, told, lambda _what, id_: id_)


def conflicts(events: list[Event]) -> list[Conflict]:
    marks = marks_of(events, ())
    stated = [s for text in texts_in(events) for s in ANNOUNCING.stated(text.words, text.cite)]
    return conflicts_of(events, marks, spans_of(marks), stated)


def test_the_timeline_begins_with_the_failure_and_not_with_its_discovery() -> None:
    """Every row says which event it rests on, and they stand in the order in which things happened."""
    found = rows(story())
    assert [row.code for row in found][:3] == ["began", "alerted", "declared"]
    assert all(row.cites for row in found)
    assert [row.at for row in found] == sorted(row.at for row in found)


def test_what_was_written_down_late_is_marked() -> None:
    """A memory is not a log."""
    late = story()[0].model_copy(update={"recorded_at": START + timedelta(hours=2)})
    [row] = rows([late])
    assert row.recorded_at == START + timedelta(hours=2)


def test_a_message_that_reached_people_is_a_row_with_their_number() -> None:
    told = Told(
        at=START + 6 * MINUTE,
        kind="first_contact",
        audience="affected",
        people=812,
        communication="com_1",
    )
    [row] = [r for r in rows(story(), told) if r.code == "told_first_contact"]
    assert (row.values["people"], row.cites) == (812, ("com_1",))


@pytest.mark.parametrize(
    ("code", "minutes"),
    [
        *(("to_detect", 2), ("to_declare", 3), ("to_first_contact", 1), ("to_accept", 2)),
        *(("to_cause", 30), ("down", 45), ("to_confirm", 5)),
    ],
)
def test_a_length_is_the_difference_of_two_moments_of_the_record(code: str, minutes: int) -> None:
    told = Told(
        at=START + 6 * MINUTE,
        kind="first_contact",
        audience="affected",
        people=3,
        communication="com_1",
    )
    spans = {span.code: span for span in spans_of(marks_of(story(), [told]))}
    assert spans[code].seconds == minutes * 60
    assert len(spans[code].cites) == 2


def test_a_length_without_both_ends_is_not_known() -> None:
    spans = {span.code: span for span in spans_of(marks_of(story(), ()))}
    assert spans["to_first_contact"].seconds is None
    assert spans["to_repair"].seconds is None


@pytest.mark.parametrize(
    ("words", "is_conflict"),
    [
        ("The outage lasted 45 minutes.", False),
        ("The outage lasted about 45 minutes.", False),
        ("The outage lasted 20 minutes.", True),
        ("Time to resolve: 0h 45m", False),
        ("Time to resolve: 1h 10m", True),
        ("Time to resolve: 0h 40m", False),  # from the declaration, as some count
        ("Restarting took 5 minutes.", False),
        ("故障历时 45 分钟。", False),
        ("故障历时 1 小时 20 分钟。", True),
    ],
)
def test_a_stated_length_is_held_to_the_moments(words: str, is_conflict: bool) -> None:
    """By any pair from which people count; the words of the record are shown beside the computed length."""
    found = [c for c in conflicts(story((60, Stated(text=words)))) if c.code == "stated"]
    assert bool(found) == is_conflict
    for one in found:
        assert one.values["words"] == words
        assert len(one.cites) == 3


def test_one_moment_with_two_times_is_a_conflict() -> None:
    again = Declared(severity="P1", started_at=START + 9 * MINUTE)
    [found] = [c for c in conflicts(story((10, again))) if c.code == "twice"]
    assert (found.values["moment"], len(found.cites)) == ("moment.started_at", 2)


def test_an_end_before_its_beginning_is_a_conflict_and_no_length() -> None:
    early = story((49, Restored(restored_at=START - MINUTE)))[:-1]
    assert "turned" in [c.code for c in conflicts(early)]
    spans = {span.code: span for span in spans_of(marks_of(early, ()))}
    assert spans["down"].seconds is None


def test_what_nobody_recorded_is_an_open_question() -> None:
    """And never told as none."""
    events = story()
    found = gaps_of(fold_all(events), events, marks_of(events, ()))
    assert {"no_cause", "no_scope", "no_data", "no_limits", "no_measures"} <= set(found)
    assert "no_start" not in found


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_row_has_a_sentence_in_both_languages(language: Language) -> None:
    reader = Reader(language=language, zone="Asia/Shanghai", day=START)
    both = Bilingual(zh="重启了登录服务", en="restarted the sign-in service")
    events = story((20, Progressed(action=both)), (4, TeamCalled(team="apps")))
    said = [WORDS.say(f"row.{row.code}", reader, row.values) for row in rows(events)]
    assert all(said)
    assert any(both.in_language(language) in one for one in said)


def test_what_only_those_who_work_on_it_may_know_is_marked_so() -> None:
    """Alerts and their names never reach a page for everybody (law 4)."""
    found = {row.code: row.level for row in rows(story())}
    assert found["alerted"] is Level.INTERNAL
    assert found["restored"] is Level.PUBLIC
