"""Whatever somebody names as a file: it is read to its end, or refused at once with one sentence."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from api.named_files import lines_of, octets_of, opened, text_of
from pipeline.domain.errors import Malformed

ROOT = Path(__file__).parents[3]
NO_FILE = "it is no file, but a device, a pipe or a socket"
COMMANDS = (
    ("replay", "{}", "--to", "told"),
    ("ingest", "{}", "--dry-run"),
    ("history", "import", "{}", "--dry-run"),
    ("directory", "load", "{}"),
    ("oncall", "load", "network", "{}", "--fallback", "ops"),
    ("webhooks", "try", "grafana", "{}"),
)


def made(folder: Path, what: str) -> str:
    """A named pipe without a writer, ten gigabytes of holes, a folder, or a device."""
    place = folder / what
    if what == "pipe":
        os.mkfifo(place)
    elif what == "holes":
        with place.open("wb") as file:
            file.truncate(10 * 1024**3)
    elif what == "folder":
        place.mkdir()
    else:
        return what
    return str(place)


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        ("pipe", NO_FILE),
        ("/dev/zero", NO_FILE),
        ("holes", "it is larger than 64 MB"),
        ("folder", "it is a folder"),
        ("/nowhere", "No such file or directory"),
    ],
)
def test_what_has_no_end_is_refused_before_it_is_read(
    tmp_path: Path, what: str, sentence: str
) -> None:
    place = made(tmp_path, what)
    with pytest.raises(Malformed) as refused:
        octets_of(place)
    assert str(refused.value) == f"{place} cannot be read: {sentence}"


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c[0])
def test_no_command_waits_for_a_pipe(tmp_path: Path, command: tuple[str, ...]) -> None:
    """Nobody writes to it."""
    place = made(tmp_path, "pipe")
    done = subprocess.run(
        [sys.executable, "-m", "heliograph", *(part.format(place) for part in command)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    said = done.stdout + done.stderr
    assert done.returncode != 0, said
    assert NO_FILE in " ".join(said.split())
    assert "Traceback" not in said


def handed(content: bytes) -> tuple[int, str]:
    """As a shell hands over the output of a program."""
    ours, theirs = os.pipe()
    os.write(theirs, content)
    os.close(theirs)
    return ours, f"/dev/fd/{ours}"


def test_what_a_shell_hands_over_is_read_as_far_as_a_file_would_be() -> None:
    ours, place = handed("\ufeff值".encode())
    try:
        assert text_of(place) == "值"
    finally:
        os.close(ours)
    ours, place = handed(b"x" * 2000)
    try:
        with pytest.raises(Malformed, match="larger than 1,000 bytes"):
            octets_of(place, 1000)
    finally:
        os.close(ours)


def test_a_pipe_is_refused_where_a_file_is_read_twice() -> None:
    ours, place = handed(b"x")
    try:
        with pytest.raises(Malformed, match=NO_FILE):
            opened(place, 1000, pipes=False)
    finally:
        os.close(ours)


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        (b"", []),
        (b"ab\ncd", [(1, b"ab\n"), (2, b"cd")]),
        (b"abcdefghijkl\nab\n", [(1, b"abcde"), (2, b"ab\n")]),
        (b"abcd\nab", [(1, b"abcd\n"), (2, b"ab")]),
        (b"abcdefghij", [(1, b"abcde")]),
    ],
)
def test_a_line_that_is_too_long_is_cut_and_passed_over(
    tmp_path: Path, content: bytes, lines: list[Any]
) -> None:
    (tmp_path / "lines").write_bytes(content)
    with opened(tmp_path / "lines", 1000) as file:
        assert list(lines_of(file, 4)) == lines
