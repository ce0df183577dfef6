"""Law 4: a brief holds what its audience may know, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.facts import Audience, Brief, Fact, FactValue, Level, Status, ValueKind, cut
from pipeline.domain.keys import major_scope, ticket_scope
from tests.unit.tickets import START

MINE, OTHER = ticket_scope("inc_1"), ticket_scope("inc_2")
SCOPES = [MINE, OTHER, major_scope("exchange"), "customer:acme"]


def fact(name: str = "f", level: Level = Level.PUBLIC, scope: str | None = None) -> Fact:
    return Fact(
        id=name,
        what="ticket",
        attribute=name,
        kind=ValueKind.TEXT,
        value="x",
        level=level,
        scope=scope,
        at=START,
        event="evt_1",
    )


def audience(clearance: Level, *scopes: str) -> Audience:
    return Audience(role="requester", clearance=clearance, scopes=frozenset(scopes))


facts = st.lists(
    st.builds(
        fact,
        st.sampled_from("abcdef"),
        st.sampled_from(Level),
        st.none() | st.sampled_from(SCOPES),
    ),
    max_size=12,
).map(tuple)
audiences = st.builds(
    lambda level, scopes: audience(level, *scopes),
    st.sampled_from(Level),
    st.sets(st.sampled_from(SCOPES)),
)


@given(facts, audiences)
def test_no_fact_above_the_clearance_or_of_another_circle_gets_through(
    known: tuple[Fact, ...], told: Audience
) -> None:
    """Whatever is known, and whoever is told."""
    for one in cut(known, told):
        assert one.level <= told.clearance
        assert one.scope is None or one.scope in told.scopes


@given(facts, audiences)
def test_nothing_that_may_be_known_is_held_back_and_the_order_stays(
    known: tuple[Fact, ...], told: Audience
) -> None:
    """Both halves of the cut, each in the order of the record."""
    kept = cut(known, told)
    assert kept == tuple(f for f in known if f in kept)
    for one in known:
        hidden = one.level > told.clearance or (one.scope or MINE) not in {*told.scopes, MINE}
        hidden = hidden or (one.scope == MINE and MINE not in told.scopes)
        assert (one in kept) is not hidden


@given(facts, audiences, audiences)
def test_who_may_know_more_is_told_no_less(
    known: tuple[Fact, ...], one: Audience, other: Audience
) -> None:
    """A wider circle and a higher clearance only ever add."""
    both = audience(max(one.clearance, other.clearance), *one.scopes, *other.scopes)
    assert set(map(repr, cut(known, one))) <= set(map(repr, cut(known, both)))
    assert cut(cut(known, one), one) == cut(known, one)


@pytest.mark.parametrize(
    ("level", "scope", "told", "may"),
    [
        (Level.PUBLIC, None, audience(Level.PUBLIC), True),
        (Level.AFFECTED, None, audience(Level.PUBLIC), False),
        (Level.INTERNAL, None, audience(Level.AFFECTED, MINE), False),
        (Level.RESTRICTED, None, audience(Level.RESTRICTED), True),
        (Level.PUBLIC, MINE, audience(Level.RESTRICTED), False),
        (Level.PUBLIC, MINE, audience(Level.RESTRICTED, OTHER), False),
        (Level.AFFECTED, MINE, audience(Level.AFFECTED, MINE), True),
    ],
)
def test_level_and_circle_are_both_asked(
    level: Level, scope: str | None, told: Audience, may: bool
) -> None:
    """Clearance opens no circle, and a circle raises no clearance."""
    assert told.may_know(fact("f", level, scope)) is may


def test_a_fact_that_says_nothing_of_its_level_is_for_the_narrowest_circle() -> None:
    """Law 12: who forgets the level tells nobody."""
    said = fact().model_dump()
    del said["level"]
    assert Fact(**said).level is Level.RESTRICTED
    assert Fact(**said).status is Status.CONFIRMED


@pytest.mark.parametrize("value", ["2026-08-24T10:02:00Z", "7", "邮件客户端", 7, START])
def test_a_value_keeps_its_type_when_it_is_stored(value: FactValue) -> None:
    """A text that looks like a time stays a text."""
    one = fact().model_copy(update={"value": value})
    again = Fact.model_validate(one.model_dump())
    assert (again.value, type(again.value)) == (value, type(value))


def test_a_brief_is_asked_by_attribute() -> None:
    """The first, or all in the record's order."""
    known = (fact("a"), fact("b"), fact("a", Level.AFFECTED))
    brief = Brief(incident="inc_1", number="INC-1", audience=audience(Level.AFFECTED), facts=known)
    assert brief.find("a") == known[0]
    assert brief.all("a") == (known[0], known[2])
    assert (brief.find("c"), brief.all("c")) == (None, ())
