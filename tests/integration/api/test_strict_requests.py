"""Every door reads as strictly as the one for events: bodies, addresses and queries."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres import Cluster
from tests.unit.flow.desk import opened

from .conftest import Api, report

DOORS = [
    ("POST", "/api/v1/sign-ins"),
    ("POST", "/api/v1/tokens"),
    ("PUT", "/api/v1/directory"),
    ("PUT", "/api/v1/sources"),
    ("POST", "/api/v1/incidents/T-1/reopen"),
    ("POST", "/api/v1/communications/x/release"),
    ("POST", "/api/v1/knowledge/search"),
    ("POST", "/api/v1/knowledge/articles"),
    ("PUT", "/api/v1/knowledge/articles/x"),
    ("POST", "/api/v1/knowledge/import"),
    ("POST", "/api/v1/knowledge/import/finish"),
    ("POST", "/api/v1/incidents/T-1/articles/x/opinion"),
]
NO_JSON = ["{", "[" * 40 + "]" * 40, "[" * 100_000, '{"name": NaN}', '{"name": "x", "name": "y"}',
           '{"name": "\\ud800"}', b'{"name": "\xff"}', '{"days": ' + "9" * 5000 + "}", ""]  # fmt: skip


def ask(api: Api, method: str, path: str, content: str | bytes, media_type: str) -> tuple[int, str]:
    """Status, and the field at fault."""
    token = api.token("read", "act", "admin")
    headers = {"Authorization": f"Bearer {token}", "Content-Type": media_type}
    answer = api.client.request(method, path, content=content, headers=headers)
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    return answer.status_code, answer.json().get("field", "")


@pytest.mark.parametrize(("method", "path"), DOORS)
@pytest.mark.parametrize("content", NO_JSON, ids=range(len(NO_JSON)))
def test_no_door_takes_what_is_no_plain_json(
    api: Api, method: str, path: str, content: str | bytes
) -> None:
    assert ask(api, method, path, content, "application/json") == (400, "body")


@pytest.mark.parametrize(("method", "path"), DOORS)
@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded"])
def test_no_door_takes_a_body_that_is_not_declared_as_json(
    api: Api, method: str, path: str, media_type: str
) -> None:
    """Another site's form can declare these without asking the browser's leave."""
    assert ask(api, method, path, "{}", media_type) == (415, "content-type")


@pytest.mark.parametrize(("method", "path"), DOORS)
def test_no_door_takes_more_than_the_limit(api: Api, method: str, path: str) -> None:
    content = '"' + "x" * 1_100_000 + '"'
    assert ask(api, method, path, content, "application/json") == (413, "body")


@pytest.mark.parametrize(
    ("method", "path", "content", "field"),
    [
        ("POST", "/api/v1/tokens", '{"name": "x", "scopes": ["read"], "day": 1}', "day"),
        ("POST", "/api/v1/tokens", '{"name": "x", "scopes": ["read"], "days": true}', "days"),
        ("POST", "/api/v1/sign-ins", '{"person": "x", "role": "viewer"}', "role"),
        ("POST", "/api/v1/incidents/T-1/reopen", '{"why": "x"}', "why"),
        ("POST", "/api/v1/incidents/T-1/reopen", '{"reason": null}', "reason"),
        ("PUT", "/api/v1/sources", '[{"name": "x", "owner": "moon"}]', "0.owner"),
        ("PUT", "/api/v1/sources", '[{"name": "x", "thread_token": "a\\nb"}]', "0.thread_token"),
        ("PUT", "/api/v1/sources", '[{"name": "x", "thread_token": "\\u2028"}]', "0.thread_token"),
        ("PUT", "/api/v1/directory", '{"persons": []}', "persons"),
        ("PUT", "/api/v1/directory", '{"people": [{"id": "x"}]}', "people.0.name"),
    ],
)
def test_a_field_that_is_wrong_or_mistyped_is_named(
    api: Api, method: str, path: str, content: str, field: str
) -> None:
    """A mistyped `days` would make a token that never ends."""
    assert ask(api, method, path, content, "application/json") == (400, field)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("state=nosuch", "state.0"),
        ("state=new&state=nosuch", "state.1"),
        ("after=zzz", "after"),
        ("after=2026~inc;", "after"),
        ("limit=501", "limit"),
        ("q=%00", "query"),
    ],
)
def test_a_query_that_means_nothing_is_refused_and_not_answered_with_something_else(
    api: Api, query: str, field: str
) -> None:
    answer = api.get(f"/api/v1/incidents?{query}")
    assert (answer.status_code, answer.json()["field"]) == (400, field)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def either(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Api]:
    cluster: Cluster | None = (
        request.getfixturevalue("postgres") if request.param == "postgresql" else None
    )
    url = cluster.new_database() if cluster else ""
    folder: Path = tmp_path_factory.mktemp(request.param)
    with opened(folder, database_url=url) as desk:
        api = Api(desk)
        api.send(report())
        yield api


@pytest.mark.parametrize("name", ["%00", "T-1%00", "%ED%A0%80", "%27%22", "x" * 3000, "%F0%9F%98%80", "..%2f..%2f"])  # fmt: skip
def test_no_address_brings_either_database_out_of_step(either: Api, name: str) -> None:
    """PostgreSQL takes no NUL, and nothing else may be read as SQL."""
    token = either.token("read", "act", "admin")
    headers = {"Authorization": f"Bearer {token}"}
    for method, path in (
        ("GET", f"/api/v1/incidents/{name}"),
        ("GET", f"/api/v1/incidents?q={name[:200]}&group={name}"),
        ("GET", f"/api/v1/messages/{name}"),
        ("DELETE", f"/api/v1/tokens/{name}"),
        ("GET", f"/api/v1/knowledge/articles/{name}"),
        ("GET", f"/api/v1/knowledge/articles?q={name[:200]}&source={name[:100]}"),
        ("GET", f"/api/v1/knowledge/search?q={name}&for={name[:200]}"),
        ("GET", f"/api/v1/incidents/{name}/articles"),
        ("POST", f"/api/v1/knowledge/articles/{name}/retire"),
        ("POST", f"/api/v1/messages/{name}/resend"),
        ("POST", f"/sign-in/{name}"),
        ("GET", f"/t/{name}"),
    ):
        answer = either.client.request(method, path, headers=headers)
        assert answer.status_code in (200, 400, 401, 404), (method, path, answer.text)


def test_a_nul_in_a_text_is_kept_or_refused_on_either_database(either: Api) -> None:
    title = either.send(report("N-1", data={"title": "a\0b", "requester": {"id": "wang"}}))
    assert (title.status_code, title.json()["field"]) == (400, "data.title")
    long_text = {"title": "ab", "requester": {"id": "wang"}, "description": "a\0b"}
    assert either.send(report("N-2", data=long_text)).status_code == 202
    either.desk.settle()
    assert all("\0" not in message.text for message in either.desk.mail.sent)
