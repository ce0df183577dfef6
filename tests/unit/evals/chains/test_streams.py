"""Streams are read however odd they are, made the same by the same seed, and judged by a floor that may not sink."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from evals.chains.judging import Counted, count, garwood, wilson
from evals.chains.playing import played
from evals.chains.rows import Stream, as_json, read
from evals.chains.streams import made, material
from pipeline.recurrence.proposing import Kind
from pipeline.recurrence.signature import Signer
from pipeline.recurrence.watching import Proposed, Watch

OPENED = {"event": "opened", "id": "1", "time": "2026-03-02T08:00:00+01:00"}


def written(folder: Path, *rows: dict[str, Any] | str) -> Path:
    path = folder / "stream.jsonl"
    lines = (row if isinstance(row, str) else json.dumps(row) for row in rows)
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ("{", "not JSON"),
        ("[]", "no event"),
        ({"event": "reopened", "id": "2", "time": "2026-03-02"}, "no event"),
        ({"event": "opened", "time": "2026-03-02"}, "no id"),
        ({"event": "opened", "id": "2"}, "no time"),
        ({"event": "opened", "id": "2", "time": "yesterday"}, "no time"),
        ({**OPENED, "time": "2026-03-03"}, "opened before"),
    ],
)
def test_a_row_that_says_nothing_is_told_and_passed_over(
    tmp_path: Path, row: dict[str, Any] | str, wrong: str
) -> None:
    """It ends no run, and the rest is judged."""
    stream = read(written(tmp_path, OPENED, row))
    assert stream.tickets == 1
    (over,) = stream.passed_over
    assert over.startswith("line 2")
    assert wrong in over


def test_rows_out_of_order_are_put_in_order_and_told(tmp_path: Path) -> None:
    """What came earlier is judged earlier."""
    late = {**OPENED, "id": "2", "time": "2026-03-01T08:00:00Z"}
    stream = read(written(tmp_path, OPENED, late))
    assert [row["id"] for row in stream.rows] == ["2", "1"]
    assert "order" in stream.passed_over[0]


def test_a_stream_without_tickets_is_none(tmp_path: Path) -> None:
    """And says so."""
    with pytest.raises(ValueError, match="no ticket"):
        read(written(tmp_path, "{}", {"event": "change", "time": "2026-03-01"}))


def test_fields_may_be_missing_empty_or_of_another_type(tmp_path: Path) -> None:
    """A ticket without a text, a service that is a number, a change of nothing, a closing without words."""
    rows: list[dict[str, Any] | str] = [
        {**OPENED, "title": None, "text": "", "service": 7, "category": ["a"]},
        {"event": "change", "time": "2026-03-02T09:00:00Z", "service": None},
        {"event": "closed", "id": "1", "time": "2026-03-02T10:00:00Z", "notes": {"a": 1}},
        {"event": "closed", "id": "9", "time": "2026-03-02T10:00:00Z"},
        {**OPENED, "id": "2", "time": "2026-03-02T11:00:00", "title": "x"},
    ]
    found: list[Proposed] = []
    judged = list(played(read(written(tmp_path, *rows)), Watch(signer()), found))
    assert {row["id"] for row, _ in judged} == {"1", "2"}
    assert not found


def test_the_same_seed_makes_the_same_stream() -> None:
    """Rows, chains and manners; another seed makes another."""
    one, again = (made(3, "mixed", 300, held_out=True) for _ in range(2))
    assert (one.rows, one.chain_of, one.kind_of) == (again.rows, again.chain_of, again.kind_of)
    assert list(as_json(one.rows)) != list(as_json(made(4, "mixed", 300, held_out=True).rows))


def test_nothing_that_judges_was_learnt_from() -> None:
    """Names, texts and causes of the held-out failures stand in none of the others."""
    texts = [
        {text for failure in one.failures for text in (*failure["en"], *failure["zh"])}
        | {failure["name"] for failure in one.failures}
        for one in (material(held_out=False), material(held_out=True))
    ]
    assert not texts[0] & texts[1]


@pytest.mark.parametrize(("of", "among", "low", "high"), [(0, 10, 0.0, 0.28), (45, 50, 0.78, 0.96)])
def test_a_share_has_an_interval(of: int, among: int, low: float, high: float) -> None:
    """Wilson's, which stays within 0 and 1."""
    found = wilson(of, among)
    assert found == pytest.approx([low, high], abs=0.01)


def test_a_count_of_rare_ones_has_an_interval() -> None:
    """Garwood's: none seen may be up to 3.7, three seen 0.6 to 8.8."""
    assert garwood(0) == pytest.approx((0.0, 3.69), abs=0.05)
    assert garwood(3) == pytest.approx((0.62, 8.77), abs=0.1)


@cache
def signer() -> Signer:
    return Signer()


@pytest.fixture(scope="module")
def judged() -> tuple[Stream, list[Proposed]]:
    stream, found = made(21, "mixed", 250, held_out=True), list[Proposed]()
    for _ in played(stream, Watch(signer()), found):
        pass
    return stream, found


def test_held_out_chains_come_out(judged: tuple[Stream, list[Proposed]]) -> None:
    """On failures that nothing learnt from: no fewer by their third case, and no more false ones, than this."""
    counted = Counted()
    count(counted, *judged)
    assert counted.by_third >= FLOOR * counted.chains
    assert counted.false <= MOST_FALSE, counted.told_false


def test_wishes_are_suggestions(judged: tuple[Stream, list[Proposed]]) -> None:
    """What only asks for something is never proposed as a failure."""
    stream, proposals = judged
    category = {row["id"]: row["category"] for row in stream.rows if row["event"] == "opened"}
    for one in proposals:
        wishes = sum(category[id_] == "request" for id_ in one.members)
        assert one.kind is Kind.REQUEST or 2 * wishes <= len(one.members)


FLOOR, MOST_FALSE = 0.4, 1
"""Below what was measured; a change that goes under it made things worse."""
