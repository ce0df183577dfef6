"""A person can follow the documentation: what it shows works, and what a refusal points at is there."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import html5lib
import pytest

from api.problem_kinds import BY_STATUS, KINDS
from pipeline.domain.made_here import FROM_OUTSIDE

from .conftest import LATER, SINGLE, Api


class _Links(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {value for name, value in attrs if name in ("href", "src") and value}


@pytest.mark.parametrize("slug", list(KINDS))
def test_every_type_of_problem_has_a_page_that_says_what_to_do(api: Api, slug: str) -> None:
    answer = api.client.get(f"/problems/{slug}")
    assert answer.status_code == 200
    html5lib.HTMLParser(strict=False).parse(answer.text)
    assert KINDS[slug].title in answer.text
    assert "What to do" in answer.text


def test_every_status_that_the_framework_answers_has_its_own_type() -> None:
    for status, slug in BY_STATUS.items():
        assert KINDS[slug].status == status


def test_every_link_of_the_documentation_leads_somewhere(api: Api) -> None:
    links = _Links(api.client.get("/docs").text).found
    assert {f"/api/v1/schemas/{type_}" for type_ in FROM_OUTSIDE} <= links
    for link in links:
        assert api.client.get(link, follow_redirects=False).status_code in (200, 303), link


def test_every_endpoint_is_on_the_page_with_a_command_to_copy(api: Api) -> None:
    page = api.client.get("/docs").text
    document = api.client.get("/openapi.json").json()
    for path, item in document["paths"].items():
        for method in item:
            assert f"<b>{method.upper()}</b> {path}</code>" in page, (method, path)
            assert f"curl -X {method.upper()} http://127.0.0.1:8000{path}" in page


def test_every_endpoint_that_needs_a_caller_refuses_one_without_a_token(api: Api) -> None:
    """Default deny, over the whole document: a new door is locked, or is named here."""
    free = {"/healthz", "/readyz", "/api/v1/schemas", "/api/v1/schemas/{type_}"}
    for path, item in api.client.get("/openapi.json").json()["paths"].items():
        for method in item:
            filled = re.sub(r"\{\w+\}", "x", path)
            body = {"x": 1} if method in ("post", "put") else None
            answer = api.client.request(method, filled, json=body)
            if path not in free:
                assert answer.status_code == 401, (method, path, answer.text)
                assert "401" in item[method]["responses"], (method, path)


CLOSING = ("closed", "maintenance_cancelled")


def test_the_examples_of_the_document_are_accepted_as_whole_events(fresh: Api) -> None:
    fresh.desk.clock.set(LATER)
    send = fresh.client.get("/openapi.json").json()["paths"]["/api/v1/events"]["post"]
    examples = send["requestBody"]["content"][SINGLE]["examples"]
    assert {found["value"]["type"] for found in examples.values()} == set(FROM_OUTSIDE)
    token = fresh.token("events:write", sources=("*",))
    at = {"time": LATER.isoformat()}
    declared = next(e["value"] for n, e in examples.items() if n.endswith("declared"))
    fresh.send(declared | at | {"id": "another", "subject": "INC-MAJOR"}, token=token)
    major = fresh.desk.app.queries.incident("INC-MAJOR")
    assert major is not None
    # Whatever closes a ticket has one of its own.
    named = {n: e["value"] for n, e in examples.items()}
    reported = next(value for name, value in named.items() if name.endswith("reported"))
    for n, name in enumerate(n for n in named if n.endswith(CLOSING)):
        named[name] = named[name] | {"subject": f"INC-{n}"}
        fresh.send(reported | at | {"id": f"first-{n}", "subject": f"INC-{n}"}, token=token)
    for name, value in named.items():
        data = value["data"]
        # The id of another ticket is this installation's own.
        data |= {"incident": major.id} if "incident" in data else {}
        answer = fresh.send(value | at, token=token)
        assert answer.status_code == 202, (name, answer.text)


@pytest.mark.parametrize("type_", list(FROM_OUTSIDE))
def test_every_schema_is_self_contained_and_refuses_fields_that_are_unknown(
    api: Api, type_: str
) -> None:
    schema = api.client.get(f"/api/v1/schemas/{type_}").json()
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["additionalProperties"] is False
    names = set(re.findall(r'"\$ref": "#/\$defs/(\w+)"', json.dumps(schema)))
    assert names <= set(schema.get("$defs", {}))
    assert set(schema["examples"][0]) <= set(schema["properties"])


def test_the_types_are_listed_with_a_line_each(api: Api) -> None:
    listed = api.client.get("/api/v1/schemas").json()
    assert set(listed) == set(FROM_OUTSIDE)
    assert all(listed.values())


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nothing", 404),
        ("GET", "/problems/nothing", 404),
        ("GET", "/static/nothing.css", 404),
        ("GET", "/static/../app.py", 404),
        ("GET", "/static/%2e%2e/routes.py", 404),
        ("DELETE", "/api/v1/incidents", 405),
        ("PATCH", "/docs", 405),
    ],
)
def test_what_is_not_there_is_json_for_programs_and_a_page_for_people(
    api: Api, method: str, path: str, status: int
) -> None:
    program = api.client.request(method, path)
    assert (program.status_code, program.json()["status"]) == (status, status)
    assert program.headers["content-type"] == "application/problem+json"
    assert ("allow" in program.headers) is (status == 405)
    person = api.client.request(method, path, headers={"Accept": "text/html,*/*"})
    in_api = path.startswith("/api/")
    expected = "application/problem+json" if in_api else "text/html; charset=utf-8"
    assert (person.status_code, person.headers["content-type"]) == (status, expected)
