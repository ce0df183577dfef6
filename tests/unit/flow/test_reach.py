"""Whoever sleeps is told in the morning, in one message, all of it; and what must be told at once is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from api.app import create_app
from pipeline.domain.directory import Address, Directory, Group, Names, Person, Quiet, Service
from pipeline.domain.message import Message, MessageState
from pipeline.policy.loading import SHIPPED, read_rules

from .desk import Desk, opened

NIGHT = Quiet(since=time(22), until=time(7))


def person(name: str, **more: object) -> Person:
    mail = (Address(channel="mail", value=f"{name}@example.org"),)
    return Person(id=name, name=name.title(), zone="Asia/Shanghai", addresses=mail, **more)


def until(desk: Desk, clock: str) -> None:
    """Wait for a time of the day in Beijing."""
    now = desk.clock.now()
    wanted = datetime.fromisoformat(f"{now:%Y-%m-%d}T{clock}:00+08:00")
    while wanted <= now:
        wanted += timedelta(days=1)
    desk.wait((wanted - now).total_seconds() / 60)


def messages(desk: Desk, name: str) -> list[Message]:
    return list(reversed(desk.app.queries.messages(recipient=f"person:{name}")))


@pytest.fixture
def night(tmp_path: Path) -> Iterator[Desk]:
    """Eleven in the evening in Beijing; Wang sleeps, Li does not."""
    with opened(tmp_path) as desk:
        people = (person("wang", quiet=NIGHT), person("li"))
        desk.app.acts.load_directory(Directory(people=people))
        until(desk, "23:00")
        yield desk


def test_a_sleeper_is_told_in_the_morning_in_one_message(night: Desk) -> None:
    """In the order of time, each whole, with the words in both languages around them; the answer to her own report
    came at once."""
    night.report()
    night.wait(5)
    night.send("assigned", assignee={"id": "chen"})
    night.wait(20)
    night.send("noted", text="Please restart it once more", visibility="requester")
    night.wait(20)
    assert [m.subject for m in night.mail.sent if m.address == "wang@example.org"] == [
        "We have it: Mail client crashes (T-1)"
    ]
    waiting = messages(night, "wang")[1:]
    assert [m.state for m in waiting] == [MessageState.WAITING] * 2
    assert {m.waits.code for m in waiting if m.waits} == {"quiet_hours"}
    why = night.app.rule_keeping.why.of_ticket("wang", "T-1").decisions
    assert [d.outcome for d in why] == ["told", "waits", "waits"]
    assert "quiet hours" in night.app.library.reason(why[1].why, "en")
    until(night, "07:00")
    mine = [m for m in night.mail.sent if m.address == "wang@example.org"]
    assert len(mine) == 2
    digest = mine[1]
    assert digest.subject == "2 messages: T-1"
    assert digest.text.index("Chen Li") < digest.text.index("Please restart it once more")
    assert "in your quiet hours" in digest.text
    assert digest.html is not None
    headings = re.findall(r'<p class="hg-heading"[^>]*>(.*?)</p>', digest.html)
    assert len(headings) == 2
    assert all(heading in digest.text for heading in headings)
    buttons = re.findall(r'<a href="([^"]*)"', digest.html)
    assert len(buttons) >= 2
    assert all(link.startswith(night.app.settings.base_url) for link in buttons)
    told = night.app.queries.messages(recipient="person:wang")[0]
    assert (told.state, len(told.contents)) == (MessageState.DELIVERED, 2)
    why = night.app.rule_keeping.why.of_ticket("wang", "T-1").decisions
    assert [d.outcome for d in why] == ["told", "told", "told"]


def test_one_message_alone_comes_as_it_is(night: Desk) -> None:
    night.report()
    night.wait(5)
    night.send("resolved", fix_summary="Rebuilt the profile")
    night.wait(5)
    assert len(night.mail.sent) == 1
    until(night, "07:00")
    assert night.mail.sent[-1].subject.startswith("Fixed") or "T-1" in night.mail.sent[-1].subject
    assert len(night.mail.sent) == 2


def test_texts_that_were_erased_meanwhile_keep_nobody_waiting(night: Desk) -> None:
    """What is left of them ends by itself; the others come as one."""
    for number in ("T-1", "T-2"):
        night.report(number)
        night.send("assigned", number, assignee={"id": "chen"})
        night.wait(5)
        night.send("noted", number, text=f"Restart {number}", visibility="requester")
        night.wait(5)
    with night.app.store.write() as tx:
        tx.erase_texts(night.incident.id)
    until(night, "07:00")
    assert not [m for m in messages(night, "wang") if m.state is MessageState.WAITING]
    assert night.mail.sent[-1].subject == "2 messages: T-2"


def test_who_does_not_sleep_waits_for_nobody(night: Desk) -> None:
    night.report(requester={"id": "li"})
    night.send("resolved", fix_summary="Rebuilt the profile")
    night.wait(3)
    assert all(m.state is MessageState.DELIVERED for m in messages(night, "li"))


def test_what_a_rule_marks_as_a_must_wakes(tmp_path: Path) -> None:
    """By a condition on the ticket: of the highest priority, and of no other."""
    folder = tmp_path / "rules"
    folder.mkdir()
    for name, text in read_rules(SHIPPED).items():
        old = "    tell: requester\n    kind: resolution\n"
        new = f'{old}    must: after.priority == "P1"\n'
        (folder / name).write_text(text.replace(old, new), encoding="utf-8")
    with opened(tmp_path / "data", rules_dir=folder) as desk:
        desk.app.acts.load_directory(Directory(people=(person("wang", quiet=NIGHT),)))
        until(desk, "23:00")
        for number, priority in (("T-1", "P1"), ("T-2", "P3")):
            desk.report(number, priority=priority)
            desk.send("resolved", number, fix_summary="Rebuilt the profile")
        desk.wait(5)
        told = {(m.values["number"], m.state) for m in messages(desk, "wang")}
        assert ("T-1", MessageState.WAITING) not in told
        assert ("T-2", MessageState.WAITING) in told


def test_a_limit_merges_what_comes_too_quickly(tmp_path: Path) -> None:
    """Never lost: what is above it comes minutes later, as one."""
    folder = tmp_path / "rules"
    folder.mkdir()
    for name, text in read_rules(SHIPPED).items():
        (folder / name).write_text(text, encoding="utf-8")
    pace = "version: 1\npace: {messages: 2, within: 10m}\n"
    (folder / "pace.yaml").write_text(pace, encoding="utf-8")
    with opened(tmp_path / "data", rules_dir=folder) as desk:
        for n in range(5):
            desk.report(f"T-{n}")
            desk.send("resolved", f"T-{n}", fix_summary="Rebuilt the profile")
            desk.wait(1)
        # Five answers to a report always come; of five resolutions the first alone is within the limit.
        assert len(desk.mail.sent) == 6
        desk.wait(11)
        digests = [m for m in messages(desk, "wang") if m.bundle.startswith("dig_")]
        carried = [name for m in digests for name in m.contents]
        assert len(carried) == len(set(carried)) == 4


steps = st.lists(
    st.tuples(
        st.sampled_from(["report", "assigned", "noted", "resolved", "reopened"]),
        st.integers(0, 2),
        st.integers(0, 400),
    ),
    max_size=14,
)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One for all histories: each has its own tickets and its own reader."""
    with opened(tmp_path_factory.mktemp("house")) as desk:
        yield desk


