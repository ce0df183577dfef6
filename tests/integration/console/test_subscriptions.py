"""The list of those who asked to be told, and tickets that belong to a major incident, on the console and for
programs."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from pipeline.bootstrap import Heliograph
from pipeline.domain.directory import Address, Role
from pipeline.domain.subscription import Choice, Subscription, SubscriptionState
from tests.acceptance.story import Desk

from .conftest import csrf, signed_in


@pytest.fixture(scope="module")
def told(played: Desk) -> Heliograph:
    """A subscriber, a major incident, and a ticket that belongs to it."""
    app = played.app
    now = app.clock.now()
    address = Address(channel="mail", value="anna@example.net")
    choice = Choice(address=address, language="zh", zone="UTC", services=("mail-client",))
    with app.store.write() as tx:
        tx.save_subscription(
            Subscription(id="sub_1", choice=choice, created_at=now, changed_at=now)
        )
    played.send("incident.declared", "INC-9700", severity="P1", service="mail-client")
    report = {"title": "Cannot open mail", "requester": {"id": "wang.xiaolin"}}
    played.send("reported", "INC-9701", service="mail-client", **report)
    played.send("reported", "INC-9702", **report)
    return app


def standing(app: Heliograph) -> SubscriptionState | None:
    found = app.portal.queries.subscription("sub_1")
    return found.state if found else None


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_list_shows_whom_it_tells_of_what(told: Heliograph, language: str) -> None:
    shown = signed_in(told).get(f"/subscriptions?q=anna&state=active&lang={language}").text
    assert "anna@example.net" in shown
    assert ("邮件客户端" if language == "zh" else "Mail client") in shown
    assert "anna@example.net" not in signed_in(told).get("/subscriptions?q=bert").text


@pytest.mark.parametrize("role", [Role.VIEWER, Role.TECHNICIAN, Role.INCIDENT_MANAGER])
def test_addresses_are_for_administrators_alone(told: Heliograph, role: Role) -> None:
    client = signed_in(told, role)
    assert client.get("/subscriptions").status_code == 403
    assert client.get("/api/v1/subscriptions").status_code == 403
    assert "/subscriptions" not in client.get("/incidents").text


def test_an_administrator_stops_one_and_lets_it_go_on(told: Heliograph) -> None:
    """Each with the page's own value; without it nothing changes."""
    client = signed_in(told)
    assert client.post("/subscriptions/sub_1/suspend").status_code == 403
    assert standing(told) is SubscriptionState.ACTIVE
    value = {"csrf": csrf(client)}
    assert client.post("/subscriptions/sub_1/suspend", data=value).status_code == 303
    assert standing(told) is SubscriptionState.SUSPENDED
    assert "stopped by an administrator" in client.get("/subscriptions?lang=en").text
    client.post("/subscriptions/sub_1/resume", data=value)
    assert standing(told) is SubscriptionState.ACTIVE
    assert client.post("/subscriptions/sub_9/remove", data=value).status_code == 404


def api(
    client: TestClient, method: str, path: str, **body: object
) -> tuple[int, dict[str, object]]:
    headers = {"X-CSRF-Token": csrf(client)}
    answer = client.request(method, f"/api/v1{path}", json=body or None, headers=headers)
    return answer.status_code, answer.json()


def test_programs_read_the_list_and_act_on_it(told: Heliograph) -> None:
    client = signed_in(told)
    status, found = api(client, "GET", "/subscriptions?limit=1")
    assert (status, found["counts"]) == (200, {"active": 1, "suspended": 0})
    assert api(client, "POST", "/subscriptions/sub_1/suspend")[1]["why"] == "by_person"
    assert api(client, "POST", "/subscriptions/sub_1/resume")[1]["state"] == "active"
    hook = {"url": "https://hooks.example.org/x", "language": "en"}
    assert api(client, "POST", "/subscriptions", **hook)[0] == 403
    assert api(client, "DELETE", "/subscriptions/sub_9")[0] == 404


