"""An administrator edits, tries, activates and takes back rules; a technician asks why somebody was told, or not."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.auth.visitors import CSRF_HEADER
from pipeline.domain.directory import Directory, Group, Names, Person, Role, Service
from pipeline.domain.wishes import Muting
from pipeline.rules_ports import DryRun
from tests.unit.flow.desk import Desk, opened

from .conftest import csrf, signed_in

ATTACK = "<script>alert(1)</script>"
PAGE = {"Accept": "text/html"}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with opened(tmp_path, public_url="https://help.example.org") as found:
        people = tuple(
            Person(id=f"{role.value}.{language}", name=role.value, role=role, language=language)
            for role in Role
            for language in ("zh", "en")
        )
        found.app.acts.load_directory(Directory(people=people))
        found.report(title=ATTACK)
        found.wait(3)
        yield found


def written(client: TestClient) -> dict[str, str]:
    """What stands in the fields of the editor."""
    page = client.get("/rules/edit").text
    found = re.findall(r'<textarea class="code" name="(file:[^"]+)"[^>]*>\n(.*?)</textarea>', page, re.S)  # fmt: skip
    return {name: html.unescape(text) for name, text in found}


def test_rules_are_edited_checked_kept_and_put_in_force(desk: Desk) -> None:
    """The next event is judged by them; the one who was slower is told so."""
    client = signed_in(desk.app)
    fields = written(client)
    assert "file:ticket_life.yaml" in fields
    changed = fields["file:ticket_life.yaml"].replace("after: 2m", "after: 7m")
    form = fields | {"file:ticket_life.yaml": changed, "csrf": csrf(client)}
    checked = client.post("/rules/edit", data=form | {"check": "1"}).text
    assert "These rules could be put in force." in checked
    answer = client.post("/rules/edit", data=form | {"save": "1", "note": ATTACK})
    assert answer.status_code == 303
    place = answer.headers["location"]
    page = client.get(place).text
    assert "+    after: 7m" in page
    assert ATTACK not in page
    act = {"csrf": csrf(client), "reason": "They asked for fewer", "expected": "1"}
    assert client.post(place, data=act).headers["location"] == "/rules"
    assert "They asked for fewer" in client.get("/rules").text
    assert client.post(place, data=act).status_code == 409
    desk.send("assigned", assignee={"id": "chen"})
    told = {c.kind.value: c for c in desk.communications if c.audience == "requester"}
    assert (told["assignment"].due_at - desk.clock.now()).total_seconds() == 420
    back = {"csrf": csrf(client), "reason": "Too slow", "expected": "2", "to": "before"}
    assert client.post("/rules/versions", data=back).status_code == 303
    assert next(iter(desk.app.rule_keeping.versions.activations())).reason == "Too slow"


def trial_of(version: str, by: str, at: datetime) -> DryRun:
    return DryRun(
        id="dry_1",
        version=version,
        against=version,
        state="failed",
        asked_at=at,
        asked_by=by,
        most=1,
        since=at,
        failed="stopped",
    )


def test_whoever_wrote_activated_or_tried_rules_is_called_by_name(desk: Desk) -> None:
    """On each page that says who; an id is shown of nobody whom the directory knows."""
    client = signed_in(desk.app)
    fields = written(client)
    changed = fields["file:ticket_life.yaml"].replace("after: 2m", "after: 7m")
    form = fields | {"file:ticket_life.yaml": changed, "csrf": csrf(client), "save": "1"}
    place = client.post("/rules/edit", data=form | {"note": "x"}).headers["location"]
    with desk.app.store.write() as tx:
        tx.save_dry_run(trial_of(place.rpartition("/")[2], "administrator.en", desk.clock.now()))
    act = {"csrf": csrf(client), "reason": "They asked for fewer", "expected": "1"}
    assert client.post(place, data=act).status_code == 303
    for page in ("/rules", "/rules/versions", place, "/rules/dry-runs/dry_1"):
        said = client.get(page, headers=PAGE).text
        assert "administrator.en" not in said, page
        assert re.search(r"administrator\b", re.sub(r"<[^>]+>", " ", said)), page


def test_a_service_that_is_not_registered_is_told_before_its_line_counts_and_after(
    desk: Desk,
) -> None:
    """In the editor, over the API, and on the page of what is in force; one that is gone counts as none."""
    gone = Service(id="old", name=Names(zh="旧系统", en="Old CRM"), deleted=True)
    crm = Service(id="crm", name=Names(zh="客户系统", en="CRM"))
    desk.app.acts.load_directory(Directory(services=(gone, crm)))
    client = signed_in(desk.app)
    fields = written(client)
    shipped = "- {count: 5, within: 15m"
    more = "".join(f"- {{service: {s}, count: 3, within: 9m}}\n    " for s in ("crm", "old", "crn"))
    changed = fields["file:major_incident.yaml"].replace(shipped, more + shipped)
    form = fields | {"file:major_incident.yaml": changed, "csrf": csrf(client)}
    checked = client.post("/rules/edit", data=form | {"check": "1"}).text
    told = re.findall(r"major_incident.yaml:\d+</span> ([^<]+)", checked)
    assert [said.split(", which")[0] for said in told] == [
        "confirmation.tickets names the service old",
        "confirmation.tickets names the service crn",
    ]
    place = client.post("/rules/edit", data=form | {"save": "1"}).headers["location"]
    assert "the service crn, which the register does not know" in client.get(place).text
    act = {"csrf": csrf(client), "reason": "Fewer", "expected": "1"}
    assert client.post(place, data=act).status_code == 303
    assert "the service crn, which the register does not know" in client.get("/rules").text


def test_what_is_muted_says_by_name_who_did(desk: Desk) -> None:
    """A name with a sign in it is written once, not twice escaped."""
    odd = Person(id="o.brien", name="Ada O'Brien", role=Role.ADMINISTRATOR)
    team = Group(id="rd", name=Names(zh="研发", en="R&D"))
    crm = Service(id="crm", name=Names(zh="客户系统", en="CRM"))
    desk.app.acts.load_directory(Directory(people=(odd,), groups=(team,), services=(crm,)))
    at = desk.clock.now()
    muting = {"whose": "group", "reader": "rd", "of": "service", "about": "crm", "by": "o.brien"}
    until = at + timedelta(days=7)
    desk.app.own_wishes.mute(Muting.model_validate({**muting, "at": at, "until": until}))
    shown = signed_in(desk.app).get("/mutes").text
    assert "set by Ada O&#39;Brien" in shown
    assert "o.brien" not in shown


def test_a_muted_service_that_is_no_more_is_called_by_name_and_not_offered(desk: Desk) -> None:
    gone = Service(id="old", name=Names(zh="旧系统", en="Old CRM"), deleted=True)
    team = Group(id="rd", name=Names(zh="研发", en="R&D"))
    desk.app.acts.load_directory(Directory(groups=(team,), services=(gone,)))
    at = desk.clock.now()
    muting = {"whose": "group", "reader": "rd", "of": "service", "about": "old", "by": "rd"}
    until = at + timedelta(days=7)
    desk.app.own_wishes.mute(Muting.model_validate({**muting, "at": at, "until": until}))
    shown = signed_in(desk.app).get("/mutes").text
    assert "<span>Old CRM</span>" in shown
    assert '<option value="old">' not in shown


def test_what_is_wrong_is_named_by_line_and_nothing_written_is_lost(desk: Desk) -> None:
    client = signed_in(desk.app)
    fields = written(client)
    broken = fields["file:ticket_life.yaml"].replace("tell: requester", "tell: everybody", 1)
    form = fields | {"file:ticket_life.yaml": broken, "csrf": csrf(client), "save": "1"}
    answer = client.post("/rules/edit", data=form)
    assert answer.status_code == 422
    assert re.search(r"ticket_life.yaml:\d+</code> rules.0.tell: is not an audience", answer.text)
    assert "tell: everybody" in answer.text
    form["file:ticket_life.yaml"] = fields["file:ticket_life.yaml"]
    form |= {"new_name": "../x.yaml", "new_text": "version: 1"}
    assert client.post("/rules/edit", data=form).status_code == 422


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_of_rules_speaks_the_readers_language(desk: Desk, language: str) -> None:
    """With a ticket whose title is an attack."""
    client = signed_in(desk.app, language=language)  # type: ignore[arg-type]
    version = desk.app.library.rules.version
    event = desk.app.queries.stream(desk.incident.id)[0].id
    places = ["/rules", "/rules/versions", f"/rules/versions/{version}", "/rules/edit"]
    places += ["/rules/try", f"/rules/try?ticket=T-1&event={event}", "/why"]
    places += ["/why?person=wang&ticket=T-1", "/why?person=wang", "/why?person=mute&ticket=T-1"]
    for place in places:
        answer = client.get(place)
        assert answer.status_code == 200, place
        assert ATTACK not in answer.text
    assert client.get("/why?person=nobody").status_code == 404


def test_an_event_is_pasted_and_tried(desk: Desk) -> None:
    """Nothing is kept of it, and what is no event is said in words."""
    client = signed_in(desk.app)
    raw = '{"specversion":"1.0","id":"x","source":"desk","type":"heliograph.ticket.assigned.v1","subject":"T-1","time":"2026-08-24T02:02:00Z","data":{"assignee":{"id":"chen"}}}'
    form = {"csrf": csrf(client), "pasted": raw}
    page = client.post("/rules/try", data=form).text
    assert "tell-technician-of-assignment" in page
    assert "Chen Li" in page
    ours = '{"specversion":"1.0","id":"y","source":"desk","type":"heliograph.ticket.recurred.v1","subject":"T-1","time":"2026-08-24T02:02:00Z","data":{"chain":"inc_1","kind":"chain","cases":3}}'
    page = client.post("/rules/try", data=form | {"pasted": ours}).text
    assert "tell-what-keeps-coming-back" in page
    wrong = client.post("/rules/try", data=form | {"pasted": "{"})
    assert wrong.status_code == 422
    assert len(desk.app.queries.stream(desk.incident.id)) == 1


def test_rules_are_for_administrators_and_reasons_for_those_who_work_with_tickets(
    desk: Desk,
) -> None:
    technician = signed_in(desk.app, Role.TECHNICIAN)
    assert technician.get("/rules").status_code == 200
    assert technician.get("/why?person=wang").status_code == 200
    for place in ("/rules/edit", "/rules/versions", "/rules/try"):
        assert technician.get(place, headers=PAGE).status_code == 403
    viewer = signed_in(desk.app, Role.VIEWER)
    assert viewer.get("/why?person=wang", headers=PAGE).status_code == 403
    admin = signed_in(desk.app)
    assert admin.post("/rules/edit", data={"save": "1"}).status_code == 403
    assert admin.post("/rules/versions", data={"to": "before"}).status_code == 403


def test_the_same_is_done_over_the_api(desk: Desk) -> None:
    """Problems are refused with file, line and field; doubts are told in both languages."""
    client = signed_in(desk.app)
    client.headers[CSRF_HEADER] = csrf(client)
    files = {name.removeprefix("file:"): text for name, text in written(client).items()}
    twice = files["ticket_life.yaml"] + (
        "  - id: again\n    events: [reported]\n    tell: requester\n    kind: acknowledgement\n"
        "    reason: {zh: 再说一次, en: Say it again}\n"
    )
    checked = client.post("/api/v1/rules/check", json={"files": files | {"ticket_life.yaml": twice}})  # fmt: skip
    assert checked.status_code == 200
    doubt = checked.json()["doubts"][0]
    assert doubt["code"] == "doubt_contradicts"
    assert "矛盾" in doubt["sentence"]["zh"]
    wrong = client.post("/api/v1/rules/versions", json={"files": {"a.yaml": "version: 2"}})
    assert wrong.status_code == 422
    saved = client.post("/api/v1/rules/versions", json={"files": files | {"ticket_life.yaml": twice}})  # fmt: skip
    name = saved.json()["version"]
    act = client.post(f"/api/v1/rules/versions/{name}/activation", json={"reason": "Try", "expected": 1})  # fmt: skip
    assert act.json()["n"] == 2
    event = desk.app.queries.stream(desk.incident.id)[0].id
    trial = client.post("/api/v1/rules/trials", json={"event_id": event}).json()
    assert {r["rule"]: r["said"] for r in trial["rules"]}["again"] == "tells"
    assert client.post("/api/v1/rules/rollback", json={"reason": "No"}).json()["n"] == 3
    why = client.get("/api/v1/why", params={"person": "wang", "incident": "T-1"}).json()
    assert [d["outcome"] for d in why["decisions"]] == ["told"]
    assert why["decisions"][0]["why"]["en"] == "It was delivered."
    replayed = client.post("/api/v1/incidents/T-1/replay", json={"version": name}).json()
    assert (replayed["counts"]["added"], replayed["same"]) == (1, 1)
