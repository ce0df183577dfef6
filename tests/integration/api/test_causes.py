"""Possible causes and changes over the API: told, looked at, confirmed, ruled out, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from pipeline.domain.directory import Bilingual, Directory, Names, Service
from pipeline.domain.errors import WrongState
from tests.contract.stores import together
from tests.unit.flow.desk import opened

from .conftest import Api

CAUSE = {"zh": "新的会话存储把连接数用尽", "en": "the new session store used up all connections"}


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    with opened(tmp_path_factory.mktemp("causes")) as desk:
        services = (
            Service(id="crm", name=Names(zh="客户系统", en="CRM"), depends_on=("crm-db",)),
            Service(id="crm-db", name=Names(zh="客户库", en="CRM database")),
            Service(id="mail", name=Names(zh="邮件", en="Mail"), aliases=("Outlook",)),
        )
        desk.app.acts.load_directory(Directory(services=services))
        yield Api(desk)


def change(api: Api, number: str, ago: float, **more: Any) -> Any:
    at = (api.desk.clock.now() - timedelta(minutes=ago)).isoformat()
    usual = {"source": "ci", "number": number, "services": ["crm"], "what": "x", "at": at}
    token = api.token("events:write", sources=("ci",))
    return api.post("/api/v1/changes", usual | more, token=token)


def acting(api: Api) -> str:
    return api.token("read", "act", "events:write")


def causes(api: Api, number: str) -> Any:
    return api.get(f"/api/v1/incidents/{number}/causes", token=acting(api)).json()


def decide(api: Api, number: str, candidate: str, decision: str, **more: Any) -> Any:
    body = {"candidate": candidate, "decision": decision, **more}
    return api.post(f"/api/v1/incidents/{number}/causes", body, token=acting(api))


@pytest.fixture(scope="module")
def outage(api: Api) -> str:
    """CRM fails ten minutes after a change of it, an hour after another, and two days after a third."""
    change(api, "CHG-1", 10, what="Sign-in of CRM moves to the new session store")
    change(api, "CHG-2", 60, services=["crm-db", "Outlook"], what="Database parameters")
    change(api, "CHG-3", 2880)
    change(api, "CHG-4", 5, services=["wiki"])
    api.desk.accept(
        api.desk.event("reported", "T-9", title="CRM down", requester={"id": "wang"}, service="crm")
    )
    declared = api.desk.event("reported", "T-9") | {
        "type": "heliograph.incident.declared.v1",
        "data": {"severity": "P1", "service": "crm", "impact": "unavailable"},
    }
    api.desk.accept(declared)
    api.desk.settle()
    return "T-9"


def test_changes_on_the_path_come_first_by_likelihood(api: Api, outage: str) -> None:
    """Those of the service and of what it depends on; what a change of another service did is not asked."""
    found = causes(api, outage)
    assert next(one["name"] for one in found["candidates"]) == "CHG-1"
    assert {one["name"] for one in found["candidates"]} == {"CHG-1", "CHG-2", "CHG-3"}
    together = sum(one["probability"] for one in found["candidates"]) + found["unknown"]
    assert together == pytest.approx(1.0, abs=0.01)
    said = {e["code"]: e["sentence"] for e in found["candidates"][0]["speaks_for"]}
    assert "CRM" in said["own_service"]["en"]
    assert "客户系统" in said["own_service"]["zh"]


def test_a_service_is_known_by_what_its_users_call_it(api: Api, outage: str) -> None:
    """The pipeline says Outlook, the register knows mail."""
    (found,) = api.get("/api/v1/changes?service=mail").json()
    assert (found["number"], found["services"]) == ("CHG-2", ["crm-db", "mail"])


def test_what_is_confirmed_is_the_cause_on_record_until_it_is_taken_back(
    api: Api, outage: str
) -> None:
    """With who and when; the phase moves on with it, because no cause is told while one is looked for."""
    key = "change:ci:CHG-1"
    before = api.desk.app.queries.incident(outage)
    assert before is not None
    assert before.major is not None
    assert before.major.cause is None
    done = decide(api, outage, key, "confirmed", cause=CAUSE).json()
    assert (done["verdict"], done["decided"][0]["cause"]) == ("confirmed", CAUSE)
    after = api.desk.app.queries.incident(outage)
    assert after is not None
    assert after.major is not None
    assert after.major.cause is not None
    assert after.major.cause.value == Bilingual.model_validate(CAUSE)
    assert after.major.phase.value == "identified"
    assert decide(api, outage, key, "confirmed", cause=CAUSE).status_code == 409
    back = decide(api, outage, key, "undone").json()
    assert (back["verdict"], back["decided"]) == ("possible", [])
    again = api.desk.app.queries.incident(outage)
    assert again is not None
    assert again.major is not None
    assert again.major.cause is None


def test_no_candidate_is_told_to_anybody(api: Api, outage: str) -> None:
    """Possible causes are for those who work on it: no text names one."""
    api.desk.wait(40)
    told = "\n".join(f"{m.subject}\n{m.text}" for m in api.desk.mail.sent)
    assert told
    assert not any(one in told for one in ("CHG-1", "session store", "CHG-2"))


def test_what_is_ruled_out_needs_a_reason_and_leaves_the_list(api: Api, outage: str) -> None:
    """It can be taken back; nothing is decided twice, and nothing that nobody proposed."""
    key = "change:ci:CHG-2"
    assert decide(api, outage, key, "ruled_out").status_code == 409
    done = decide(api, outage, key, "ruled_out", reason="it touched reports alone").json()
    assert [one["key"] for one in done["ruled_out"]] == [key]
    assert key not in {one["key"] for one in done["candidates"]}
    assert decide(api, outage, key, "ruled_out", reason="again").status_code == 409
    assert decide(api, outage, key, "undone").status_code == 200
    assert decide(api, outage, key, "undone").status_code == 409
    assert decide(api, outage, "change:ci:CHG-99", "ruled_out", reason="x").status_code == 404
    assert decide(api, outage, key, "confirmed").status_code == 400


def test_of_two_who_confirm_at_once_one_is_told(api: Api, outage: str) -> None:
    """Each of them saw the candidate as nobody's."""
    ticket, door = api.desk.app.queries.incident(outage), api.desk.app.causes
    assert ticket is not None

    def confirm(n: int) -> bool:
        try:
            door.confirm(ticket.id, "change:ci:CHG-3", "the disks", by=f"p{n}")
        except WrongState:
            return False
        return True

    assert sorted(together(2, confirm)) == [False, True]
    assert decide(api, outage, "change:ci:CHG-3", "undone").status_code == 200


