"""`heliograph knowledge import`: folders of files become articles, again and again, whatever is broken."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from .commands import answer, run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a person works, with a handbook beside her."""
    handbook = tmp_path / "handbook"
    (handbook / "vpn").mkdir(parents=True)
    (handbook / "vpn" / "reset.md").write_text(
        "---\ntitle: Reset the VPN token\naudience: everybody\n---\nOpen the portal.", "utf-8"
    )
    (handbook / "打印机.md").write_text("# 打印机卡纸\n\n请打开后盖。", "utf-8")
    (handbook / "outlook.html").write_text("<h1>Outlook crashes</h1><p>Start it anew.</p>", "utf-8")
    return tmp_path


def imported(folder: Path, *more: str, code: int = 0) -> dict[str, Any]:
    done = run("knowledge", "import", *more, "--json", folder=folder)
    assert done.returncode == code, done.stderr
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def listed(folder: Path, *more: str) -> dict[str, dict[str, Any]]:
    found = answer("knowledge", "list", "--limit", "500", *more, folder=folder)
    return {a["external_id"]: a for a in found["articles"]}


def test_a_folder_is_taken_in_once_however_often_it_is_imported(folder: Path) -> None:
    first = imported(folder, "handbook", "--audience", "everybody")
    assert (first["added"], first["unchanged"], first["unreadable"]) == (3, 0, [])
    second = imported(folder, "handbook", "--audience", "everybody")
    assert (second["added"], second["changed"], second["unchanged"]) == (0, 0, 3)
    found = listed(folder)
    assert set(found) == {"vpn/reset.md", "打印机.md", "outlook.html"}
    assert found["打印机.md"]["language"] == "zh"
    assert found["打印机.md"]["title"] == "打印机卡纸"
    assert {a["source"] for a in found.values()} == {"handbook"}


def test_a_file_is_the_same_article_whether_it_or_its_folder_is_named(folder: Path) -> None:
    imported(folder, "handbook/outlook.html")
    assert imported(folder, "handbook")["unchanged"] == 1


def test_without_an_audience_articles_are_for_staff_and_the_command_says_so(folder: Path) -> None:
    """Law 12; the one that says it is for everybody is."""
    done = run("knowledge", "import", "handbook", folder=folder)
    assert done.returncode == 0
    assert done.stdout == ""
    assert "3 added" in done.stderr
    assert "2 of them do not say who may read them" in done.stderr
    assert "--audience everybody" in done.stderr
    found = listed(folder)
    assert found["打印机.md"]["audience"] == ["staff"]
    assert found["vpn/reset.md"]["audience"] == ["everybody"]


