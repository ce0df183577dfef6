"""What people want to hear of, and when, is theirs to say: with an end, with a reason, and never of what must be told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import time, timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from pipeline.domain.directory import Address, Directory, Group, Names, Person, Quiet, Service
from pipeline.domain.errors import Malformed
from pipeline.domain.message import MessageState
from pipeline.domain.wishes import Muting, Rate, Wishes

from .desk import Desk, opened

RULES = """
version: 1
rules:
  - id: tell-users
    events: [declared, restored]
    tell: affected
    kind: first_contact
    when: event.name == "declared"
    reason: {zh: 受影响的人知道, en: Those affected know.}
  - id: tell-end
    events: [restored]
    tell: affected
    kind: recovery
    reason: {zh: 恢复了, en: It is over.}
  - id: wake-leaders
    events: [declared]
    tell: leaders
    kind: first_contact
    must: true
    reason: {zh: 领导必须知道, en: Leaders must know.}
"""


def person(name: str, **more: object) -> Person:
    mail = (Address(channel="mail", value=f"{name}@example.org"),)
    usual = {"id": name, "name": name.title(), "addresses": mail, "zone": "Asia/Shanghai"}
    return Person.model_validate({**usual, **more})


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "own.yaml").write_text(RULES, encoding="utf-8")
    with opened(tmp_path / "data", rules_dir=rules) as found:
        names = Names(zh="客户系统", en="CRM")
        found.app.acts.load_directory(
            Directory(
                people=(person("anna"), person("bo"), person("boss")),
                groups=(
                    Group(id="sales", name=Names(zh="销售", en="Sales"), members=("anna", "bo")),
                    Group(id="leaders", name=Names(zh="领导", en="Leaders"), members=("boss",)),
                ),
                services=(Service(id="crm", name=names, users=("sales",)),),
            )
        )
        yield found


def mute(desk: Desk, reader: str, *, whose: str = "person", of: str = "service", about: str = "crm", days: int = 7, by: str = "admin") -> None:  # fmt: skip
    now = desk.clock.now()
    until = now + timedelta(days=days)
    said = {"whose": whose, "reader": reader, "of": of, "about": about, "until": until}
    desk.app.own_wishes.mute(Muting.model_validate({**said, "by": by, "at": now}))


def fails(desk: Desk, number: str = "M-1") -> None:
    event = desk.event("x", number, service="crm", impact="degraded", severity="P2")
    desk.accept({**event, "type": "heliograph.incident.declared.v1"})
    desk.settle()


def restored(desk: Desk, number: str = "M-1") -> None:
    at = desk.clock.now().isoformat()
    event = desk.event("x", number, restored_at=at)
    desk.accept({**event, "type": "heliograph.incident.restored.v1"})
    desk.settle()


def told(desk: Desk) -> list[str]:
    return sorted(m.address.split("@")[0] for m in desk.mail.sent)


def why(desk: Desk, name: str, number: str = "M-1") -> list[str]:
    found = desk.app.rule_keeping.why.of_ticket(name, number).decisions
    return [desk.app.library.reason(one.why, "en") for one in found]


def test_who_muted_a_service_is_not_told_and_the_reason_says_so(desk: Desk) -> None:
    """Until its end, or until it is undone; others hear."""
    mute(desk, "anna")
    fails(desk)
    assert told(desk) == ["bo", "boss"]
    assert "no more of the service crm until" in why(desk, "anna")[0]
    desk.app.own_wishes.end("person:anna", "service:crm")
    fails(desk, "M-2")
    assert told(desk) == ["anna", "bo", "bo", "boss", "boss"]
    mute(desk, "anna", days=1)
    desk.clock.set(desk.clock.now() + timedelta(days=2))
    fails(desk, "M-3")
    assert told(desk).count("anna") == 2


def test_a_group_is_muted_for_its_members_and_the_reason_names_who_did(desk: Desk) -> None:
    """One who is in no such group hears."""
    mute(desk, "sales", whose="group")
    fails(desk)
    assert told(desk) == ["boss"]
    assert "admin set for the group sales" in why(desk, "bo")[0]
    assert [m.whose for m in desk.app.own_wishes.of("bo").mutings] == ["group"]
    assert desk.app.own_wishes.of("boss").mutings == ()


def test_what_must_be_told_is_told(desk: Desk) -> None:
    """However much is muted: the rule says who is woken."""
    mute(desk, "boss")
    fails(desk)
    assert "boss" in told(desk)


def test_whoever_was_told_of_a_failure_is_told_of_its_end(desk: Desk) -> None:
    """Also who muted it in between; who muted it before hears neither."""
    mute(desk, "bo")
    fails(desk)
    mute(desk, "anna")
    found = desk.app.queries.incident("M-1")
    assert found is not None
    mute(desk, "anna", of="incident", about=found.id)
    desk.wait(30)
    restored(desk)
    assert told(desk) == ["anna", "anna", "boss"]


@pytest.mark.parametrize(
    "wrong",
    [{"about": "none"}, {"days": 0}, {"days": 91}, {"whose": "group", "reader": "none"}, {"of": "incident", "about": "none"}],
)  # fmt: skip
def test_a_mute_has_an_end_and_is_about_something(desk: Desk, wrong: dict[str, object]) -> None:
    """Nothing is kept of another."""
    with pytest.raises(Malformed):
        mute(desk, **{"reader": "anna", **wrong})  # type: ignore[arg-type]
    assert desk.app.own_wishes.all_mutings() == []


def test_their_own_word_counts_before_the_directorys(desk: Desk) -> None:
    """Quiet hours of their own, and a limit of their own."""
    now = desk.clock.now()
    night = Quiet(since=time(9), until=time(12))
    desk.app.own_wishes.say(Wishes(person="anna", quiet=night, changed_at=now))
    rate = Rate(messages=1, minutes=60)
    desk.app.own_wishes.say(Wishes(person="bo", rate=rate, changed_at=now))
    fails(desk)
    fails(desk, "M-2")
    states = {
        (m.recipient.id, m.waits.code if m.waits else "")
        for m in desk.app.queries.messages(states=(MessageState.WAITING.value,))
    }
    assert states == {("anna", "quiet_hours"), ("bo", "paced")}
    assert told(desk).count("bo") == 1


def page_of(desk: Desk, name: str = "anna") -> tuple[TestClient, str]:
    """A browser, and the path of her own page, once a failure was told."""
    fails(desk)
    mail = next(m for m in desk.mail.sent if m.address.startswith(name))
    own = next(word for word in mail.text.split() if "/own/" in word)
    assert mail.html is not None
    assert own in mail.html
    base = desk.app.settings.base_url
    return TestClient(create_app(desk.app), base_url=base), own.removeprefix(base)


def test_the_page_of_ones_own_is_reached_from_each_mail_and_a_look_changes_nothing(
    desk: Desk,
) -> None:
    """By its link alone."""
    client, path = page_of(desk)
    assert all(client.get(path).status_code == 200 for _ in range(2))
    assert not desk.app.own_wishes.of("anna").said
    assert client.get(path + "x").status_code == 401


def test_what_somebody_says_on_their_page_is_kept(desk: Desk) -> None:
    client, path = page_of(desk)
    said = {"act": "save", "since": "22:00", "until": "07:00", "rate": "3/60"}
    assert "It is saved." in client.post(path, data=said).text
    mine = desk.app.own_wishes.of("anna").wishes
    assert mine.quiet == Quiet(since=time(22), until=time(7))
    assert mine.rate == Rate(messages=3, minutes=60)


@pytest.mark.parametrize(
    "wrong",
    [
        {"since": "22:00"},
        {"since": "8", "until": "9"},
        {"rate": "0/0"},
        {"act": "mute", "days": "x"},
        {"act": "mute", "about": "service:crm", "days": "400"},
        {"act": "mute", "about": "service:crm", "days": "99999999999"},
        {"act": "mute", "about": "incident:none", "days": "7"},
    ],
)
def test_what_cannot_be_meant_keeps_what_was_there(desk: Desk, wrong: dict[str, str]) -> None:
    client, path = page_of(desk)
    client.post(path, data={"act": "save", "rate": "3/60"})
    before = desk.app.own_wishes.of("anna")
    assert client.post(path, data=wrong).status_code == 422
    assert desk.app.own_wishes.of("anna").wishes == before.wishes
    assert desk.app.own_wishes.of("anna").mutings == ()


def test_a_service_is_muted_and_heard_again_on_ones_own_page(desk: Desk) -> None:
    """What is muted is not offered again."""
    client, path = page_of(desk)
    said = {"act": "mute", "about": "service:crm", "days": "7"}
    assert client.post(path, data=said).status_code == 200
    muted = client.get(path).text
    assert '<option value="service:crm">' not in muted
    assert re.search(r'<option value="1"\s*>(1 天|1 day)</option>', muted)
    assert [m.about for m in desk.app.own_wishes.of("anna").mutings] == ["crm"]
    again = client.post(path, data={"act": "hear", "about": "service:crm"}, params={"lang": "zh"})
    assert "已恢复接收" in again.text
    assert desk.app.own_wishes.of("anna").mutings == ()


def test_a_ticket_that_was_told_is_muted_on_ones_own_page(desk: Desk) -> None:
    client, path = page_of(desk)
    told_of = desk.app.queries.incident("M-1")
    assert told_of is not None
    client.post(path, data={"act": "mute", "about": f"incident:{told_of.id}", "days": "1"})
    found = [(m.of, m.about) for m in desk.app.own_wishes.of("anna").mutings]
    assert found == [("incident", told_of.id)]


def test_a_form_of_another_site_changes_nothing_on_ones_own_page(desk: Desk) -> None:
    client, path = page_of(desk)
    evil = client.post(path, data={"act": "save"}, headers={"origin": "https://evil.example"})
    assert evil.status_code == 403
    assert not desk.app.own_wishes.of("anna").said


def test_who_muted_something_for_a_group_is_called_by_name_on_ones_own_page(desk: Desk) -> None:
    """As the group is; and a token by its name."""
    client, path = page_of(desk)
    mute(desk, "sales", whose="group", by="boss")
    shown = client.get(path, params={"lang": "en"}).text
    assert "set by Boss for the group Sales" in shown
    mute(desk, "sales", whose="group", by="token:desk & co")
    shown = client.get(path, params={"lang": "en"}).text
    assert "set by token “desk &amp; co” for the group Sales" in shown


def test_the_link_of_somebody_who_was_erased_opens_nothing_and_keeps_nothing(desk: Desk) -> None:
    """Nothing is written under a name that had to go; one whom only events named opens theirs."""
    fails(desk)
    app = desk.app
    client = TestClient(create_app(app), base_url=app.settings.base_url)
    path = app.links.own("anna", desk.clock.now()).removeprefix(app.settings.base_url)
    assert client.get(path).status_code == 200
    found = app.queries.person("anna")
    assert found is not None
    app.erasure.person(found, by="admin")
    for said in ({"act": "save", "digest_at": "08:00"}, {"act": "mute", "about": "service:crm", "days": "7"}):  # fmt: skip
        assert client.post(path, data=said).status_code == client.get(path).status_code == 401
    with app.store.read() as tx:
        assert tx.wishes(["anna"]) == {}
        assert tx.mutings(["anna"], desk.clock.now()) == []
