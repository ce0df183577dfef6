"""How do candidates stand beside each other, and beside "unknown"?"""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.causes.candidate import Code, Kind
from pipeline.causes.ranking import candidates, rank
from pipeline.causes.score import features, probabilities, weights
from pipeline.causes.seen import Seen

from .around import TEN, changed, earlier, failure, line, minutes, upstream

EVERYTHING = Seen(
    failure=failure(),
    changes=(
        changed("CHG-1", ago=8),
        changed("CHG-2", ago=700),
        changed("CHG-3", ago=90, state="rolled_back", rolled_back_at=TEN - minutes(60)),
    ),
    earlier=(earlier(),),
    upstream=(upstream(),),
    lines=(line("the queue worker is stuck because of a lock"),),
)


def test_nothing_to_look_at_is_unknown() -> None:
    """It is said plainly, and no candidate is made up."""
    ranked = rank(Seen(failure=failure()))
    assert (ranked.is_unknown, ranked.unknown, ranked.likely) == (True, 1.0, ())


def test_all_probabilities_are_one_together_and_none_is_certain() -> None:
    """A person decides, so neither 0 nor 100 % is shown."""
    ranked = rank(EVERYTHING)
    assert math.isclose(sum(one.probability for one in ranked.likely) + ranked.unknown, 1.0)
    assert all(1 <= one.percent <= 99 for one in ranked.likely)
    assert {one.candidate.kind for one in ranked.likely} == set(Kind)


def test_the_change_just_before_stands_above_those_that_something_speaks_against() -> None:
    """Not because it is the newest: a newer one that was rolled back before it stands below."""
    newest = changed("CHG-9", ago=3, state="rolled_back", rolled_back_at=TEN - minutes(2))
    seen = Seen(failure=failure(), changes=(*EVERYTHING.changes, newest))
    order = [one.candidate.name for one in rank(seen).likely]
    assert order[0] == "CHG-1"
    assert order.index("CHG-1") < order.index("CHG-9")


def test_what_a_person_ruled_out_shares_in_nothing() -> None:
    """The others, and unknown, take its share."""
    before, after = rank(EVERYTHING), rank(EVERYTHING, out={"change:ci:CHG-1"})
    assert [one.key for one in after.ruled_out] == ["change:ci:CHG-1"]
    assert after.unknown > before.unknown
    assert all(one.candidate.key != "change:ci:CHG-1" for one in after.likely)


def test_a_change_alone_long_before_is_not_taken_for_the_cause() -> None:
    """That it is the newest change before it proves nothing."""
    assert rank(Seen(failure=failure(), changes=(changed(ago=60 * 40),))).is_unknown


AGAINST = {
    *(f"change.{code}" for code in ("rolled_back_before", "went_on_after_rollback")),
    *("change.others_fine", "change.denied_in_log", "change.hours_before"),
    *("upstream.was_over_before", "said.denied_later", "said.said_with_doubt"),
    *("earlier.hardly_alike", "earlier.other_causes_too"),
}


@pytest.mark.parametrize("name", sorted(AGAINST))
def test_what_is_told_as_speaking_against_takes_away(name: str) -> None:
    """A reader who sees it under "against" must find that it counts so."""
    assert weights().by_name[name] < 0


def test_every_weight_is_of_a_kind_and_a_code_and_every_feature_has_one() -> None:
    """A mistyped name would count nothing, unseen."""
    known = {f"{kind.value}.{code}" for kind in Kind for code in ("start", *map(str, Code))}
    assert weights().by_name.keys() <= known
    for candidate in candidates(EVERYTHING):
        assert features(candidate).keys() <= weights().by_name.keys()


@given(st.lists(st.floats(min_value=-60, max_value=60), max_size=20))
def test_shares_are_shares(sums: list[float]) -> None:
    """Whatever the evidence adds up to: between 0 and 1, in the order of the sums, and 1 together."""
    found, unknown = probabilities(sums)
    assert math.isclose(sum(found) + unknown, 1.0, rel_tol=1e-9)
    assert all(0 <= one <= 1 for one in (*found, unknown))
    order = sorted(range(len(sums)), key=lambda n: sums[n])
    assert all(found[a] <= found[b] for a, b in pairwise(order))
