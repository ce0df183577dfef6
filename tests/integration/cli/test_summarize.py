"""`heliograph summarize` and `conversations`: as people type them, and what they read."""

from __future__ import annotations

import json
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from typer.testing import CliRunner, Result

from api.cli import app
from api.cli.connection import CommandFailed
from api.cli.summarize import moment, show
from api.resources.summary_telling import shape_of_log
from pipeline.domain.errors import HeliographError
from pipeline.domain.prose import Length, Step
from pipeline.drafting.conversation import LARGEST, LogFile
from pipeline.flow.summaries.alone import Wanted
from pipeline.flow.summaries.brought import Brought
from pipeline.settings import Settings
from pipeline.summary_writing import OfLog, summarise_log
from tests.unit.flow.writers import Plain, Unfit, forbids, writing

from .commands import event, run

CHAT = "[10:32] Chen Li: mbx-07 is full\n[10:40] Wang Xiaolin: \x1b[31mit still crashes\n"


def of_log(text: str = CHAT, role: str = "technician", *, lines: int = 3) -> OfLog:
    wanted = Wanted(
        role=role,
        kind="technician",
        language="en",
        length=Length.NORMAL,
        zone=ZoneInfo("Asia/Shanghai"),
    )
    parts = writing(
        (Step.MODEL, Unfit("half a JSON")), Plain(lines=lines), checks=[forbids("guilty")]
    )
    brought = Brought(files=(LogFile(name="chat.txt", content=text.encode()),), zone=wanted.zone)
    now = moment("2026-08-20T18:00", ZoneInfo("Asia/Shanghai"))
    return summarise_log(brought, wanted, settings=Settings(), now=now, writing=parts)


def test_a_log_alone_is_read_as_of_the_moment_that_is_said() -> None:
    """A bare clock time means that day; nothing is opened and nothing kept."""
    found = of_log()
    assert found.summary.incident is None
    assert [line.at and line.at.isoformat() for line in found.summary.lines] == [
        "2026-08-20T02:32:00+00:00",
        "2026-08-20T02:40:00+00:00",
    ]
    assert [reason.code for reason, _ in found.problems] == [
        "log_hidden_characters",
        "log_day_assumed",
    ]


def test_what_it_rests_on_is_told_as_of_that_moment_too() -> None:
    """Or evidence would carry other days than the sentence beside it."""
    said = shape_of_log(of_log(), "Asia/Shanghai")
    assert said.as_of == moment("2026-08-20T18:00", ZoneInfo("Asia/Shanghai"))


