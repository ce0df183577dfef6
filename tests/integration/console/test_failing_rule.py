"""A condition that cannot be evaluated on some ticket: nobody is told by it, a person hears of that, and
every other rule goes on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.auth.sign_in import make_link
from pipeline.domain.directory import Directory, Person, Role
from tests.unit.flow.desk import Desk, opened

# The first is right for every assignment that names a group, and wrong for one that names none.
RULES = """\
version: 1
rules:
  - id: technician-of-a-long-group
    events: [assigned]
    tell: technician
    kind: assignment
    when: size(event.data.group) > 3
    reason: {zh: 组名较长。, en: The group has a long name.}
  - id: acknowledge
    events: [reported]
    tell: requester
    kind: acknowledgement
    reason: {zh: 马上告诉报障人。, en: The requester hears at once.}
  - id: tell-requester-who
    events: [assigned]
    tell: requester
    kind: assignment
    reason: {zh: 报障人知道谁在处理。, en: The requester knows who works on it.}
"""
BASE = "https://help.example.org"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "own.yaml").write_text(RULES, encoding="utf-8")
    with opened(tmp_path / "data", rules_dir=rules, public_url=BASE) as found:
        yield found


def odd(desk: Desk) -> None:
    """An assignment without a group, of which the first rule asks how long its name is."""
    desk.report()
    desk.send("assigned", assignee={"id": "chen"})
    desk.settle()


def test_the_rule_works_on_an_ordinary_event(desk: Desk) -> None:
    """So that what the others show is the odd event's doing, not the rule's."""
    desk.report()
    desk.send("assigned", assignee={"id": "chen"}, group="exchange")
    desk.settle()
    told = [(c.rule, c.state.value) for c in desk.communications]
    assert ("technician-of-a-long-group", "released") in told
    assert desk.app.queries.alarms() == []


def test_the_event_is_kept_and_the_other_rules_tell(desk: Desk) -> None:
    odd(desk)
    assert desk.incident.assignee is not None
    assert [c.rule for c in desk.communications] == ["acknowledge", "tell-requester-who"]
    assert [m.name for m in desk.mail.sent] == ["Wang Xiaolin", "Wang Xiaolin"]


def test_one_alarm_names_the_rule_its_condition_and_the_ticket(desk: Desk) -> None:
    """However often it fails: a rule that is wrong on every ticket is one thing to mend."""
    odd(desk)
    for n in (2, 3):
        desk.report(f"T-{n}")
        desk.send("assigned", f"T-{n}", assignee={"id": "chen"})
    [alarm] = desk.app.queries.alarms()
    assert (alarm.key, alarm.code) == (
        "rule:technician-of-a-long-group",
        "rule_condition_failed",
    )
    assert alarm.values["rule"] == "technician-of-a-long-group"
    assert "size(event.data.group) > 3" in alarm.values["error"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "The condition of rule technician-of-a-long-group failed on T-1"),
        ("zh", "规则 technician-of-a-long-group 的条件在 T-1 上出错"),
    ],
)
def test_a_person_sees_it_in_the_list_of_what_waits(desk: Desk, language: str, words: str) -> None:
    odd(desk)
    admin = Person(id="admin", name="Ada", role=Role.ADMINISTRATOR)
    desk.app.acts.load_directory(Directory(people=(admin,)))
    client = TestClient(create_app(desk.app), base_url=BASE, follow_redirects=False)
    client.post(make_link(desk.app, "admin").removeprefix(BASE))
    assert words in client.get(f"/waiting?lang={language}").text


def test_a_batch_with_the_odd_event_is_accepted_whole(desk: Desk) -> None:
    """The source did nothing wrong: its events are not refused for a rule of ours."""
    desk.accept(
        desk.event("reported", "T-1", title="Mail", requester={"id": "wang"}),
        desk.event("assigned", "T-1", assignee={"id": "chen"}),
        desk.event("reported", "T-2", title="Sound", requester={"id": "wang"}),
    )
    desk.settle()
    assert len(desk.app.queries.stream(desk.incident.id)) == 2
    assert sum("We have it" in subject for subject in desk.subjects) == 2