@settings(max_examples=8, deadline=None)
@given(steps=steps)
def test_nothing_is_lost_and_nothing_is_told_twice_over_random_days(
    house: Desk, steps: list[tuple[str, int, int]]
) -> None:
    """Each released communication reaches its reader in exactly one message that was delivered, and what must be told at
    once never waited."""
    name = f"wang-{house.clock.now():%d%H%M%S}"
    sleeper = person(name, quiet=NIGHT, digest_at=time(8, 30))
    house.app.acts.load_directory(Directory(people=(sleeper,)))
    for what, n, minutes in steps:
        _happen(house, what, f"{name}-{n}", name)
        house.wait(minutes)
    house.wait(26 * 60)
    mine = messages(house, name)
    assert not [m for m in mine if m.state is MessageState.WAITING]
    delivered = [m for m in mine if m.state is MessageState.DELIVERED]
    carried = [content for m in delivered for content in m.contents]
    assert len(carried) == len(set(carried))
    assert set(carried) == {content for m in mine for content in m.contents}
    for m in mine:
        c = house.app.queries.communication(m.contents[0])
        assert c is not None
        assert not (c.must and m.waits)


def _happen(desk: Desk, what: str, number: str, who: str) -> None:
    known = desk.app.queries.incident(number)
    if what == "report" or known is None:
        if known is None:
            desk.report(number, requester={"id": who})
        return
    state = known.state.value.value
    if what == "assigned" and state not in ("resolved", "closed"):
        desk.send("assigned", number, assignee={"id": "chen"})
    elif what == "noted":
        desk.send("noted", number, text=f"Word of {desk.clock.now()}", visibility="requester")
    elif what == "resolved" and state not in ("resolved", "closed"):
        desk.send("resolved", number, fix_summary="Rebuilt the profile")
    elif what == "reopened" and state == "resolved":
        desk.send("reopened", number, reason="Again")