def test_a_major_incident_counts_the_tickets_that_it_saved(told: Heliograph) -> None:
    client = signed_in(told)
    assert "Tickets saved: 1" in client.get("/incidents/INC-9700?lang=en").text
    status, found = api(client, "GET", "/incidents/INC-9700/attached")
    assert (status, found["tickets_saved"]) == (200, 1)
    assert api(client, "GET", "/incidents/INC-9702/attached")[1]["tickets_saved"] == 0


@pytest.mark.parametrize("language", ["zh", "en"])
def test_whoever_is_about_to_declare_a_failure_twice_is_warned(
    told: Heliograph, language: str
) -> None:
    """For a ticket that belongs to an open major incident, or whose service has one; for no other."""
    client = signed_in(told, Role.TECHNICIAN)
    major = version(told, "INC-9700")[0]
    belongs = {
        "zh": "这张工单属于一起进行中的重大事件：",
        "en": "This ticket belongs to a major incident that is open:",
    }[language]
    same = {
        "zh": "同一服务有一起进行中的重大事件：",
        "en": "A major incident of the same service is open:",
    }[language]

    def form(number: str, act: str = "declare") -> str:
        return client.get(f"/incidents/{version(told, number)[0]}/acts/{act}?lang={language}").text

    assert f'{belongs} <a href="/incidents/{major}">INC-9700' in form("INC-9701")
    assert belongs not in form("INC-9701", "classify")
    assert same not in form("INC-9702")
    assert same not in form("INC-9700")
    detached = {"csrf": csrf(client), "version": str(version(told, "INC-9701")[1])}
    client.post(f"/incidents/{version(told, 'INC-9701')[0]}/detach", data=detached)
    assert f'{same} <a href="/incidents/{major}">INC-9700' in form("INC-9701")
    again = {**detached, "version": str(version(told, "INC-9701")[1]), "major": "INC-9700"}
    client.post(f"/incidents/{version(told, 'INC-9701')[0]}/attach", data=again)


def version(app: Heliograph, number: str) -> tuple[str, int]:
    found = app.queries.incident(number)
    assert found is not None
    return found.id, found.version


def test_a_technician_attaches_and_detaches_by_hand(told: Heliograph) -> None:
    """From the page of the ticket; what was out of date is said so."""
    client = signed_in(told, Role.TECHNICIAN)
    name, seen = version(told, "INC-9702")
    given = {"csrf": csrf(client), "version": str(seen), "major": "INC-9700"}
    assert client.post(f"/incidents/{name}/attach", data=given).status_code == 303
    page = client.get(f"/incidents/{name}?lang=en").text
    assert "Belongs to the major incident" in page
    assert "a person said so" in page
    stale = client.post(f"/incidents/{name}/detach", data=given)
    assert "attaching=refused" in stale.headers["location"]
    given["version"] = str(version(told, "INC-9702")[1])
    client.post(f"/incidents/{name}/detach", data=given)
    assert api(client, "GET", "/incidents/INC-9700/attached")[1]["tickets_saved"] == 1
    unknown = client.post(f"/incidents/{name}/attach", data={**given, "major": "INC-1"})
    assert "attaching=unknown" in unknown.headers["location"]


def test_a_program_attaches_and_detaches(told: Heliograph) -> None:
    client = signed_in(told, Role.TECHNICIAN)
    status, found = api(client, "POST", "/incidents/INC-9702/attach", incident="INC-9700")
    assert (status, found["attached_to"]) == (200, version(told, "INC-9700")[0])
    assert api(client, "POST", "/incidents/INC-9702/attach", incident="INC-9701")[0] == 404
    assert api(client, "POST", "/incidents/INC-9702/detach") == (200, {"attached_to": None})
    status, again = api(client, "POST", "/incidents/INC-9702/detach")
    assert (status, again["detail"]) == (409, "ticket INC-9702 is attached to no major incident")


def test_a_viewer_attaches_nothing(told: Heliograph) -> None:
    client = signed_in(told, Role.VIEWER)
    given = {"csrf": csrf(client), "version": "1", "major": "INC-9700"}
    assert client.post("/incidents/INC-9702/attach", data=given).status_code == 403
    assert api(client, "POST", "/incidents/INC-9702/attach", incident="INC-9700")[0] == 403
