"""What keeps coming back is told once to those who decide, becomes a problem, and those concerned hear what helps."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.adapters.channels.memory import MemoryChannel
from pipeline.adapters.clock import SimulatedClock
from pipeline.adapters.ids import CountedIds
from pipeline.bootstrap import open_heliograph
from pipeline.domain.communication import Communication, Form, Kind
from pipeline.domain.directory import Address, Directory, Group, Names, Person, Role, Service
from pipeline.domain.errors import WrongState
from pipeline.domain.incident import Incident
from pipeline.domain.message import Outbound, Receipt
from pipeline.domain.problem import Problem, ProblemState
from pipeline.domain.recurring import ChainState
from pipeline.flow.recurrence.problems import Said
from pipeline.ports import Source
from pipeline.settings import Settings
from tests.unit.flow.desk import START, Desk, opened

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


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with opened(tmp_path, public_url="https://help.example.org") as found:
        found.app.acts.load_directory(directory())
        yield found


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


def test_those_who_decide_are_told_once_in_their_language(desk: Desk) -> None:
    """The third case is told to problem managers and to the service's owner, with what is alike, what differs, what
    helped and a link; a fourth is told to nobody, and the row says why."""
    weekly(desk)
    zh, en = mails(desk, "zh", "情况相似"), mails(desk, "en", "look alike")
    assert (len(zh), len(en), len(mails(desk, "owner", "look alike"))) == (1, 1, 1)
    for text in (zh[0], en[0]):
        assert all(part in text for part in ("T-1", "T-2", "T-3", FIX, "809", "/chains/"))
    assert "3 张情况相似的工单" in zh[0]
    assert "远程接入" in zh[0]
    assert "网络组" in zh[0]
    assert "3 tickets look alike" in en[0]
    assert "owner Network, priority P2" in en[0]
    case(desk, "T-4")
    desk.wait(60)
    assert len(mails(desk, "zh", "情况相似")) == 1
    [silent] = told(desk, "T-4", Kind.RECURRENCE_ALERT)
    assert silent.outcome
    assert silent.outcome.code == "chain_told"


def test_an_accepted_problem_is_told_with_what_helps(desk: Desk) -> None:
    """Problem managers hear of it in their languages, the front line what to say; a way around it is told as soon
    as it is known."""
    weekly(desk)
    problem = accept(desk, title="GlobalLink 809 on Mondays")
    [zh], [en] = mails(desk, "zh", "已立问题单"), mails(desk, "en", f"{problem.number} opened")
    assert "远程接入出现了 3 次同类故障" in zh
    assert "还没有登记验证过的临时办法" in zh
    assert "The cause is not known yet." in en
    assert "Owner: Network" in en
    assert len(mails(desk, "phone", f"{problem.number} opened")) == 1
    assert mails(desk, "wang", problem.number) == []
    record(desk, problem, workaround=WORKAROUND)
    [zh], [phone] = mails(desk, "zh", "有了临时办法"), mails(desk, "phone", "way around it:")
    assert WORKAROUND in zh
    assert WORKAROUND in phone


def test_who_reports_a_known_error_hears_at_once_what_helps(desk: Desk) -> None:
    """The acknowledgement of a ticket like the chain's has the workaround; another one has not."""
    weekly(desk)
    problem = record(desk, accept(desk), workaround=WORKAROUND)
    case(desk, "T-7", "GlobalLink error 809 once more")
    case(desk, "T-8", "The projector in room 4 is dark")
    [seven] = mails(desk, "wang", "(T-7)")
    [eight] = mails(desk, "wang", "(T-8)")
    assert WORKAROUND in seven
    assert problem.number in seven
    assert WORKAROUND not in eight


def test_quiet_proves_a_fix_and_a_case_before_then_reopens_the_problem(desk: Desk) -> None:
    """People are told either way; a case that comes after the proof reopens it as well."""
    weekly(desk)
    problem = record(desk, accept(desk), fix="New gateway software")
    assert problem.state is ProblemState.FIXED
    case(desk, "T-5")
    assert problem_of(desk, problem.chain).state is ProblemState.OPEN
    [back] = mails(desk, "zh", "修复后又出现")
    assert "T-5" in back
    record(desk, problem, fix="Newer gateway software")
    desk.send("resolved", "T-5", fix_summary=FIX)
    desk.wait(28 * 24 * 60)
    assert problem_of(desk, problem.chain).state is ProblemState.QUIET
    assert len(mails(desk, "en", "the fix has held")) == 1
    assert len(mails(desk, "phone", "the fix has held")) == 1


