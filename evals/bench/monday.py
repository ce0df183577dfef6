"""A Monday on which everything comes at once: what does it cost, and does everybody hear all of it, once?

A flapping alert, a second signal, 140 tickets about what is known, a relay that is dead for twenty minutes, recovery, and
a relapse twenty minutes later. Time is moved by hand; `people` use the service that fails.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pipeline.adapters.channels.page import PageChannel
from pipeline.adapters.clock import SimulatedClock
from pipeline.adapters.ids import CountedIds
from pipeline.bootstrap import Heliograph, open_heliograph
from pipeline.domain.alert import Alert
from pipeline.domain.cloudevents import parse
from pipeline.domain.communication import Form
from pipeline.domain.directory import Address, Directory, Group, Names, Person, Service
from pipeline.domain.errors import Retryable
from pipeline.domain.incident import Incident
from pipeline.domain.message import Outbound, Receipt
from pipeline.flow.drain import drain
from pipeline.ports import Search
from pipeline.settings import Settings

from .figures import Figure
from .installation import SECRET, folder

PEOPLE, REPORTS = 10_000, 140
START = datetime(2026, 8, 24, 2, 0, tzinfo=UTC)
"""Ten in the morning in Beijing, a Monday."""
TURNS = 20
MINUTE = timedelta(minutes=1)
MONITOR = "prometheus"


@dataclass(kw_only=True)
class Relay:
    """Takes mail as fast as it comes, and keeps what whom was told when. While it is `dead` it takes nothing."""

    clock: SimulatedClock
    name: str = "mail"
    form: Form = Form.MAIL
    room_form: Form = Form.MAIL
    idempotent: bool = False
    dead: bool = False
    refused: int = 0
    took: dict[str, list[tuple[datetime, str]]] = field(default_factory=dict)
    limits: dict[str, int] = field(default_factory=lambda: {"subject": 255, "text": 100_000})

    def send(self, message: Outbound) -> Receipt:
        if self.dead:
            self.refused += 1
            raise Retryable("connection refused")
        mine = self.took.setdefault(message.address, [])
        mine.append((self.clock.now(), message.subject))
        return Receipt(provider_id="")

    def close(self) -> None:
        """Nothing is held."""

    def subjects(self, name: str) -> list[str]:
        return [subject for _, subject in self.took.get(f"{name}@example.org", [])]


@dataclass(kw_only=True)
class Monday:
    """An installation on its Monday."""

    app: Heliograph
    clock: SimulatedClock
    relay: Relay
    sent: int = 0

    def at(self, clock: str) -> Monday:
        """A time of the day in Beijing; what falls due on the way is done, minute by minute: a relay that comes back has
        ten thousand retries, each at a time of its own."""
        moment = datetime.fromisoformat(f"2026-08-24T{clock}:00+08:00")
        while self.clock.now() < moment:
            self.clock.set(min(self.clock.now() + MINUTE, moment))
            drain(self.app.steps)
        return self

    def reported(self, number: str, person: str) -> None:
        self.sent += 1
        data = {"title": "CRM", "requester": {"id": person}, "service": "crm", "priority": "P3"}
        raw = _raw(f"m{self.sent}", "ticket.reported", number, data, self.clock.now())
        self.app.intake.accept([parse(raw, now=self.clock.now())])

    def record(self, name: str, **data: Any) -> None:
        """What whoever leads it writes down."""
        raw = _raw("act", f"incident.{name}", self.major.number, data, self.clock.now())
        said = parse(raw, now=self.clock.now()).data
        self.app.acts.record(self.major.id, said, version=self.major.version)
        drain(self.app.steps)

    def alert(self, name: str, status: str, began: datetime) -> None:
        told = Alert.model_validate(
            {
                "fingerprint": name,
                "name": name,
                "status": status,
                "title": f"{name} above its limit",
                "started_at": began,
                "ended_at": self.clock.now() if status == "resolved" else None,
                "labels": {"severity": "critical"},
                "service": "crm",
                "severity": "P1",
                "impact": "unavailable",
                "group": "crm",
            }
        )
        self.app.monitoring.alerts.take(MONITOR, [told])
        drain(self.app.steps)

    @property
    def major(self) -> Incident:
        """The one that the monitor opened."""
        found = self.app.queries.incidents(Search(limit=500)).incidents
        [mine] = [one for one in found if one.source == MONITOR]
        return mine


def _raw(id_: str, name: str, number: str, data: dict[str, Any], at: datetime) -> dict[str, Any]:
    envelope = {"specversion": "1.0", "id": id_, "source": "service-desk", "subject": number}
    return {**envelope, "type": f"heliograph.{name}.v1", "time": at.isoformat(), "data": data}


@contextmanager
def monday(made: Path, people: int, more: Directory | None = None) -> Iterator[Monday]:
    """Before the day begins; `more` are people of the caller."""
    clock = SimulatedClock(START)
    relay = Relay(clock=clock)
    app = open_heliograph(
        Settings(data_dir=made, secret_key=SECRET, log_level="error", encoder="none", desk_name="IT"),
        clock=clock,
        ids=CountedIds(),
        channels={"mail": relay, "page": PageChannel()},
        in_turn=True,
    )  # fmt: skip
    try:
        app.acts.load_directory(_directory(people))
        if more is not None:
            app.acts.load_directory(more)
        yield Monday(app=app, clock=clock, relay=relay)
    finally:
        app.close()


def person(name: str, language: str, **more: Any) -> Person:
    mail = Address(channel="mail", value=f"{name}@example.org")
    told = {"id": name, "name": name, "language": language, "zone": "Asia/Shanghai"}
    return Person.model_validate({**told, "addresses": (mail,), **more})


def _directory(people: int) -> Directory:
    """Half of them read Chinese; two lead."""
    staff = [person(f"p{n}", "zh" if n % 2 == 0 else "en") for n in range(people)]
    leads = (person("lin", "zh"), person("ops", "en"))
    groups = (
        Group(id="staff", name=Names(zh="员工", en="Staff"), members=tuple(p.id for p in staff)),
        Group(id="incident-managers", name=Names(zh="值班", en="Managers"), members=("lin", "ops")),
    )
    crm = Service(id="crm", name=Names(zh="CRM", en="CRM"), users=("staff",), public=True)
    return Directory(people=(*staff, *leads), groups=groups, services=(crm,))


def play(day: Monday, reports: int = REPORTS) -> None:
    """From the first turn of the alert at 10:00 to the second all-clear at 12:10."""
    began = START
    for turn in range(TURNS):
        day.at(f"10:{turn // 2:02}")
        began = day.clock.now() if turn % 2 == 0 else began
        day.alert("LoginErrors", "firing" if turn % 2 == 0 else "resolved", began)
    day.at("10:10").alert("LoginErrors", "firing", day.clock.now())
    day.at("10:12").alert("ProbeFailed", "firing", day.clock.now())
    for n in range(reports):
        if n % 20 == 0:
            day.at(f"10:{13 + n // 20}")
        day.reported(f"T-{n}", f"p{n}")
    day.at("10:30").relay.dead = True
    day.at("10:50").relay.dead = False
    day.at("11:15").record("restored", restored_at="2026-08-24T11:10:00+08:00", data="intact")
    day.at("11:35").record("relapsed")
    day.at("12:10").record("restored")
    day.at("12:30")


def whole(day: Monday, people: int, reports: int) -> bool:
    """Whether all who reported nothing and read one language were told the same, each thing once."""
    told = {tuple(day.relay.subjects(f"p{n}")) for n in range(reports, people) if n % 2}
    return len(told) == 1 and len(set(*told)) == len(next(iter(told)))


def measure() -> Iterator[Figure]:
    with folder() as made, monday(made, PEOPLE) as day:
        start = time.perf_counter()
        play(day)
        took = time.perf_counter() - start
        handed = sum(len(mine) for mine in day.relay.took.values())
        note = f"{PEOPLE:,} people, {REPORTS} reports, a dead relay, a relapse"
        alike = whole(day, PEOPLE, REPORTS)
        yield Figure(name="a Monday, played", values=(took,), unit="s", met=alike, note=note)
        yield Figure(name="its messages handed over", values=(float(handed),), unit="")
        yield Figure(name="refused by the dead relay", values=(float(day.relay.refused),), unit="")
        yield Figure(name="its way, for each message", values=(1000 * took / handed,), unit="ms")
        late = _late(day)
        yield Figure(
            name="first contact after the second signal, the last of all",
            values=(late.total_seconds(),),
            unit="s",
            goal="≤ 60 s",
            met=late <= MINUTE,
        )


def _late(day: Monday) -> timedelta:
    major = day.major.major
    if major is None:
        raise RuntimeError("nobody declared it")
    firsts = [mine[0][0] for name, mine in day.relay.took.items() if name.startswith("p")]
    return max(firsts) - major.declared.at
