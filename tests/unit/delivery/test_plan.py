"""Where is each person or room reached?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.delivery.plan import addresses, again, reach
from pipeline.domain.communication import Reason
from pipeline.domain.directory import Address, Group, Names, Person
from pipeline.domain.message import Recipient
from pipeline.domain.payload import NO_MAIL

MAIL = Address(channel="mail", value="wang@example.org")
HOOK = Address(channel="webhook", value="https://hooks.example.org/wang")
BOTH = ("mail", "webhook")


def person(name: str = "wang", *preferred: Address) -> Person:
    names = Names(zh="王小林", en="Wang Xiaolin")
    return Person(
        id=name, name=name, names=names, language="zh", zone="Asia/Shanghai", addresses=preferred
    )


def group(name: str = "network", *preferred: Address, members: tuple[str, ...] = ()) -> Group:
    return Group(
        id=name, name=Names(zh="网络组", en="Network"), addresses=preferred, members=members
    )


@pytest.mark.parametrize(
    ("preferred", "channels", "live", "expected"),
    [
        ((MAIL, HOOK), (), BOTH, "mail"),
        ((HOOK, MAIL), (), BOTH, "webhook"),
        ((HOOK, MAIL), ("mail",), BOTH, "mail"),
        ((HOOK, MAIL), ("mail", "webhook"), BOTH, "webhook"),
        ((HOOK, MAIL), (), ("mail",), "mail"),
        ((HOOK,), ("mail",), BOTH, None),
        ((HOOK,), (), ("mail",), None),
        ((HOOK, MAIL), ("webhook",), ("mail",), None),
        ((), (), BOTH, None),
        ((MAIL,), (), (), None),
    ],
)
def test_the_first_address_on_a_live_channel(
    preferred: tuple[Address, ...],
    channels: tuple[str, ...],
    live: tuple[str, ...],
    expected: str | None,
) -> None:
    answer = reach(person("wang", *preferred), channels=channels, live=live)
    if expected is None:
        assert isinstance(answer, Reason)
        assert answer.code == "no_address"
        assert answer.values["recipient"] == "person:wang"
    else:
        assert isinstance(answer, Recipient)
        assert answer.channel == expected


def test_a_person_is_named_in_their_own_language() -> None:
    assert reach(person("wang", MAIL), live=BOTH) == Recipient(
        kind="person",
        id="wang",
        name="王小林",
        channel="mail",
        address="wang@example.org",
        language="zh",
        zone="Asia/Shanghai",
    )


def test_a_group_with_an_address_is_a_room_and_its_members_are_not_told_one_by_one() -> None:
    plan = addresses(
        [group("network", HOOK, members=("wang",))], {"wang": person("wang", MAIL)}, live=BOTH
    )
    assert [one.key for one in plan.recipients] == ["room:network"]
    assert plan.recipients[0].name == "Network"


def test_a_room_out_of_reach_is_not_swapped_for_its_members() -> None:
    plan = addresses(
        [group("network", HOOK, members=("wang",))], {"wang": person("wang", MAIL)}, live=("mail",)
    )
    assert plan.recipients == ()
    assert [one.values["recipient"] for one in plan.unreached] == ["room:network"]


def test_members_are_told_once_however_often_they_are_named() -> None:
    people = {"wang": person("wang", MAIL), "li": person("li", MAIL), "he": person("he")}
    groups = [group("a", members=("wang", "li", "he")), group("b", members=("li", "gone", "he"))]
    plan = addresses([people["wang"], *groups, people["wang"]], people, live=BOTH)
    assert [one.key for one in plan.recipients] == ["person:wang", "person:li"]
    assert [one.values["recipient"] for one in plan.unreached] == ["person:he", "person:gone"]


def test_an_empty_group_says_so() -> None:
    plan = addresses([group("empty")], {}, live=BOTH)
    assert [one.values["recipient"] for one in plan.unreached] == ["room:empty"]


@given(st.lists(st.sampled_from(["wang", "li", "he", "zhao"]), max_size=12))
def test_the_same_targets_give_the_same_plan(named: list[str]) -> None:
    people = {name: person(name, *([] if name == "he" else [MAIL])) for name in named}
    targets = [people[name] for name in named]
    plan = addresses(targets, {}, live=BOTH)
    assert plan == addresses(list(targets), {}, live=BOTH)
    keys = [one.key for one in plan.recipients]
    assert len(keys) == len(set(keys))
    assert len(keys) + len(plan.unreached) == len(set(named))


def test_whoever_was_erased_is_told_no_end_of_what_she_was_told() -> None:
    """Her address is gone; that nobody is left is no alarm."""
    told = addresses((person("wang", MAIL), person("chen", MAIL)), {}, live=BOTH).recipients
    erased = told[0].model_copy(update={"address": NO_MAIL})
    plan = again([erased, told[1]], live=BOTH)
    assert [r.key for r in plan.recipients] == ["person:chen"]
    assert plan.unreached == ()