def test_a_broken_file_is_told_with_its_place_while_the_others_are_in(folder: Path) -> None:
    (folder / "handbook" / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    (folder / "handbook" / "empty.md").write_bytes(b"")
    done = run("knowledge", "import", "handbook", "nowhere", folder=folder)
    assert done.returncode == 1
    for place in ("broken.pdf", "empty.md", "nowhere"):
        assert f"not read: {place}: " in done.stderr
    assert "3 added" in done.stderr
    assert "Traceback" not in done.stderr
    assert len(listed(folder)) == 3


def test_a_dry_run_sends_nothing_and_needs_no_data(folder: Path) -> None:
    said = imported(folder, "handbook", "--dry-run")
    assert (said["read"], said["without_audience"]) == (3, 2)
    assert not (folder / "var").exists()


def test_what_the_folder_no_longer_has_is_retired_only_when_asked_for(folder: Path) -> None:
    imported(folder, "handbook")
    (folder / "handbook" / "outlook.html").unlink()
    assert imported(folder, "handbook")["retired"] == 0
    assert imported(folder, "handbook", "--prune")["retired"] == 1
    assert set(listed(folder, "--standing", "retired")) == {"outlook.html"}


def test_nothing_is_retired_when_not_everything_could_be_read(folder: Path) -> None:
    """A file that is broken today is not gone."""
    imported(folder, "handbook")
    (folder / "handbook" / "outlook.html").write_bytes(b"")
    said = imported(folder, "handbook", "--prune", code=1)
    assert said["retired"] == 0
    assert "not everything could be read" in said["not_retired"]
    (folder / "empty").mkdir()
    emptied = imported(folder, "empty", "--source", "handbook", "--prune")
    assert (emptied["retired"], "no article" in emptied["not_retired"]) == (0, True)


def test_a_file_alone_is_not_taken_for_all_that_its_source_has(folder: Path) -> None:
    done = run("knowledge", "import", "handbook/outlook.html", "--prune", folder=folder)
    assert done.returncode == 2
    assert "--source" in done.stderr
    assert not (folder / "var").exists()


def test_two_folders_with_the_same_path_do_not_overwrite_each_other(folder: Path) -> None:
    for name in ("a", "b"):
        (folder / name).mkdir()
        (folder / name / "vpn.md").write_text(f"# VPN of {name}\n\nText.", "utf-8")
    said = imported(folder, "a", "b", "--source", "kb", code=1)
    assert (said["added"], said["unreadable"][0]["place"]) == (1, "vpn.md")
    assert "--source of its own" in said["unreadable"][0]["reason"]
    assert imported(folder, "a", "b")["added"] == 2


def test_an_export_in_many_batches_is_taken_in_whole(folder: Path) -> None:
    rows = [{"id": n, "title": f"Article {n}", "body": "字" * 3000} for n in range(450)]
    (folder / "export.json").write_text(json.dumps(rows, ensure_ascii=False), "utf-8")
    (folder / "heliograph.toml").write_text("body_limit = 300000\n", "utf-8")
    said = imported(folder, "export.json", "--source", "desk", "--audience", "everybody")
    assert (said["added"], said["unreadable"]) == (450, [])
    (folder / "export.json").write_text(json.dumps(rows[:300], ensure_ascii=False), "utf-8")
    again = imported(
        folder, "export.json", "--source", "desk", "--audience", "everybody", "--prune"
    )
    assert (again["unchanged"], again["retired"]) == (300, 150)


def test_an_article_over_the_servers_limit_is_told_and_the_others_are_in(folder: Path) -> None:
    (folder / "handbook" / "manual.md").write_text("# Manual\n\n" + "word " * 20_000, "utf-8")
    (folder / "heliograph.toml").write_text("body_limit = 50000\n", "utf-8")
    said = imported(folder, "handbook", code=1)
    assert said["added"] == 3
    assert said["unreadable"][0]["place"] == "manual.md"
    assert "limit of 50000 bytes" in said["unreadable"][0]["reason"]


def test_the_language_can_be_said_for_all(folder: Path) -> None:
    imported(folder, "handbook", "--language", "en")
    assert {a["language"] for a in listed(folder).values()} == {"en"}


@pytest.mark.parametrize(
    ("more", "said", "code"),
    [
        (("--audience", " "), "audience", 2),
        (("--audience", "x" * 65), "audience", 2),
        (("--audience", f"group:{'x' * 65}"), "audience", 1),
        (("--source", "x" * 101), "source", 1),
        (("--source", "a\x07b"), "source", 1),
    ],
)
def test_a_label_or_source_that_cannot_be_is_refused_in_a_sentence(
    folder: Path, more: tuple[str, ...], said: str, code: int
) -> None:
    done = run("knowledge", "import", "handbook", *more, folder=folder)
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/x", "https://", "http://169.254.169.254/"])
def test_an_address_that_is_not_fetched_is_told(folder: Path, url: str) -> None:
    said = imported(folder, url, "handbook", code=1)
    assert said["unreadable"][0]["place"] == url
    assert said["added"] == 3


def test_a_running_server_takes_them_in(serving: Path) -> None:
    (serving / "vpn.md").write_text("# VPN\n\nText.", "utf-8")
    said = imported(serving, "vpn.md", "--source", "kb")
    assert said["added"] == 1
    assert set(listed(serving)) == {"vpn.md"}


def test_a_misspelt_label_is_told_with_its_place_while_the_others_are_in(folder: Path) -> None:
    """One that is said for all is refused before anything is read."""
    wrong = folder / "handbook" / "wrong.md"
    wrong.write_text("---\naudience: everyone\n---\n# Wrong\n\nOpen it.", "utf-8")
    said = imported(folder, "handbook", code=1)
    [one] = said["unreadable"]
    assert (said["added"], one["place"], "'everyone'" in one["reason"]) == (3, "wrong.md", True)
    done = run("knowledge", "import", "handbook", "--audience", "grp:it", folder=folder)
    assert (done.returncode, "group:ID" in done.stderr) == (2, True)
