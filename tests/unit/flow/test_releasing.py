"""A text leaves when those whom the rules name have agreed: never before, never after a veto, never twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.domain.agreement import Ballot
from pipeline.domain.communication import CommunicationState, Reason
from pipeline.domain.errors import NotAllowed, WrongState
from pipeline.ports import Alarm

from .desk import Desk
from .releases import declared, first_contact, releasing, requests, state, to_users, vote

TWO = {"id": "two", "mode": "two_persons", "audiences": ["affected"], "ask": "incident-managers"}
VETO = {"id": "veto", "mode": "unless_vetoed", "within": "10m", "audiences": ["affected"]}
ONE = {"id": "one", "mode": "one_person", "audiences": ["affected"], "ask": "incident-managers"}
HELD, RELEASED, SKIPPED = (
    CommunicationState.HELD,
    CommunicationState.RELEASED,
    CommunicationState.SKIPPED,
)


def test_two_persons_have_to_agree(tmp_path: Path) -> None:
    """The same one twice is one."""
    with releasing(tmp_path, TWO) as desk:
        declared(desk)
        for _ in range(2):
            vote(desk, "mei")
            assert (state(desk), to_users(desk)) == (HELD, [])
        vote(desk, "noor")
        assert state(desk) is RELEASED
        assert sorted(to_users(desk)) == ["reader@example.org", "user@example.org"]


def test_two_tokens_are_not_two_people(tmp_path: Path) -> None:
    """A program with two tokens could agree with itself."""
    with releasing(tmp_path, {**TWO, "ask": None}) as desk:
        declared(desk)
        vote(desk, "token-1", via="api", person=False)
        vote(desk, "token-2", via="api", person=False)
        assert to_users(desk) == []
        vote(desk, "mei")
        assert len(to_users(desk)) == 2


def test_whoever_wrote_it_is_none_of_the_two(tmp_path: Path) -> None:
    """The second pair of eyes is another one (N12)."""
    with releasing(tmp_path, TWO) as desk:
        declared(desk, by={"id": "mei"})
        with pytest.raises(WrongState):
            vote(desk, "mei")
        vote(desk, "noor")
        assert to_users(desk) == []


def test_only_those_who_were_asked_can_agree(tmp_path: Path) -> None:
    with releasing(tmp_path, ONE) as desk:
        declared(desk)
        with pytest.raises(NotAllowed):
            vote(desk, "tech")
        vote(desk, "mei")
        assert len(to_users(desk)) == 2


@pytest.mark.parametrize("entry", [TWO, VETO, ONE])
def test_a_veto_ends_it(tmp_path: Path, entry: dict[str, object]) -> None:
    """Nothing leaves afterwards, whatever is voted and however long one waits."""
    with releasing(tmp_path, entry) as desk:
        com = declared(desk)
        vote(desk, "noor", Ballot.VETO, "The scope is wrong")
        with pytest.raises(WrongState):
            vote(desk, "mei")
        desk.wait(19)
        found = desk.app.queries.communication(com.id)
        assert found is not None
        assert found.state is SKIPPED
        assert found.outcome is not None
        assert found.outcome.values["why"] == "The scope is wrong"
        assert to_users(desk) == []


def test_without_a_veto_it_leaves_at_its_time(tmp_path: Path) -> None:
    with releasing(tmp_path, VETO) as desk:
        declared(desk)
        desk.wait(9)
        assert (state(desk), to_users(desk)) == (HELD, [])
        desk.wait(1.1)
        assert (state(desk), len(to_users(desk))) == (RELEASED, 2)


def test_one_agreement_cuts_the_wait_for_a_veto_short(tmp_path: Path) -> None:
    with releasing(tmp_path, VETO) as desk:
        declared(desk)
        vote(desk, "mei")
        desk.wait(15)
        assert len(to_users(desk)) == 2


def test_those_who_may_decide_are_asked_with_the_text(tmp_path: Path) -> None:
    """As a reader gets it, in words and with a link of one's own; no link of the reader's goes along."""
    with releasing(tmp_path, TWO) as desk:
        declared(desk)
        assert sorted(requests(desk)) == ["mei@example.org", "noor@example.org"]
        mails = [m for m in desk.mail.sent if m.address == "mei@example.org"]
        assert "CRM is unavailable" in mails[0].text
        assert "Two people have to agree" in mails[0].text
        links = {word for m in desk.mail.sent for word in m.text.split() if "/release/" in word}
        assert len(links) == 2


@pytest.mark.parametrize(
    ("lapse", "asked", "alarm"),
    [
        ({}, {"mei@example.org": 3}, "release_overdue"),
        ({"lapse": "escalate", "escalate_to": "board"}, {"mei@example.org": 1, "otto@example.org": 1}, "release_overdue"),
        ({"lapse": "discard"}, {"mei@example.org": 1}, "release_lapsed"),
    ],
)  # fmt: skip
def test_what_nobody_decides_on_goes_the_way_of_the_rule(
    tmp_path: Path, lapse: dict[str, str], asked: dict[str, int], alarm: str
) -> None:
    """Reminded, passed on, or dropped; and in the end somebody is told that nothing happened."""
    with releasing(tmp_path, {**TWO, "within": "3m", **lapse}) as desk:
        declared(desk)
        desk.wait(15)
        got = requests(desk)
        assert {name: got.count(name) for name in asked} == asked
        assert to_users(desk) == []
        assert alarm in [a.code for a in desk.app.queries.alarms()]
        assert (state(desk) is SKIPPED) == ("discard" in lapse.values())


def of_releases(desk: Desk) -> list[Alarm]:
    return [alarm for alarm in desk.app.queries.alarms() if alarm.code.startswith("release_")]


def test_a_group_that_is_too_small_for_two_who_did_not_write_it_is_an_alarm(
    tmp_path: Path,
) -> None:
    """Said at once and in words, and gone once the text has left or was stopped."""
    with releasing(tmp_path, TWO) as desk:
        declared(desk, by={"id": "mei"})
        [alarm] = of_releases(desk)
        told = desk.app.library.reason(Reason(code=alarm.code, values=alarm.values), "en")
        assert "needs 2 people who agree, and the group incident-managers has 1 who can" in told
        vote(desk, "noor", Ballot.VETO)
        assert of_releases(desk) == []


@pytest.mark.parametrize("lapse", [{}, {"lapse": "escalate", "escalate_to": "board"}])
def test_a_group_that_is_large_enough_raises_no_alarm(
    tmp_path: Path, lapse: dict[str, str]
) -> None:
    """Whoever is asked later counts too."""
    with releasing(tmp_path, {**TWO, "within": "3m", **lapse}) as desk:
        if lapse:
            declared(desk, by={"id": "mei"})
        else:
            declared(desk)
        assert of_releases(desk) == []


def test_after_escalation_the_next_group_may_agree_too(tmp_path: Path) -> None:
    entry = {**ONE, "within": "3m", "lapse": "escalate", "escalate_to": "board"}
    with releasing(tmp_path, entry) as desk:
        declared(desk)
        with pytest.raises(NotAllowed):
            vote(desk, "otto")
        desk.wait(4)
        vote(desk, "otto")
        assert len(to_users(desk)) == 2


def test_a_text_that_was_overtaken_takes_no_vote(tmp_path: Path) -> None:
    """Drafted anew it is another text: who agreed to the old one has said nothing about it."""
    with releasing(tmp_path, TWO) as desk:
        old = declared(desk)
        vote(desk, "mei")
        desk.app.acts.retry(old.id, "noor")
        desk.settle()
        assert first_contact(desk).id != old.id
        vote(desk, "noor")
        assert to_users(desk) == []
        vote(desk, "mei")
        assert len(to_users(desk)) == 2


def test_an_announced_time_that_passed_cannot_be_agreed_to(tmp_path: Path) -> None:
    with releasing(tmp_path, TWO) as desk:
        declared(desk)
        desk.wait(45)
        with pytest.raises(WrongState):
            vote(desk, "mei")
        assert to_users(desk) == []


def test_nobody_means_that_these_readers_are_not_told(tmp_path: Path) -> None:
    """And the row says why."""
    entry = {"id": "need-to-know", "mode": "nobody", "audiences": ["affected"], "incident_types": ["security"]}  # fmt: skip
    with releasing(tmp_path, entry) as desk:
        com = declared(desk, "vault")
        assert com.state is SKIPPED
        assert com.outcome is not None
        assert com.outcome.en == "A rule of the test"
        assert to_users(desk) == []


def test_the_shipped_rules_have_security_read_by_two(tmp_path: Path) -> None:
    """N12, without a setting: need to know, and a second reviewer."""
    with releasing(tmp_path) as desk:
        assert declared(desk, "vault").state is HELD
        public = [c for c in desk.communications if c.audience == "public"]
        assert {c.state for c in public} == {SKIPPED}


def test_nobody_is_asked_about_what_was_decided_meanwhile(tmp_path: Path) -> None:
    """The request waits in a queue, and somebody decides in the console."""
    with releasing(tmp_path, TWO) as desk:
        event = desk.event("x", "T-1", severity="P2", impact="unavailable", service="crm")
        desk.accept(event | {"type": "heliograph.incident.declared.v1"})
        desk.step("compose").turn()
        held = first_contact(desk)
        assert held.state is HELD
        desk.app.acts.discard(held.id, "noor")
        desk.settle()
        assert requests(desk) == []
