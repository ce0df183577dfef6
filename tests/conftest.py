"""What holds for every test: as many threads in NumPy as the product has, and logs as they are without settings."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
import structlog

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


@pytest.fixture(autouse=True)
def _logs_as_they_were() -> Iterator[None]:
    """A command that a test runs sets them for its whole process."""
    before = structlog.get_config()
    yield
    structlog.configure(**before)
