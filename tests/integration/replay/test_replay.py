"""What is told of a history, however it was written down."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from math import ceil
from pathlib import Path

import pytest

import api.replay
from api.replay.rows import schema
from api.replay.spoiling import Spoiling

from .histories import MINUTE, NOON, history, played, said

ORDINARY = history(
    said(0, "Investigating", "We are looking at errors of Pages."),
    said(25, "Update", "We found a bad change."),
    said(95, "Resolved", "This incident has been resolved."),
)


def kinds(*rows: object) -> Counter[str]:
    return Counter(row.kind for row in rows)  # type: ignore[attr-defined]


def test_a_history_is_told_from_its_first_statement_to_its_end() -> None:
    outcome = played(ORDINARY)
    mine = [r for r in outcome.rows if r.recipient == "person:en"]
    assert [r.kind for r in mine] == [
        *("first_contact", "update", "update", "update", "recovery"),
    ]
    # An update leaves one minute to 1 min 45 s before its time, each incident at a moment of its own.
    assert [ceil((r.at - NOON) / MINUTE) for r in mine] == [0, 25, 54, 84, 95]
    assert "> We found a bad change." in mine[1].body
    assert "no progress" in mine[2].body
    assert (outcome.ours, outcome.broken, outcome.made) == (Counter(), 0, outcome.kept)


def test_what_was_never_recorded_is_not_claimed() -> None:
    """No start, no effect, no cause, no duration, in neither language."""
    for row in played(ORDINARY).rows:
        for words in (
            "unavailable since",
            "unavailable",
            "It lasted",
            "无法使用",
            "自 1",
            "原因：尚未查明",
        ):
            ours = [line for line in row.body.split("\n") if not line.startswith(">")]
            assert words not in "\n".join([row.subject, *ours])


@pytest.mark.parametrize(
    ("statements", "told"),
    [
        ((said(0, "Resolved"),), set()),
        ((said(0, "Resolved"), said(5, "Resolved")), set()),
        ((), set()),
        ((said(0, "Investigating"), said(0, "Resolved")), {"first_contact", "recovery"}),
        ((said(5, "Investigating"), said(0, "Resolved")), {"first_contact", "recovery"}),
        (
            (said(0, "Investigating"), said(5, "Resolved"), said(9, "Update")),
            {"first_contact", "recovery", "relapse", "update"},
        ),
    ],
    ids=["resolved-first", "resolved-twice", "nothing-said", "equal-minutes", "back", "relapse"],
)
def test_odd_histories_are_told_as_far_as_they_hold(
    statements: tuple[object, ...], told: set[str]
) -> None:
    outcome = played(history(*statements))  # type: ignore[arg-type]
    assert set(kinds(*outcome.rows)) == told
    assert outcome.ours == Counter()


def test_whoever_hears_of_the_end_has_heard_of_the_beginning() -> None:
    resolved_first = history(said(0, "Resolved"), said(30, "Update"), said(60, "Resolved"))
    outcome = played(resolved_first)
    first = [r.kind for r in outcome.rows if r.recipient == "person:en"][:1]
    assert first == ["first_contact"], "what came back is new to them"
    assert outcome.ours == Counter()


def test_a_history_without_components_is_told_by_its_title() -> None:
    rows = played(history(said(0, "Investigating"), components=())).rows
    assert {r.recipient for r in rows} == {"page:zh", "page:en"}  # nobody is known to use it
    assert any("Incident with Pages" in r.subject for r in rows)


def test_a_status_without_words_moves_what_is_known_and_quotes_nothing() -> None:
    wordless = history(
        said(0, "Investigating"), said(5, "Monitoring", " "), said(9, "Resolved", "")
    )
    outcome = played(wordless)
    assert kinds(*outcome.rows)["recovery"] == kinds(*outcome.rows)["first_contact"]
    assert any(row.phase == "monitoring" for row in outcome.rows)
    assert all(row.body.count("\n> ") <= 1 for row in outcome.rows)
    assert outcome.ours == Counter()


def test_very_many_statements_are_each_told_once() -> None:
    many = history(*(said(n, "Update", f"Statement number {n}.") for n in range(60)))
    rows = [r for r in played(many).rows if r.recipient == "person:en"]
    told = [v.source for r in rows for v in r.values if v.slot == "statement"]
    assert max(Counter(told).values()) == 1
    assert len(told) >= 59


@pytest.mark.parametrize("day", ["2024-03-31T00:20:00+00:00", "2024-10-27T00:20:00+00:00"])
def test_promises_hold_when_clocks_change_in_mid_cadence(day: str) -> None:
    start = datetime.fromisoformat(day)
    shift = start.astimezone(UTC) - NOON
    told = history(*(s.model_copy(update={"at": s.at + shift}) for s in ORDINARY.statements))
    outcome = played(told, zone="Europe/London")
    assert (outcome.broken, outcome.ours) == (0, Counter())
    assert outcome.made > 0


def test_until_stops_the_clock() -> None:
    rows = played(ORDINARY, until=NOON + 60 * MINUTE).rows
    assert max(row.at for row in rows) <= NOON + 60 * MINUTE
    assert "recovery" not in kinds(*rows)


def test_maintenance_is_no_failure() -> None:
    outcome = played(history(said(0, "Scheduled"), planned=True))
    assert (outcome.incidents, outcome.left_out, outcome.rows) == (0, 1, [])


def test_what_is_spoilt_is_found() -> None:
    """A check that cannot fail is none."""
    many = [
        history(
            *(s.model_copy(update={"at": s.at + n * 200 * MINUTE}) for s in ORDINARY.statements),
            id=f"gh-{n}",
        )
        for n in range(6)
    ]
    outcome = played(*many, spoiling=Spoiling(one_in=2))
    assert outcome.ours["value-without-source"] > 0
    assert outcome.ours["time-differs"] > 0
    assert outcome.broken > 0


def test_the_same_histories_give_the_same_rows_to_the_byte() -> None:
    """Law 13."""
    first, second = played(ORDINARY).rows, played(ORDINARY).rows
    assert [r.as_json() for r in first] == [r.as_json() for r in second]


def test_the_published_schema_is_that_of_the_rows() -> None:
    """Whoever reads messages.jsonl by it reads what is written."""
    published = Path(api.replay.__file__).parent / "messages.schema.json"
    assert json.loads(published.read_text(encoding="utf-8")) == schema()
    assert set(schema()["required"]) == {
        *("incident", "kind", "audience", "language", "channel", "recipient", "at", "phase"),
        *("subject", "body", "short", "values", "promised_at", "template", "reason"),
    }
