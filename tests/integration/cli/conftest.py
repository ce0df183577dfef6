"""A real server on a port that was free, ended as an operator ends it."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from .commands import ROOT, surroundings


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[Path]:
    """The folder that it works in."""
    server = subprocess.Popen(
        [sys.executable, str(ROOT / "heliograph.py"), "serve", "--empty", "--port", "0"],
        cwd=tmp_path,
        env=surroundings(tmp_path),
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
