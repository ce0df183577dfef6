"""What of a ticket is kept as its signature, and what is taken out of it."""

from __future__ import annotations

from datetime import datetime
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.tokens.normal import normal
from pipeline.recurrence.case import Case
from pipeline.recurrence.masking import FEW, alike, template
from pipeline.recurrence.naming import Kind

from .cases import signed


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Run 48213 stopped at 03:15", "Run 48377 stopped at 04:02"),
        ("备份在 03:15 失败，跳过 12 个文件", "备份在 02:40 失败，跳过 31 个文件"),
        ("User wang.li cannot print since 2026-03-01", "User zhao cannot print since 2026-04-11"),
        ("Mail to a@x.example bounced", "Mail to b@y.example bounced"),
    ],
)
def test_what_varies_from_case_to_case_leaves_one_template(one: str, other: str) -> None:
    assert template(normal(one)) == template(normal(other))


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("GlobalLink 报错 809", Kind.CODE, "=n809"),
        ("error 0x80070643 in setup", Kind.CODE, "=80070643"),
        ("posting stops with FC-2207", Kind.CODE, "=fc2207"),
        ("srv-arch-04 is full", Kind.HOST, "=srvarch04"),
        ("报销系统打不开", Kind.SYSTEM, "=报销 系统"),
        ("the payroll portal is slow", Kind.SYSTEM, "=payrol portal"),
        ("登录 PeopleDesk 失败", Kind.SYSTEM, "=peopledesk"),
    ],
)
def test_systems_machines_and_codes_are_known_by_name(text: str, kind: Kind, name: str) -> None:
    assert name in signed(text).names[kind]


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Please reset my password", True),
        ("申请重置密码", True),
        ("Password reset page fails with an error", False),
        ("密码重置页面报错", False),
        ("The printer jams", False),
    ],
)
def test_a_wish_is_told_from_a_failure(text: str, asks: bool) -> None:
    assert signed(text).asks is asks


def test_both_languages_share_meanings() -> None:
    """A word of one meets the word of the other by the glossary."""
    one, other = signed("打印机卡纸").meanings, signed("The printer has a paper jam").meanings
    assert one & other


def test_a_case_needs_a_zone() -> None:
    """A naive time cannot be compared."""
    with pytest.raises(ValueError, match="zone"):
        Case(id="1", at=datetime(2026, 1, 1), title="x")  # noqa: DTZ001


@given(st.text(max_size=200), st.text(max_size=2_000))
def test_any_text_has_a_signature(title: str, text: str) -> None:
    """Whatever a ticket holds, and its template is like itself."""
    found = signed(title, text)
    assert not found.template or alike(found.template, found.template) == 1.0


few = st.lists(st.sampled_from("abc"), max_size=7).map(tuple)


@given(few, few)
def test_templates_are_alike_by_the_longest_that_both_say_in_order(
    one: tuple[str, ...], other: tuple[str, ...]
) -> None:
    """As found by trying all of them; too few words in common are none."""
    every = (said for n in range(len(one), -1, -1) for said in combinations(one, n))
    longest = next(len(said) for said in every if _says_in_order(other, said))
    share = longest / max(len(one), len(other), 1)
    assert alike(one, other) in (share, 0.0)
    assert alike(one, other) == share or share < FEW


def _says_in_order(whole: tuple[str, ...], part: tuple[str, ...]) -> bool:
    left = iter(whole)
    return all(word in left for word in part)


def test_a_text_of_100_kilobytes_is_read_at_its_beginning() -> None:
    """A dump costs no more than a page."""
    assert signed("dump", "word " * 25_000).length <= 400
