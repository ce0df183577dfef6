"""README's first summary is what comes out of the log that stands above it."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app

README = (Path(__file__).parents[3] / "README.md").read_text("utf-8")


def test_the_first_summary_of_the_readme_is_what_comes_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Word for word; only how long it took is another's."""
    below = README.partition("as `bridge.txt`:")[2]
    log, command, told = re.findall(r"```\n(.*?)```", below, re.DOTALL)[:3]
    (tmp_path / "bridge.txt").write_text(log, "utf-8")
    monkeypatch.chdir(tmp_path)
    made = CliRunner().invoke(app, shlex.split(command)[1:])
    assert _untimed(made.output).splitlines() == _untimed(told).splitlines()


def _untimed(text: str) -> str:
    return re.sub(r"in [\d,]+ ms", "in 0 ms", text).strip()