def test_a_viewer_reads_no_quoted_lines(api: Api, outage: str) -> None:
    """Lines of conversations are for those who work on the ticket: reading alone does not open this."""
    token = api.token("read")
    assert api.get(f"/api/v1/incidents/{outage}/causes", token=token).status_code == 403


def test_a_change_is_told_again_rolled_back_and_refused_when_little_is_known(api: Api) -> None:
    """The same once more changes nothing; a rollback needs the number alone; the first word needs the rest."""
    first = change(api, "CHG-7", 30, services=["wiki"])
    assert change(api, "CHG-7", 30, services=["wiki"]).json() == first.json()
    bare = {"source": "ci", "number": "CHG-7", "state": "rolled_back"}
    token = api.token("events:write", sources=("ci",))
    back = api.post("/api/v1/changes", bare, token=token).json()
    assert (back["state"], back["services"]) == ("rolled_back", ["wiki"])
    unknown = api.post("/api/v1/changes", bare | {"number": "CHG-8"}, token=token)
    assert (unknown.status_code, unknown.json()["errors"][0]["field"]) == (400, "data.services")
    foreign = api.post("/api/v1/changes", bare | {"source": "desk"}, token=token)
    assert foreign.status_code == 403


def test_a_ticket_without_a_service_says_what_could_not_be_looked_at(api: Api) -> None:
    """And that the cause is unknown, plainly."""
    api.desk.report("T-10", title="Something is odd")
    found = causes(api, "T-10")
    assert (found["verdict"], found["candidates"], found["unknown"]) == ("unknown", [], 1.0)
    assert "no_service" in found["not_looked_at"]


def test_tickets_of_sources_that_a_token_does_not_reach_are_no_candidates(
    api: Api, outage: str
) -> None:
    """Neither their numbers nor their causes are told, nor is anything decided on them; an open token sees both."""
    desk = api.desk
    # Of one that stays open its reporter is told every half hour of the week.
    over = desk.event("noted", "T-9") | {"data": {}}
    desk.accept(over | {"type": "heliograph.incident.restored.v1"})
    earlier = desk.event(
        "reported", "H-1", title="CRM shows error E-4711", requester={"id": "wang"}, service="crm"
    )
    solved = desk.event("resolved", "H-1", fix_summary="x", cause_confirmed="a secret of H-1")
    for said in (earlier, solved):
        desk.accept(said | {"source": "hr"})
    desk.settle()
    desk.wait(7 * 24 * 60)
    below = desk.event(
        "reported", "H-2", title="CRM database slow", requester={"id": "wang"}, service="crm-db"
    )
    desk.accept(below | {"source": "hr"})
    desk.report("T-11", title="CRM shows error E-4711", requester={"id": "wang"}, service="crm")
    desk.settle()
    path = "/api/v1/incidents/T-11/causes"
    every = api.get(path, api.token("act", sources=())).json()["candidates"]
    assert {"H-1", "H-2"} <= {one["name"] for one in every}
    narrow = api.token("act", sources=("desk",))
    told = api.get(path, narrow)
    assert not any(word in told.text for word in ("H-1", "H-2", "secret"))
    for one in every:
        if one["name"].startswith("H-"):
            body = {"candidate": one["key"], "decision": "confirmed", "cause": CAUSE}
            assert api.post(path, body, narrow).status_code == 404


def test_a_failure_that_came_back_began_with_its_first_symptom(api: Api) -> None:
    """Nine minutes before it began is told as that, however late it came back."""
    began = api.desk.clock.now()
    change(api, "CHG-9", 9, services=["mail"])
    declared = {"severity": "P2", "service": "mail", "started_at": began.isoformat()}
    for type_, data in (("declared", declared), ("restored", {}), ("relapsed", {})):
        event = api.desk.event("noted", "T-R") | {"data": data}
        api.desk.accept(event | {"type": f"heliograph.incident.{type_}.v1"})
        api.desk.wait(30)
    found = next(one for one in causes(api, "T-R")["candidates"] if one["name"] == "CHG-9")
    said = {e["code"]: e["sentence"]["en"] for e in found["speaks_for"]}
    assert said["shortly_before"] == "It was made 9 min before the first symptom."
