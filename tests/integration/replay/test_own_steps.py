"""A replay of our own past lasts as long as its tickets do, whatever else the house did before and after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from api.replay.circumstances import Circumstances
from api.replay.decided_then import Decision
from api.replay.own_run import Script, play
from api.replay.own_steps import AFTER, course_of
from api.replay.past import Past, Ticket, past_of
from api.replay.sent import Sent, sent_about
from pipeline.domain.agreement import Voter
from pipeline.domain.directory import Directory
from pipeline.domain.wishes import Muting
from pipeline.policy.loading import SHIPPED, read_rules
from tests.unit.flow.desk import Desk, opened

NOON = datetime(2026, 8, 24, 12, tzinfo=UTC)
HOUR, DAY, YEAR = timedelta(hours=1), timedelta(days=1), timedelta(days=365)
START, END = NOON - timedelta(minutes=1), NOON + HOUR + AFTER


def decided(at: datetime) -> Decision:
    voter = Voter(id="lin", via="console", manages=True)
    return Decision(
        at=at, kind="update", audience="affected", written_at=at, deed="agree", voter=voter
    )


def muting(at: datetime, **more: Any) -> Muting:
    usual = {"whose": "person", "reader": "wang", "of": "service", "about": "mail-client"}
    return Muting.model_validate({**usual, "by": "wang", "at": at, "until": at + 2 * YEAR, **more})


def of_an_hour(*mutings: Muting, **more: Any) -> Past:
    """One ticket, on which something happened at noon and an hour later."""
    steps = (decided(NOON), decided(NOON + HOUR))
    ticket = Ticket(id="inc_1", number="T-1", source="desk", events=(), decisions=steps, **more)
    return Past(
        tickets=(ticket,),
        directory=Directory(),
        sources=(),
        channels=frozenset(),
        beside=Circumstances(mutings=mutings),
    )


@pytest.mark.parametrize(
    ("mute", "at"),
    [
        (muting(NOON - YEAR), None),
        (muting(NOON + HOUR / 2), NOON + HOUR / 2),
        (muting(NOON + HOUR + DAY), NOON + HOUR + DAY),
        (muting(NOON + YEAR), None),
        (muting(NOON + HOUR / 2, of="incident", about="inc_1"), NOON + HOUR / 2),
        (muting(NOON + HOUR / 2, of="incident", about="inc_2"), None),
    ],
    ids=["long before", "meanwhile", "afterwards", "long after", "of it", "of another"],
)
def test_a_mute_is_a_step_where_it_began_meanwhile_and_makes_nothing_longer(
    mute: Muting, at: datetime | None
) -> None:
    course = course_of(of_an_hour(mute))
    assert course is not None
    assert (course.start, course.end) == (START, END)
    assert [step.at for step in course.steps if step.muting] == ([at] if at else [])


@pytest.mark.parametrize(
    ("told_until", "until", "end"),
    [
        (None, None, END),
        (NOON + 9 * DAY, None, NOON + 9 * DAY),
        (None, NOON + DAY, NOON + DAY),
        (NOON + 9 * DAY, NOON + 5 * DAY, NOON + 5 * DAY),
        (None, NOON, NOON + HOUR),
    ],
)
def test_it_ends_two_days_after_the_last_event_or_with_what_is_on_record(
    told_until: datetime | None, until: datetime | None, end: datetime
) -> None:
    course = course_of(of_an_hour(told_until=told_until), until)
    assert course is not None
    assert course.end == end


def test_a_mute_alone_is_nothing_to_play() -> None:
    past = Past(
        tickets=(),
        directory=Directory(),
        sources=(),
        channels=frozenset(),
        beside=Circumstances(mutings=(muting(NOON),)),
    )
    assert course_of(past) is None


def to_her(rows: Sequence[Sent]) -> list[Sent]:
    return [row for row in rows if row.recipient == "person:wang"]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with opened(tmp_path_factory.mktemp("muted")) as found:
        found.report(service="mail-client")
        found.wait(4)
        found.send("assigned", assignee={"id": "chen"})
        found.wait(4)
        yield found


@pytest.mark.parametrize(
    ("begins", "heard"),
    [(-DAY, ["acknowledgement"]), (DAY, ["acknowledgement", "assignment"])],
)
def test_whoever_had_muted_the_service_by_then_is_told_nothing_from_then_on(
    desk: Desk, begins: timedelta, heard: list[str]
) -> None:
    """Before the ticket came, of which receipt must be told, or when all had been said."""
    real = [row.kind for row in to_her(sent_about(desk.app, desk.incident))]
    assert real == ["acknowledgement", "assignment"]
    first = desk.incident.opened_at
    with desk.app.store.write() as tx:
        tx.save_muting(muting(first + begins))
    script = Script(rules=read_rules(SHIPPED))
    played = play(past_of(desk.app, [desk.incident]), desk.app.settings, script)
    assert [row.kind for row in to_her(played.rows)] == heard
