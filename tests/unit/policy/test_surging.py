"""How many tickets in how short a time are a question? Counted by people, over stretches that slide."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.decision_events import ApprovalAsked, Approver
from pipeline.domain.events import Closed, Resolved
from pipeline.domain.incident import Incident
from pipeline.domain.major_events import Alerted, Declared
from pipeline.domain.payload import Payload
from pipeline.domain.portal_events import Attached
from pipeline.domain.sighting import Sighting
from pipeline.domain.texts_events import Classified
from pipeline.policy.confirmation import Confirmation, TicketRule
from pipeline.policy.loading import SHIPPED, load_pack, read_rules
from pipeline.policy.surging import LATEST, says_of_failure, surge_of
from tests.unit.tickets import MINUTE, START, fold_all, reported, stream

RULES = load_pack(read_rules(SHIPPED)).confirmation
RULE = TicketRule(count=3, within=10 * MINUTE)


def seen(minute: float, who: str, **more: Any) -> Sighting:
    usual = {"ticket": f"{who}-{minute}", "service": "crm", "requester": who}
    return Sighting(**usual | {"seen_at": START + minute * MINUTE} | more)


def found(*sightings: Sighting, now: float = 30) -> list[str]:
    return [s.ticket for s in surge_of(RULE, sightings, START + now * MINUTE)]


def test_the_shipped_rules_ask_at_five_tickets_in_a_quarter_of_an_hour() -> None:
    rule = RULES.tickets_of("crm")
    assert rule is not None
    assert (rule.count, rule.within, rule.severity) == (5, 15 * MINUTE, "P2")
    assert rule.second_signal
    assert rule.hold_down is None


def test_what_is_said_of_a_service_goes_before_what_is_said_of_any() -> None:
    own = TicketRule(service="crm", count=2, within=MINUTE)
    rules = Confirmation(tickets=(RULE, own))
    assert rules.tickets_of("crm") is own
    assert rules.tickets_of("mail") is RULE
    assert Confirmation(tickets=(own,)).tickets_of("mail") is None


@pytest.mark.parametrize(
    ("expected", "sightings"),
    [
        ([], (seen(0, "a"), seen(1, "b"))),
        (["a-0", "b-1", "c-10"], (seen(0, "a"), seen(1, "b"), seen(10, "c"))),
        ([], (seen(0, "a"), seen(1, "b"), seen(10.01, "c"))),
        (["b-1", "c-10", "d-11"], (seen(0, "a"), seen(1, "b"), seen(10, "c"), seen(11, "d"))[1:]),
        ([], (seen(0, "a"), seen(1, "a"), seen(2, "a"), seen(3, "b"))),
        (["a-0", "b-3", "c-4"], (seen(0, "a"), seen(1, "a"), seen(3, "b"), seen(4, "c"))),
        (["a-0", "b-3", "c-4"], (seen(4, "c"), seen(3, "b"), seen(0, "a"))),
        ([], (seen(0, "a", surge="t"), seen(1, "b"), seen(2, "c"))),
        ([], (seen(0, "a", requester=None), seen(1, "b"), seen(2, "c"))),
        (["a-0", "b-1", "c-2", "d-9"], (seen(0, "a"), seen(1, "b"), seen(2, "c"), seen(9, "d"))),
        (["b-9", "c-12", "d-19"], (seen(0, "a"), seen(9, "b"), seen(12, "c"), seen(19, "d"))),
    ],
    ids=[
        *("too-few", "to-the-end", "a-moment-more", "from-any-start", "one-person", "her-first"),
        *("in-any-order", "asked-before", "a-monitor", "all-of-the-stretch", "a-later-stretch"),
    ],
)  # fmt: skip
def test_enough_people_within_the_time_are_a_question(
    expected: list[str], sightings: tuple[Sighting, ...]
) -> None:
    assert found(*sightings) == expected


def test_what_is_heard_of_much_later_is_history() -> None:
    sightings = [seen(0, "a"), seen(1, "b"), seen(2, "c")]
    hour = LATEST / MINUTE
    assert found(*sightings, now=2 + hour)
    assert found(*sightings, now=2.1 + hour) == []


@given(st.lists(st.tuples(st.integers(0, 60), st.sampled_from("abcdef")), max_size=12))
def test_a_question_is_about_enough_people_each_once_within_the_time(
    said: list[tuple[int, str]],
) -> None:
    """And where any stretch holds enough, one is found."""
    sightings = [seen(minute, who) for minute, who in said]
    surge = surge_of(RULE, sightings, START + 60 * MINUTE)
    enough = any(
        len({who for at, who in said if 0 <= at - since <= 10}) >= RULE.count for since, _ in said
    )
    assert bool(surge) is enough
    if surge:
        assert len({s.requester for s in surge}) == len(surge) >= RULE.count
        assert surge[-1].seen_at - surge[0].seen_at <= RULE.within


def after(*payloads: Payload) -> Incident:
    return fold_all(stream(*payloads))


@pytest.mark.parametrize(
    ("counts", "ticket"),
    [
        (True, after(reported())),
        (True, after(reported(category="Software"))),
        (False, after(reported(category="REQUEST"))),
        (False, after(reported(), Resolved(fix_summary="x"))),
        (False, after(reported(), Closed())),
        (False, after(reported(), Attached(incident="i", number="n", basis="service"))),
        (False, after(reported(), Declared(severity="P1"))),
        (False, after(reported(), Classified(incident_type="planned_work"))),
        (False, after(reported(), ApprovalAsked(approval="a", what="a licence", approvers=(Approver(id="x"),)))),
        (False, after(Alerted(signal="s", title="t"))),
    ],
    ids=[
        *("open", "another-category", "a-request", "solved", "closed", "attached", "major"),
        *("planned", "asks-for-approval", "no-requester"),
    ],
)  # fmt: skip
def test_only_an_open_ticket_of_somebody_says_of_a_failure(counts: bool, ticket: Incident) -> None:
    assert says_of_failure(ticket, RULES) is counts


def test_no_time_is_left_out() -> None:
    """`within` has no hidden rounding."""
    rule = TicketRule(count=2, within=timedelta(seconds=90))
    pair = [seen(0, "a"), seen(1.5, "b")]
    assert surge_of(rule, pair, START)
    assert not surge_of(rule, [pair[0], seen(1.51, "b")], START)
