"""Fixtures: an API over an empty installation, with people and groups to be named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.domain.directory import Customer, Directory, Names, Site
from tests.integration.api.conftest import Api
from tests.unit.flow.desk import opened


@pytest.fixture
def api(tmp_path: Path) -> Iterator[Api]:
    with opened(tmp_path) as desk:
        desk.app.acts.load_directory(
            Directory(
                sites=(Site(id="beijing", name=Names(zh="北京", en="Beijing")),),
                customers=(Customer(id="acme", name=Names(zh="安科", en="Acme")),),
            )
        )
        yield Api(desk)
