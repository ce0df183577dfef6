"""What administrators, and nobody else, see of chat models over the API."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.model_ports import Turn
from tests.contract.chatters import Chatter
from tests.contract.test_model_calls import call, keep
from tests.unit.flow.desk import opened

from .conftest import Api

PATHS = ("/api/v1/models", "/api/v1/model-calls", "/api/v1/model-calls/call_1")
TRIAL = "/api/v1/models/model/trial"


@pytest.fixture
def chatter() -> Iterator[Chatter]:
    far = Chatter()
    yield far
    far.close()


@pytest.fixture
def api(tmp_path: Path, chatter: Chatter) -> Iterator[Api]:
    """With one model, which can be reached."""
    settings: dict[str, Any] = {
        "model": "small",
        "model_url": chatter.url,
        "model_tokens_per_day": 1000,
    }
    with opened(tmp_path, **settings) as desk:
        yield Api(desk)


def admin(api: Api) -> dict[str, str]:
    return {"Authorization": f"Bearer {api.token('admin')}"}


def test_only_administrators_see_calls_and_try_models(api: Api, chatter: Chatter) -> None:
    headers = {"Authorization": f"Bearer {api.token('read', 'act', 'events:write')}"}
    for path in PATHS:
        assert api.client.get(path, headers=headers).status_code == 403
        assert api.client.get(path).status_code == 401
    assert api.client.post(TRIAL, headers=headers).status_code == 403
    assert chatter.asked == []


def test_calls_are_listed_without_texts_and_shown_with_them(api: Api) -> None:
    """Newest first, page by page."""
    keep(api.desk.app.store, *(call(f"call_{n}") for n in range(3)))  # type: ignore[arg-type]
    first = api.client.get("/api/v1/model-calls?limit=2", headers=admin(api)).json()
    assert [one["id"] for one in first["calls"]] == ["call_2", "call_1"]
    assert "answer" not in first["calls"][0]
    assert first["calls"][0]["outcome"] == "answered"
    rest = api.client.get(
        "/api/v1/model-calls", params={"after": first["after"]}, headers=admin(api)
    ).json()
    assert [one["id"] for one in rest["calls"]] == ["call_0"]
    assert rest["after"] is None
    shown = api.client.get("/api/v1/model-calls/call_1", headers=admin(api)).json()
    kept = call("call_1").asked
    assert kept is not None
    assert [Turn(**turn) for turn in shown["asked"]] == list(kept)
    assert shown["answer"] == '{"title": "x"}'
    assert api.client.get("/api/v1/model-calls/none", headers=admin(api)).status_code == 404


def test_a_trial_counts_and_its_failure_is_a_sentence(api: Api, chatter: Chatter) -> None:
    chatter.says('{"word": "heliograph"}')
    tried = api.client.post(TRIAL, headers=admin(api)).json()
    assert (tried["answer"], tried["failed"], tried["unfit"]) == (
        *('{"word": "heliograph"}', None, None),
    )
    found = api.client.get("/api/v1/models", headers=admin(api)).json()
    assert found["spent_today"]["tokens"] == 12
    assert found["budgets"]["day"]["tokens"] == 1000
    [model] = found["models"]
    assert (model["step"], model["breaker"]) == ("model", "closed")
    second = api.client.post("/api/v1/models/second_model/trial", headers=admin(api)).json()
    assert "no second_model is set" in second["failed"]
    assert api.client.post("/api/v1/models/template/trial", headers=admin(api)).status_code == 400


def test_without_a_model_there_is_nothing_to_see_and_nothing_fails(tmp_path: Path) -> None:
    with opened(tmp_path) as desk:
        api = Api(desk)
        assert api.client.get("/api/v1/models", headers=admin(api)).json()["models"] == []
        assert api.client.get("/api/v1/model-calls", headers=admin(api)).json()["calls"] == []
