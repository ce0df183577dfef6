"""Whoever administers erases a person, once and for good; what it does to rows is told in `tests/contract`."""

from __future__ import annotations

from typing import Any

from pipeline.domain.directory import Directory, Person

from .conftest import Api, report

PERSON = "/api/v1/directory/people/wang"


def erase(api: Api, *scopes: str) -> Any:
    headers = {"Authorization": f"Bearer {api.token(*scopes)}"}
    return api.client.delete(PERSON, headers=headers)


def test_an_erased_person_is_in_no_answer_any_more(fresh: Api) -> None:
    fresh.send(report("E-1"))
    fresh.desk.settle()
    before = fresh.get("/api/v1/incidents/E-1").text + fresh.get("/api/v1/directory").text
    assert "wang@example.org" in before
    assert erase(fresh, "admin").json() == {"tickets": 1}
    told = fresh.get("/api/v1/incidents/E-1").text + fresh.get("/api/v1/directory").text
    assert '"wang"' not in told
    assert "wang@example.org" not in told
    assert erase(fresh, "admin").status_code == 404


def test_only_who_administers_erases(fresh: Api) -> None:
    fresh.send(report("E-2"))
    for scope in ("read", "act", "events:write"):
        assert erase(fresh, scope).status_code == 403
    assert "wang@example.org" in fresh.get("/api/v1/directory").text


def test_whoever_has_a_slash_in_the_id_can_be_erased_too(fresh: Api) -> None:
    """As ids of other systems have it (`corp/wang`)."""
    wang = Person(id="corp/wang", name="Wang Xiao")
    fresh.desk.app.acts.load_directory(Directory(people=(wang,)))
    headers = {"Authorization": f"Bearer {fresh.token('admin')}"}
    answer = fresh.client.delete("/api/v1/directory/people/corp%2Fwang", headers=headers)
    assert answer.status_code == 200
    assert "corp/wang" not in fresh.get("/api/v1/directory").text
