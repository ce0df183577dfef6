"""Pasts of our own, each in an installation of its own: what happened, who decided what, and when."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from pipeline.bootstrap import Heliograph
from pipeline.domain.agreement import Ballot
from pipeline.domain.directory import Address, Directory, Group, Names
from pipeline.domain.payload import PersonRef
from pipeline.domain.portal_events import Attached
from pipeline.domain.subscription import Choice, Subscription
from pipeline.domain.wishes import Muting, Wishes
from pipeline.flow.drain import drain
from tests.acceptance.monitors import monitored
from tests.acceptance.outage import CRM, crm_outage, group, outage, words
from tests.acceptance.recurring import directory as recurring_house
from tests.acceptance.recurring import weekly
from tests.acceptance.story import Desk
from tests.acceptance.story import desk as service_desk
from tests.contract.sinks import HttpSink
from tests.unit.flow.approvals.approvers import approving, ask, decide
from tests.unit.flow.desk import opened
from tests.unit.flow.releases import declared, first_contact, releasing, vote
from tests.unit.flow.test_on_call import RULE, calendar, person, wanted
from tests.unit.flow.test_summaries import edited, make
from tests.unit.flow.writers import Plain, writing

DOWN = {"severity": "P1", "impact": "unavailable", "service": "crm"}
FOUND_LATER = words("日志显示更早", "the logs show it earlier")
TWO = {"id": "two", "mode": "two_persons", "audiences": ["affected"], "ask": "incident-managers", "within": "7m"}  # fmt: skip
VETO = {"id": "veto", "mode": "unless_vetoed", "within": "10m", "audiences": ["affected"]}
TROUBLES = {
    "outsider": "Cannot sign in",
    "phone": "Export stays empty",
    "line": "Pictures are blurred",
    "director": "Calendar shows last year",
    "chief": "Printing ends in the middle",
}
Told = Callable[[Path], Iterator[Heliograph]]


def report(desk: Desk, number: str, who: str, **more: Any) -> None:
    usual = {"title": "Cannot sign in", "requester": {"id": who}, "service": "crm"}
    desk.send("reported", number, **usual | more)


def ticket(folder: Path) -> Iterator[Heliograph]:
    """Two approvals, of which one is passed on twice; solved; and its low answer is raised."""
    with approving(folder) as desk:
        desk.begin()
        ask(desk, "away", "zhao")
        desk.wait(30)
        decide(desk, "zhao")
        ask(desk, "alone", name="a2")
        desk.wait(30 * 60)
        desk.send("resolved", fix_summary="Moved the mailbox")
        desk.wait(5)
        with desk.app.store.read() as tx:
            [survey] = tx.surveys_on([desk.incident.id])
        desk.app.deciding.surveys.answer(survey.id, 1, "Three days")
        desk.wait(4 * 24 * 60)
        yield desk.app


def two_tickets(folder: Path) -> Iterator[Heliograph]:
    """Of one person, who is asked after the first of them how it went, and not again."""
    with opened(folder) as desk:
        for number in ("T-1", "T-2"):
            desk.report(number)
            desk.wait(4)
            desk.send("resolved", number, fix_summary="Rebuilt the profile")
            desk.wait(9)
        yield desk.app


def family(folder: Path) -> Iterator[Heliograph]:
    """Of three tickets one stays with the major incident, one is taken away, and one moves to another."""
    with outage(folder) as desk:
        desk.at("10:00").send("incident.declared", CRM, **DOWN)
        desk.send("incident.declared", "INC-77", severity="P2", impact="degraded")
        for number, who in (("INC-1", "outsider"), ("INC-2", "phone"), ("INC-3", "line")):
            report(desk.at("10:05"), number, who)
        desk.at("10:20").record("detached", "INC-2", by={"id": "lin"})
        other, moving = (desk.app.queries.incident(name) for name in ("INC-77", "INC-3"))
        assert other is not None
        assert moving is not None
        by = PersonRef(id="lin")
        moves = Attached(incident=other.id, number="INC-77", basis="person", by=by)
        desk.app.acts.record(moving.id, moves, version=moving.version)
        desk.at("10:45").send("incident.restored", CRM)
        desk.send("incident.restored", "INC-77")
        desk.at("11:30")
        yield desk.app


def false_alarm(folder: Path) -> Iterator[Heliograph]:
    """It sets its ticket free."""
    with outage(folder) as desk:
        desk.at("10:00").send("incident.declared", CRM, **DOWN)
        report(desk.at("10:05"), "INC-1", "outsider")
        desk.at("10:20").send("incident.withdrawn", CRM)
        desk.at("11:30")
        yield desk.app


def many_at_once(folder: Path) -> Iterator[Heliograph]:
    """Five people report one service, and a person answers that it is no failure."""
    with outage(folder) as desk:
        for n, (who, title) in enumerate(TROUBLES.items(), 1):
            report(desk.at(f"10:0{n}"), f"INC-{n}", who, title=title)
        desk.at("10:10").record("incident.withdrawn", "INC-1", by={"id": "lin"})
        desk.at("10:20").send("resolved", "INC-4", fix_summary="A password")
        desk.at("11:30")
        yield desk.app


def relapse(folder: Path) -> Iterator[Heliograph]:
    """Opened by alerts and confirmed by a second one; it comes back once; a room and readers with wishes hear of it."""
    sink = HttpSink()
    hooks: dict[str, Any] = {
        "webhook_secret": "a secret of the tests that signs webhooks",
        "webhook_hosts": (sink.host,),
    }
    with outage(folder, **hooks) as desk:
        room = Address(channel="webhook", value=sink.url)
        desk.app.acts.load_directory(
            Directory(groups=(group("sales", addresses=(room,), mixed=True),))
        )
        _wish(desk)
        crm_outage(desk)
        yield desk.app
    sink.close()


def _wish(desk: Desk) -> None:
    now = desk.app.clock.now()
    later = {"zone": "Asia/Shanghai", "changed_at": now, "digest_at": time(11, 30)}
    muted = {"whose": "person", "reader": "chief", "of": "service", "about": "crm", "by": "chief"}
    with desk.app.store.write() as tx:
        tx.save_wishes(Wishes.model_validate({"person": "tom", **later}))
        until = now + timedelta(days=7)
        tx.save_muting(Muting.model_validate({**muted, "at": now, "until": until}))


def own_mute(folder: Path) -> Iterator[Heliograph]:
    """A requester wants no news of her ticket for a day, and says so on its page."""
    with service_desk(folder, requester="zh") as desk:
        who = {"id": "wang.xiaolin"}
        desk.at("10:02").send("reported", title="邮件客户端反复崩溃", requester=who, priority="P3")
        ticket = desk.at("10:10").app.queries.incident("INC-9527")
        assert ticket is not None
        with desk.app.store.write() as tx:
            tx.mute("wang.xiaolin", ticket.id, desk.app.clock.now() + timedelta(days=1))
        desk.at("10:15").send("assigned", assignee={"id": "chen.li"}, group="desktop-support")
        desk.at("11:00").send("resolved", fix_summary="重建了配置")
        desk.at("12:00")
        yield desk.app


def corrections(folder: Path) -> Iterator[Heliograph]:
    """A wrong beginning is put right for some of those who were told it; for the others somebody put it aside."""
    with outage(folder) as desk:
        desk.at("10:05").send(
            "incident.declared", CRM, started_at="2026-08-24T10:02:00+08:00", **DOWN
        )
        desk.at("10:15").send(
            "incident.corrected", CRM, attribute="started_at", at="2026-08-24T09:15:00+08:00", why=FOUND_LATER
        )  # fmt: skip
        desk.at("10:18")
        for n, held in enumerate(desk.app.queries.held()):
            (desk.app.acts.discard if n % 2 else desk.app.acts.release)(held.id, "lin", "read")
        drain(desk.app.steps)
        desk.at("10:50").send("incident.restored", CRM)
        desk.at("12:00")
        yield desk.app


def _held(folder: Path, entry: dict[str, Any], then: str) -> Iterator[Heliograph]:
    with releasing(folder, entry) as desk:
        declared(desk)
        desk.wait(4)
        if then == "released":
            vote(desk, "mei")
            desk.wait(1)
            if entry is TWO:
                vote(desk, "noor")
        elif then == "vetoed":
            vote(desk, "noor", Ballot.VETO, "The scope is wrong")
        elif then == "put aside":
            desk.app.acts.discard(first_contact(desk).id, "mei", "We call them")
        elif then == "written again":
            scope = {"scope": words("全部", "everybody")}
            event = desk.event("x", "T-1", **scope)
            desk.accept(event | {"type": "heliograph.incident.scope_changed.v1"})
            desk.app.acts.retry(first_contact(desk).id, "mei")
            desk.wait(1)
            vote(desk, "mei")
            if entry is TWO:
                vote(desk, "noor")
        desk.wait(12)
        event = desk.event("x", "T-1")
        desk.accept(event | {"type": "heliograph.incident.restored.v1"})
        desk.wait(30)
        yield desk.app


def edited_summary(folder: Path) -> Iterator[Heliograph]:
    """A person writes a summary anew before it leaves."""
    with opened(folder, writing=writing(Plain())) as desk:
        desk.report()
        desk.wait(4)
        desk.send("assigned", assignee={"id": "chen"}, expected_at="2026-08-24T17:00:00+08:00")
        desk.wait(5)
        own = edited(desk, make(desk, "requester"), "It will work at 17:00.")
        acts = desk.app.summarising.acts
        acts.send(desk.incident, acts.release(own, by="chen"), by="chen")
        desk.wait(30)
        yield desk.app


def maintenance(folder: Path) -> Iterator[Heliograph]:
    """An alert is kept back by it and comes up at its end, on a ticket that has the number of another desk's."""
    with monitored(folder) as monitor:
        desk = monitor.desk
        desk.send(
            "maintenance_planned",
            "CHG-2214",
            title="CRM database upgrade",
            services=["crm"],
            starts_at="2026-08-25T11:00:00+08:00",
            ends_at="2026-08-25T12:00:00+08:00",
            effect=words("期间无法登录 CRM", "CRM cannot be used meanwhile"),
        )
        desk.on("2026-08-25T11:10")
        monitor.sends(monitor.fires("LoginErrors", service="crm", severity="critical"))
        report(desk.on("2026-08-25T11:20"), "INC-1", "outsider")
        desk.on("2026-08-25T13:00")
        yield desk.app


