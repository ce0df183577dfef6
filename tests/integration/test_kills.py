"""A sender is killed again and again: nothing is lost, and nothing doubled where the far side knows a key."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
KILLS = 8
RUN = """
import dataclasses, json
from evals.bench import kills, sinks
with sinks.{sink}() as sink:
    print(json.dumps(dataclasses.asdict(kills.run(sink, {kills}, seed=7))))
"""


def aftermath(sink: str) -> dict[str, int]:
    # A process of its own: it forks, which one with threads of a test runner must not do.
    done = subprocess.run(
        [sys.executable, "-c", RUN.format(sink=sink, kills=KILLS)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, int] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.timeout(120)
def test_no_webhook_is_lost_whenever_the_sender_is_killed() -> None:
    """Law 3, with a far side that drops a repeated key."""
    after = aftermath("http_sink")
    assert after["messages"] == KILLS * 12
    assert after["lost"] == 0
    assert after["maybe_sent"] == 0
    assert after["strange"] == 0


@pytest.mark.timeout(120)
def test_no_mail_is_lost_or_doubled_whenever_the_sender_is_killed() -> None:
    """Mail cannot be asked again: what may have left waits for a person instead of being sent twice."""
    after = aftermath("smtp_sink")
    assert after["messages"] == KILLS * 12
    assert after["lost"] == 0
    assert after["repeats"] == 0
