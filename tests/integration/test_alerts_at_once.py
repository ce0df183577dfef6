"""Messages of monitors that come at the same moment make one incident, on both databases."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest

from pipeline.domain.alert import Alert
from pipeline.ports import Search
from tests.contract.stores import together
from tests.unit.flow.desk import opened

AT_ONCE = 6


def alert(n: int, status: Literal["firing", "resolved"] = "firing") -> Alert:
    return Alert(fingerprint=f"f{n}", name=f"A{n}", status=status, title="down", group="edge")


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_one_failure_is_one_incident_however_many_report_it_at_once(
    database: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Of six messages one opens it and five join; sent again at once, all of them change nothing."""
    url = "" if database == "sqlite" else request.getfixturevalue("postgres").new_database()
    with opened(tmp_path, database_url=url) as desk:
        take = desk.app.monitoring.alerts.take
        taken = together(AT_ONCE, lambda n: take("mon", [alert(n)]))
        assert sorted(len(t.opened) for t in taken) == [0] * (AT_ONCE - 1) + [1]
        (incident,) = desk.app.queries.incidents(Search()).incidents
        assert len(incident.firing) == AT_ONCE
        again = together(AT_ONCE, lambda n: take("mon", [alert(k) for k in range(AT_ONCE)]))
        assert [t.turns for t in again] == [{"repeated": AT_ONCE}] * AT_ONCE
        ended = together(AT_ONCE, lambda n: take("mon", [alert(n, "resolved")]))
        assert [t.turns for t in ended] == [{"cleared": 1}] * AT_ONCE
        (incident,) = desk.app.queries.incidents(Search()).incidents
        assert (incident.firing, incident.version) == ((), 2 * AT_ONCE)
