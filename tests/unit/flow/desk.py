"""An installation in a folder of the test, on a clock that is moved by hand, with a channel in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from knowledge.ports import ArticleRows, ArticleSearch
from pipeline.adapters.channels.memory import MemoryChannel
from pipeline.adapters.clock import SimulatedClock
from pipeline.adapters.ids import CountedIds
from pipeline.bootstrap import Heliograph, open_heliograph
from pipeline.domain.cloudevents import parse
from pipeline.domain.communication import Communication
from pipeline.domain.directory import Address, Directory, Group, Names, Person, Role
from pipeline.domain.incident import Incident
from pipeline.domain.prose import Step as LadderStep
from pipeline.flow.accepted import Accepted
from pipeline.flow.drain import Step, advance, drain
from pipeline.flow.writing.ladder import Writing
from pipeline.model_ports import ChatModel
from pipeline.settings import Settings

START = datetime(2026, 8, 24, 2, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
Librarian = Callable[[ArticleRows], ArticleSearch]


class Desk:
    def __init__(self, app: Heliograph, clock: SimulatedClock, mail: MemoryChannel) -> None:
        self.app, self.clock, self.mail = app, clock, mail
        self._count = 0

    def event(self, type_: str, number: str = "T-1", **data: Any) -> dict[str, Any]:
        self._count += 1
        return {
            "specversion": "1.0",
            "id": str(self._count),
            "source": "desk",
            "type": f"heliograph.ticket.{type_}.v1",
            "subject": number,
            "time": self.clock.now().isoformat(),
            "data": data,
        }

    def accept(self, *raw: Mapping[str, Any]) -> list[Accepted]:
        return self.app.intake.accept([parse(dict(one), now=self.clock.now()) for one in raw])

    def send(self, type_: str, number: str = "T-1", **data: Any) -> Accepted:
        return self.accept(self.event(type_, number, **data))[0]

    def report(self, number: str = "T-1", **more: Any) -> Accepted:
        usual: dict[str, Any] = {"title": "Mail client crashes", "requester": {"id": "wang"}}
        return self.send("reported", number, **usual | more)

    def settle(self) -> None:
        """Do what is due at this instant."""
        drain(self.app.steps)

    def wait(self, minutes: float) -> None:
        """Let time pass, doing what falls due."""
        advance(self.clock, self.clock.now() + minutes * MINUTE, self.app.steps)

    def step(self, name: str) -> Step:
        """One worker by its name."""
        return next(step for step in self.app.steps if step.name == name)

    @property
    def incident(self) -> Incident:
        found = self.app.queries.incident("T-1")
        assert found is not None
        return found

    @property
    def communications(self) -> list[Communication]:
        """Oldest first."""
        return list(reversed(self.app.queries.communications(self.incident.id)))

    @property
    def subjects(self) -> list[str]:
        return [message.subject for message in self.mail.sent]


@contextmanager
def opened(
    folder: Path,
    *,
    search: Librarian | None = None,
    writing: Writing | None = None,
    chats: Mapping[LadderStep, ChatModel] | None = None,
    **settings: Any,
) -> Iterator[Desk]:
    """`search` makes the library's answers from its rows, `writing` the summaries, `chats` are
    asked as its chat models; without them the installation's own are given."""
    clock, mail = SimulatedClock(START), MemoryChannel(name="mail")
    app = open_heliograph(
        Settings(
            data_dir=folder, secret_key="a secret of the tests, and of nothing else", **settings
        ),
        clock=clock,
        ids=CountedIds(),
        channels={"mail": mail},
        in_turn=True,
        search=search,
        writing=writing,
        chats=chats,
    )
    try:
        app.acts.load_directory(directory())
        yield Desk(app, clock, mail)
    finally:
        app.close()


def directory() -> Directory:
    def mail(name: str) -> tuple[Address, ...]:
        return (Address(channel="mail", value=f"{name}@example.org"),)

    return Directory(
        people=(
            Person(id="wang", name="Wang Xiaolin", addresses=mail("wang")),
            Person(id="chen", name="Chen Li", addresses=mail("chen"), role=Role.TECHNICIAN),
            Person(id="mute", name="Without Address"),
        ),
        groups=(
            Group(id="exchange", name=Names(zh="邮件组", en="Exchange"), addresses=mail("ex")),
        ),
    )
