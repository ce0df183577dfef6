"""What is logged helps to find a fault, and holds no secret."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
FAILING = """
import structlog
from api.logs import configure

def broken():
    secret = "hg_" + "x" * 40
    raise RuntimeError("broken")

configure("info", "SHAPE")
try:
    broken()
except RuntimeError as fault:
    structlog.get_logger("test").error("unexpected error", path="/t/…", exc_info=fault)
"""


@pytest.mark.parametrize("shape", ["text", "json"])
def test_a_fault_is_logged_with_its_place_and_without_local_variables(shape: str) -> None:
    script = FAILING.replace("SHAPE", shape)
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "in broken" in done.stderr
    assert "RuntimeError: broken" in done.stderr
    assert "xxxx" not in done.stderr
    assert done.stdout == ""


def test_an_address_cannot_command_the_terminal_that_shows_the_log() -> None:
    script = """
import structlog
from api.logs import configure
configure("info", "text")
structlog.get_logger("test").info("request", path="/\\x1b[31mred\\x00工单", status=404)
"""
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert r"\x1b[31mred\x00工单" in done.stderr
    assert not set(done.stderr) & {"\x1b", "\x00"}
