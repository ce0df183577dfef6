"""Tickets that have nothing in common but their minutes are strangers, and a chain takes in nobody for another's sake."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pipeline.recurrence.case import Case
from pipeline.recurrence.chains import SURE, Chained, Link, joined
from pipeline.recurrence.content import beside_chance
from pipeline.recurrence.judging import Verdict, judge
from pipeline.recurrence.past import MemoryPast
from pipeline.recurrence.signature import Signature
from pipeline.recurrence.watching import Watch

from .cases import START, signer


def at_minute(minute: float, title: str, text: str = "", service: str = "") -> Case:
    at = START + timedelta(minutes=minute)
    return Case(id=f"{title} {minute}", at=at, title=title, text=text, service=service)


def probability(one: Case, other: Case) -> float:
    past = MemoryPast()
    past.add(signed(one))
    return max((found.probability for found in judge(past, signed(other)).similar), default=0.0)


def signed(case: Case) -> Signature:
    return signer().sign(case)


STRANGERS = [
    ("Mouse broken", "键盘坏了"),
    ("Mouse broken", "Need a new monitor for desk 14"),
    ("Cannot open the door of the server room", "无法打开会议预订页面"),
    ("My laptop is very slow", "mail is slow"),
    ("Keyboard broken", "VPN 用不了，无法打开内网"),
    ("Keyboard broken", "公司 VPN 坏了，连不上"),
    ("It does not work since this morning, please help", "今天早上用不了，请帮忙处理"),
]


@pytest.mark.parametrize(("one", "other"), STRANGERS)
def test_the_same_minutes_make_no_strangers_alike(one: str, other: str) -> None:
    """Nor does another language, nor that something is broken in both."""
    past = MemoryPast()
    past.add(signed(at_minute(0, one)))
    judged = judge(past, signed(at_minute(2, other)))
    assert judged.verdict is Verdict.NEW
    assert all(found.probability < 0.05 for found in judged.similar)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Keyboard broken", "键盘坏了"),
        ("VPN is down", "VPN 连不上"),
        ("Wifi is slow", "无线网很慢"),
        ("Cannot open the shared drive", "共享盘打不开"),
    ],
)
def test_what_both_are_about_is_known_in_either_language(one: str, other: str) -> None:
    assert probability(at_minute(0, one), at_minute(3, other)) > 0.5


def test_one_named_service_in_one_hour_needs_no_word_in_common() -> None:
    """With the same trouble; without the service, or a day later, they are strangers."""
    told = ("Intranet unreachable", "Cannot connect from home")
    near, later = at_minute(0, told[0], service="vpn"), at_minute(3, told[1], service="vpn")
    assert probability(near, later) > 0.3
    assert probability(at_minute(0, told[0]), at_minute(3, told[1])) < 0.05
    assert probability(near, at_minute(1440, told[1], service="vpn")) < 0.05


def test_unlike_tickets_of_one_minute_are_no_storm() -> None:
    watch = Watch(signer())
    titles = ("Mouse broken", "Need a new monitor for desk 14", "键盘坏了", "无法打开会议预订页面")
    assert [watch.opened(at_minute(n / 3, title))[1] for n, title in enumerate(titles)] == [
        None
    ] * 4


def known(*links: tuple[str, str, float], size: int = 3) -> Chained:
    chain_of = {"a": "a", "b": "a", "c": "a"} if size == 3 else {}
    return Chained(
        chain_of=chain_of,
        size_of={"a": size},
        links={frozenset((one, other)): odds for one, other, odds in links},
    )


@pytest.mark.parametrize(
    ("ties", "taken"),
    [
        ((), False),
        ((("k", "a", -1.0), ("k", "b", -1.0)), False),
        ((("k", "a", 1.0),), False),
        ((("k", "a", 0.5), ("k", "b", 0.2)), True),
        ((("k", "c", SURE),), True),
    ],
)
def test_a_lone_case_is_taken_along_only_by_ties_to_the_chain(
    ties: tuple[tuple[str, str, float], ...], taken: bool
) -> None:
    links = [Link(later="new", earlier=one, odds=2.0) for one in "abc"]
    found = joined([*links, Link(later="new", earlier="k", odds=0.0)], known(*ties))
    assert found == (["a", "k"] if taken else ["a"])


def test_two_lone_cases_need_a_tie_between_them() -> None:
    links = [Link(later="new", earlier=one, odds=0.5) for one in "ab"]
    assert joined(links, known(size=1)) == ["a"]
    assert joined(links, known(("a", "b", -0.9), size=1)) == ["a", "b"]


def test_time_and_place_make_nobody_sure() -> None:
    """Of odds that minutes alone lifted, little is left."""
    past = MemoryPast()
    past.add(signed(at_minute(0, "VPN is down")))
    [one] = judge(past, signed(at_minute(1, "VPN 连不上"))).similar
    assert one.odds > SURE > beside_chance(one.parts(), one.odds)
