"""`heliograph models`: what is set, what it took, and whether it answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contract.chatters import Chatter, Reply

from .commands import run


@pytest.fixture
def chatter() -> Iterator[Chatter]:
    far = Chatter()
    yield far
    far.close()


def test_without_a_model_it_says_that_none_is_needed(tmp_path: Path) -> None:
    done = run("models", folder=tmp_path)
    assert done.returncode == 0
    assert "HELIOGRAPH_MODEL" in done.stderr


def test_each_model_is_tried_and_a_useless_one_is_a_failure(
    tmp_path: Path, chatter: Chatter
) -> None:
    """Which a script notices by the exit code; nothing tells the key."""
    chatter.says(Reply(content='{"word": "heliograph"}'), Reply(status=401))
    settings = {
        "HELIOGRAPH_MODEL": "small",
        "HELIOGRAPH_MODEL_URL": chatter.url,
        "HELIOGRAPH_MODEL_KEY": "sk-secret",
        "HELIOGRAPH_SECOND_MODEL": "other",
        "HELIOGRAPH_SECOND_MODEL_URL": chatter.url,
        "HELIOGRAPH_SECOND_MODEL_KEY": "sk-secret",
    }
    done = run("models", "--try", folder=tmp_path, **settings)
    assert done.returncode == 1
    assert "model: answered in" in done.stdout
    assert "401: the key is not accepted" in done.stdout
    assert "no use of: second_model" in done.stderr
    assert "sk-secret" not in done.stdout + done.stderr
    found = json.loads(run("models", "--json", folder=tmp_path, **settings).stdout)
    assert found["spent_today"]["calls"] == 2
