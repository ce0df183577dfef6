"""Real news is told at once and takes the place of what was scheduled; nobody hears the same thing twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.domain.communication import Communication, CommunicationState
from pipeline.domain.errors import Refused, StaleVersion
from pipeline.domain.major_events import Declared, SeverityChanged
from pipeline.domain.message import Outbound
from pipeline.domain.promise import PromiseState
from pipeline.flow.accepted import Accepted
from tests.acceptance.outage import directory

from .desk import MINUTE, START, Desk, opened

TOM, LI, CHIEF = "tom@example.org", "li@example.org", "chief@example.org"
CRM_IS_DOWN = {"severity": "P1", "impact": "unavailable", "service": "crm"}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Nothing has happened yet; it is ten in the morning for its readers."""
    with opened(tmp_path, zone="Asia/Shanghai") as found:
        found.app.acts.load_directory(directory())
        yield found


def raw(desk: Desk, kind: str, **data: Any) -> dict[str, Any]:
    return desk.event(kind, **data) | {"type": f"heliograph.incident.{kind}.v1"}


def happens(desk: Desk, kind: str, **data: Any) -> Accepted:
    """An event of a major incident, at this moment."""
    [accepted] = desk.accept(raw(desk, kind, **data))
    desk.settle()
    return accepted


def told(desk: Desk, to: str = TOM) -> list[Outbound]:
    return [m for m in desk.mail.sent if m.address == to]


def minutes(desk: Desk, to: str = TOM) -> list[int]:
    """The whole minutes in which somebody was told something."""
    return [int((m.at - START) / MINUTE) for m in told(desk, to)]


def of(desk: Desk, audience: str, kind: str) -> list[Communication]:
    return [c for c in desk.communications if (c.audience, c.kind.value) == (audience, kind)]


def codes(found: list[Communication]) -> list[str | None]:
    return [c.outcome.code if c.outcome else None for c in found]


def test_with_nothing_new_the_promised_update_says_so_and_promises_the_next(desk: Desk) -> None:
    """It claims no activity that nobody logged (M5)."""
    happens(desk, "declared", **CRM_IS_DOWN)
    desk.wait(20)
    [first, update] = told(desk)
    assert "Next update by 10:20" in first.subject
    assert "Next update by 10:40" in update.subject
    assert "no progress to report since our message of 10:00" in update.text
    assert "working on" not in update.text


def test_a_real_update_takes_the_place_of_the_scheduled_one(desk: Desk) -> None:
    """It keeps the promise, and the next is due a whole wait after it."""
    happens(desk, "declared", **CRM_IS_DOWN)
    desk.wait(10)
    happens(desk, "stated", text="The web version works.")
    desk.wait(17)
    assert minutes(desk) == [0, 10]
    assert "Next update by 10:30" in told(desk)[1].subject
    [replaced, *_] = [c for c in of(desk, "affected", "update") if c.scheduled]
    assert (replaced.state, codes([replaced])) == (CommunicationState.SKIPPED, ["told_meanwhile"])
    promised = [p.state for p in desk.app.queries.promises(desk.incident.id)]
    assert promised == [PromiseState.KEPT] * 3 + [PromiseState.OPEN] * 3
    desk.wait(3)
    assert minutes(desk)[2:] in ([28], [29])


def test_a_real_update_in_the_last_minute_is_the_promised_one(desk: Desk) -> None:
    """Nobody gets two within moments, of which the second says that there is nothing new."""
    happens(desk, "declared", **CRM_IS_DOWN)
    desk.wait(18)
    happens(desk, "stated", text="The web version works.")
    desk.wait(12)
    assert minutes(desk) == [0, 18]


def test_a_statement_is_told_once_to_each_audience(desk: Desk) -> None:
    happens(desk, "declared", **CRM_IS_DOWN)
    desk.wait(5)
    happens(desk, "stated", text="The web version works.")
    desk.wait(60)
    for who in (TOM, LI, CHIEF, "line@example.org"):
        assert sum("The web version works." in m.text for m in told(desk, who)) == 1, who