def test_a_muted_ticket_is_silent_for_her_alone_but_for_what_must_be_told(night: Desk) -> None:
    """By her signed link, for a time; each message that she did not get has its row and its reason."""
    night.report(requester={"id": "li"})
    night.settle()
    client = TestClient(create_app(night.app), base_url="http://127.0.0.1:8000")
    link = re.search(r"/t/[^\s?]+", night.mail.sent[0].text)
    assert link is not None
    assert client.get(link[0]).status_code == 200
    foreign = client.post(f"{link[0]}/quiet", data={"days": "7"}, headers={"Origin": "https://x.example"})  # fmt: skip
    assert foreign.status_code == 403
    page = client.post(f"{link[0]}/quiet?lang=en", data={"days": "7"})
    assert "Write to me again" in page.text
    assert client.post("/t/made-up/quiet", data={"days": "7"}).status_code in (404, 410, 401, 403)
    night.send("noted", text="We look at its log", visibility="requester")
    night.wait(3)
    assert len(night.mail.sent) == 1
    why = night.app.rule_keeping.why.of_ticket("li", "T-1").decisions
    assert [(d.outcome, d.why.code) for d in why] == [
        ("told", "message_delivered"),
        ("silent", "muted"),
    ]
    client.post(f"{link[0]}/quiet", data={"days": "0"})
    night.send("resolved", fix_summary="Rebuilt the profile")
    night.wait(3)
    assert len(night.mail.sent) == 2


def test_what_later_news_has_overtaken_is_not_told_in_the_morning(tmp_path: Path) -> None:
    """The recovery of a grave failure wakes; the updates before it, and the change that was to repair it, say why they
    were not sent."""
    crm = Service(id="crm", name=Names(zh="CRM", en="CRM"), users=("staff",))
    staff = Group(id="staff", name=Names(zh="员工", en="Staff"), members=("wang",))
    with opened(tmp_path) as desk:
        sleeper = person("wang", quiet=NIGHT)
        desk.app.acts.load_directory(Directory(people=(sleeper,), groups=(staff,), services=(crm,)))
        until(desk, "23:00")
        major(desk, "declared", severity="P1", impact="unavailable", service="crm")
        desk.wait(30)
        major(desk, "change_announced", change="CHG-1", starts_at="2026-08-25T00:00:00+08:00")
        desk.wait(10)
        major(desk, "restored")
        desk.wait(5)
        told = [m.subject.partition(" (")[0] for m in desk.mail.sent]
        assert told == ["CRM is unavailable. Next update by 23:20", "CRM is back"]
        until(desk, "07:01")
        assert len(desk.mail.sent) == 2
        ends = {(m.state, m.waits.code if m.waits else "") for m in messages(desk, "wang")}
        assert ends == {
            (MessageState.DELIVERED, ""),
            (MessageState.CANCELLED, "message_overtaken"),
        }
        why = desk.app.rule_keeping.why.of_ticket("wang", "T-1").decisions
        said = [desk.app.library.reason(d.why, "en") for d in why if d.outcome == "silent"]
        assert any("out of date" in words for words in said)


def major(desk: Desk, name: str, **data: Any) -> None:
    raw = desk.event("noted", **data)
    desk.accept({**raw, "type": f"heliograph.incident.{name}.v1"})
    desk.settle()
