"""An approval is asked, reminded, passed on and decided once; who has to know hears of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from pipeline.domain.approvals import ApprovalState
from pipeline.domain.decision_events import Approver
from pipeline.domain.directory import Directory, Person
from pipeline.domain.errors import NotAllowed, Refused, UnknownThing, WrongState
from pipeline.flow.approvals.acts import Question
from pipeline.ports import Source

from .approvers import (
    HOUR,
    PEOPLE,
    Asking,
    alarms,
    approval,
    approving,
    ask,
    away,
    decide,
    person,
    told,
)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    with approving(tmp_path_factory.mktemp("house")) as found:
        yield found


@pytest.fixture
def desk(house: Asking) -> Iterator[Asking]:
    """Its ticket is this test's alone, and closed after it: nothing of it falls due in another."""
    house.begin()
    yield house
    house.send("closed", silent=True)
    house.settle()


def test_whoever_is_asked_gets_a_mail_with_a_link_of_their_own(desk: Asking) -> None:
    ask(desk, "zhao", effect="No mail for 20 minutes", cost="CNY 300")
    [mail] = desk.mail.sent
    assert mail.address == "zhao@example.org"
    assert "/d/" in mail.text
    assert "No mail for 20 minutes" in mail.text
    assert "CNY 300" in mail.text


def test_the_decision_reaches_requester_and_technician(desk: Asking) -> None:
    """What it costs is for those who work on it."""
    desk.send("assigned", assignee={"id": "chen"})
    desk.wait(5)
    ask(desk, "zhao", cost="CNY 300")
    desk.mail.sent.clear()
    decide(desk, "zhao", comment="After hours, please")
    assert sorted(told(desk)) == ["chen", "wang"]
    texts = {m.address: m.text for m in desk.mail.sent}
    assert all("After hours, please" in text for text in texts.values())
    assert "CNY 300" in texts["chen@example.org"]
    assert "CNY 300" not in texts["wang@example.org"]


def test_of_two_who_are_asked_for_one_word_the_first_decides(desk: Asking) -> None:
    ask(desk, "zhao", "sun")
    assert sorted(told(desk)) == ["sun", "zhao"]
    decide(desk, "sun", approved=False)
    with pytest.raises(WrongState):
        decide(desk, "zhao")
    assert approval(desk).state is ApprovalState.REFUSED
    desk.wait(72 * HOUR)
    assert sorted(told(desk)) == ["sun", "wang", "zhao"]


def test_all_must_agree_where_all_are_asked(desk: Asking) -> None:
    ask(desk, "zhao", "sun", mode="all")
    decide(desk, "sun")
    assert approval(desk).is_open
    decide(desk, "zhao")
    assert approval(desk).state is ApprovalState.APPROVED
    assert told(desk).count("wang") == 1


def test_one_no_ends_it_where_all_are_asked(desk: Asking) -> None:
    ask(desk, "zhao", "sun", mode="all")
    decide(desk, "sun", approved=False)
    assert approval(desk).state is ApprovalState.REFUSED


def test_one_reminder_comes_before_the_time_and_then_the_manager_is_asked(desk: Asking) -> None:
    """Then whoever the rules name, and then a person has to look."""
    ask(desk, "zhao")
    desk.wait(20 * HOUR - 1)
    assert told(desk) == ["zhao"]
    desk.wait(1)
    assert told(desk) == ["zhao", "zhao"]
    assert "Reminder" in desk.mail.sent[-1].subject
    desk.wait(4 * HOUR)
    assert told(desk) == ["zhao", "zhao", "boss"]
    assert "Zhao did not answer in time" in desk.mail.sent[-1].text
    desk.wait(4 * HOUR)
    assert told(desk)[3:] == ["boss", "duty"]
    assert alarms(desk) == []
    desk.wait(96 * HOUR)
    assert told(desk)[5:] == ["duty"]
    assert alarms(desk) == ["approval_overdue"]


def test_whoever_was_asked_first_may_still_decide_after_it_was_passed_on(desk: Asking) -> None:
    ask(desk, "zhao")
    desk.wait(25 * HOUR)
    decide(desk, "zhao")
    assert approval(desk).state is ApprovalState.APPROVED
    desk.wait(96 * HOUR)
    assert told(desk) == ["zhao", "zhao", "boss", "wang"]


def test_the_substitute_is_asked_at_once_while_the_approver_is_away(desk: Asking) -> None:
    """Whom the request names comes before whom the directory knows."""
    ask(desk, "away")
    assert told(desk) == ["sun"]
    assert "Away is away" in desk.mail.sent[0].text
    desk.send(
        "approval_asked",
        approval="a2",
        approvers=[{"id": "away", "substitute": "zhao"}],
        what="Order a licence",
    )
    desk.settle()
    assert told(desk) == ["sun", "zhao"]


def test_nobody_waits_in_vain_for_somebody_away_without_a_substitute(desk: Asking) -> None:
    """The mail waits for them, and the time does not."""
    ask(desk, "alone")
    desk.wait(25 * HOUR)
    assert told(desk) == ["alone", "alone", "boss"]