def test_steps_of_a_minute_leave_as_one_update(desk: Desk) -> None:
    """The phase waits a minute for what belongs to it."""
    happens(desk, "declared", **CRM_IS_DOWN)
    desk.wait(5)
    happens(desk, "phase_changed", phase="identified", cause="the database was lost")
    desk.wait(0.5)
    happens(desk, "phase_changed", phase="mitigating")
    desk.wait(5)
    assert len(told(desk)) == 2
    assert "the database was lost" in told(desk)[1].text


def test_declared_twice_is_told_once(desk: Desk) -> None:
    """That the second one stays silent is kept, with its reason (law 10)."""
    happens(desk, "declared", **CRM_IS_DOWN)
    desk.wait(1)
    happens(desk, "declared", **CRM_IS_DOWN)
    desk.wait(10)
    assert minutes(desk) == [0]
    assert codes(of(desk, "affected", "first_contact")) == ["released_by_policy", "nothing_new"]


def test_declared_twice_in_one_batch_is_told_once(desk: Desk) -> None:
    desk.accept(raw(desk, "declared", **CRM_IS_DOWN), raw(desk, "declared", **CRM_IS_DOWN))
    desk.wait(10)
    assert minutes(desk) == [0]


def test_of_two_who_declare_at_once_the_first_one_counts(desk: Desk) -> None:
    """Each saw the ticket as it was before; the other is told so, and everybody else hears it once."""
    desk.report(service="crm")
    seen = desk.incident
    desk.wait(1)
    acts = desk.app.acts
    acts.record(seen.id, Declared(severity="P2", service="crm"), version=seen.version)
    with pytest.raises(Refused):
        acts.record(seen.id, Declared(severity="P1", service="crm"), version=seen.version)
    desk.wait(1)
    with pytest.raises(StaleVersion):
        acts.record(seen.id, SeverityChanged(severity="P1"), version=seen.version)
    assert desk.incident.severity == "P2"
    assert len(told(desk)) == 1


def test_two_sources_of_events_that_expect_one_version_are_not_both_right(desk: Desk) -> None:
    desk.report(service="crm")
    one, other = (raw(desk, "declared", **CRM_IS_DOWN) | {"expectedversion": 1} for _ in range(2))
    desk.accept(one)
    with pytest.raises(StaleVersion):
        desk.accept(other)
    desk.settle()
    assert len(told(desk)) == 1


def test_a_severity_that_flaps_is_told_at_once_twice_and_then_as_it_stands(desk: Desk) -> None:
    """Each change at once (M6), with the wait of that severity; from the third within ten minutes on,
    how it stands five minutes later: noise is not news."""
    happens(desk, "declared", **CRM_IS_DOWN)
    desk.wait(5)
    for severity in ("P2", "P1", "P2"):
        happens(desk, "severity_changed", severity=severity)
        desk.wait(1 / 3)
    assert minutes(desk) == [0, 5, 5]
    happens(desk, "severity_changed", severity="P1")
    happens(desk, "severity_changed", severity="P2")
    desk.wait(6)
    assert minutes(desk) == [0, 5, 5, 10]
    assert "P2" in told(desk, CHIEF)[-1].text
    due = [m.subject.split("update by ")[1][:5] for m in told(desk)]
    assert due == ["10:20", "10:35", "10:25", "10:40"]


def test_a_severity_that_is_back_before_anybody_was_told_is_no_news(desk: Desk) -> None:
    """P1, P2, P1 in one batch: what everybody knows is still true."""
    happens(desk, "declared", **CRM_IS_DOWN)
    desk.wait(5)
    desk.accept(*(raw(desk, "severity_changed", severity=s) for s in ("P2", "P1")))
    desk.wait(5)
    assert minutes(desk) == [0]
    assert desk.incident.severity == "P1"


def test_the_same_severity_again_is_no_news(desk: Desk) -> None:
    happens(desk, "declared", **CRM_IS_DOWN)
    for _ in range(3):
        desk.wait(1)
        happens(desk, "severity_changed", severity="P1", impact="unavailable")
    assert minutes(desk) == [0]


