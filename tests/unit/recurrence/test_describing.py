"""How a chain lives, and what its cases cost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.directory import Names, Service
from pipeline.domain.events import Reopened, Resolved
from pipeline.domain.incident import Incident
from pipeline.domain.lattices import TicketState
from pipeline.domain.payload import PersonRef
from pipeline.domain.recorded import Recorded
from pipeline.recurrence.case import Case
from pipeline.recurrence.costing import Cost, line_of
from pipeline.recurrence.describing import Life, life_of, names_in
from pipeline.recurrence.suggesting import owner_of, priority_of, service_of

AT = datetime(2026, 8, 24, 2, 0, tzinfo=UTC)
QUIET = timedelta(days=28)


def case(number: str = "T-1", **more: object) -> Incident:
    usual: dict[str, object] = {
        "id": f"inc_{number}",
        "source": "desk",
        "number": number,
        "version": 1,
        "opened_at": AT,
        "updated_at": AT,
        "title": told("VPN fails"),
        "state": told(TicketState.NEW),
        "requester": told(PersonRef(id="wang")),
    }
    return Incident.model_validate(usual | more)


def told(value: object, minutes: int = 0) -> Recorded[object]:
    return Recorded(value=value, at=AT + timedelta(minutes=minutes), event="evt_1")


@pytest.mark.parametrize(
    ("cases", "days_later", "watched", "expected"),
    [
        (0, 0, False, Life.QUIET),
        (3, 1, False, Life.EMERGING),
        (4, 1, False, Life.ACTIVE),
        (4, 1, True, Life.WATCHED),
        (4, 28, True, Life.QUIET),
        (3, 28, False, Life.QUIET),
    ],
)
def test_a_chain_lives(cases: int, days_later: int, watched: bool, expected: Life) -> None:
    """What is watched grows quiet too."""
    times = [AT + timedelta(hours=n) for n in range(cases)]
    now = (times[-1] if times else AT) + timedelta(days=days_later)
    assert life_of(times, now, watched=watched, from_case=3, quiet_after=QUIET) is expected


def test_a_cost_says_what_is_not_known() -> None:
    """A case that is not over has no length, and is counted as unsolved; nothing is taken for zero."""
    over = case(state=told(TicketState.RESOLVED, 40), assignee=told(PersonRef(id="chen"), 10))
    cost = Cost(
        lines=(
            line_of(over, users_of_service=None, missed=["resolution"]),
            line_of(case("T-2"), users_of_service=None),
        )
    )
    assert (cost.user_minutes, cost.worked, cost.missed, cost.unsolved) == (40, 30, 1, 1)
    assert cost.lines[0].user_sum == "40 × 1"
    assert cost.lines[1].user_minutes is None


def test_a_case_lasts_until_its_solution_and_not_until_its_closing() -> None:
    """Unless it was reopened after that solution."""
    done = told(Resolved(fix_summary="new cable"), 60)
    closed: dict[str, Any] = {"state": told(TicketState.CLOSED, 4000), "resolution": done}
    again = told(Reopened(), 70)
    found = [
        line_of(one, users_of_service=None).lasted
        for one in (case(**closed), case(**closed, reopening=again))
    ]
    assert found == [60, 4000]


def test_nothing_known_is_no_sum() -> None:
    assert Cost(lines=(line_of(case(), users_of_service=9),)).user_minutes is None


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=20))
def test_a_sum_is_that_of_its_lines(minutes: list[int]) -> None:
    lines = tuple(
        line_of(case(state=told(TicketState.CLOSED, n)), users_of_service=None) for n in minutes
    )
    assert Cost(lines=lines).user_minutes == sum(minutes)


def test_who_answers_for_the_service_is_suggested_before_who_had_the_cases() -> None:
    cases = [case(group=told("desktop")), case("T-2", group=told("desktop"), priority=told("P2"))]
    service = Service(id="vpn", name=Names(zh="远程接入", en="VPN"), owner_groups=("network",))
    assert owner_of(cases, service) == "network"
    assert owner_of(cases, None) == "desktop"
    assert owner_of([case()], None) is None
    assert (priority_of(cases), service_of(cases)) == ("P2", None)


def reports(*texts: str, service: str = "") -> list[Case]:
    return [Case(id=str(n), at=AT, title=text, service=service) for n, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("texts", "shared", "varying"),
    [
        (
            ["App ends with 0xC0000005", "It ends, 0xC0000005", "0xc0000005 at start"],
            ("0xC0000005",),
            (),
        ),
        (["VPN: ERR-7731", "VPN 报错 ERR-7731", "ERR-7731 again"], ("ERR-7731",), ()),
        (["No way through AMS-VPN-1", "AMS-VPN-1 拨不上", "AMSVPN1 is dark"], ("AMS-VPN-1",), ()),
        (["We cannot pass Gate 2", "Gate 2 stays shut", "At Gate 2 again"], ("Gate 2",), ()),
        (
            [
                "The label printer, a Zebra ZT410, jams",
                "Zebra ZT410: no labels",
                "zebra ZT410 dark",
            ],
            ("Zebra", "ZT410"),
            (),
        ),
        (
            ["The Zebra ZT410 stops", "Zebra ZT410 again", "the ZEBRA is out of labels"],
            ("Zebra", "ZT410"),
            (),
        ),
        (["Error 809 from GlobalLink", "GlobalLink 错误 809"], ("GlobalLink", "809"), ()),
        (
            ["Host fra-sql-01 full", "Host ham-web-03 full", "full"],
            (),
            ("fra-sql-01", "ham-web-03"),
        ),
    ],
)
def test_names_are_told_as_they_were_written(
    texts: list[str], shared: tuple[str, ...], varying: tuple[str, ...]
) -> None:
    """And different is only what fewer than half of the cases say."""
    found = names_in(reports(*texts))
    assert (sorted(found[0]), sorted(found[1])) == (sorted(shared), sorted(varying))


def test_a_service_is_one_of_the_names() -> None:
    assert names_in(reports("VPN down", "Down", service="Remote-Access"))[0] == ("Remote-Access",)


@given(st.lists(st.text(st.sampled_from("aZ9²－-_. 关ＶERR7731\n(["), max_size=40), max_size=4))
def test_whatever_is_written_breaks_nothing(texts: list[str]) -> None:
    shared, varying = names_in(reports(*texts, service="²"))
    assert not set(shared) & set(varying)
