"""Events from a file: all lines are checked first, and nothing is sent that the door would refuse."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .commands import answer, event, run


def test_a_dry_run_sends_nothing_and_needs_no_data(tmp_path: Path) -> None:
    assert answer("ingest", "-", "--dry-run", folder=tmp_path, given=event(1)) == {"checked": 1}
    assert not (tmp_path / "var").exists()


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b"\xff\n", "is not UTF-8"),
        (b'{"id": 1, "id": 2}\n', "line 1: has the key 'id' twice"),
        (b"\n\n{\n", "line 3"),
        (b'{"a": NaN}', "line 1"),
        (("[" * 40).encode(), "line 1"),
        (event(1, time="x").encode() + b"\n[]\n5", "line 3: an event is a JSON object"),
        (
            event(1, "recurred", chain="inc_1", kind="chain", cases=3).encode(),
            "line 1: type: heliograph.ticket.recurred.v1 is what Heliograph itself records",
        ),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_the_line(
    tmp_path: Path, content: bytes, named: str
) -> None:
    (tmp_path / "events.jsonl").write_bytes(content)
    done = run("ingest", "events.jsonl", "--dry-run", folder=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert named in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("file", ["nowhere.jsonl", "."])
def test_a_file_that_cannot_be_read_is_said_in_one_sentence(tmp_path: Path, file: str) -> None:
    done = run("ingest", file, folder=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith(f"heliograph: {file} cannot be read")
    assert len(done.stderr.splitlines()) == 1


def test_a_batch_over_the_servers_limits_goes_in_parts(tmp_path: Path) -> None:
    """Both limits: events in a batch, and bytes in a body."""
    lines = [event(n, title="T", requester={"id": "a"}, description="字" * 8000) for n in range(40)]
    (tmp_path / "heliograph.toml").write_text(
        "batch_limit = 7\nbody_limit = 100000\n", encoding="utf-8"
    )
    sent = answer("ingest", "-", folder=tmp_path, given="\n".join(lines))
    assert sent == {"accepted": 40, "duplicates": 0}


def test_a_line_that_the_door_refuses_is_placed_and_its_batch_is_not_recorded(
    tmp_path: Path,
) -> None:
    unknown = json.dumps(json.loads(event(9, "noted", text="x")) | {"subject": "F-404"})
    done = run("ingest", "-", folder=tmp_path, given="\n".join([event(1), unknown]))
    assert done.returncode == 1
    assert "lines 1 to 2 were refused" in done.stderr
    assert "F-404" in done.stderr
    assert answer("incidents", "list", folder=tmp_path)["incidents"] == []
