"""A far side that others wrote: npm's aimock, which speaks as providers of chat models do and fails on wish."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

INSTALLED = Path(__file__).parents[1] / ".venv" / "aimock" / "node_modules" / ".bin"
"""Where `.ci/run` puts it."""
PROGRAM = "llmock"
_LISTENS = re.compile(r"listening on (http://127\.0\.0\.1:\d+)")
Fixture = dict[str, Any]
Mocked = Callable[[list[Fixture]], str]


@pytest.fixture
def aimock(tmp_path: Path) -> Iterator[Mocked]:
    """Starts it with these fixtures, and tells its address. Skips where it is not installed; in CI that is a
    failure, or nobody would ever notice."""
    program = shutil.which(PROGRAM, path=f"{INSTALLED}{os.pathsep}{os.environ.get('PATH', '')}")
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail("CI asks an independent provider: install aimock as .ci/run does")
        pytest.skip("aimock is not installed: see .ci/run")
    running: list[subprocess.Popen[str]] = []

    def start(fixtures: list[Fixture]) -> str:
        file = tmp_path / f"fixtures-{len(running)}.json"
        file.write_text(json.dumps({"fixtures": fixtures}), encoding="utf-8")
        served = subprocess.Popen(
            [program, "--port", "0", "--fixtures", str(file), "--strict"],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        running.append(served)
        assert served.stdout is not None
        for line in served.stdout:
            if (found := _LISTENS.search(line)) is not None:
                return f"{found[1]}/v1"
        raise AssertionError("aimock ended before it listened")

    yield start
    for served in running:
        served.terminate()
        served.communicate(timeout=20)
