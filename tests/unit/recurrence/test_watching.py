"""What a stream of tickets makes: chains, storms, and nothing of what only looks like them."""

from __future__ import annotations

import pytest

from pipeline.recurrence.case import Case
from pipeline.recurrence.proposing import Kind, storms
from pipeline.recurrence.watching import Proposed, Watch

from .cases import START, case, signer


def proposed(*cases: Case, from_case: int = 3) -> list[Proposed]:
    watch = Watch(signer(), from_case=from_case)
    return [found for one in cases if (found := watch.opened(one)[1])]


def weekly(titles: list[str], days: float = 7) -> list[Case]:
    return [case(str(n), title, days=n * days, service="vpn") for n, title in enumerate(titles)]


WEEKLY = [
    "GlobalLink error 809",
    "GlobalLink 报错 809",
    "GlobalLink: error 809 again",
    "GlobalLink 错误 809",
]


def test_the_third_case_makes_one_proposal() -> None:
    """And the fourth makes no other."""
    (found,) = proposed(*weekly(WEEKLY))
    assert (found.members, found.kind) == (("0", "1", "2"), Kind.CHAIN)


def test_from_which_case_is_a_wish_of_the_site() -> None:
    (found,) = proposed(*weekly(WEEKLY), from_case=4)
    assert len(found.members) == 4


def test_ten_thousand_would_be_one_storm() -> None:
    """Identical tickets in a minute: one proposal, however many."""
    cases = [case(str(n), "Nobody can open the shop", days=n / 86_400) for n in range(300)]
    (found,) = proposed(*cases)
    assert found.kind is Kind.STORM


@pytest.mark.parametrize(
    "titles",
    [
        [
            "Backup of fra-sql-01 failed",
            "Backup of ham-web-03 failed",
            "Backup of ber-dc-04 failed",
        ],
        ["接口中止，代码 E1107", "接口中止，代码 E2213", "接口中止，代码 E3391"],
        ["薪酬门户无法访问", "档案门户无法访问", "差旅门户无法访问"],
    ],
)
def test_the_same_sentence_about_other_things_is_no_chain(titles: list[str]) -> None:
    assert proposed(*weekly(titles)) == []


def test_wishes_are_a_suggestion_and_no_problem() -> None:
    """Password resets come for ever."""
    found = proposed(*weekly(["Please reset my password"] * 4))
    assert [one.kind for one in found] == [Kind.REQUEST]


@pytest.mark.parametrize("title", ["", "x", "help", "打印"])
def test_a_ticket_of_one_word_breaks_nothing(title: str) -> None:
    assert len(proposed(*weekly([title] * 5))) <= 1


def test_two_in_an_hour_are_no_storm() -> None:
    assert not storms([START, START])
