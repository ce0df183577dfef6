"""After a major incident those who were told of it are asked once how well they were kept informed, and why nobody else
is asked is a row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.message import Recipient
from pipeline.domain.survey import Offer, Survey, SurveyKind
from pipeline.flow.surveys.candidates import Candidates, person_of
from pipeline.flow.surveys.inviting import chosen_of
from pipeline.flow.surveys.offering import turns_of
from pipeline.policy.surveys import SurveyRules
from tests.unit.flow.desk import START

from .majors import DAY, Failing, failing


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Failing]:
    with failing(tmp_path_factory.mktemp("house"), public_url="https://it.example.org") as found:
        yield found


@pytest.fixture
def desk(house: Failing) -> Failing:
    house.mail.sent.clear()
    return house


def outcomes(desk: Failing) -> set[tuple[str, str, str]]:
    return {
        (c.audience, c.state.value, c.outcome.code if c.outcome else "") for c in desk.questions()
    }


def test_those_affected_are_asked_a_day_after_it_was_closed_and_a_room_is_not(
    desk: Failing,
) -> None:
    desk.fail()
    desk.wait(30)
    desk.about("restored")
    desk.wait(3 * DAY)
    assert desk.questions() == []
    desk.send("closed")
    desk.mail.sent.clear()
    desk.wait(DAY - 1)
    assert desk.asked() == []
    desk.wait(1)
    assert desk.asked() == ["li", "tom", "wang"]
    assert {s.score for s in desk.surveys().values()} == {None}
    assert ("public", "skipped", "nobody_was_told") in outcomes(desk)


def test_whatever_comes_twice_asks_nobody_twice(desk: Failing) -> None:
    """Closed again after it was asked: each is named with the reason."""
    desk.fail()
    desk.over()
    desk.wait(DAY)
    desk.send("reopened")
    desk.wait(31 * DAY)
    desk.send("closed")
    desk.wait(2 * DAY)
    assert desk.asked() == ["li", "tom", "wang"]
    assert desk.why_not() == dict.fromkeys(("li", "tom", "wang"), "survey_asked_already")
    assert ("affected", "skipped", "survey_nobody_left") in outcomes(desk)


def test_one_person_is_asked_once_in_thirty_days_over_both_kinds(desk: Failing) -> None:
    """A ticket of tom's, a failure for both, and a ticket of li's: each is asked by the first of theirs."""
    desk.wait(31 * DAY)
    desk.fix("tom")
    desk.fail(days=1)
    desk.over()
    desk.wait(DAY)
    assert desk.asked() == ["li", "wang"]
    assert desk.why_not() == {"tom": "survey_asked_lately"}
    assert explained(desk, "tom") == ["survey_asked_lately"]
    desk.fix("li")
    assert desk.asked() == ["li", "wang"]
    assert desk.why_not() == {"li": "survey_asked_lately"}


def explained(desk: Failing, who: str) -> list[str]:
    """What "why did I not get this?" answers of the question."""
    found = desk.app.rule_keeping.why.of_ticket(who, desk.number).decisions
    return [one.why.code for one in found if one.kind == "survey" and one.communication]


def test_a_subscriber_is_asked_and_who_is_known_at_that_address_by_name(desk: Failing) -> None:
    desk.subscribe("sub_anna", "anna@example.net")
    desk.subscribe("sub_tom", "Tom@Example.org")
    desk.fail()
    desk.over()
    desk.wait(DAY)
    assert desk.asked() == ["anna", "li", "tom", "wang"]
    assert set(desk.surveys()) == {"li", "tom", "wang", "subscriber:sub_anna"}
    assert desk.why_not() == {"subscriber:sub_tom": "survey_asked_lately"}
    for name in ("sub_anna", "sub_tom"):
        desk.app.portal.subscribing.remove(name, by="boss")


def test_whoever_has_ended_the_subscription_is_not_asked(desk: Failing) -> None:
    desk.subscribe("sub_bert", "bert@example.net")
    desk.fail()
    desk.over()
    desk.app.portal.subscribing.suspend("sub_bert", by="boss")
    desk.wait(DAY)
    assert desk.asked() == ["li", "tom", "wang"]
    assert desk.why_not() == {"subscriber:sub_bert": "survey_unsubscribed"}


@pytest.mark.parametrize(
    ("failure", "code"),
    [({"severity": "P3"}, "survey_small"), ({"service": "vault"}, "survey_of_security")],
)
def test_of_a_small_failure_and_of_a_security_incident_nobody_is_asked(
    desk: Failing, failure: dict[str, Any], code: str
) -> None:
    """And each silence is a row with its reason."""
    desk.fail(**failure)
    desk.over()
    desk.wait(2 * DAY)
    assert desk.asked() == []
    assert {(a, c) for a, _, c in outcomes(desk)} == {("affected", code), ("public", code)}
    assert desk.surveys() == {}


@pytest.mark.parametrize(
    ("turn", "code"), [("relapsed", "not_so"), ("reopened", "survey_while_open")]
)
def test_what_is_not_over_any_more_asks_nobody_yet(desk: Failing, turn: str, code: str) -> None:
    desk.fail()
    desk.over()
    desk.wait(DAY - 30)
    desk.about(turn) if turn == "relapsed" else desk.send(turn)
    desk.wait(30)
    assert desk.asked() == []
    assert ("affected", "skipped", code) in outcomes(desk)
    if turn == "relapsed":
        # What stays open is told of every twenty minutes, for as long as the next test waits.
        desk.about("restored")


def test_of_a_false_alarm_nobody_is_asked(desk: Failing) -> None:
    desk.fail()
    desk.wait(5)
    desk.about("withdrawn", reason="A false alarm")
    desk.send("closed")
    desk.mail.sent.clear()
    desk.wait(2 * DAY)
    assert desk.asked() == []
    assert desk.questions() == []


def test_low_scores_reach_the_team_that_had_it_together_and_rarely(desk: Failing) -> None:
    """One message ten minutes after the first, and another one not before a day has passed."""
    desk.fail()
    desk.over()
    desk.wait(DAY)
    desk.mail.sent.clear()
    desk.answer("tom", 1, "Two hours without a word")
    desk.answer("li", 2)
    desk.wait(9)
    assert desk.mail.sent == []
    desk.wait(1)
    [told] = desk.mail.sent
    assert told.address == "ops@example.org"
    assert "2 of 2 rated it 2 of 5 or less" in told.text
    assert "Two hours without a word" in told.text
    desk.answer("li", 5)
    desk.answer("li", 1)
    desk.wait(60)
    assert len(desk.mail.sent) == 1
    desk.wait(DAY)
    assert len(desk.mail.sent) == 2


def alarms(desk: Failing) -> list[str]:
    return [a.code for a in desk.app.queries.alarms() if a.incident == desk.incident.id]


def test_a_slip_that_is_mended_in_time_tells_nobody(desk: Failing) -> None:
    desk.fail()
    desk.over()
    desk.wait(DAY)
    desk.mail.sent.clear()
    desk.answer("tom", 1)
    assert "low_informed" in alarms(desk)
    desk.answer("tom", 4)
    desk.wait(60)
    assert desk.mail.sent == []
    assert "low_informed" not in alarms(desk)


READERS = st.lists(
    st.builds(
        lambda kind, n, at: Recipient(
            kind=kind, id=f"{n}", name="", channel="mail", address=f"{at}@example.org",
            language="en", zone="UTC",
        ),
        st.sampled_from(["person", "subscriber"]), st.integers(0, 5), st.integers(0, 4),
    ),
    unique_by=lambda r: r.key,
)  # fmt: skip


@given(readers=READERS, days=st.dictionaries(st.integers(0, 5), st.integers(0, 60)))
def test_each_is_asked_or_not_for_a_reason_and_nobody_under_two_names(
    readers: list[Recipient], days: dict[int, int]
) -> None:
    """Whoever shares an address is asked once, and nobody whose turn was in the last thirty days."""
    asked = {f"{n}": START - ago * timedelta(days=1) for n, ago in days.items()}
    candidates = Candidates(readers=tuple(readers), asked=asked)
    offers = {
        r.key: Offer(survey=blank(person_of(r)), turns=turns_of(person_of(r), r.address))
        for r in readers
    }
    everybody = {r.key for r in readers}
    chosen = chosen_of(candidates, offers, everybody, SurveyRules(), START)
    turns = [turn for offer in chosen.offers.values() for turn in offer.turns]
    assert len(turns) == len(set(turns))
    assert not {turn for turn in turns if days.get(int(turn) if turn.isdigit() else -1, 99) < 30}
    left = sorted(one.person for one in chosen.unasked)
    assert sorted([*(person_of(r) for r in chosen.readers), *left]) == sorted(
        map(person_of, readers)
    )


def blank(person: str) -> Survey:
    return Survey(
        id=f"srv_{person}", kind=SurveyKind.INFORMED, incident="inc", round=0, person=person,
        asked_at=START, expires_at=START,
    )  # fmt: skip
