"""A requester is asked how it went at most once in a while, answers once however often, and a low score is raised."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from pipeline.domain.directory import Directory, Group, Names
from pipeline.domain.errors import UnknownThing, WrongState
from pipeline.domain.survey import Survey
from tests.unit.flow.approvals.approvers import Asking, approving

DAY = 24 * 60


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    with approving(tmp_path_factory.mktemp("house")) as found:
        names = Names(zh="桌面组", en="Desktop")
        led = Group(id="desktop", name=names, managers=("boss",))
        found.app.acts.load_directory(Directory(groups=(led,)))
        yield found


@pytest.fixture
def desk(house: Asking) -> Asking:
    """Each test is a month after the one before, so that nobody was asked lately."""
    house.wait(31 * DAY)
    house.begin()
    return house


def resolve(desk: Asking, **more: Any) -> None:
    desk.send("resolved", fix_summary="Moved the mailbox", **more)
    desk.wait(1)


def kept(desk: Asking) -> list[Survey]:
    with desk.app.store.read() as tx:
        return tx.surveys_on([desk.incident.id])


def asked(desk: Asking) -> list[bool]:
    """Of each mail that it is fixed, whether it asks how it went."""
    return ["/v/" in m.text for m in desk.mail.sent if m.subject.startswith("Fixed")]


def answer(desk: Asking, score: int, comment: str = "") -> Survey:
    said = desk.app.deciding.surveys.answer(kept(desk)[0].id, score, comment)
    desk.settle()
    return said


def raised(desk: Asking) -> list[str]:
    return [m.subject for m in desk.mail.sent if m.address == "boss@example.org"]


def waiting(desk: Asking) -> list[str]:
    return [a.code for a in desk.app.queries.alarms() if a.incident == desk.incident.id]


def test_she_is_asked_with_the_word_that_it_is_fixed(desk: Asking) -> None:
    resolve(desk)
    assert asked(desk) == [True]
    assert [s.score for s in kept(desk)] == [None]


def test_she_is_asked_once_in_thirty_days_whatever_is_resolved(desk: Asking) -> None:
    """Not for another ticket, and not for another round of the same one."""
    resolve(desk)
    desk.send("reopened")
    resolve(desk)
    desk.begin()
    resolve(desk)
    assert asked(desk) == [False]
    desk.wait(30 * DAY)
    desk.send("reopened")
    desk.wait(5)
    resolve(desk)
    assert asked(desk) == [False, True]
    assert [s.round for s in kept(desk)] == [1]


def test_a_ticket_that_nobody_reported_and_a_major_incident_ask_nobody(desk: Asking) -> None:
    raw = desk.event("declared", severity="P2") | {"type": "heliograph.incident.declared.v1"}
    desk.accept(raw)
    resolve(desk)
    assert kept(desk) == []
    # Else its reporter is told every half hour, for months, that nothing is new.
    ended = desk.event("restored") | {"type": "heliograph.incident.restored.v1"}
    desk.accept(ended)
    desk.settle()


def test_a_thousand_answers_are_one_and_the_last_counts(desk: Asking) -> None:
    resolve(desk)
    for _ in range(1000):
        answer(desk, 4, "Quick")
    assert [(s.score, s.comment, s.revision) for s in kept(desk)] == [(4, "Quick", 1)]
    answer(desk, 5)
    assert [(s.score, s.comment, s.revision) for s in kept(desk)] == [(5, None, 2)]


def test_a_low_score_is_raised_to_whoever_leads_the_group_once(desk: Asking) -> None:
    desk.send("assigned", assignee={"id": "chen"}, group="desktop")
    resolve(desk)
    answer(desk, 2, "Two days without a word")
    assert raised(desk) == []
    assert waiting(desk) == ["low_score"]
    desk.wait(10)
    assert raised(desk) == [f"Score 2 of 5: Mail client crashes ({desk.number})"]
    assert "Two days without a word" in desk.mail.sent[-1].text
    answer(desk, 1)
    desk.wait(60)
    assert len(raised(desk)) == 1


def test_without_a_group_those_who_manage_incidents_hear_of_it(desk: Asking) -> None:
    resolve(desk)
    answer(desk, 1)
    desk.wait(10)
    assert desk.mail.sent[-1].address == "duty@example.org"


def test_a_slip_that_is_mended_in_time_tells_nobody(desk: Asking) -> None:
    desk.send("assigned", assignee={"id": "chen"}, group="desktop")
    resolve(desk)
    answer(desk, 1)
    desk.wait(5)
    answer(desk, 5)
    desk.wait(60)
    assert raised(desk) == []
    assert waiting(desk) == []
    answer(desk, 2)
    desk.wait(10)
    assert len(raised(desk)) == 1


def test_it_can_be_answered_until_its_time_is_over(desk: Asking) -> None:
    resolve(desk)
    desk.wait(14 * DAY - 2)
    answer(desk, 3)
    desk.wait(2)
    with pytest.raises(WrongState):
        answer(desk, 5)
    assert kept(desk)[0].score == 3
    with pytest.raises(UnknownThing):
        desk.app.deciding.surveys.answer("srv_none", 3)


@pytest.mark.parametrize("score", [0, 6, -1])
def test_what_is_no_score_is_refused(desk: Asking, score: int) -> None:
    resolve(desk)
    with pytest.raises(ValueError, match="score"):
        answer(desk, score)
    assert kept(desk)[0].score is None
