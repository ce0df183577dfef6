"""What administrators see of chat models: how they stand, today's budget, and what was asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.domain.directory import Directory, Language, Person, Role
from pipeline.domain.prose import Step
from pipeline.model_ports import Turn
from tests.contract.test_model_calls import call, keep
from tests.unit.flow.desk import Desk, opened

from .conftest import csrf, signed_in

ATTACK = "<script>alert(1)</script>"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """With a model, five calls of whom one was answered, and most of the day's tokens gone."""
    settings: dict[str, Any] = {
        "model": "small",
        "model_url": "http://127.0.0.1:9/v1",
        "model_tokens_per_day": 1000,
    }
    with opened(tmp_path, public_url="https://help.example.org", **settings) as found:
        people = tuple(
            Person(id=f"{role.value}.{language}", name=role.value, role=role, language=language)
            for role in Role
            for language in ("zh", "en")
        )
        found.app.acts.load_directory(Directory(people=people))
        ticket = found.report().incident_id
        now = found.clock.now()
        purse = f"day:{now.date().isoformat()}"
        asked = (Turn(speaker="human", text=ATTACK),)
        keep(
            found.app.store,  # type: ignore[arg-type]
            call("call_1", at=now, incident=ticket, asked=asked, answer=ATTACK),
            call("call_2", at=now, failed=f"late {ATTACK}", answer=None, asked=None),
            call("call_3", at=now, repeated=True, step=Step.SECOND_MODEL, audience="stakeholder"),
            purses=(purse,),
            calls=1,
            tokens=300,
        )
        keep(
            found.app.store,  # type: ignore[arg-type]
            call("call_4", at=now, purpose="trial", repeated=True),
            call("call_5", at=now, purpose="first_contact", repeated=True),
        )
        yield found


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("is asked", "90.0 % used", "900 / 1,000", "no answer", "known already", "stakeholders", "trial question", "first contact")),
        ("zh", ("使用中", "已用 90.0%", "900 / 1,000", "没有回答", "沿用已有回答", "相关方", "试问", "首次通报")),
    ],
)  # fmt: skip
def test_the_page_tells_budget_breaker_and_calls(
    desk: Desk, language: Language, words: tuple[str, ...]
) -> None:
    """In both languages; what came from outside is no markup."""
    client = signed_in(desk.app, language=language)
    shown = client.get("/models").text
    for word in words:
        assert word in shown
    assert "gauge-nearly" in shown
    assert "T-1" in shown
    assert ATTACK not in shown
    assert ATTACK not in client.get("/models/calls/call_1").text
    assert "alert(1)" in client.get("/models/calls/call_1").text
    assert client.get("/models/calls/call_9").status_code == 404


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_nobody_else_sees_it(desk: Desk, role: Role) -> None:
    """Nor is shown the way."""
    client = signed_in(desk.app, role)
    assert 'href="/models"' not in client.get("/incidents").text
    for path in ("/models", "/models/calls/call_1"):
        assert client.get(path).status_code == 403


def test_without_a_model_the_page_says_how_to_set_one(tmp_path: Path) -> None:
    with opened(tmp_path, public_url="https://help.example.org") as found:
        role = Role.ADMINISTRATOR
        person = Person(id="administrator.en", name="Ada", role=role)
        found.app.acts.load_directory(Directory(people=(person,)))
        assert "HELIOGRAPH_MODEL" in signed_in(found.app).get("/models").text


def test_a_technician_keeps_a_ticket_from_models_and_takes_it_back(desk: Desk) -> None:
    """It stands on the timeline, and counts at once."""
    client = signed_in(desk.app, Role.TECHNICIAN)
    for act, steps, word in (
        ("keep_from_models", (), "kept from chat models"),
        ("let_models_read", (Step.MODEL,), "left to the rules about chat models"),
    ):
        path = f"/incidents/{desk.incident.id}"
        assert f"{path}/acts/{act}" in client.get(path).text
        form = {"csrf": csrf(client), "version": str(desk.incident.version)}
        assert client.post(f"{path}/acts/{act}", data=form).status_code == 303
        found = desk.app.models.steps(audience="requester", incident=desk.incident.id)
        assert found == steps
        assert word in client.get(path).text
