"""The command line: it teaches, refuses in one sentence, and asks the running server when there is one."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]


def run(
    *arguments: str, folder: Path, given: str = "", **settings: str
) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("HELIOGRAPH_")}
    return subprocess.run(
        [sys.executable, str(ROOT / "heliograph.py"), *arguments],
        cwd=folder,
        env=environment | {"HELIOGRAPH_DATA_DIR": str(folder / "var"), **settings},
        input=given,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def answer(*arguments: str, folder: Path, given: str = "") -> Any:
    done = run(*arguments, "--json", folder=folder, given=given)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def event(n: int, type_: str = "reported", **data: Any) -> str:
    said = data or {
        "title": "Mail client crashes",
        "requester": {"id": "ada", "email": "ada@example.org"},
    }
    return json.dumps(
        {
            "specversion": "1.0",
            "id": f"{type_}-{n}",
            "source": "file",
            "type": f"heliograph.ticket.{type_}.v1",
            "subject": f"F-{n}",
            "time": "2026-08-24T10:00:00+08:00",
            "data": said,
        }
    )


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[Path]:
    """A real server on a port that was free."""
    environment = os.environ | {"HELIOGRAPH_DATA_DIR": str(tmp_path / "var")}
    server = subprocess.Popen(
        [sys.executable, str(ROOT / "heliograph.py"), "serve", "--empty", "--port", "0"],
        cwd=tmp_path,
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert server.stderr is not None
    for line in server.stderr:
        if line.startswith("Mails are written"):
            break
    yield tmp_path
    server.send_signal(signal.SIGTERM)
    server.communicate(timeout=20)
    assert server.returncode == 0
    assert not (tmp_path / "var" / "server.json").exists()


@pytest.mark.parametrize("command", [[], ["--help"], ["ingest", "--help"], ["token", "create", "--help"], ["rules", "check", "--help"]])  # fmt: skip
def test_every_help_page_teaches(tmp_path: Path, command: list[str]) -> None:
    done = run(*command, folder=tmp_path)
    assert "Usage" in done.stdout
    assert "heliograph" in done.stdout


def test_a_file_of_events_goes_in_once_however_often_it_is_sent(tmp_path: Path) -> None:
    file = tmp_path / "events.jsonl"
    file.write_text("\n".join([event(1), "", event(2)]) + "\n", encoding="utf-8")
    assert answer("ingest", str(file), "--dry-run", folder=tmp_path) == {"checked": 2}
    assert answer("ingest", str(file), folder=tmp_path) == {"accepted": 2, "duplicates": 0}
    assert answer("ingest", "-", folder=tmp_path, given=file.read_text()) == {
        "accepted": 0,
        "duplicates": 2,
    }
    listed = answer("incidents", "list", folder=tmp_path)
    assert {i["number"] for i in listed["incidents"]} == {"F-1", "F-2"}


def test_wrong_lines_are_named_and_none_is_sent(tmp_path: Path) -> None:
    lines = [event(1), "{", event(2, title=""), event(3)]
    done = run("ingest", "-", folder=tmp_path, given="\n".join(lines))
    assert done.returncode == 1
    assert "line 2" in done.stderr
    assert "line 3" in done.stderr
    assert "data.title" in done.stderr
    assert answer("incidents", "list", folder=tmp_path)["incidents"] == []


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"HELIOGRAPH_PORT": "high"}, "HELIOGRAPH_PORT"),
        ({"HELIOGRAPH_ZONE": "Moon/Base"}, "HELIOGRAPH_ZONE"),
        ({"HELIOGRAPH_DATABASE_URL": "mysql://x"}, "HELIOGRAPH_DATABASE_URL"),
        ({"HELIOGRAPH_WEBHOOK_SECRET": "short"}, "HELIOGRAPH_WEBHOOK_SECRET"),
        ({"HELIOGRAPH_NOSUCH": "1"}, "HELIOGRAPH_NOSUCH"),
        ({"HELIOGRAPH_CONFIG": "nowhere.toml"}, "HELIOGRAPH_CONFIG"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_one_sentence_that_names_it(
    tmp_path: Path, settings: dict[str, str], named: str
) -> None:
    done = run("serve", "--empty", folder=tmp_path, **settings)
    assert done.returncode == 1
    assert named in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_rules_are_checked_with_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("version: 1\nrules:\n  - id: x\n", encoding="utf-8")
    done = run("rules", "check", str(tmp_path), folder=tmp_path)
    assert done.returncode == 1
    assert "a.yaml:3" in done.stderr
    assert (
        run("rules", "check", str(ROOT / "pipeline/policy/packs"), folder=tmp_path).returncode == 0
    )


def test_templates_are_checked_with_file_and_reason(tmp_path: Path) -> None:
    laid = tmp_path / "messages" / "resolution"
    laid.mkdir(parents=True)
    (laid / "requester.en.jinja").write_text("== subject ==\n{{ colour }}\n", encoding="utf-8")
    done = run("templates", "check", str(tmp_path), folder=tmp_path)
    assert done.returncode == 1
    assert "resolution/requester.en.jinja" in done.stderr


def test_a_directory_is_checked_loaded_and_shown(tmp_path: Path) -> None:
    file = tmp_path / "people.yaml"
    file.write_text("people:\n  - {id: ada, name: Ada, role: technician}\n", encoding="utf-8")
    assert run("directory", "load", str(file), "--check", folder=tmp_path).returncode == 0
    assert run("directory", "load", str(file), folder=tmp_path).returncode == 0
    shown = json.loads(run("directory", "show", folder=tmp_path).stdout)
    assert [p["id"] for p in shown["people"]] == ["ada"]
    assert "/sign-in/" in run("sign-in", "ada", folder=tmp_path).stdout
    assert run("sign-in", "nobody", folder=tmp_path).returncode == 1


def test_settings_show_no_secret(tmp_path: Path) -> None:
    done = run("settings", folder=tmp_path, HELIOGRAPH_SECRET_KEY="s" * 40)
    assert "s" * 40 not in done.stdout
    assert "secret_key" in done.stdout


def test_commands_ask_the_running_server_and_a_second_one_is_refused(serving: Path) -> None:
    made = answer("token", "create", "desk", "--scope", "read", folder=serving)
    assert made["secret"].startswith("hg_")
    assert "desk" in [t["name"] for t in answer("token", "list", folder=serving)]
    second = run("serve", "--empty", "--port", "0", folder=serving)
    assert second.returncode != 0
    assert "another Heliograph process" in second.stderr
    assert len(second.stderr.strip().splitlines()) == 1
    assert answer("ingest", "-", folder=serving, given=event(1)) == {"accepted": 1, "duplicates": 0}
    assert answer("waiting", folder=serving)["alarms"] == []
    assert run("reload", folder=serving).returncode == 0


def test_the_file_that_names_the_server_is_for_its_owner_alone(serving: Path) -> None:
    assert (serving / "var" / "server.json").stat().st_mode & 0o777 == 0o600
