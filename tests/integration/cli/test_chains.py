"""`heliograph chains` and `heliograph problems`: all that the pages can do with what keeps coming back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.recurring import TITLES, WORKAROUND, directory, weekly
from tests.unit.flow.desk import opened

from .commands import answer, run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """In which three tickets are one chain."""
    with opened(tmp_path / "var") as desk:
        desk.app.acts.load_directory(directory())
        weekly(desk)
        desk.settle()
    return tmp_path


def done(folder: Path, *command: str) -> str:
    """What it says to a person."""
    ended = run(*command, folder=folder)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout + ended.stderr


def chain_in(folder: Path) -> str:
    [chain] = answer("chains", "list", folder=folder)
    return str(chain["id"])


def test_a_chain_is_shown_with_its_cases(folder: Path) -> None:
    said = done(folder, "chains", "show", chain_in(folder))
    assert "proposed" in said
    assert [number in said for number in ("T-1", "T-2", "T-3")] == [True] * 3
    assert TITLES[0] in said


def test_a_refusal_is_taken_back(folder: Path) -> None:
    chain = chain_in(folder)
    done(folder, "chains", "decide", chain, "refused", "--reason", "Three different things")
    assert "Three different things" in done(folder, "chains", "show", chain)
    assert f"{chain}: proposed" in done(folder, "chains", "undo", chain)


def test_a_case_is_parted_by_its_number_and_a_strange_one_is_refused(folder: Path) -> None:
    chain = chain_in(folder)
    wrong = run("chains", "split", chain, "T-9", folder=folder)
    assert wrong.returncode == 2
    assert "T-9 is no case of" in wrong.stderr
    assert "1 of 3 cases" in done(folder, "chains", "split", chain, "T-2")
    left: dict[str, Any] = json.loads(done(folder, "chains", "show", chain, "--json"))
    assert [case["number"] for case in left["cases"]] == ["T-1", "T-3"]


def test_a_problem_gets_an_article_and_is_closed(folder: Path) -> None:
    said = done(folder, "chains", "decide", chain_in(folder), "accepted", "--title", "Gateway")
    number = said.rpartition("problem ")[2].strip()
    done(folder, "problems", "record", number, "--workaround", WORKAROUND)
    assert "draft article: " in done(folder, "problems", "article", number)
    closed = done(folder, "problems", "close", number, "--reason", "The product is gone")
    assert closed.strip() == f"{number}: closed"
