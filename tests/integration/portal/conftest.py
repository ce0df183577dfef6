"""Public pages over an installation that played the whole outage, a false alarm and an ordinary ticket."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from tests.acceptance.outage import CRM, crm_outage, false_alarm, outage
from tests.acceptance.story import Desk

BASE = "https://it.example.org"
NOTE = "mailbox of Director Fang is on node db-07.corp"
"""Noted by a technician for colleagues: no public answer may ever hold a word of it."""


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with outage(tmp_path_factory.mktemp("outage")) as found:
        crm_outage(found)
        false_alarm(found)
        found.send("reported", "INC-1", title="Payslip wrong", requester={"id": "li"})
        found.send("incident.declared", "INC-2", severity="P1", impact="degraded", service="crm")
        found.at("15:31").send("noted", "INC-2", text=NOTE, visibility="internal")
        found.send("incident.stated", "INC-2", text="Only leaders decide on the supplier")
        found.at("15:32")
        yield found


@pytest.fixture
def visitor(played: Desk) -> TestClient:
    """Somebody who is not signed in; the workers rest."""
    return TestClient(create_app(played.app), base_url=BASE, follow_redirects=False)


__all__ = ["CRM"]
