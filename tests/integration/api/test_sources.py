"""On which tickets may a token act that names its sources? On theirs; others are not there for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.ports import Alarm
from tests.unit.flow.desk import START, opened

from .conftest import BATCH, Api, report

CHAT = {"text": "[10:32] Chen Li: it is full\n"}
OPINION = {"opinion": "solved"}


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """S-1 of the desk, S-2 of another source, and S-3 of both; a conversation and messages on each."""
    folder: Path = tmp_path_factory.mktemp("sources")
    with opened(folder) as desk:
        found = Api(desk)
        both = [
            *(report("S-1"), report("S-2", source="other"), report("S-3")),
            report("S-3", source="other", id="again"),
        ]
        every = found.token("events:write", sources=("*",))
        assert found.send(both, media_type=BATCH, token=every).status_code == 202
        desk.settle()
        acting = found.token("act", sources=())
        for number in ("S-1", "S-2"):
            added = found.post(f"/api/v1/incidents/{number}/conversations", CHAT, acting)
            assert added.status_code == 201
        yield found


def acts(api: Api, number: str) -> list[tuple[str, str, Any]]:
    """Everything that can be done about a ticket: method, address, body."""
    incident = api.desk.app.queries.incident(number)
    assert incident is not None
    communication = api.desk.app.queries.communications(incident.id)[0].id
    message = api.desk.app.queries.messages(incident_id=incident.id)[0].id
    [kept, *_] = api.desk.app.summarising.conversations.of(incident.id)
    of_it, log = f"/api/v1/incidents/{number}", f"/api/v1/incidents/{number}/conversations"
    return [
        ("POST", f"{of_it}/reopen", {}),
        ("POST", f"{of_it}/approvals", {"approvers": [{"id": "chen.li"}], "what": "x"}),
        ("POST", f"{of_it}/approvals/apr_1/decide", {"approved": True, "by": "chen.li"}),
        ("POST", f"{of_it}/approvals/apr_1/withdraw", {}),
        ("POST", f"{of_it}/approvals/apr_1/substitute", {"of": "chen.li", "to": "liu.min"}),
        ("POST", f"{of_it}/attach", {"incident": "S-3"}),
        ("POST", f"{of_it}/detach", None),
        ("POST", f"{of_it}/report", {}),
        ("POST", f"{of_it}/report/actions", {"text": "x", "owner": "chen.li", "due": "2026-09-01"}),
        ("POST", f"{of_it}/report/actions/act_1", {"revision": 1}),
        ("POST", f"{of_it}/report/announce", {"review_by": "2026-09-01T10:00:00Z"}),
        ("POST", f"{of_it}/report/publish", {}),
        ("POST", f"{of_it}/articles/art_1/opinion", OPINION),
        ("POST", f"{of_it}/causes", {"candidate": "c", "decision": "undone"}),
        ("GET", f"{of_it}/causes", None),
        ("POST", log, CHAT),
        ("GET", log, None),
        ("GET", f"{log}/{kept.id}", None),
        ("GET", f"{log}/{kept.id}/files", None),
        ("DELETE", f"{log}/{kept.id}", None),
        ("POST", f"{of_it}/summaries", {"audience": "technician", "language": "en"}),
        ("POST", f"{of_it}/summaries/sum_1/check", {"text": "x"}),
        ("POST", f"{of_it}/summaries/sum_1/edit", {"text": "x"}),
        ("POST", f"{of_it}/summaries/sum_1/release", {}),
        ("POST", f"{of_it}/summaries/sum_1/send", {"version": 1}),
        ("POST", f"{of_it}/summaries/sum_1/discard", {}),
        ("POST", f"/api/v1/communications/{communication}/release", {"reason": "x"}),
        ("POST", f"/api/v1/communications/{communication}/discard", {"reason": "x"}),
        ("POST", f"/api/v1/communications/{communication}/veto", {"reason": "x"}),
        ("POST", f"/api/v1/communications/{communication}/retry", None),
        ("POST", f"/api/v1/messages/{message}/resend", None),
        ("POST", f"/api/v1/messages/{message}/give-up", None),
    ]


def asked(api: Api, act: tuple[str, str, Any], token: str) -> Any:
    method, path, body = act
    headers = {"Authorization": f"Bearer {token}"}
    return api.client.request(method, path, json=body, headers=headers)


def test_another_sources_ticket_is_not_there(api: Api) -> None:
    """Each act is answered as one on a ticket that nobody knows, to the word; nothing is changed."""
    token = api.token("act", sources=("desk",))
    incident = api.desk.app.queries.incident("S-2")
    assert incident is not None
    before = api.desk.app.queries.stream(incident.id)
    for act in acts(api, "S-2"):
        answer = asked(api, act, token)
        assert answer.status_code == 404, act
    # What is wrong is said alike of a ticket of others and of none: whose tickets the token acts on.
    bound = "of the sources that this token acts on: desk"
    assert f"no ticket S-2 {bound}" in asked(api, acts(api, "S-2")[0], token).text
    assert f"no ticket S-9 {bound}" in api.post("/api/v1/incidents/S-9/reopen", {}, token).text
    assert api.desk.app.queries.stream(incident.id) == before


def test_every_act_on_a_ticket_is_among_them(api: Api) -> None:
    """Whoever adds one adds it here."""
    of_tickets = ("/incidents/{name}/", "/communications/{name}/", "/messages/{name}/")
    paths = api.client.get("/openapi.json").json()["paths"]
    acting = {
        path.rpartition("/")[2]
        for path, methods in paths.items()
        if "post" in methods and any(part in path for part in of_tickets)
    }
    of_administrators, changed = {"replay"}, {"{action}"}
    tried = {path.rpartition("/")[2] for how, path, _ in acts(api, "S-2") if how == "POST"}
    assert acting - of_administrators - changed == tried - {"act_1"}


def test_its_own_tickets_are(api: Api) -> None:
    """By whichever number, though another source has the same."""
    token = api.token("act", sources=("desk",))
    own = [act for act in acts(api, "S-1") if act[0] == "GET"]
    assert [asked(api, act, token).status_code for act in own] == [200] * 4
    log = api.post("/api/v1/incidents/S-3/conversations", CHAT, token)
    assert log.status_code == 201
    with api.desk.app.store.read() as tx:
        [desks] = tx.incidents_by_number("desk", ["S-3"]).values()
    assert len(api.desk.app.summarising.conversations.of(desks.id)) == 1


@pytest.mark.parametrize("sources", [(), ("*",), ("desk", "other")])
def test_a_token_that_is_bound_to_no_source_acts_on_all(api: Api, sources: tuple[str, ...]) -> None:
    token = api.token("act", sources=sources)
    assert (
        asked(api, ("GET", "/api/v1/incidents/S-2/conversations", None), token).status_code == 200
    )


def test_an_alarm_about_another_sources_ticket_stays(api: Api) -> None:
    """One about none, or about its own, may be cleared."""
    of = {n: api.desk.app.queries.incident(n) for n in ("S-1", "S-2")}
    with api.desk.app.store.write() as tx:
        for number, incident in of.items():
            assert incident is not None
            tx.raise_alarm(
                Alarm(
                    key=f"k:{number}",
                    code="rule_failed",
                    values={"rule": "r1"},
                    raised_at=START,
                    incident=incident.id,
                )
            )
    token = api.token("act", sources=("desk",))
    assert api.post("/api/v1/alarms/clear?key=k:S-2", None, token).status_code == 404
    assert api.post("/api/v1/alarms/clear?key=k:S-1", None, token).status_code == 200
    left = [a.key for a in api.desk.app.queries.alarms()]
    assert [key for key in left if key.startswith("k:")] == ["k:S-2"]
