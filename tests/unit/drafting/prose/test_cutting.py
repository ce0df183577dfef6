"""Does a writer get only the lines, facts and candidates that its readers may know?"""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from pipeline.domain.facts import Audience, Brief, Fact, Level, ValueKind
from pipeline.domain.prose import Quoted
from pipeline.drafting.prose.cutting import assigned, known_lines

NOW = datetime(2026, 8, 24, 2, tzinfo=UTC)
CIRCLE, OTHER = "ticket:inc_1", "ticket:inc_2"


def line(n: int, level: Level, scope: str | None) -> Quoted:
    return Quoted(id=f"q.{n}", n=n, at=NOW, speaker="", text="it fails", level=level, scope=scope)


def audience(clearance: Level = Level.AFFECTED) -> Audience:
    return Audience(role="requester", clearance=clearance, scopes=frozenset({CIRCLE}))


@pytest.mark.parametrize(
    ("level", "scope", "known"),
    [
        (Level.PUBLIC, None, True),
        (Level.PUBLIC, CIRCLE, True),
        (Level.AFFECTED, CIRCLE, True),
        (Level.AFFECTED, None, True),
        (Level.PUBLIC, OTHER, False),
        (Level.AFFECTED, OTHER, False),
        (Level.INTERNAL, CIRCLE, False),
        (Level.INTERNAL, None, False),
        (Level.RESTRICTED, CIRCLE, False),
    ],
)
def test_a_line_is_known_by_level_and_circle(level: Level, scope: str | None, known: bool) -> None:
    """As a fact is (law 4)."""
    said = line(1, level, scope)
    assert (known_lines([said], audience()) == (said,)) is known


def test_nobody_is_cleared_for_what_is_restricted_but_those_who_are() -> None:
    """The highest level is a level like the others."""
    said = line(1, Level.RESTRICTED, CIRCLE)
    assert known_lines([said], audience(Level.INTERNAL)) == ()
    assert known_lines([said], audience(Level.RESTRICTED)) == (said,)


def test_lines_that_stay_keep_order_and_number() -> None:
    """Evidence is named by them."""
    said = [line(n, Level.PUBLIC if n % 2 else Level.INTERNAL, None) for n in range(1, 6)]
    assert [one.n for one in known_lines(said, audience())] == [1, 3, 5]


def test_an_assignment_cuts_everything_once_more() -> None:
    """A brief that was cut for others, and a candidate that claims more than its line allows."""

    def fact(id_: str, level: Level, event: str) -> Fact:
        return Fact(
            id=id_,
            what="inc_1",
            attribute="note",
            kind=ValueKind.TEXT,
            value="restarted",
            level=level,
            at=NOW,
            event=event,
        )

    facts = (fact("f.1", Level.AFFECTED, "evt_1"), fact("f.2", Level.INTERNAL, "evt_1"))
    made = assigned(
        Brief(incident="inc_1", number="INC-1", audience=audience(), facts=facts),
        [line(1, Level.INTERNAL, None), line(2, Level.PUBLIC, None)],
        [
            fact("c.1", Level.PUBLIC, "q.1"),
            fact("c.2", Level.PUBLIC, "q.2"),
            fact("c.3", Level.INTERNAL, "q.2"),
        ],
        kind="stakeholder",
        language="en",
        now=NOW,
        zone=ZoneInfo("UTC"),
    )
    assert set(made.facts) == {"f.1", "c.2"}
    assert [one.id for one in made.lines] == ["q.2"]