def test_the_text_goes_out_and_what_it_rests_on_beside_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Terminals get no control characters of a log."""
    show(shape_of_log(of_log(), "Asia/Shanghai").model_dump(mode="json"))
    told = capsys.readouterr()
    assert told.out.splitlines() == [
        "What was promised",
        "  Chen Li: mbx-07 is full. [1]",
        "  Wang Xiaolin: [31mit still crashes. [2]",
    ]
    assert "[1] Chen Li, 10:32: mbx-07" in told.err
    assert "model fell: half a JSON" in told.err
    assert "Written by extraction for technician" in told.err
    assert "\x1b" not in told.out + told.err


def test_too_little_is_told_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    show(shape_of_log(of_log(role="public"), "UTC").model_dump(mode="json"))
    told = capsys.readouterr()
    assert told.out == ""
    assert "not enough" in told.err


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HELIOGRAPH_DATA_DIR", str(tmp_path / "var"))
    (tmp_path / "chat.txt").write_text(CHAT, "utf-8")
    (tmp_path / "empty.txt").write_text("", "utf-8")
    return tmp_path


def here(*arguments: str) -> Result:
    """In this process: each start of a program takes its seconds."""
    return CliRunner().invoke(app, list(arguments))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "name a ticket, or a log"),
        (("T-1", "--log", "chat.txt"), "conversations add"),
        (("T-1", "--now", "2026-08-24T18:00"), "for --log alone"),
        (("--log", "nowhere.txt"), "nowhere.txt cannot be read"),
        (("--log", "."), "is a folder"),
        (("--log", "chat.txt", "--now", "yesterday"), "2026-08-24T18:00"),
        (("--log", "chat.txt", "--audience", "boss"), "stakeholder"),
        (("--log", "chat.txt", "--zone", "Mars/Olympus"), "zone"),
        (
            ("--log", "chat.txt", "--now", "2026-08-24T18:00", "--zone", "Mars/Olympus"),
            "zone: is not a time zone",
        ),
        (("--log", "chat.txt", "--format", "telepathy"), "slack"),
        (("--log", "empty.txt"), "no words"),
        (
            ("--log", "chat.txt", "--now", "0001-01-01T00:00", "--zone", "Asia/Shanghai"),
            "before 2000",
        ),
        (("--log", "chat.txt", "--now", "9999-12-31T23:59"), "after 9998"),
        (("--log", "chat.txt", "--now", "9999-12-31T23:59-12:00"), "after 9998"),
        (("--log", "/dev/zero"), "it is no file, but a device"),
        (("--log", "chat.txt", "--log", "/dev/zero"), "it is no file, but a device"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence(
    folder: Path, arguments: tuple[str, ...], words: str
) -> None:
    """And no data folder is made for it."""
    done = here("summarize", *arguments)
    assert isinstance(done.exception, CommandFailed | HeliographError)
    assert words in str(done.exception)
    assert "\n" not in str(done.exception)
    assert done.output == ""
    assert sorted(path.name for path in folder.iterdir()) == ["chat.txt", "empty.txt"]


def test_standard_input_is_read_as_far_as_a_log_may_be_long(folder: Path) -> None:
    done = CliRunner().invoke(app, ["summarize", "--log", "-"], input=b"x" * (LARGEST + 1))
    assert isinstance(done.exception, CommandFailed)
    assert "standard input is too large" in str(done.exception)


def test_a_refusal_is_one_line_and_an_exit_code(tmp_path: Path) -> None:
    done = run("summarize", folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "heliograph: name a ticket, or a log with --log FILE\n"


def test_its_help_teaches() -> None:
    help_ = here("summarize", "--help").output
    for words in ("--audience", "--log", "heliograph summarize INC-9527", "technician"):
        assert words in help_


@pytest.mark.parametrize("model", ["", "openai:some-model"])
def test_a_log_alone_says_that_no_model_is_asked(
    folder: Path, monkeypatch: pytest.MonkeyPatch, model: str
) -> None:
    """In one line beside the text, where one is set."""
    monkeypatch.setenv("HELIOGRAPH_MODEL", model)
    done = here("summarize", "--log", "chat.txt", "--audience", "technician")
    assert done.exception is None, done.exception
    told = [line for line in done.stderr.splitlines() if "HELIOGRAPH_MODEL is set" in line]
    assert len(told) == (1 if model else 0)
    assert "mbx-07" in done.stdout
    assert "no chat model is asked" in " ".join(here("summarize", "--help").output.split())


def test_logs_are_added_listed_shown_and_taken_away(folder: Path) -> None:
    """In their own octets, by their own names."""
    (folder / "events.jsonl").write_text(event(1), "utf-8")
    (folder / "聊天.txt").write_bytes("[10:32] Chen Li: 邮箱满了\n".encode("gb18030"))
    assert here("ingest", "events.jsonl").exception is None
    first = here("conversations", "add", "F-1", "聊天.txt", "--shared")
    name = first.stdout.strip()
    assert "1 line by 1 speaker, read as" in first.stderr
    assert "were read in UTC" in first.stderr
    again = here("conversations", "add", "F-1", "聊天.txt", "--shared")
    assert (again.stdout.strip(), "already" in again.stderr) == (name, True)
    [listed] = json.loads(here("conversations", "list", "F-1", "--json").stdout)
    assert (listed["id"], listed["name"], listed["shared"]) == (name, "聊天.txt", True)
    shown = json.loads(here("conversations", "show", "F-1", name, "--json").stdout)
    assert shown["said"][0]["text"] == "邮箱满了"
    assert here("conversations", "remove", "F-1", name).exception is None
    assert json.loads(here("conversations", "list", "F-1", "--json").stdout) == []
