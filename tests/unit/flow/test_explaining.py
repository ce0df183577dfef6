"""Every decision about a person has its reason, in both languages, also the one to stay silent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.domain.cloudevents import parse
from pipeline.domain.errors import UnknownThing

from .desk import START, Desk, opened
from .releases import declared, releasing


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A ticket that was reported, assigned, noted inside, handed over, resolved, and closed silently."""
    with opened(tmp_path_factory.mktemp("desk")) as found:
        found.report()
        found.wait(3)
        found.send("assigned", assignee={"id": "chen"})
        found.wait(3)
        found.send("noted", text="Looked at its log", author={"id": "chen"})
        found.wait(1)
        found.send("handed_over", group="exchange", tried=["Restarted it"])
        found.wait(3)
        found.send("resolved", fix_summary="Rebuilt the profile")
        found.wait(3)
        found.send("closed", silent=True)
        found.wait(3)
        yield found


def outcomes(desk: Desk, person: str) -> list[tuple[str, str, str]]:
    found = desk.app.rule_keeping.why.of_ticket(person, "T-1")
    return [(d.outcome, d.kind, d.why.code) for d in found.decisions]


def test_a_requester_sees_what_was_told_and_why_the_rest_was_not(desk: Desk) -> None:
    told = outcomes(desk, "wang")
    assert told == [
        ("told", "acknowledgement", "message_delivered"),
        ("told", "assignment", "message_delivered"),
        ("silent", "status_change", "rule_not_about"),
        ("told", "hand_over", "message_delivered"),
        ("told", "resolution", "message_delivered"),
        ("silent", "status_change", "silent_closing"),
    ]


def test_a_rule_that_was_not_about_it_says_which_part_did_not_hold(desk: Desk) -> None:
    found = desk.app.rule_keeping.why.of_ticket("wang", "T-1").decisions[2]
    assert found.why.values["condition"] == 'event.data.visibility == "requester"'
    assert found.why.values["values"] == 'event.data.visibility = "internal"'
    assert "internal" in desk.app.library.reason(found.why, "zh")


def test_every_reason_is_a_sentence_in_both_languages_and_names_its_version(desk: Desk) -> None:
    for person in ("wang", "chen"):
        for one in desk.app.rule_keeping.why.of_ticket(person, "T-1").decisions:
            for language in ("zh", "en"):
                assert desk.app.library.reason(one.why, language) != one.why.code
            assert one.rules == desk.app.library.rules.version


def test_who_belongs_to_nobody_told_hears_that(desk: Desk) -> None:
    found = desk.app.rule_keeping.why.of_ticket("mute", "T-1")
    assert (found.audiences, found.decisions) == ((), ())


def test_a_time_holds_what_was_decided_in_it(desk: Desk) -> None:
    whole = desk.app.rule_keeping.why.of_time("wang", START, desk.clock.now())
    assert len(whole.decisions) == 6
    late = desk.app.rule_keeping.why.of_time("wang", whole.decisions[4].at, desk.clock.now())
    assert len(late.decisions) == 2


def test_nobody_and_no_ticket_are_refused(desk: Desk) -> None:
    for person, ticket in (("nobody", "T-1"), ("wang", "T-9")):
        with pytest.raises(UnknownThing):
            desk.app.rule_keeping.why.of_ticket(person, ticket)


def test_rules_are_tried_on_an_event_of_the_record(desk: Desk) -> None:
    """By what had been told before it; the same rules say the same as they did."""
    keeping = desk.app.rule_keeping
    events = desk.app.queries.stream(desk.incident.id)
    assigned = next(e for e in events if e.name == "assigned")
    trial = keeping.trials.recorded(desk.app.library.rules, assigned.id)
    said = {one.answer.rule.id: one for one in trial.rules}
    told = said["tell-technician-of-assignment"]
    assert told.answer.said == "tells"
    assert told.plan is not None
    assert [r.name for r in told.plan.recipients] == ["Chen Li"]
    closed = next(e for e in events if e.name == "closed")
    trial = keeping.trials.recorded(desk.app.library.rules, closed.id)
    assert {one.answer.rule.id: one.answer.said for one in trial.rules} == {
        "tell-technician-of-closing-by-article": "not_about",
        "tell-requester-of-closing": "silent",
        "ask-how-well-informed": "not_about",
        "ask-subscribers-how-well-informed": "not_about",
    }


def test_rules_are_tried_on_an_event_that_nobody_sent(desk: Desk) -> None:
    """Nothing is kept of it, and nobody hears of it."""
    before = len(desk.app.queries.stream(desk.incident.id))
    raw = desk.event("reopened", by={"id": "wang"}, reason="Again")
    incoming = parse(raw, now=desk.clock.now())
    trial = desk.app.rule_keeping.trials.pasted(desk.app.library.rules, incoming)
    assert {one.answer.said for one in trial.rules} == {"tells", "not_about"}
    assert len(desk.app.queries.stream(desk.incident.id)) == before


@pytest.mark.parametrize(
    ("mode", "code", "said"),
    [
        ("unless_vetoed", "waits_for_veto", "leaves by itself at its time unless somebody stops"),
        ("two_persons", "waits_for_two", "Two people have to agree first"),
    ],
)
def test_a_held_text_says_what_it_waits_for(
    tmp_path: Path, mode: str, code: str, said: str
) -> None:
    """Not each of them needs somebody's agreement: some leave unless they are stopped."""
    entry = {"id": "own", "mode": mode, "audiences": ["affected"], "ask": "incident-managers"}
    with releasing(tmp_path, entry | {"within": "30m"}) as desk:
        declared(desk)
        decisions = desk.app.rule_keeping.why.of_ticket("reader", "T-1").decisions
        held = [one.why for one in decisions if one.outcome == "held"]
        assert [why.code for why in held] == [code]
        assert said in desk.app.library.reason(held[0], "en")
