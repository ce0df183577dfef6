"""What the record holds, who may know it, and what of it is news."""

from __future__ import annotations

import pytest

from pipeline.domain.errors import MissingVariable
from pipeline.domain.facts import Audience, Level
from pipeline.drafting.brief import make_brief, told_values
from pipeline.drafting.pieces import Lookup
from pipeline.drafting.record import facts_of
from pipeline.policy.audiences import audience_of
from tests.unit.tickets import (
    assigned,
    handed_over,
    noted,
    reopened,
    resolved,
    state_changed,
    ticket,
)

FULL = ticket(
    assigned("chen", group="desktop"),
    noted("asked the vendor", tried=True),
    noted("a word for you", visibility="requester"),
    handed_over("exchange", tried=["a new profile"], reason="follows the mailbox"),
    state_changed("waiting", waiting_for="approval", message="needs a yes"),
    resolved("moved the mailbox", cause_confirmed="a broken index", user_action="restart"),
    reopened(reason="it is back"),
)
INTERNAL = {"tried", "handover_reason", "note", "priority", "handed_from", "group", "requester_name", "reopened_by"}  # fmt: skip


def test_the_requester_is_never_told_what_is_internal() -> None:
    brief = make_brief(facts_of(FULL, Lookup()), audience_of("requester", FULL), {})
    known = {f.attribute for f in brief.facts}
    assert not known & {"tried", "handover_reason", "note", "priority"}
    assert known >= {"number", "title", "state", "public_note", "fix_summary", "cause"}


def test_those_who_work_on_it_know_both() -> None:
    brief = make_brief(facts_of(FULL, Lookup()), audience_of("group", FULL), {})
    assert {f.attribute for f in brief.facts} >= {"tried", "handover_reason", "note", "public_note"}
    assert [f.value for f in brief.all("tried")] == ["asked the vendor", "a new profile"]


def test_another_tickets_circle_sees_nothing_and_gets_no_brief() -> None:
    outsider = Audience(
        role="requester", clearance=Level.RESTRICTED, scopes=frozenset({"ticket:inc_2"})
    )
    with pytest.raises(MissingVariable):
        make_brief(facts_of(FULL, Lookup()), outsider, {})


def test_only_what_differs_from_what_was_told_is_news() -> None:
    before = make_brief(facts_of(FULL, Lookup()), audience_of("requester", FULL), {})
    assert before.news == {f.attribute for f in before.facts}
    again = make_brief(
        facts_of(FULL, Lookup()), audience_of("requester", FULL), told_values(before)
    )
    assert again.news == frozenset()


def test_only_the_kinds_own_attributes_count_as_news() -> None:
    brief = make_brief(facts_of(FULL, Lookup()), audience_of("requester", FULL), {}, ["state"])
    assert brief.news == {"state"}


def test_every_fact_names_the_event_it_comes_from_and_its_circle() -> None:
    for fact in facts_of(FULL, Lookup()):
        assert fact.event.startswith("evt_")
        assert fact.scope == "ticket:inc_1"
