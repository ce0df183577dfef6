"""The console's list of open approvals, its acts, and the page of satisfaction; the API beside them."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from starlette.testclient import TestClient

from pipeline.domain.approvals import ApprovalState
from tests.unit.flow.approvals.approvers import Asking, approval, ask

from .conftest import csrf, link_in, signed_in, visitor


def press(client: TestClient, desk: Asking, what: str, **form: str) -> int:
    usual = {"csrf": csrf(client), "incident": desk.incident.id, "approval": "a1"}
    return client.post(f"/approvals/{what}", data=usual | form).status_code


def test_the_list_says_who_waits_for_whom(desk: Asking) -> None:
    client = signed_in(desk, "technician")
    assert "No approval is open" in client.get("/approvals").text
    ask(desk, "away", effect="No <mail>", cost="CNY 300", by={"id": "chen"})
    shown = client.get("/approvals").text
    for words in ("Move the mailbox", "No &lt;mail&gt;", "CNY 300", "asked by Chen Li", "Sun"):
        assert words in shown
    assert "in the place of Away" in shown
    assert "Your decision" not in shown


def test_an_approver_decides_in_the_console(desk: Asking) -> None:
    ask(desk, "zhao")
    client = signed_in(desk, "zhao")
    assert "Your decision" in client.get("/approvals").text
    assert press(client, desk, "decide", decision="") == 409
    assert press(client, desk, "decide", decision="no", comment="Too dear") == 303
    decision = approval(desk).decision
    assert decision is not None
    assert (decision.value.where, decision.value.comment) == ("console", "Too dear")
    assert press(client, desk, "decide", decision="yes") == 409
    assert approval(desk).state is ApprovalState.REFUSED


def test_nobody_decides_for_another_or_without_the_page(desk: Asking) -> None:
    ask(desk, "zhao")
    client = signed_in(desk, "technician")
    assert press(client, desk, "decide", decision="yes") == 409
    assert press(client, desk, "decide", decision="yes", csrf="guessed") == 403
    viewer = signed_in(desk, "viewer")
    assert press(viewer, desk, "withdraw") == 403
    assert press(viewer, desk, "substitute", of="zhao", to="sun") == 403
    assert approval(desk).is_open


def test_a_technician_names_a_substitute_and_withdraws(desk: Asking) -> None:
    ask(desk, "zhao")
    client = signed_in(desk, "technician")
    assert press(client, desk, "substitute", of="zhao", to="nobody") == 409
    assert press(client, desk, "substitute", of="zhao", to="sun") == 303
    desk.settle()
    assert desk.mail.sent[-1].address == "sun@example.org"
    assert press(client, desk, "withdraw", reason="Not needed") == 303
    assert approval(desk).state is ApprovalState.WITHDRAWN


def test_the_api_asks_decides_withdraws_and_names(desk: Asking) -> None:
    client = signed_in(desk, "technician")
    head = {"X-CSRF-Token": csrf(client)}
    at = f"/api/v1/incidents/{desk.number}/approvals"
    body = {"approvers": [{"id": "zhao"}], "what": "Order a licence", "mode": "all"}
    made = client.post(at, json=body, headers=head)
    assert made.status_code == 200
    name = made.json()["approval"]
    to = {"of": "zhao", "to": "technician"}
    assert client.post(f"{at}/{name}/substitute", json=to, headers=head).status_code == 200
    yes = client.post(f"{at}/{name}/decide", json={"approved": True}, headers=head)
    assert (yes.json()["state"], yes.json()["decided_by"]) == ("approved", "technician")
    again = client.post(f"{at}/{name}/decide", json={"approved": False}, headers=head)
    assert (again.status_code, again.json()["type"].rsplit("/", 1)[-1]) == (409, "wrong-state")
    assert client.post(f"{at}/{name}/withdraw", json={}, headers=head).status_code == 409
    [listed] = client.get(at).json()
    assert listed["places"][0]["holder"] == "technician"


@pytest.mark.parametrize(
    "body",
    [
        {"approvers": [], "what": "x"},
        {"approvers": [{"id": "zhao"}, {"id": "zhao"}], "what": "x"},
        {"approvers": [{"id": "zhao"}], "what": " "},
        {"approvers": [{"id": "zhao"}], "what": "x", "due_by": "tomorrow"},
    ],
)
def test_what_cannot_be_asked_is_refused(desk: Asking, body: dict[str, object]) -> None:
    client = signed_in(desk, "technician")
    head = {"X-CSRF-Token": csrf(client)}
    answer = client.post(f"/api/v1/incidents/{desk.number}/approvals", json=body, headers=head)
    assert answer.status_code == 400
    assert desk.incident.approvals == ()


def test_a_score_is_pressed_shown_and_exported(desk: Asking) -> None:
    """Looking at the link chooses it; a month of silence before lets her be asked."""
    leader = signed_in(desk, "incident_manager")
    assert "Nobody has answered yet" in leader.get("/surveys").text
    desk.wait(31 * 24 * 60)
    desk.send("resolved", fix_summary="Moved the mailbox")
    desk.settle()
    page, client = link_in(desk.mail.sent[-1].text, "v"), visitor(desk)
    for method in ("HEAD", "GET"):
        assert client.request(method, page + "?score=2").status_code == 200
    assert client.post(page, data={"comment": "=1+1"}).status_code == 422
    assert desk.app.deciding.found.scores(desk.clock.now().date()) == []
    for score in ("4", "2", "2"):
        answer = client.post(page, data={"score": score, "comment": "=1+1"})
        assert "recorded" in answer.text
    leader = signed_in(desk, "incident_manager")
    shown = leader.get("/surveys").text
    assert "=1+1" in shown
    assert "Average by week" in shown
    table = leader.get("/surveys.csv")
    [row] = csv.DictReader(StringIO(table.text.lstrip("\ufeff")))
    assert (row["ticket"], row["score"], row["comment"]) == (desk.number, "2", "'=1+1")
    found = leader.get("/api/v1/surveys?low=true").json()
    assert [a["score"] for a in found["answers"]] == [2]
    assert found["scores"][0]["counts"] == [0, 1, 0, 0, 0]
    for path in ("/surveys", "/surveys.csv", "/api/v1/surveys", "/api/v1/surveys/export"):
        assert signed_in(desk, "technician").get(path).status_code == 403


def test_a_technician_asks_with_a_form_and_the_ticket_shows_it(desk: Asking) -> None:
    client = signed_in(desk, "technician")
    path = f"/incidents/{desk.incident.id}/approvals/new"
    form = {"csrf": csrf(client), "what": "Move it", "approvers": "zhao, sun", "mode": "all"}
    for wrong, words in (
        ({"approvers": "zhao nobody"}, "does not know: nobody"),
        ({"approvers": "zhao zhao"}, "each once"),
        ({"what": " "}, "say what is to be approved"),
        ({"due_by": "soon"}, "no time"),
        ({"mode": "some"}, "choose whether"),
    ):
        answer = client.post(path, data=form | wrong)
        assert answer.status_code == 422
        assert words in answer.text
    assert not desk.app.queries.requests(incident_id=desk.incident.id)
    due = {"due_by": "2030-01-02T10:00"}
    assert client.post(path, data=form | due).status_code == 422
    assert client.post(path, data=form).status_code == 303
    desk.settle()
    assert {m.address for m in desk.mail.sent} == {"zhao@example.org", "sun@example.org"}
    shown = client.get(f"/incidents/{desk.incident.id}").text
    assert shown.count("Move it") == 2
    assert len(desk.incident.approvals) == 1
    assert approval(desk, desk.incident.approvals[0].id).asked.value.mode == "all"
