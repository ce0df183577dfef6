"""A rule names an on-call calendar: whoever has it at the decision is told, nobody is left out, and the reason says why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from pipeline.domain.directory import Absence, Address, Directory, Group, Names, Person
from pipeline.domain.errors import Malformed, UnknownThing
from pipeline.flow.on_call.keeping import RotaReading, Rotas, Wanted
from pipeline.oncall_ports import UnreadCalendar

from .desk import START, Desk, opened

RULE = """
version: 1
rules:
  - id: wake-network
    events: [assigned]
    tell: group
    on_call: network
    kind: hand_over
    lane: urgent
    must: true
    reason: {zh: 叫醒网络值班, en: The network team's on-call is woken.}
  - id: tell-group
    events: [assigned]
    tell: group
    kind: hand_over
    lane: urgent
    reason: {zh: 告诉小组, en: The group hears of it.}
"""
DAY = "BEGIN:VEVENT\nUID:{who}\nDTSTART:{day}T000000Z\nDTEND:{day}T120000Z\nSUMMARY:{who}\nEND:VEVENT\n"


def calendar(*days: tuple[str, str]) -> bytes:
    events = "".join(DAY.format(who=who, day=day) for who, day in days)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{events}END:VCALENDAR\n".encode()


def person(name: str, **more: object) -> Person:
    mail = (Address(channel="mail", value=f"{name}@example.org"),)
    return Person.model_validate({"id": name, "name": name.title(), "addresses": mail, **more})


def group(name: str) -> Group:
    mail = (Address(channel="mail", value=f"{name}@example.org"),)
    return Group(id=name, name=Names(zh="网络组", en="Network"), addresses=mail)


def wanted(content: bytes | None = None, **more: object) -> Wanted:
    usual = {
        "id": "network",
        "name": Names(zh="网络", en="Network"),
        "fallback": "net",
        "zone": "UTC",
    }
    return Wanted(**{**usual, "content": content, **more})  # type: ignore[arg-type]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "own.yaml").write_text(RULE, encoding="utf-8")
    with opened(tmp_path / "data", rules_dir=rules) as found:
        people = (
            person("sun"),
            person("li"),
            person("gone", active=False),
            person("zhao", absences=(Absence(since=START, until=START + timedelta(days=3), substitute="li"),)),
        )  # fmt: skip
        found.app.acts.load_directory(Directory(people=people, groups=(group("net"),)))
        yield found


def wake(desk: Desk) -> dict[str, str]:
    """Who got the mail of which rule; a ticket is assigned to a group."""
    desk.report()
    desk.send("assigned", assignee={"id": "chen"}, group="exchange")
    desk.settle()
    rules = {c.id: c.rule for c in desk.communications}
    sent = desk.app.queries.messages(incident_id=desk.incident.id)
    return {m.recipient.address.split("@")[0]: rules[m.contents[0]] for m in sent}


def why(desk: Desk) -> str:
    on_call = next(c.on_call for c in desk.communications if c.rule == "wake-network")
    assert on_call is not None
    zh, en = (desk.app.library.reason(on_call.why, language) for language in ("zh", "en"))
    assert zh != en
    return en


@pytest.mark.parametrize(
    ("days", "told", "said"),
    [
        ([("sun", "20260824")], {"sun"}, "Sun has it until 2026-08-24T12:00"),
        ([("sun", "20260824"), ("li", "20260824")], {"sun", "li"}, "Li, Sun has it"),
        ([("zhao", "20260824")], {"zhao", "li"}, "Zhao, Li has it"),
        ([("sun", "20260825")], {"net"}, "Nobody is on call in network now, so the group net"),
        ([("stranger", "20260824")], {"net"}, "names stranger now, whom nobody knows here"),
        ([("gone", "20260824")], {"net"}, "names gone now"),
        ([("stranger", "20260824"), ("sun", "20260824")], {"sun"}, "Sun has it"),
    ],
)
def test_whoever_has_it_now_is_told_and_else_the_group(
    desk: Desk, days: list[tuple[str, str]], told: set[str], said: str
) -> None:
    """Both of an overlap, a substitute beside who is away, and the fallback group in a gap or for a stranger; the
    ticket's own group hears of it all the same."""
    desk.app.rotas.write(wanted(calendar(*days)), by="admin")
    assert wake(desk) == dict.fromkeys(told, "wake-network") | {"ex": "tell-group"}
    assert said in why(desk)


def test_a_calendar_that_is_not_there_tells_the_rules_audience_and_somebody_hears(
    desk: Desk,
) -> None:
    """A misspelt name leaves nobody untold."""
    told = wake(desk)
    assert set(told) == {"ex"}
    assert "There is no on-call calendar network" in why(desk)
    assert [a.code for a in desk.app.queries.alarms()] == ["on_call_unknown"]


def test_the_moment_of_the_decision_counts(desk: Desk) -> None:
    """At the end of a shift the next one is told, not both."""
    desk.app.rotas.write(wanted(calendar(("sun", "20260824"), ("li", "20260825"))), by="admin")
    desk.clock.set(datetime.fromisoformat("2026-08-24T12:00:00+00:00"))
    assert set(wake(desk)) == {"net", "ex"}
    desk.clock.set(datetime.fromisoformat("2026-08-25T00:00:00+00:00"))
    desk.send("assigned", assignee={"id": "mute"}, group="exchange")
    desk.settle()
    assert "Li has it" in desk.app.library.reason(
        next(c.on_call.why for c in reversed(desk.communications) if c.on_call), "en"
    )


class Server:
    """Stands in for the calendar's server: content, or a failure."""

    def __init__(self, content: bytes) -> None:
        self.content, self.fails = content, ""

    def __call__(self, url: str) -> bytes:
        if self.fails:
            raise UnreadCalendar(self.fails)
        return self.content


def test_the_last_good_calendar_stays_while_its_server_is_away(desk: Desk) -> None:
    """Who has it does not change; its age is told with the message, and one alarm stands until it is read again."""
    app, server = desk.app, Server(calendar(("sun", "20260824"), ("li", "20260826")))
    rotas = Rotas(store=app.store, queries=app.queries, clock=app.clock, fetch=server, zone="UTC")
    worker = RotaReading(store=app.store, clock=app.clock, rotas=rotas)
    rotas.write(wanted(url="https://127.0.0.1:1/secret.ics"), by="admin")
    for content, fails in ((b"<html>", ""), (b"", "calendar.example.org answered 503")):
        server.content, server.fails = content or server.content, fails
        desk.clock.set(app.clock.now() + timedelta(minutes=15))
        assert worker.turn()
        assert not worker.turn()
    one = rotas.one("network")
    assert [s.person for s in one.now] == ["sun"]
    assert one.rota.failed is not None
    assert "503" in one.rota.failed.values["problem"]
    assert [a.code for a in app.queries.alarms()] == ["rota_unread"]
    desk.clock.set(datetime.fromisoformat("2026-08-26T08:00:00+00:00"))
    wake(desk)
    assert "was last read at 2026-08-24T02:00" in why(desk)
    server.content, server.fails = calendar(("sun", "20260826")), ""
    desk.clock.set(app.clock.now() + timedelta(minutes=15))
    assert worker.turn()
    assert [s.person for s in rotas.one("network").now] == ["sun"]
    assert app.queries.alarms() == []


def test_one_calendar_that_breaks_the_reading_keeps_no_other_from_it(desk: Desk) -> None:
    """Whatever goes wrong with it: it says so, with an alarm, and is tried again at its time."""
    app, read = desk.app, list[str]()

    def fetch(url: str) -> bytes:
        read.append(url[-1])
        if url.endswith("a") and len(read) > 2:
            raise IsADirectoryError("nobody thought of it")
        return calendar(("sun", "20260824"))

    rotas = Rotas(store=app.store, queries=app.queries, clock=app.clock, fetch=fetch, zone="UTC")
    worker = RotaReading(store=app.store, clock=app.clock, rotas=rotas)
    for name in "ab":
        rotas.write(wanted(id=name, url=f"https://127.0.0.1:1/{name}"), by="admin")
    desk.clock.set(app.clock.now() + timedelta(minutes=15))
    assert worker.turn()
    assert sorted(read[2:]) == ["a", "b"]
    assert not worker.turn()
    failed = {name: rotas.one(name).rota.failed for name in "ab"}
    assert failed["b"] is None
    assert failed["a"] is not None
    assert "IsADirectoryError" in failed["a"].values["problem"]
    assert [alarm.key for alarm in app.queries.alarms()] == ["rota:a"]


def test_a_calendar_with_a_folder_of_zones_is_taken_with_a_note(desk: Desk) -> None:
    """Its times are meant in the calendar's own zone."""
    content = calendar(("sun", "20260824")).replace(b"DTSTART:", b"DTSTART;TZID=Europe:")
    found = desk.app.rotas.write(wanted(content), by="admin")
    assert "rota_unknown_zone" in {note.code for note in found.rota.notes}


def test_what_cannot_be_read_is_not_taken(desk: Desk) -> None:
    """Whoever enters it is told at once, without a word of the address but its host; nothing is kept."""
    for given in (
        wanted(b"no calendar"),
        wanted(calendar(), fallback="nobody"),
        wanted(None),
        wanted(b"x" * 1_100_000),
        wanted(None, url="https://127.0.0.1/rota.ics"),
        wanted(None, url="ftp://example.org/rota.ics"),
        wanted(None, url="https://user:secret@example.org/rota.ics"),
    ):
        with pytest.raises(Malformed) as refused:
            desk.app.rotas.write(given, by="admin")
        assert "rota.ics" not in str(refused.value)
        with pytest.raises(UnknownThing):
            desk.app.rotas.one("network")