def test_after_the_end_nothing_is_told_but_a_relapse(desk: Desk) -> None:
    """Late steps of the repair are kept on the timeline, and disturb nobody."""
    happens(desk, "declared", **CRM_IS_DOWN)
    desk.wait(5)
    happens(desk, "restored")
    happens(desk, "phase_changed", phase="mitigating")
    happens(desk, "severity_changed", severity="P2")
    desk.wait(120)
    assert minutes(desk) == [0, 5]
    happens(desk, "relapsed")
    assert minutes(desk) == [0, 5, 125]
    assert "fails again" in told(desk)[-1].subject


def test_a_false_alarm_of_which_nobody_had_heard_is_taken_back_silently(desk: Desk) -> None:
    """Declared and withdrawn before anything had left."""
    desk.accept(raw(desk, "declared", **CRM_IS_DOWN), raw(desk, "withdrawn"))
    desk.wait(60)
    assert desk.mail.sent == []
    assert desk.app.queries.alarms() == []


def test_a_false_alarm_may_say_that_everything_works(desk: Desk) -> None:
    """Whoever takes it back contradicts nothing: it leaves at once."""
    happens(desk, "declared", **CRM_IS_DOWN)
    desk.wait(5)
    happens(desk, "withdrawn", reason="the probe failed, and everything works again")
    assert minutes(desk) == [0, 5]
    assert desk.app.queries.held() == []


def test_an_all_clear_while_it_is_open_waits_for_a_person(desk: Desk) -> None:
    """Nobody is told of it; those in charge are reminded that news is due."""
    happens(desk, "declared", **CRM_IS_DOWN)
    desk.wait(5)
    happens(desk, "stated", text="The incident is resolved.")
    assert {c.audience for c in desk.app.queries.held()} == {"affected", "leaders", "front_line"}
    desk.wait(11)
    assert minutes(desk) == [0]
    assert [m.subject for m in told(desk, "ops@example.org")] == [
        "Due by 10:20: the next update (T-1)"
    ]


def test_words_that_a_person_discarded_do_not_stop_the_next_update(desk: Desk) -> None:
    """They are not to be told: so the promised update leaves in time, without them."""
    happens(desk, "declared", **CRM_IS_DOWN)
    desk.wait(5)
    happens(desk, "stated", text="The incident is resolved.")
    for held in desk.app.queries.held():
        desk.app.acts.discard(held.id, "lin", "it is not")
    desk.wait(15)
    assert desk.app.queries.held() == []
    assert len(told(desk)) == 2
    assert "is resolved" not in told(desk)[-1].text


def test_without_a_public_page_nobody_is_missed(desk: Desk) -> None:
    """It is switched off: that is kept with its reason, once, and is no alarm."""
    happens(desk, "declared", **CRM_IS_DOWN)
    desk.wait(5)
    happens(desk, "stated", text="The web version works.", visibility="public")
    desk.wait(5)
    happens(desk, "restored")
    desk.wait(60)
    assert codes(of(desk, "public", "first_contact")) == ["nobody_subscribed"]
    assert all(c.state is CommunicationState.SKIPPED for c in desk.communications if c.audience == "public")  # fmt: skip
    assert {p.audience for p in desk.app.queries.promises(desk.incident.id)} == {
        *("affected", "front_line", "leaders")
    }
    assert desk.app.queries.alarms() == []


def test_a_service_that_nobody_knows_is_alarmed_once(desk: Desk) -> None:
    """Nobody is known to use it: somebody must look, and not again at each update."""
    happens(desk, "declared", severity="P1", service="unheard-of")
    desk.wait(5)
    happens(desk, "stated", text="The web version works.")
    desk.wait(60)
    assert [alarm.code for alarm in desk.app.queries.alarms()] == ["no_recipient"]
    assert "unheard-of" not in "".join(m.subject + m.text for m in told(desk, CHIEF))
