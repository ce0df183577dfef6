"""Clocks are wrong, change, and run back: what is told stays true, and comes in real minutes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from pipeline.domain.directory import Address, Directory, Person
from pipeline.domain.message import Outbound
from pipeline.flow.accepted import Accepted
from tests.acceptance.outage import directory

from .desk import MINUTE, START, Desk, opened

TOM = "tom@example.org"
CRM_IS_DOWN: dict[str, Any] = {"severity": "P1", "impact": "unavailable", "service": "crm"}
LASTED = re.compile(r"lasted|\d min\b|共 |历时|持续|(?<!T)-\d")
"""How a text speaks of a duration, in either language; and how a negative one would look."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Ten in the morning in Beijing, where its readers are."""
    with opened(tmp_path, zone="Asia/Shanghai") as found:
        found.app.acts.load_directory(directory())
        yield found


def happens(desk: Desk, kind: str, *, minute: float | None = None, **data: Any) -> Accepted:
    """An event of a major incident, at this moment, or said to be of that minute after ten."""
    raw = desk.event(kind, **data) | {"type": f"heliograph.incident.{kind}.v1"}
    if minute is not None:
        raw["time"] = at(minute)
    [accepted] = desk.accept(raw)
    desk.settle()
    return accepted


def at(minute: float) -> str:
    return (START + minute * MINUTE).isoformat()


def told(desk: Desk, to: str = TOM) -> list[Outbound]:
    return [m for m in desk.mail.sent if m.address == to]


def words(desk: Desk) -> str:
    """All that anybody was told."""
    return "\n".join(f"{m.subject}\n{m.text}" for m in desk.mail.sent)


@pytest.mark.parametrize(
    ("started", "restored"),
    [(10, 5), (None, 5), (0, None), (None, None)],
    ids=["end-before-start", "no-start", "no-end", "neither"],
)
def test_no_duration_is_told_without_both_ends_in_their_order(
    desk: Desk, started: int | None, restored: int | None
) -> None:
    """Neither a negative one nor one from the moment at which we heard of it."""
    begun: dict[str, Any] = {} if started is None else {"started_at": at(started)}
    ended: dict[str, Any] = {} if restored is None else {"restored_at": at(restored)}
    desk.wait(15)
    happens(desk, "declared", **CRM_IS_DOWN, **begun)
    desk.wait(15)
    happens(desk, "restored", **ended)
    assert [m.subject.split(" (")[0] for m in told(desk)][-1].startswith("CRM is back")
    last = "\n".join(m.text for m in desk.mail.sent if m.at == desk.clock.now())
    last = re.sub(r"https?://\S+", "", last)
    assert LASTED.search(last) is None
    # An end before its beginning: the record denies itself, so the beginning is not told again.
    assert not (started and restored and "10:10" in last)


def test_restored_without_a_time_claims_none(desk: Desk) -> None:
    """The moment of the event is when it was confirmed, and is told as that."""
    happens(desk, "declared", **CRM_IS_DOWN, started_at=at(-2))
    desk.wait(7)
    happens(desk, "restored")
    recovery = told(desk)[-1]
    assert recovery.subject == "CRM is back (T-1)"
    assert "usable since" not in recovery.text
    assert "Recovery was confirmed at 10:07" in recovery.text


def test_both_ends_of_one_minute_make_the_shortest_duration(desk: Desk) -> None:
    happens(desk, "declared", **CRM_IS_DOWN, started_at=at(0))
    happens(desk, "restored", restored_at=at(0.5))
    assert "under 1 min" in told(desk)[-1].text


def test_all_of_it_within_one_minute_is_told_in_its_order(desk: Desk) -> None:
    """Declared, restored and back again, each with the same time."""
    for kind, data in (("declared", CRM_IS_DOWN), ("restored", {}), ("relapsed", {})):
        happens(desk, kind, **data)
    assert [m.subject.split(".")[0].split(" (")[0] for m in told(desk)] == [
        "CRM is unavailable",
        "CRM is back",
        "CRM fails again",
    ]


def test_an_earlier_word_that_comes_late_fills_a_gap_and_is_told(desk: Desk) -> None:
    happens(desk, "declared", **CRM_IS_DOWN)
    desk.wait(5)
    happens(desk, "scope_changed", minute=-3, scope="all 6,214 accounts")
    assert "all 6,214 accounts" in told(desk)[-1].text


def test_an_earlier_word_that_comes_late_takes_nothing_back(desk: Desk) -> None:
    """What is known is newer, so nobody is told the older."""
    happens(desk, "declared", **CRM_IS_DOWN)
    desk.wait(5)
    happens(desk, "scope_changed", scope="all 6,214 accounts")
    desk.wait(5)
    sent = len(told(desk))
    happens(desk, "scope_changed", minute=1, scope="a handful of accounts")
    happens(desk, "severity_changed", minute=-1, severity="P3", impact="degraded")
    desk.wait(2)
    assert len(told(desk)) == sent
    assert "handful" not in words(desk)


