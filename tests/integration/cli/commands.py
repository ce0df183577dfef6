"""Commands as a person runs them: in a folder of the test, with none of this machine's settings."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import traceback
from collections.abc import Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

from api.cli import main

ROOT = Path(__file__).parents[3]


def surroundings(folder: Path, **settings: str) -> dict[str, str]:
    """The environment, with the settings of this test alone."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("HELIOGRAPH_")}
    return kept | {"HELIOGRAPH_DATA_DIR": str(folder / "var"), **settings}


def run(
    *arguments: str, folder: Path, given: str = "", **settings: str
) -> subprocess.CompletedProcess[str]:
    """In this process: all that a shell gives and gets, without the seconds that a start takes."""
    said, told = _stream(), _stream()
    environment = surroundings(folder, **settings)
    with (
        _shell(environment, _stream(given)),
        chdir(folder),
        redirect_stdout(said),
        redirect_stderr(told),
    ):
        code = _ended(arguments)
    return subprocess.CompletedProcess(arguments, code, _text(said), _text(told))


def _ended(arguments: tuple[str, ...]) -> int:
    """With which code? What is no exit is a traceback in the shell too."""
    sys.argv = ["heliograph", *arguments]
    try:
        main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except Exception:
        traceback.print_exc()
        return 1
    return 0


@contextmanager
def _shell(environment: dict[str, str], given: TextIOWrapper) -> Iterator[None]:
    before, stdin, arguments = dict(os.environ), sys.stdin, sys.argv
    try:
        os.environ.clear()
        os.environ.update(environment)
        sys.stdin = given
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
        sys.stdin, sys.argv = stdin, arguments


def _stream(text: str = "") -> TextIOWrapper:
    return TextIOWrapper(BytesIO(text.encode()), encoding="utf-8", write_through=True)


def _text(stream: TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()


def started(
    *arguments: str, folder: Path, given: str = "", **settings: str
) -> subprocess.CompletedProcess[str]:
    """As a process of its own."""
    return subprocess.run(
        [sys.executable, str(ROOT / "heliograph.py"), *arguments],
        cwd=folder,
        env=surroundings(folder, **settings),
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
