"""Each announced time is kept, or somebody hears of it: before it passes, and when it has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.domain.errors import WrongState
from pipeline.domain.promise import Promise, PromiseState
from pipeline.flow.accepted import Accepted
from tests.acceptance.outage import directory

from .desk import MINUTE, START, Desk, opened

AUDIENCES = ("affected", "front_line", "leaders")
S = PromiseState


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A P1 outage of the CRM that was declared at this moment."""
    with opened(tmp_path, zone="Asia/Shanghai") as found:
        found.app.acts.load_directory(directory())
        happens(found, "declared", severity="P1", impact="unavailable", service="crm")
        yield found


def happens(desk: Desk, kind: str, **data: Any) -> Accepted:
    """An event of a major incident, at this moment."""
    raw = desk.event(kind, **data) | {"type": f"heliograph.incident.{kind}.v1"}
    [accepted] = desk.accept(raw)
    desk.settle()
    return accepted


def promises(desk: Desk, what: str = "next_update") -> list[Promise]:
    return [p for p in desk.app.queries.promises(desk.incident.id) if p.what == what]


def states(desk: Desk, minute: int, what: str = "next_update") -> list[PromiseState]:
    """Of what was promised for a minute, one for each audience."""
    due = START + minute * MINUTE
    return [p.state for p in promises(desk, what) if p.promised_at == due]


def reminders(desk: Desk, to: str = "ops@example.org") -> list[tuple[float, str]]:
    """Minute and subject of those that somebody in charge got."""
    mine = [m for m in desk.mail.sent if m.address == to and m.subject.startswith("Due by")]
    return [((m.at - START) / MINUTE, m.subject) for m in mine]


def alarms(desk: Desk) -> list[str]:
    return [alarm.code for alarm in desk.app.queries.alarms()]


def away(desk: Desk, minutes: float) -> None:
    """Time passes while the composer is not there: the watch alone works."""
    desk.clock.advance(minutes * MINUTE)
    while desk.step("promises").turn():
        pass


def test_each_audience_is_promised_its_next_update(desk: Desk) -> None:
    assert sorted(p.audience for p in promises(desk)) == sorted(AUDIENCES)
    assert states(desk, 20) == [S.OPEN] * 3


def test_an_update_that_leaves_in_time_keeps_its_promise_and_makes_the_next(desk: Desk) -> None:
    """Measured from the time that was promised, so that it does not creep forward."""
    desk.wait(20)
    assert states(desk, 20) == [S.KEPT] * 3
    assert states(desk, 40) == [S.OPEN] * 3
    assert all(
        p.settled_at is not None and p.settled_at <= p.promised_at for p in promises(desk)[:3]
    )
    assert alarms(desk) == []


def test_whoever_is_in_charge_is_reminded_at_four_fifths_exactly_once(desk: Desk) -> None:
    """Not for each audience anew, and not at every turn of the watch."""
    desk.wait(15.9)
    assert reminders(desk) == []
    desk.wait(0.1)
    assert reminders(desk) == [(16, "Due by 10:20: the next update (T-1)")]
    desk.wait(2.9)
    assert len(reminders(desk)) == 1


def test_over_hours_each_promised_time_is_reminded_of_once(desk: Desk) -> None:
    desk.wait(180)
    subjects = Counter(subject for _, subject in reminders(desk))
    assert len(subjects) == 9
    assert set(subjects.values()) == {1}


def test_nobody_is_reminded_of_what_was_kept_before_its_time(desk: Desk) -> None:
    desk.wait(10)
    happens(desk, "stated", text="We look at it.")
    desk.wait(10)
    assert reminders(desk) == []
    assert states(desk, 20) == [S.KEPT] * 3


def test_a_time_that_passes_is_broken_and_one_alarm_says_so(desk: Desk) -> None:
    """One for the time, however many audiences were told it."""
    away(desk, 21)
    assert states(desk, 20) == [S.BROKEN] * 3
    assert alarms(desk) == ["promise_broken"]


def test_what_comes_after_its_time_is_late_and_no_longer_broken(desk: Desk) -> None:
    """The alarm stays: somebody looks at why."""
    away(desk, 25)
    desk.settle()
    assert states(desk, 20) == [S.LATE] * 3
    assert alarms(desk) == ["promise_broken"]
    assert states(desk, 40) == [S.OPEN] * 3


