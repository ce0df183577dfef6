"""`heliograph knowledge`: what people read, and what programs get."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from api.cli import app
from api.cli.knowledge import _show_answer
from api.cli.week_plot import plotted

from .commands import answer, event, run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """With one article, for staff."""
    (tmp_path / "vpn.md").write_text("# Reset the VPN token\n\nOpen the portal.", "utf-8")
    done = run("knowledge", "import", "vpn.md", "--source", "kb", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    return tmp_path


def only(folder: Path) -> dict[str, Any]:
    [found] = answer("knowledge", "list", folder=folder)["articles"]
    return dict(found)


def test_a_search_tells_programs_everything(folder: Path) -> None:
    found = answer("knowledge", "search", "reset the VPN token", folder=folder)
    [first] = found["suggestions"]
    assert first["title"] == "Reset the VPN token"
    assert {"fits", "fits_from", "missing"} <= set(found)
    assert {"probability", "fits", "passage", "matched", "ranks"} <= set(first)


def test_a_search_tells_people_why(folder: Path) -> None:
    done = run("knowledge", "search", "-", folder=folder, given="reset the VPN token")
    assert done.returncode == 0
    for said in ("Reset the VPN token", "%", "why    ", "Open the portal", "words  ", "ranks  "):
        assert said in done.stdout, said


def test_a_search_for_a_person_who_is_not_there_or_for_nothing_is_refused(folder: Path) -> None:
    for arguments, said in ((("vpn", "--for", "ghost"), "ghost"), ((" ",), "is empty")):
        done = run("knowledge", "search", *arguments, folder=folder)
        assert (done.returncode, done.stdout) == (1, "")
        assert said in done.stderr


def suggestion(title: str, probability: float, *, fits: bool) -> dict[str, Any]:
    return {
        "id": "art_1",
        "title": title,
        "probability": probability,
        "fits": fits,
        "passage": {"headings": ["Steps"], "text": "Open it.\n" * 100},
        "matched": ["vpn"],
        "ranks": {"words": 1, "vectors": 3},
    }


def test_that_nothing_fits_is_said_and_the_nearest_are_shown_as_such(
    capsys: pytest.CaptureFixture[str],
) -> None:
    near = suggestion("VPN", 0.21, fits=False)
    _show_answer({"fits": False, "fits_from": 0.5, "missing": ["vectors"], "suggestions": [near]})
    shown = capsys.readouterr()
    first, second, *_ = shown.out.splitlines()
    assert first == "Nothing fits."
    assert "probably do not help" in second
    assert " 21%  VPN" in shown.out
    assert "vectors" in shown.err
    _show_answer({"fits": False, "fits_from": 0.5, "missing": [], "suggestions": []})
    assert capsys.readouterr().out == "Nothing fits.\n"


def test_those_that_do_not_fit_stand_below_a_line_of_their_own(
    capsys: pytest.CaptureFixture[str],
) -> None:
    both = [suggestion("A\x1b[2J", 1.0, fits=True), suggestion("B", 0.3, fits=False)]
    _show_answer({"fits": True, "fits_from": 0.5, "missing": [], "suggestions": both})
    shown = capsys.readouterr().out
    assert shown.index(" 99%  A") < shown.index("probably do not help") < shown.index("30%  B")
    assert "\x1b" not in shown
    assert "Steps › Open it. Open it." in shown
    assert "…" in shown


def test_an_article_is_put_aside_and_back(folder: Path) -> None:
    id_ = only(folder)["id"]
    [retired] = answer("knowledge", "retire", id_, folder=folder)
    assert (retired["standing"], retired["revision"]) == ("retired", 2)
    found = answer("knowledge", "search", "reset the VPN token", folder=folder)
    assert found["suggestions"] == []
    [restored] = answer("knowledge", "restore", id_, folder=folder)
    assert restored["standing"] == "published"
    back = answer("knowledge", "put-back", id_, "1", folder=folder)
    assert (back["revision"], back["standing"]) == (4, "published")


def test_an_article_is_shown_with_its_text_and_its_changes(folder: Path) -> None:
    done = run("knowledge", "show", only(folder)["id"], folder=folder)
    assert done.returncode == 0
    for said in ("Reset the VPN token", "Open the portal.", "imported", "staff", "revision"):
        assert said in done.stdout, said


@pytest.mark.parametrize("arguments", [("retire", "art_404"), ("put-back", "art_404", "1")])
def test_what_is_not_there_is_refused_in_one_sentence(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    done = run("knowledge", *arguments, folder=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "heliograph: no article art_404\n"


def test_a_revision_that_never_was_is_refused(folder: Path) -> None:
    done = run("knowledge", "put-back", only(folder)["id"], "9", folder=folder)
    assert done.returncode == 1
    assert "has no revision 9" in done.stderr


def test_an_empty_library_says_so(tmp_path: Path) -> None:
    assert "No article matches." in run("knowledge", "list", folder=tmp_path).stderr
    assert "No ticket" in run("knowledge", "use", folder=tmp_path).stderr
    assert "Nothing fits." in run("knowledge", "search", "vpn", folder=tmp_path).stdout


def test_use_is_told_by_week_with_the_empty_weeks_between() -> None:
    days = [
        {"day": "2026-08-24", "searched": 8, "suggested": 4, "solved": 2},
        {"day": "2026-08-30", "searched": 2, "suggested": 1, "solved": 0},
        {"day": "2026-09-07", "searched": 1, "suggested": 1, "solved": 1},
    ]
    head, *weeks = plotted(days)
    assert "solved" in head
    assert [w.split()[:4] for w in weeks] == [
        ["2026-08-24", "10", "5", "2"],
        ["2026-08-31", "0", "0", "0"],
        ["2026-09-07", "1", "1", "1"],
    ]
    assert weeks[0].count("█") == 8
    assert weeks[0].count("▒") == 12
    assert weeks[0].count("·") == 20
    assert weeks[2].count("█") == 4


def test_a_day_that_is_none_is_refused(folder: Path) -> None:
    done = run("knowledge", "use", "--since", "yesterday", folder=folder)
    assert done.returncode == 1
    assert "since" in done.stderr


def test_use_counts_the_tickets_that_were_searched_for(folder: Path) -> None:
    run("ingest", "-", folder=folder, given=event(1))
    assert isinstance(answer("knowledge", "use", "--since", "2026-01-01", folder=folder), list)


@pytest.mark.parametrize("command", ["import", "search", "list", "show", "retire", "use"])
def test_the_help_of_each_command_names_its_options(command: str) -> None:
    done = CliRunner().invoke(app, ["knowledge", command, "--help"])
    assert done.exit_code == 0
    assert "--json" in done.output