def test_a_recovery_from_before_the_relapse_ends_no_relapse(desk: Desk) -> None:
    """A late repeat of the first recovery is not told as the second."""
    happens(desk, "declared", **CRM_IS_DOWN)
    desk.wait(10)
    happens(desk, "restored", restored_at=at(9))
    desk.wait(10)
    happens(desk, "relapsed")
    desk.wait(1)
    happens(desk, "restored", minute=11, restored_at=at(9))
    assert told(desk)[-1].subject.startswith("CRM fails again")
    assert desk.incident.major is not None
    assert desk.incident.major.is_open


def test_a_late_word_on_the_first_failure_is_not_told_of_the_relapse(desk: Desk) -> None:
    """Its scope was that of what is over."""
    happens(desk, "declared", **CRM_IS_DOWN)
    desk.wait(10)
    happens(desk, "restored")
    desk.wait(10)
    happens(desk, "relapsed")
    happens(desk, "scope_changed", minute=5, scope="all 6,214 accounts")
    desk.wait(20)
    assert "6,214" not in words(desk)


@pytest.mark.parametrize("back", [timedelta(seconds=2), timedelta(minutes=30)])
def test_a_machine_whose_clock_is_set_back_goes_on_telling(desk: Desk, back: timedelta) -> None:
    """Each update once, at times that lie ahead by its own clock."""
    happens(desk, "declared", **CRM_IS_DOWN)
    desk.clock.set(desk.clock.now() - back)
    happens(desk, "stated", text="The web version works.")
    desk.wait(90)
    later = told(desk)[1:]
    assert len(later) == 5, "a statement, and an update each twenty minutes"
    assert sum("The web version works." in m.text for m in later) == 1
    assert min(after.at - before.at for before, after in pairwise(later)) >= 13 * MINUTE
    made = desk.app.queries.promises(desk.incident.id)
    assert all(promise.promised_at > promise.made_at for promise in made)
    assert desk.app.queries.alarms() == []


def test_a_machine_that_slept_tells_one_update_and_not_all_that_it_missed(desk: Desk) -> None:
    happens(desk, "declared", **CRM_IS_DOWN)
    desk.clock.advance(timedelta(hours=5))
    desk.settle()
    assert len(told(desk)) == 2
    assert "Next update by 15:20" in told(desk)[-1].subject


@pytest.mark.parametrize(
    ("moment", "now", "then"),
    [
        ("2026-03-29T00:50:00+00:00", "00:50", "02:10"),
        ("2026-10-25T00:50:00+00:00", "01:50", "01:10"),
    ],
    ids=["an-hour-is-skipped", "an-hour-comes-twice"],
)
def test_when_the_clocks_change_in_mid_cadence_twenty_minutes_are_twenty(
    desk: Desk, moment: str, now: str, then: str
) -> None:
    """And each reader is told the time that the clock on the wall will show."""
    desk.clock.set(datetime.fromisoformat(moment).astimezone(UTC))
    desk.app.acts.load_directory(Directory(people=(londoner(),)))
    began = desk.clock.now()
    happens(desk, "declared", **CRM_IS_DOWN, started_at=began.isoformat())
    first = told(desk)[0]
    assert f"since {now}" in first.text
    assert f"Next update by {then}" in first.subject
    [due] = {p.promised_at for p in desk.app.queries.promises(desk.incident.id)}
    assert due - began == 20 * MINUTE
    desk.wait(20)
    update = told(desk)[1]
    assert 18 * MINUTE <= update.at - began <= 19 * MINUTE
    assert {p.state.value for p in desk.app.queries.promises(desk.incident.id)} == {"kept", "open"}


def test_a_duration_across_a_change_of_clocks_is_in_real_minutes(desk: Desk) -> None:
    """From 00:50 to 02:20 on the wall it was half an hour."""
    desk.clock.set(datetime(2026, 3, 29, 0, 50, tzinfo=UTC))
    desk.app.acts.load_directory(Directory(people=(londoner(),)))
    happens(desk, "declared", **CRM_IS_DOWN, started_at="2026-03-29T00:50:00+00:00")
    desk.wait(31)
    happens(desk, "restored", restored_at="2026-03-29T02:20:00+01:00")
    assert "from 00:50 to 02:20, 30 min in all" in told(desk)[-1].text


def londoner() -> Person:
    here = (Address(channel="mail", value=TOM),)
    return Person(id="tom", name="tom", language="en", zone="Europe/London", addresses=here)
