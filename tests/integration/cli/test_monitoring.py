"""`heliograph maintenance`, `webhooks` and `alerts`, as a person uses them on a folder without a server."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from .commands import run

PAYLOADS = Path(__file__).parents[2] / "payloads"
DIRECTORY = """
services:
  - {id: crm, name: {zh: 客户系统, en: CRM}}
"""


def test_maintenance_is_planned_moved_and_cancelled(tmp_path: Path) -> None:
    """Each step says what became of it, and a wrong one why."""
    (tmp_path / "directory.yaml").write_text(DIRECTORY, encoding="utf-8")
    assert run("directory", "load", "directory.yaml", folder=tmp_path).returncode == 0
    starts = datetime.now(UTC) + timedelta(days=3)
    ends = (starts + timedelta(hours=2)).isoformat()
    options = ("--service", "crm", "--starts", starts.isoformat(), "--ends", ends)
    planned = run("maintenance", "plan", "Upgrade", *options, "--number", "CHG-7", folder=tmp_path)
    assert (planned.returncode, planned.stderr.strip()) == (0, "planned: CHG-7")
    assert "CHG-7" in run("maintenance", "list", folder=tmp_path).stdout
    over = (starts - timedelta(hours=1)).isoformat()
    assert run("maintenance", "move", "CHG-7", "--ends", ends, folder=tmp_path).returncode == 0
    nobody = run("maintenance", "move", "CHG-8", "--ends", over, folder=tmp_path)
    assert (nobody.returncode, "no ticket CHG-8" in nobody.stderr) == (1, True)
    assert run("maintenance", "cancel", "CHG-7", folder=tmp_path).returncode == 0
    assert "Nothing is planned." in run("maintenance", "list", folder=tmp_path).stderr


def test_a_mapping_is_tried_by_name_and_as_a_file(tmp_path: Path) -> None:
    """What it would become is JSON; a fault is a sentence with its field."""
    payload = str(PAYLOADS / "zabbix.json")
    done = run("webhooks", "try", "zabbix", payload, folder=tmp_path)
    assert json.loads(done.stdout)["alerts"][0]["title"].startswith("CRM: login time")
    mine = tmp_path / "mine.yaml"
    mine.write_text("version: 1\nentries: [{alert: {fingerprint: payload.nothing, status: payload.a, title: payload.b}}]")  # fmt: skip
    refused = run("webhooks", "try", str(mine), payload, folder=tmp_path)
    assert refused.returncode == 1
    assert "the payload has no 'nothing'" in refused.stderr
    assert run("webhooks", "try", "zabbix", "missing.json", folder=tmp_path).returncode == 1
    assert "grafana" in run("webhooks", "mappings", folder=tmp_path).stdout


def test_alerts_are_listed(tmp_path: Path) -> None:
    """None at first; a kind that is none is refused."""
    assert "No alert is firing." in run("alerts", folder=tmp_path).stderr
    assert run("alerts", "everything", folder=tmp_path).returncode == 1


def test_a_plan_beside_another_is_taken_with_a_word_about_it_and_one_that_is_over_is_not(
    tmp_path: Path,
) -> None:
    """Two teams may agree on that; what is past can be announced to nobody."""
    (tmp_path / "directory.yaml").write_text(DIRECTORY, encoding="utf-8")
    run("directory", "load", "directory.yaml", folder=tmp_path)
    starts = datetime.now(UTC) + timedelta(days=3)

    def plan(number: str, after: timedelta) -> str:
        since, until = starts + after, starts + after + timedelta(hours=2)
        options = ("--starts", since.isoformat(), "--ends", until.isoformat(), "--number", number)
        of_it = ("maintenance", "plan", "Upgrade", "--service", "crm")
        return run(*of_it, *options, folder=tmp_path).stderr.strip()

    assert plan("CHG-7", timedelta()) == "planned: CHG-7"
    assert plan("CHG-8", timedelta(hours=2)) == "planned: CHG-8"
    assert plan("CHG-9", timedelta(hours=1)).splitlines() == [
        "planned: CHG-9",
        "at the same time as CHG-7, CHG-8, for the same service: see whether that is meant",
    ]
    assert "this one is over already" in plan("CHG-5", timedelta(days=-9))