@pytest.mark.parametrize("approver", ["gone", "nobody-of-that-name"])
def test_an_approver_who_left_is_passed_over_at_once_and_alarmed(
    desk: Asking, approver: str
) -> None:
    ask(desk, approver)
    assert told(desk) in (["boss"], ["duty"])
    assert alarms(desk) == ["approver_left"]
    decide(desk, told(desk)[0])
    assert alarms(desk) == []


def test_what_was_withdrawn_is_asked_of_nobody_any_more(desk: Asking) -> None:
    ask(desk, "zhao")
    desk.app.deciding.approvals.withdraw(desk.incident.id, "a1", by="chen")
    desk.wait(96 * HOUR)
    assert told(desk) == ["zhao"]
    with pytest.raises(WrongState):
        decide(desk, "zhao")


def test_the_end_of_the_ticket_ends_its_approvals(desk: Asking) -> None:
    ask(desk, "zhao")
    desk.send("closed", silent=True)
    desk.wait(96 * HOUR)
    assert told(desk) == ["zhao"]
    assert approval(desk).state is ApprovalState.LAPSED


def test_a_solved_ticket_reminds_nobody_and_asks_nobody_else(desk: Asking) -> None:
    """Nothing waits for the word any more; whoever was asked may still give it."""
    ask(desk, "zhao")
    desk.send("resolved", fix_summary="A new profile helped")
    desk.wait(96 * HOUR)
    assert told(desk).count("zhao") == 1
    assert not {"boss", "duty"} & {*told(desk)}
    assert alarms(desk) == []
    decide(desk, "zhao")
    assert approval(desk).state is ApprovalState.APPROVED


def test_a_ticket_that_is_opened_again_reminds_again(desk: Asking) -> None:
    """The time passed while it was solved: whoever is reminded has the usual grace before others are asked."""
    ask(desk, "zhao")
    desk.send("resolved", fix_summary="A new profile helped")
    desk.wait(48 * HOUR)
    desk.send("reopened", reason="It crashed again")
    desk.wait(1)
    approvers = [name for name in told(desk) if name in ("zhao", "boss", "duty")]
    assert approvers == ["zhao", "zhao"]
    desk.wait(4 * HOUR - 5)
    assert "boss" not in told(desk)
    desk.wait(10)
    assert "boss" in told(desk)


def test_a_ticket_that_goes_to_and_fro_reminds_once(desk: Asking) -> None:
    """Each end of the grace begins anew, and no reminder does."""
    ask(desk, "zhao")
    for _ in range(4):
        desk.send("resolved", fix_summary="A new profile helped")
        desk.wait(48 * HOUR)
        desk.send("reopened", reason="It crashed again")
        desk.wait(1)
    assert told(desk).count("zhao") == 2
    assert "boss" not in told(desk)
    desk.wait(4 * HOUR)
    assert "boss" in told(desk)


def test_an_approval_of_a_withdrawn_failure_reminds_nobody(desk: Asking) -> None:
    """There was none: nobody needs what was asked for it."""
    of_it = {"type": "heliograph.incident.declared.v1"}
    desk.accept(desk.event("x", severity="P2", service="mail") | of_it)
    ask(desk, "zhao")
    desk.accept(desk.event("y") | {"type": "heliograph.incident.withdrawn.v1"})
    desk.wait(96 * HOUR)
    assert told(desk).count("zhao") == 1


def test_a_substitute_can_be_named(desk: Asking) -> None:
    ask(desk, "zhao")
    acts, ticket = desk.app.deciding.approvals, desk.incident.id
    acts.substitute(ticket, "a1", of="zhao", to="sun", by="boss")
    desk.settle()
    assert told(desk) == ["zhao", "sun"]
    assert "in the place of Zhao" in desk.mail.sent[-1].text
    with pytest.raises(WrongState):
        acts.substitute(ticket, "a1", of="zhao", to="boss", by="boss")
    for to in ("gone", "nobody"):
        with pytest.raises(UnknownThing):
            acts.substitute(ticket, "a1", of="sun", to=to, by="boss")


def test_only_those_who_are_asked_decide(desk: Asking) -> None:
    ask(desk, "zhao")
    for other in ("wang", "sun", "gone"):
        with pytest.raises(NotAllowed):
            decide(desk, other)
    with pytest.raises(UnknownThing):
        decide(desk, "zhao", name="another")


def test_a_person_asks_and_a_closed_ticket_asks_nothing(desk: Asking) -> None:
    acts = desk.app.deciding.approvals
    question = Question(approvers=(Approver(id="zhao"),), what="Order a licence")
    made = acts.ask(desk.incident.id, question, by="chen")
    desk.settle()
    assert made.is_open
    assert "Asked by: Chen Li" in desk.mail.sent[0].text
    desk.send("closed", silent=True)
    with pytest.raises(WrongState):
        acts.ask(desk.incident.id, question, by="chen")


def test_a_question_without_a_time_has_two_days(desk: Asking) -> None:
    ask(desk, "zhao", due_by=None)
    desk.wait(44 * HOUR - 1)
    assert told(desk) == ["zhao"]
    desk.wait(1)
    assert told(desk) == ["zhao", "zhao"]


