"""Commands as a person runs them: in a folder of the test, with none of this machine's settings."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]


def surroundings(folder: Path, **settings: str) -> dict[str, str]:
    """The environment, with the settings of this test alone."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("HELIOGRAPH_")}
    return kept | {"HELIOGRAPH_DATA_DIR": str(folder / "var"), **settings}


def run(
    *arguments: str, folder: Path, given: str = "", **settings: str
) -> subprocess.CompletedProcess[str]:
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
