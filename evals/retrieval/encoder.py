"""Which encoder judges a set? MiniLM in this process, English alone."""

from __future__ import annotations

from knowledge.encoders.minilm import MiniLM, installed
from knowledge.ports import Encoder


def embedded() -> Encoder:
    """Raises Absent, with a sentence, when its weights are not installed."""
    return MiniLM(installed())
