"""What holds for every test: as many threads in NumPy as the product has, and logs as they are without settings."""

from __future__ import annotations

import os

import pytest
import structlog

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


@pytest.fixture(autouse=True)
def _logs_without_settings() -> None:
    """A command, or a fixture that lives longer than a test, sets them for its whole process."""
    structlog.reset_defaults()