def test_two_approvals_of_one_ticket_do_not_touch_each_other(desk: Asking) -> None:
    ask(desk, "zhao")
    ask(desk, "zhao", name="a2", what="Order a licence")
    assert told(desk) == ["zhao", "zhao"]
    decide(desk, "zhao", name="a2")
    assert "Order a licence" in desk.mail.sent[-1].text
    assert approval(desk).is_open
    decide(desk, "zhao", approved=False)
    assert told(desk).count("wang") == 2


def test_a_word_on_an_approval_that_nobody_asked_for_is_refused(desk: Asking) -> None:
    with pytest.raises(Refused):
        desk.send("approval_decided", approval="a9", approved=True, by={"id": "zhao"})


def test_whoever_left_since_is_not_reminded_and_somebody_else_is_asked(desk: Asking) -> None:
    """Or went away, and has a substitute."""
    ask(desk, "zhao")
    ask(desk, "sun", name="a2", what="Order a licence")
    left = person("zhao", groups=("platform",), active=False)
    gone = person("sun", groups=("platform",), absences=away("duty"))
    desk.app.acts.load_directory(Directory(people=(left, gone)))
    desk.wait(20 * HOUR)
    assert sorted(told(desk)) == ["boss", "duty", "sun", "zhao"]
    assert alarms(desk) == ["approver_left"]
    desk.app.acts.load_directory(Directory(people=PEOPLE))


def test_an_approver_who_is_erased_leaves_no_trace_and_the_approval_goes_on(desk: Asking) -> None:
    """Of her id, her name or her address; what was decided stays decided."""
    erin = Person(
        id="erin.ames", name="Erin Ames", addresses=(person("erin.ames").addresses),
        groups=("platform",),
    )  # fmt: skip
    desk.app.acts.load_directory(Directory(people=(erin,)))
    ask(desk, "erin.ames", "zhao", mode="all")
    ask(desk, "erin.ames", name="a2", what="Order a licence")
    decide(desk, "erin.ames", comment="Signed, Erin Ames")
    desk.app.erasure.person(erin, by="boss")
    with desk.app.store.reading() as connection:  # type: ignore[attr-defined]
        dump = "\n".join(connection.connection.driver_connection.iterdump())
    for trace in ("erin.ames", "Erin Ames"):
        assert trace not in dump
    assert approval(desk).is_open
    decide(desk, "zhao")
    assert approval(desk).state is ApprovalState.APPROVED
    desk.wait(50 * HOUR)
    assert told(desk)[-1] in ("boss", "duty")


class TestBesideADesk:
    """An outside desk owns the ticket."""

    @pytest.fixture(autouse=True)
    def _owner(self, desk: Asking) -> None:
        desk.app.acts.save_sources([Source(name="desk", owner="desk")])
        desk.begin()

    def asked(self, desk: Asking) -> list[tuple[str, str]]:
        requests = desk.app.queries.requests(incident_id=desk.incident.id, open_only=False)
        return [(r.kind, r.state.value) for r in requests]

    def send(self, desk: Asking, **data: Any) -> None:
        desk.send("approval_decided", approval="d1", **data)
        desk.settle()

    def test_the_desk_is_asked_to_record_it_and_its_word_confirms_that(self, desk: Asking) -> None:
        people = [{"id": "zhao"}]
        desk.send("approval_asked", approval="d1", approvers=people, what="Move it")
        ticket = desk.incident
        acts = desk.app.deciding.approvals
        acts.decide(ticket.id, "d1", by="zhao", approved=True, where="link")
        assert self.asked(desk) == [("approve", "asked")]
        self.send(desk, approved=True, by={"id": "zhao"})
        assert self.asked(desk) == [("approve", "confirmed")]

    def test_the_first_counts_and_a_contradiction_is_looked_at(self, desk: Asking) -> None:
        """Decided here, and otherwise there before it heard of it."""
        people = [{"id": "zhao"}]
        desk.send("approval_asked", approval="d1", approvers=people, what="Move it")
        ticket = desk.incident
        acts = desk.app.deciding.approvals
        acts.decide(ticket.id, "d1", by="zhao", approved=True, where="link")
        self.send(desk, approved=False, by={"id": "boss"})
        assert desk.incident.approvals[0].state is ApprovalState.APPROVED
        assert self.asked(desk) == [("approve", "asked")]
        assert "approval_contradicted" in alarms(desk)

    def test_what_the_desk_decided_first_is_over_here(self, desk: Asking) -> None:
        """Nothing is asked of it: it knows."""
        people = [{"id": "zhao"}]
        desk.send("approval_asked", approval="d1", approvers=people, what="Move it")
        self.send(desk, approved=True, by={"id": "somebody at the desk"})
        ticket = desk.incident
        with pytest.raises(WrongState):
            desk.app.deciding.approvals.decide(
                ticket.id, "d1", by="zhao", approved=False, where="link"
            )
        assert self.asked(desk) == []
