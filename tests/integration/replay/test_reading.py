"""Which lines of a file are played, and what is said of the others."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from api.replay.reading import LONGEST_LINE, read
from api.replay.steps import LONGEST_SILENCE, MARGIN
from pipeline.domain.errors import Malformed
from pipeline.domain.major_events import LONGEST_STATEMENT
from pipeline.domain.times import EARLIEST, LATEST

from .histories import NOON, played

SECOND = timedelta(seconds=1)
GOOD = b'{"id": "good", "title": "t"}'


def update(at: object, status: str = "Update", text: str = "We look.") -> dict[str, Any]:
    return {"at": at if isinstance(at, str) else at.isoformat(), "status": status, "text": text}  # type: ignore[attr-defined]


def line(*updates: dict[str, Any], **more: Any) -> bytes:
    usual: dict[str, Any] = {"id": "bad", "title": "t", "impact": "major", "components": ["API"]}
    return json.dumps(usual | {"updates": updates} | more).encode()


def written(folder: Path, *lines: bytes) -> Path:
    file = folder / "history.jsonl"
    file.write_bytes(b"\n".join(lines))
    return file


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (b"{", "is not JSON"),
        (b"[" * 100_000, "is nested deeper than"),
        (b"\xff\xfe", "is not UTF-8 (byte 0)"),
        (b" " * LONGEST_LINE + b"{}", "is longer than"),
        (b"[1]", "the line is no JSON object"),
        (b'{"id": "bad", "id": "bad"}', "has the key 'id' twice"),
        (b'{"id": "bad"}', "title: Field required"),
        (line(update("soon")), "updates.0.at: a time is RFC 3339"),
        (line(update(NOON, text="\ud800")), "a lone surrogate"),
        (line(update(NOON, text="y" * (LONGEST_STATEMENT + 1))), "updates.0.text: is longer than"),
        (line(update(NOON), id="x" * 200), "id: "),
        (line(id=".."), "id: "),
    ],
    ids=[
        *("json", "nesting", "bytes", "long", "list", "key-twice", "no-title", "time"),
        *("surrogate", "long-statement", "long-id", "dots"),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_played(
    tmp_path: Path, bad: bytes, reason: str
) -> None:
    found = read(written(tmp_path, b"", bad, GOOD))
    assert [history.id for history in found.histories] == ["good"]
    [refused] = found.refused
    assert refused.line == 2
    assert reason in refused.reason


FAR = LONGEST_SILENCE + SECOND


@pytest.mark.parametrize(
    ("bad", "where"),
    [
        (line(update(NOON), update(NOON + FAR)), "updates.1.at"),
        (line(update(NOON), update(NOON - FAR)), "updates.1.at"),
        (line(update(NOON), end="9990-01-01T00:00:00Z"), "end"),
        (line(update(NOON), end=(NOON + FAR).isoformat()), "end"),
        (line(update(NOON), end=(NOON - FAR).isoformat()), "end"),
        (line(update(NOON), end=LATEST.isoformat()), "end"),
        (line(update(EARLIEST)), "updates.0.at"),
        (line(update(EARLIEST + MARGIN - SECOND)), "updates.0.at"),
        (line(update(LATEST - MARGIN + SECOND)), "updates.0.at"),
        (line(update(LATEST)), "updates.0.at"),
    ],
    ids=[
        *("gap", "gap-back", "typo", "end", "end-back", "end-edge"),
        *("first", "first-but-one", "last-but-one", "last"),
    ],
)
def test_times_that_nobody_can_have_meant_are_refused_with_what_to_do(
    tmp_path: Path, bad: bytes, where: str
) -> None:
    """They would be played for years, or reach times that the product does not take."""
    [refused] = read(written(tmp_path, bad)).refused
    assert refused.reason.startswith(f"{where}: ")
    assert "correct the time" in refused.reason


@pytest.mark.parametrize(
    "good",
    [
        line(update(EARLIEST + MARGIN)),
        line(update(LATEST - MARGIN)),
        line(update(NOON, "Resolved"), update(NOON + 10 * FAR, "Postmortem")),
        line(update(NOON, "Investigating"), update(NOON, " Resolved "), end=LATEST.isoformat()),
    ],
    ids=["first", "last", "long-over", "unused-end"],
)
def test_what_is_accepted_can_be_played(tmp_path: Path, good: bytes) -> None:
    found = read(written(tmp_path, good))
    assert found.refused == []
    outcome = played(*found.histories)
    assert (outcome.incidents, outcome.broken, dict(outcome.ours)) == (1, 0, {})


def test_an_id_that_stands_twice_is_played_once(tmp_path: Path) -> None:
    found = read(written(tmp_path, GOOD, b"", GOOD))
    assert len(found.histories) == 1
    assert [str(refused) for refused in found.refused] == [
        "line 3: good stands here twice; line 1 is played"
    ]


def test_a_reason_moves_no_cursor(tmp_path: Path) -> None:
    """Terminals obey control characters; a reason may name what stands in the line."""
    [refused] = read(written(tmp_path, b'{"\xc2\x9b2J": 1, "\xc2\x9b2J": 1}')).refused
    assert str(refused).isprintable()


def test_control_characters_of_an_export_are_not_quoted(tmp_path: Path) -> None:
    found = read(written(tmp_path, line(update(NOON, text="We\x00 look."))))
    assert found.histories[0].statements[0].text == "We look."
    assert played(*found.histories).ours == {}


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(Malformed, match="cannot be read"):
        read(tmp_path / "none.jsonl")


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "marked"])
def test_unknown_fields_and_an_editors_mark_do_no_harm(tmp_path: Path, mark: bytes) -> None:
    said = {"at": NOON.isoformat(), "status": "Update", "text": "y", "by": 1}
    content = json.dumps({"id": "a", "title": "t", "provider": "x", "updates": [said]}).encode()
    found = read(written(tmp_path, mark + content))
    assert [history.severity for history in found.histories] == ["P4"]
