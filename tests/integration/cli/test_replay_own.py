"""A ticket of our own again from the command line: what would be another one, and what cannot be known, in words."""

from __future__ import annotations

from pathlib import Path

from tests.integration.replay.own_stories import family, recurring, reviewed, told

from .commands import answer, run

SECRET = {"HELIOGRAPH_SECRET_KEY": "a secret of the tests, and of nothing else"}
OUTAGE = {
    **SECRET,
    "HELIOGRAPH_DESK_NAME": "IT 服务台",
    "HELIOGRAPH_DESK_PHONE": "6000",
    "HELIOGRAPH_ZONE": "Asia/Shanghai",
    "HELIOGRAPH_PUBLIC_URL": "https://it.example.org",
}


def test_a_ticket_that_was_taken_away_is_played_with_its_failure(tmp_path: Path) -> None:
    """Nothing differs, and it says with which tickets that was found."""
    with told(family, tmp_path / "var"):
        pass
    shown = run("replay", "--incident", "INC-2", folder=tmp_path, **OUTAGE)
    assert (shown.returncode, shown.stdout.split()) == (0, ["messages", "that", "stay", "2"])
    assert "hang together with it: INC-9602, INC-77, INC-1, INC-3" in shown.stderr
    assert "No message would be another one." in shown.stderr


def test_what_cannot_be_known_says_why_at_its_row(tmp_path: Path) -> None:
    """In words, and in both languages for programs."""
    with told(recurring, tmp_path / "var"):
        pass
    shown = run("replay", "--incident", "T-3", folder=tmp_path, **SECRET)
    assert "? unclear: recurrence_alert to Mary (person:pm.en, mail), 2026-09-07 03:00 UTC" in (
        shown.stdout
    )
    assert "    It rests on other tickets, which are not played with this one" in shown.stdout
    found = answer("replay", "--incident", "T-3", folder=tmp_path)
    [chinese] = {change["note"]["zh"] for change in found["changes"]}
    assert chinese == "这条通知取决于没有一起重放的其他工单，无法判断是否会同样发出。"


def test_subscribers_are_left_out_and_that_is_said(tmp_path: Path) -> None:
    with told(reviewed, tmp_path / "var"):
        pass
    shown = run("replay", "--incident", "INC-9602", folder=tmp_path, **OUTAGE)
    assert "subscriber:" not in shown.stdout
    assert "? unclear: action_overdue to ops" in shown.stdout
    assert "subscribers of the public page are left out (5)" in shown.stderr
