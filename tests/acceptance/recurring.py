"""A desk whose tickets keep coming back, and what those who decide about problems are sent."""

from __future__ import annotations

from pipeline.adapters.channels.memory import MemoryChannel
from pipeline.domain.communication import Communication, Kind
from pipeline.domain.directory import Address, Directory, Group, Names, Person, Role, Service
from pipeline.domain.incident import Incident
from pipeline.domain.message import Outbound, Receipt
from pipeline.domain.problem import Problem
from pipeline.domain.recurring import ChainState
from pipeline.flow.recurrence.problems import Said
from tests.unit.flow.desk import Desk

WEEK = 7 * 24 * 60
TITLES = ("GlobalLink shows error 809", "GlobalLink 报错 809，连不上", "GlobalLink: 809 again")
FIX = "Restarted the gateway"
WORKAROUND = "Use the web gateway until it is mended"


def directory(room: Address | None = None) -> Directory:
    """With a room of the problem managers, where one is given."""

    def mail(name: str) -> tuple[Address, ...]:
        return (Address(channel="mail", value=f"{name}@example.org"),)

    return Directory(
        people=(
            Person(
                id="pm.zh",
                name="王敏",
                language="zh",
                zone="Asia/Shanghai",
                addresses=mail("zh"),
                role=Role.INCIDENT_MANAGER,
            ),
            Person(id="pm.en", name="Mary", zone="Europe/Berlin", addresses=mail("en")),
            Person(id="owner", name="Owen", addresses=mail("owner")),
            Person(id="phone", name="Pat", addresses=mail("phone")),
            Person(id="wang", name="Wang", addresses=mail("wang")),
        ),
        groups=(
            Group(
                id="problem-managers",
                name=Names(zh="问题经理", en="Problem managers"),
                members=("pm.zh", "pm.en"),
                addresses=(room,) if room else (),
                language="zh",
            ),
            Group(id="front-line", name=Names(zh="服务台", en="Service desk"), members=("phone",)),
            Group(id="network", name=Names(zh="网络组", en="Network"), members=("owner",)),
        ),
        services=(
            Service(
                id="vpn", name=Names(zh="远程接入", en="Remote access"), owner_groups=("network",)
            ),
        ),
    )


class Rooms(MemoryChannel):
    """Takes what a room is sent, whose address is no mail address."""

    def send(self, message: Outbound) -> Receipt:
        self.sent.append(message)
        return Receipt(provider_id=message.key)


def case(desk: Desk, number: str, title: str = TITLES[0]) -> None:
    desk.report(number, title=title, service="vpn", priority="P2")
    desk.settle()
    desk.wait(5)


def weekly(desk: Desk, titles: tuple[str, ...] = TITLES) -> None:
    """Each is solved after half an hour, so that no deadline of a service level comes between."""
    for n, title in enumerate(titles, 1):
        case(desk, f"T-{n}", title)
        desk.wait(25)
        desk.send("resolved", f"T-{n}", fix_summary=FIX)
        desk.settle()
        desk.wait(WEEK)


def only_chain(desk: Desk) -> str:
    with desk.app.store.read() as tx:
        [chain] = tx.chains()
    return chain.id


def ticket(desk: Desk, number: str) -> Incident:
    with desk.app.store.read() as tx:
        return tx.incidents_by_number("desk", [number])[number]


def told(desk: Desk, number: str, kind: Kind) -> list[Communication]:
    found = desk.app.queries.communications(ticket(desk, number).id)
    return [one for one in reversed(found) if one.kind is kind]


def mails(desk: Desk, reader: str, about: str) -> list[str]:
    sent = [m for m in desk.mail.sent if m.address == f"{reader}@example.org"]
    return [f"{m.subject}\n{m.text}" for m in sent if about in f"{m.subject}\n{m.text}"]


def accept(desk: Desk, **more: str) -> Problem:
    chain = only_chain(desk)
    desk.app.problem_keeping.chains.decide(chain, ChainState.ACCEPTED, by="pm.zh", **more)
    desk.wait(5)
    return problem_of(desk, chain)


def problem_of(desk: Desk, chain: str) -> Problem:
    with desk.app.store.read() as tx:
        return tx.problems_of([chain])[chain]


def record(desk: Desk, problem: Problem, **said: str) -> Problem:
    done = desk.app.problem_keeping.desk.record(problem.number, Said(**said), by="pm.zh")  # type: ignore[arg-type]
    desk.wait(5)
    return done
