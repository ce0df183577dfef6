"""What holds for every test: as many threads in NumPy as the product has, folders in memory where there is room, and
logs as they are without settings."""

from __future__ import annotations

import gc
import os
import shutil
from pathlib import Path

import pytest
import structlog

from . import postgres as postgresql

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
IN_MEMORY, ROOM = Path("/dev/shm"), 4 << 30
# Each transaction is synced to the disk, as it is in the product: a third of the time of all tests.
if os.access(IN_MEMORY, os.W_OK) and shutil.disk_usage(IN_MEMORY).free > ROOM:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(IN_MEMORY))

postgres = postgresql.postgres
"""Here and nowhere else: a file that names a fixture for itself has a cluster for itself."""


def pytest_collection_finish() -> None:
    """All modules and tests stay until the end: nothing looks through them for garbage again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _logs_without_settings() -> None:
    """A command, or a fixture that lives longer than a test, sets them for its whole process."""
    structlog.reset_defaults()
