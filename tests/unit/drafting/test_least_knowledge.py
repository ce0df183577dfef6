"""Law 4: whatever happens to a ticket, its requester is never told what only those who work on it know."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.domain.communication import Form, Kind
from pipeline.domain.directory import LANGUAGES, Group, Names, Person
from pipeline.domain.errors import IncidentClosed, Unusable
from pipeline.domain.facts import Level
from pipeline.domain.folding import fold
from pipeline.domain.incident import Incident
from pipeline.domain.payload import ERASED, Payload, PersonRef
from pipeline.drafting.brief import make_brief
from pipeline.drafting.pieces import Lookup
from pipeline.drafting.record import facts_of
from pipeline.drafting.slots import Context
from pipeline.drafting.templates import Templates
from pipeline.policy.audiences import audience_of
from prompts import ROOT, read_texts
from tests.unit.domain.builders import payloads
from tests.unit.tickets import (
    START,
    assigned,
    communication,
    event,
    handed_over,
    noted,
    reopened,
    reported,
    resolved,
    ticket,
)

TEMPLATES = Templates.load(read_texts(ROOT), validate=False)
SECRET = "only among colleagues"
STEPS = st.lists(
    payloads("assigned", "state_changed", "handed_over", "noted", "resolved", "reopened"),
    max_size=6,
)


def worked_on(steps: list[Payload]) -> Incident:
    """A ticket after these steps, with a secret in each place that is not the requester's."""
    secret = (
        noted(SECRET, tried=True),
        handed_over("exchange", tried=[SECRET], reason=SECRET),
        noted(SECRET),
    )
    incident = fold(None, event(reported()))
    for n, step in enumerate((*steps, *secret), 2):
        try:
            incident = fold(incident, event(step, n))
        except IncidentClosed:
            continue
    return incident


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_no_text_for_the_requester_holds_a_colleagues_words(steps: list[Payload]) -> None:
    """Every kind that the record allows, in every form and both languages."""
    incident = worked_on(steps)
    brief = make_brief(facts_of(incident, Lookup()), audience_of("requester", incident), {})
    assert all(fact.level <= Level.AFFECTED for fact in brief.facts)
    for kind in Kind:
        for language in LANGUAGES:
            for form in Form:
                try:
                    text = TEMPLATES.render(
                        communication(kind), brief, language, form, now=START, context=Context()
                    )
                except Unusable:  # the record lacks what this kind is about
                    continue
                assert SECRET not in text.subject + text.text + (text.html or "")


FULL = ticket(
    assigned("chen", group="desktop"),
    handed_over("exchange", tried=["a new profile"], reason="follows the mailbox"),
    resolved("moved it"),
    reopened(by=PersonRef(id="wang"), reason="it is back"),
)


@pytest.mark.parametrize("attribute", ["requester_name", "group", "handed_from", "reopened_by"])
def test_a_name_that_no_directory_knows_is_an_id_and_stays_inside(attribute: str) -> None:
    """An id such as `wang` is not a name to greet somebody by, or to tell them."""
    facts = {fact.attribute: fact for fact in facts_of(FULL, Lookup())}
    assert facts[attribute].level is Level.INTERNAL
    known = Lookup(
        people={"wang": Person(id="wang", name="Xiaolin Wang")},
        groups={
            name: Group(id=name, name=Names(zh=f"{name} 组", en=name))
            for name in ("desktop", "exchange")
        },
    )
    facts = {fact.attribute: fact for fact in facts_of(FULL, known)}
    assert facts[attribute].level is Level.AFFECTED


def test_what_was_erased_is_no_fact() -> None:
    """A person's words that were erased stand in no text, not even as a remark that they are gone."""
    incident = ticket(noted(ERASED, visibility="requester"), resolved(ERASED))
    told = {fact.attribute for fact in facts_of(incident, Lookup())}
    assert not told & {"public_note", "fix_summary"}