def on_call(folder: Path) -> Iterator[Heliograph]:
    """Whoever has it is told."""
    rules = folder / "rules"
    rules.mkdir()
    (rules / "own.yaml").write_text(RULE, encoding="utf-8")
    with opened(folder / "data", rules_dir=rules) as desk:
        net = Group(id="net", name=Names(zh="网络组", en="Network"))
        people = (person("ann"), person("bob"))
        desk.app.acts.load_directory(Directory(people=people, groups=(net,)))
        desk.app.rotas.write(wanted(calendar(("ann", "20260824"))), by="boss")
        desk.report()
        desk.send("assigned", assignee={"id": "bob"}, group="net")
        desk.wait(9)
        yield desk.app


def recurring(folder: Path) -> Iterator[Heliograph]:
    """The third case of a trouble tells those who decide about problems."""
    with opened(folder) as desk:
        desk.app.acts.load_directory(recurring_house())
        weekly(desk)
        desk.wait(60)
        yield desk.app


def reviewed(folder: Path) -> Iterator[Heliograph]:
    """A review is announced days after the end, somebody is reminded of an action, and a subscriber reads along."""
    with outage(folder) as desk:
        now = desk.app.clock.now()
        mail = Address(channel="mail", value="anna@example.net")
        asked = Choice(address=mail, language="en", zone="UTC")
        with desk.app.store.write() as tx:
            tx.save_subscription(
                Subscription(id="anna", choice=asked, created_at=now, changed_at=now)
            )
        desk.at("10:00").send("incident.declared", CRM, **DOWN)
        desk.at("10:45").send("incident.restored", CRM)
        major = desk.at("11:30").app.queries.incident(CRM)
        assert major is not None
        acts = desk.app.reviewing.acts
        desk.app.reviewing.reports.open(major, by="lin")
        acts.announce(major, review_by=datetime(2026, 8, 27, 10, tzinfo=UTC), by="lin")
        acts.add_action(major, text="Add an alert", owner="ops", due=date(2026, 8, 25), by="lin")
        desk.on("2026-08-27T10:00")
        yield desk.app


_ENDS = (
    *((TWO, "released"), (TWO, "written again"), (TWO, "left alone")),
    *((VETO, "vetoed"), (VETO, "put aside"), (VETO, "left alone")),
)
STORIES: Mapping[str, Told] = {
    "a ticket with approvals and a survey": ticket,
    "two tickets of one person": two_tickets,
    "a major incident and its tickets": family,
    "a false alarm": false_alarm,
    "many tickets at once": many_at_once,
    "a relapse": relapse,
    "corrections": corrections,
    "a muted ticket": own_mute,
    "an edited summary": edited_summary,
    "planned maintenance": maintenance,
    "somebody on call": on_call,
    **{f"held for {e['mode']} and {t}": partial(_held, entry=e, then=t) for e, t in _ENDS},
}


@contextmanager
def told(story: Told, folder: Path) -> Iterator[Heliograph]:
    yield from story(folder)