def test_the_desk_that_owns_the_tickets_is_asked_and_confirms(desk: Desk) -> None:
    """The Request waits until the desk's event brings its number, which the record then names."""
    desk.app.acts.save_sources([Source(name="desk", owner="desk")])
    weekly(desk)
    problem = accept(desk)
    [asked] = desk.app.queries.requests()
    assert (asked.kind, asked.incident) == ("problem", problem.anchor)
    assert "T-1, T-2, T-3" in asked.text
    desk.send("problem_recorded", "T-3", problem="DESK-41")
    assert desk.app.queries.requests() == []
    assert problem_of(desk, problem.chain).outside == "DESK-41"


def test_a_problem_that_the_desk_opened_by_hand_takes_the_chain_in(desk: Desk) -> None:
    """Those concerned are told of it as of one of ours, and nothing is asked of the desk."""
    weekly(desk)
    desk.send("problem_recorded", "T-2", problem="DESK-42", title="809 on Mondays")
    desk.wait(5)
    problem = problem_of(desk, only_chain(desk))
    assert (problem.outside, problem.title) == ("DESK-42", "809 on Mondays")
    [notice] = mails(desk, "en", f"{problem.number} opened")
    assert "Record elsewhere: DESK-42" in notice
    assert desk.app.queries.requests() == []


def test_later_cases_bring_a_room_s_card_up_to_date_and_send_no_second_mail(tmp_path: Path) -> None:
    """Where a channel can replace a message, the cases of some minutes become one newer card."""
    clock = SimulatedClock(START)
    mail, rooms = MemoryChannel(name="mail"), Rooms(name="webhook", form=Form.CHAT)
    app = open_heliograph(
        Settings(data_dir=tmp_path, secret_key="a secret of the tests, and of nothing else"),
        clock=clock,
        ids=CountedIds(),
        channels={"mail": mail, "webhook": rooms},
        in_turn=True,
    )
    try:
        desk, room = Desk(app, clock, mail), "https://chat.example.org/room"
        app.acts.load_directory(directory(Address(channel="webhook", value=room)))
        weekly(desk)
        [first] = rooms.sent
        assert first.card
        for number in ("T-4", "T-5"):
            desk.report(number, title=TITLES[0], service="vpn")
            desk.settle()
        desk.wait(10)
        [_, newer] = rooms.sent
        assert newer.card == first.card
        assert "5 张工单情况相似" in newer.text
        assert len(mails(desk, "owner", "look alike")) == 1
    finally:
        app.close()


@pytest.mark.parametrize(
    ("decision", "code"),
    [(ChainState.REFUSED, "chain_refused"), (ChainState.WATCHED, "chain_watched")],
)
def test_what_was_decided_is_not_told_again(desk: Desk, decision: ChainState, code: str) -> None:
    """A further case is silent, and its row says why."""
    weekly(desk)
    chains = desk.app.problem_keeping.chains
    chains.decide(only_chain(desk), decision, by="pm.zh", reason="The provider mends it in May")
    case(desk, "T-6")
    [silent] = told(desk, "T-6", Kind.RECURRENCE_ALERT)
    assert silent.outcome
    assert silent.outcome.code == code
    assert mails(desk, "zh", "T-6") == []


def test_a_storm_is_told_once(desk: Desk) -> None:
    """However many like it come within minutes, whoever decides gets one mail."""
    for n in range(12):
        desk.report(f"S-{n}", title="GlobalLink shows error 809", service="vpn")
    desk.settle()
    desk.wait(60)
    [one] = mails(desk, "zh", "情况相似")
    assert "短时间内" in one
    assert len(mails(desk, "en", "look alike")) == 1


def test_what_is_asked_for_again_and_again_is_told_to_nobody(desk: Desk) -> None:
    """Password resets are no failure."""
    for n in range(4):
        case(desk, f"R-{n}", "Please reset my password for the ERP")
        desk.wait(WEEK)
    assert mails(desk, "en", "look alike") == []


def test_a_chain_is_merged_into_a_problem_by_its_number(desk: Desk) -> None:
    """Its cases are the problem's from then on; a way that leads back is refused."""
    weekly(desk)
    problem = accept(desk)
    for n in range(3):
        case(desk, f"B-{n}", "Backup of fra-sql-01 failed with ORA-00600")
        desk.wait(WEEK)
    with desk.app.store.read() as tx:
        other = next(c.id for c in tx.chains() if c.id != problem.chain)
    chains = desk.app.problem_keeping.chains
    merged = chains.decide(other, ChainState.MERGED, by="pm.zh", into=problem.number)
    assert merged.merged_into == problem.chain
    with desk.app.store.read() as tx:
        assert len(tx.members([problem.chain])[problem.chain]) == 6
    with pytest.raises(WrongState):
        chains.decide(problem.chain, ChainState.MERGED, by="pm.zh", into=other)
    assert chains.undo(other, by="pm.zh").state is ChainState.PROPOSED
    with desk.app.store.read() as tx:
        assert len(tx.members([other])[other]) == 3