def limited(desk: Desk) -> str:
    """Restored, with news of what is still limited promised for ten to eleven; that promise's id."""
    happens(
        desk, "restored", limits="export is off", limits_news_by=(START + 50 * MINUTE).isoformat()
    )
    return promises(desk, "limits_news_by")[0].id


def test_somebody_may_say_that_it_was_done(desk: Desk) -> None:
    """On the telephone, say: for everybody who was told this time."""
    name = limited(desk)
    desk.wait(5)
    desk.app.acts.keep_promise(name, "lin")
    assert states(desk, 50, "limits_news_by") == [S.KEPT] * 3
    with pytest.raises(WrongState):
        desk.app.acts.keep_promise(name, "lin")


def test_what_was_done_late_by_hand_is_late_and_clears_its_alarm(desk: Desk) -> None:
    name = limited(desk)
    away(desk, 51)
    assert alarms(desk) == ["promise_broken"]
    desk.app.acts.keep_promise(name, "lin")
    assert states(desk, 50, "limits_news_by") == [S.LATE] * 3
    assert alarms(desk) == []


@pytest.mark.parametrize("minute", [5, 21])
def test_a_next_update_is_kept_by_telling_and_by_nothing_else(desk: Desk, minute: int) -> None:
    """Whoever could mark it as kept would silence the incident."""
    away(desk, minute)
    with pytest.raises(WrongState):
        desk.app.acts.keep_promise(promises(desk)[0].id, "lin")
    assert states(desk, 20) == [S.OPEN if minute < 20 else S.BROKEN] * 3


@pytest.mark.parametrize(
    ("kind", "settled"),
    [("withdrawn", S.KEPT), ("restored", S.KEPT)],
)
def test_the_end_is_the_news_that_was_promised(desk: Desk, kind: str, settled: S) -> None:
    """Nothing is due after it, and nobody is reminded of anything."""
    desk.wait(5)
    happens(desk, kind)
    desk.wait(300)
    assert states(desk, 20) == [settled] * 3
    assert len(promises(desk)) == 3
    assert (reminders(desk), alarms(desk)) == ([], [])


def test_closing_the_ticket_of_an_open_failure_stops_no_news_and_somebody_is_told(
    desk: Desk,
) -> None:
    """Closing is not a recovery: people were promised to hear, and whoever is in charge learns why."""
    desk.wait(5)
    desk.send("closed")
    assert alarms(desk) == ["closed_while_open"]
    desk.wait(20)
    assert states(desk, 20) == [S.KEPT] * 3
    happens(desk, "restored")
    desk.settle()
    assert desk.incident.major is not None
    assert desk.incident.major.standing == "restored"
    assert alarms(desk) == []


def test_nobody_is_missed_when_a_ticket_that_nobody_reported_is_closed(desk: Desk) -> None:
    """There is no requester whom the closing could fail to reach."""
    happens(desk, "restored")
    desk.send("closed")
    desk.settle()
    assert alarms(desk) == []


def test_news_promised_with_the_recovery_is_watched_by_itself(desk: Desk) -> None:
    """Limits that last: their time is no next update, and a recovery does not keep it."""
    desk.wait(5)
    by = (START + 65 * MINUTE).isoformat()
    happens(desk, "restored", limits="report export is off", limits_news_by=by)
    assert set(states(desk, 65, "limits_news_by")) == {S.OPEN}
    desk.wait(50)
    assert [round(minute) for minute, _ in reminders(desk)] == [53]
    desk.wait(20)
    assert set(states(desk, 65, "limits_news_by")) == {S.BROKEN}
    assert alarms(desk) == ["promise_broken"]


def test_a_relapse_promises_anew_to_those_who_were_told(desk: Desk) -> None:
    desk.wait(5)
    happens(desk, "restored")
    desk.wait(60)
    happens(desk, "relapsed")
    assert states(desk, 85) == [S.OPEN] * 3
    desk.wait(20)
    assert states(desk, 85) == [S.KEPT] * 3
