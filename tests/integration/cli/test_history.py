"""`heliograph history import`: an export becomes the past, again and again, whatever is broken."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from .commands import answer, run

JIRA = (
    "Summary,Issue key,Issue id,Created,Resolved,Resolution,Fix notes\n"
    "VPN shows error 809,IT-77,10077,2025-03-05 14:22,2025-03-05 16:10,Fixed,Opened UDP 500\n"
    "VPN shows error 809,IT-78,10078,2025-03-12 14:22,,Fixed,\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "jira.csv").write_text(JIRA, "utf-16")
    broken = "number,title,opened_at\n1,VPN,2999-01-01\n2,Mail,2025-01-01\n2,Mail,2025-01-01\n"
    (tmp_path / "broken.csv").write_text(broken, "utf-8")
    return tmp_path


def imported(folder: Path, *more: str, code: int = 0) -> dict[str, Any]:
    done = run("history", "import", *more, "--json", folder=folder)
    assert done.returncode == code, done.stderr
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def test_an_export_is_taken_in_once_however_often_it_is_imported(folder: Path) -> None:
    mapped = ("--map", "fix=Fix notes", "--zone", "Asia/Shanghai")
    dry = imported(folder, "jira.csv", *mapped, "--dry-run")
    assert dry["counts"] == {"read": 2}
    assert dry["example"]["fix"] == "Opened UDP 500"
    assert imported(folder, "jira.csv", *mapped)["counts"]["added"] == 2
    again = imported(folder, "jira.csv", *mapped)["counts"]
    assert (again["added"], again["unchanged"]) == (0, 2)


def test_broken_rows_are_told_with_their_lines_and_the_rest_is_taken_in(folder: Path) -> None:
    done = run("history", "import", "broken.csv", "missing.csv", folder=folder)
    assert done.returncode == 1
    assert "line 2: opened_at is in the future" in done.stderr
    assert "line 4: 2 stood there before" in done.stderr
    assert "missing.csv was not read" in done.stderr
    assert "1 added" in done.stderr
    assert answer("history", "list", folder=folder) == []


def test_a_field_that_there_is_not_is_refused(folder: Path) -> None:
    done = run("history", "import", "jira.csv", "--map", "nonsense=x", folder=folder)
    assert done.returncode == 2
    assert "no field" in done.stderr
