"""The real Alertmanager, Debian's, before our door: what it sends is what it sends."""

from __future__ import annotations

import os

import pytest

from evals.bench.monitor import PROGRAMS, Alertmanager, program, running, until

__all__ = ["Alertmanager", "required", "running", "until"]


def required() -> str:
    """Where it is. Skips where it is not installed; in CI that is a failure, or nobody would ever notice."""
    found = program()
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail("CI runs the real Alertmanager: install prometheus-alertmanager")
        pytest.skip("Alertmanager is not installed: none of " + ", ".join(PROGRAMS))
    return found
