"""Who may do what: tokens by scope and source, default deny."""

from __future__ import annotations

import pytest

from pipeline.domain.errors import BadSignature
from tests.unit.flow.desk import START

from .conftest import BATCH, LATER, Api, report

READS = ["/api/v1/incidents", "/api/v1/waiting", "/api/v1/requests", "/api/v1/rules"]
ADMINISTRATION = ["/api/v1/directory", "/api/v1/sources", "/api/v1/tokens", "/api/v1/settings"]


@pytest.mark.parametrize("path", READS + ADMINISTRATION)
def test_without_a_token_nothing_is_told(api: Api, path: str) -> None:
    answer = api.client.get(path)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("given", ["Bearer hg_foreign", "Basic abc", "Bearer", "hg_x"])
def test_a_foreign_token_is_refused(api: Api, given: str) -> None:
    answer = api.client.get(READS[0], headers={"Authorization": given})
    assert answer.status_code == BadSignature.status


@pytest.mark.parametrize(
    ("scope", "allowed"),
    [("read", READS), ("admin", ADMINISTRATION), ("act", []), ("events:write", [])],
)
def test_a_scope_opens_its_own_doors_alone(api: Api, scope: str, allowed: list[str]) -> None:
    token = api.token(scope)
    for path in READS + ADMINISTRATION:
        assert api.get(path, token).status_code == (200 if path in allowed else 403), path


def test_reading_is_not_acting(api: Api) -> None:
    token = api.token("read")
    for path in (
        "/api/v1/incidents/X/reopen",
        "/api/v1/communications/X/release",
        "/api/v1/reload",
    ):
        assert api.post(path, {}, token).status_code == 403


def test_a_token_speaks_for_its_sources_alone(api: Api) -> None:
    """One foreign event in a batch, and nothing of it is kept."""
    token = api.token("events:write", sources=("desk",))
    answer = api.send([report("S-1"), report("S-2", source="other")], media_type=BATCH, token=token)
    assert (answer.status_code, answer.json()["field"]) == (403, "1.source")
    assert api.desk.app.queries.incident("S-1") is None
    any_source = api.token("events:write", sources=("*",))
    assert api.send(report("S-3", source="other"), token=any_source).status_code == 202


def test_an_expired_or_revoked_token_is_refused(fresh: Api) -> None:
    expiring = fresh.token("read", expires_at=LATER)
    revoked = fresh.token("read", revoked_at=START)
    assert fresh.get(READS[0], expiring).status_code == 200
    fresh.desk.clock.set(LATER)
    assert fresh.get(READS[0], expiring).status_code == 401
    assert fresh.get(READS[0], revoked).status_code == 401


def test_a_token_is_made_shown_once_and_revoked(fresh: Api) -> None:
    made = fresh.post("/api/v1/tokens", {"name": "desk", "scopes": ["read"]}).json()
    assert fresh.get(READS[0], made["secret"]).status_code == 200
    listed = fresh.get("/api/v1/tokens").text
    assert made["secret"] not in listed
    administrator = fresh.token("admin")
    revoked = fresh.client.delete(
        f"/api/v1/tokens/{made['id']}", headers={"Authorization": f"Bearer {administrator}"}
    )
    assert revoked.status_code == 200
    assert fresh.get(READS[0], made["secret"]).status_code == 401


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": "x", "scopes": ["everything"]}, "scopes.0"),
        ({"name": "x", "scopes": []}, "scopes"),
        ({"name": "x", "scopes": ["events:write"]}, "sources"),
        ({"scopes": ["read"]}, "name"),
    ],
)
def test_a_token_that_makes_no_sense_is_not_made(api: Api, body: object, field: str) -> None:
    answer = api.post("/api/v1/tokens", body)
    assert (answer.status_code, answer.json()["field"]) == (400, field)


def test_a_directory_is_taken_whole_or_refused_whole(fresh: Api) -> None:
    administrator = {"Authorization": f"Bearer {fresh.token('admin')}"}
    bad = {"people": [{"id": "new", "name": "New"}, {"id": "bad", "name": "B", "addresses": [{"channel": "mail", "value": "x\r\nBcc: y@example.org"}]}]}  # fmt: skip
    answer = fresh.client.put("/api/v1/directory", json=bad, headers=administrator)
    assert (answer.status_code, answer.json()["field"]) == (400, "people.1.addresses.0.value")
    assert fresh.desk.app.queries.person("new") is None


def test_rules_that_do_not_validate_are_refused_and_the_last_good_ones_stay(tmp_path) -> None:  # type: ignore[no-untyped-def]
    from pipeline.policy.loading import SHIPPED, read_rules
    from tests.unit.flow.desk import opened

    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "a.yaml").write_text(read_rules(SHIPPED)["ticket_life.yaml"], encoding="utf-8")
    with opened(tmp_path / "data", rules_dir=rules) as desk:
        api = Api(desk)
        assert api.post("/api/v1/reload").status_code == 200
        (rules / "a.yaml").write_text("version: 1\nrules:\n  - id: x\n", encoding="utf-8")
        answer = api.post("/api/v1/reload")
        assert answer.status_code == 422
        assert answer.json()["field"] == "a.yaml:3"
        assert len(api.get("/api/v1/rules").json()) == 14
    with opened(tmp_path / "data", rules_dir=rules) as again:
        assert len(again.app.library.rules.rules) == 14
        assert [a.code for a in again.app.queries.alarms()] == ["rules_refused_last_good_kept"]
