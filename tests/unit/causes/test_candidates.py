"""What becomes a possible cause, and what speaks for and against it?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from pipeline.causes.candidate import AGAINST, Code
from pipeline.causes.ranking import candidates
from pipeline.causes.seen import WINDOW, ChangeSeen, Seen

from .around import TEN, changed, codes, earlier, failure, line, minutes, upstream

BACK: dict[str, Any] = {"state": "rolled_back"}
CHANGES = {
    "just before": (changed(ago=10), {}, {"shortly_before", "own_service"}),
    "hours before": (changed(ago=400), {}, {"hours_before", "own_service"}),
    "under way": (
        changed(began_at=TEN - minutes(5), ended_at=TEN + minutes(5)),
        {},
        {"while_under_way", "own_service"},
    ),
    "of what it depends on": (
        changed(services=("san",)),
        {},
        {"shortly_before", "depended_service"},
    ),
    "rolled back before": (
        changed(ago=60, **BACK, rolled_back_at=TEN - minutes(30)),
        {},
        {"rolled_back_before", "shortly_before", "own_service"},
    ),
    "rolled back, and it recovered": (
        changed(**BACK, rolled_back_at=TEN + minutes(30)),
        {"over_at": TEN + minutes(40)},
        {"recovered_after_rollback", "shortly_before", "own_service"},
    ),
    "rolled back, and it went on": (
        changed(**BACK, rolled_back_at=TEN + minutes(30)),
        {},
        {"went_on_after_rollback", "shortly_before", "own_service"},
    ),
    "another service is fine": (
        changed(services=("crm", "mail"), others_fine=("mail",)),
        {},
        {"others_fine", "shortly_before", "own_service"},
    ),
    "another service failed": (
        changed(services=("crm", "mail"), others_failed=("mail",)),
        {},
        {"others_failed", "shortly_before", "own_service"},
    ),
    "only planned": (
        changed(state="planned"),
        {},
        {"planned_only", "shortly_before", "own_service"},
    ),
}


@pytest.mark.parametrize(("seen", "more", "expected"), CHANGES.values(), ids=list(CHANGES))
def test_a_change_before_it_is_a_candidate_with_what_became_of_it(
    seen: object, more: dict[str, object], expected: set[str]
) -> None:
    """Each is evidence for or against, by its times and by what else it touched."""
    assert set(codes(Seen(failure=failure(**more), changes=(seen,)))) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "late",
    [changed(ago=-1), changed(ago=WINDOW / minutes(1) + 1)],
    ids=["after it", "before the window"],
)
def test_what_began_after_the_first_symptom_or_long_before_is_no_candidate(late: object) -> None:
    """A cause comes before what it causes, and a window bounds what is looked at."""
    assert candidates(Seen(failure=failure(), changes=(late,))) == []  # type: ignore[arg-type]


def test_a_line_that_names_a_change_speaks_for_that_change_alone() -> None:
    """CHG-1 is named, CHG-12 is another one, and the line is no candidate beside it."""
    lines = (line("it broke because of CHG-12, right after it"),)
    seen = Seen(failure=failure(), changes=(changed("CHG-1"), changed("CHG-12")), lines=lines)
    named = {
        one.name: [e.code for e in one.evidence if e.code is Code.NAMED_IN_LOG]
        for one in candidates(seen)
    }
    assert named == {"CHG-1": [], "CHG-12": [Code.NAMED_IN_LOG]}


def test_a_denial_speaks_against_the_change_that_it_names() -> None:
    """Somebody looked, and says that it was not this."""
    denied = line("we ruled out CHG-1", claims=False, denies=True)
    assert "denied_in_log" in codes(Seen(failure=failure(), changes=(changed(),), lines=(denied,)))


def test_earlier_cases_with_one_cause_are_one_candidate() -> None:
    """Its key is the oldest case's, so that a decision on it outlasts the next case."""
    cases = (
        earlier("INC-0"),
        earlier("INC-1", days=2, cause="The session store ran out of memory."),
    )
    (one,) = candidates(Seen(failure=failure(), earlier=cases))
    assert one.key == "earlier:inc_INC-0"
    assert Code.HAPPENED_AGAIN in {e.code for e in one.speaks_for}


def test_an_earlier_case_that_is_hardly_alike_or_later_is_none() -> None:
    """Only what came before, and is like it, says anything."""
    cases = (earlier(probability=0.1), earlier("INC-9", days=-1))
    assert candidates(Seen(failure=failure(), earlier=cases)) == []


@pytest.mark.parametrize(
    ("over", "own_over", "expected"),
    [
        (None, None, None),
        (-2.0, None, "was_over_before"),
        (30.0, 35.0, "recovered_together"),
        (30.0, None, "went_on_after"),
    ],
)
def test_a_failure_of_what_it_depends_on_is_a_candidate(
    over: float | None, own_over: float | None, expected: str | None
) -> None:
    """With what their ends say of each other."""
    beside = upstream(over_at=None if over is None else TEN + minutes(over))
    of = failure(over_at=None if own_over is None else TEN + minutes(own_over))
    found = set(codes(Seen(failure=of, upstream=(beside,))))
    assert found == {"failed_before", "depended_service", *([expected] if expected else [])}


def test_a_line_is_quoted_as_it_stands() -> None:
    """No word of it is changed, and who denied it later is told beside it."""
    said = "mbx-07 ist voll: the volume is full because of the retention script"
    lines = (
        line(said, 1),
        line(
            "not the retention script, volume retention was fine",
            2,
            "Lena",
            claims=False,
            denies=True,
        ),
    )
    (one,) = candidates(Seen(failure=failure(), lines=lines))
    assert (one.what, one.name) == (said, "Chen Li")
    assert Code.DENIED_LATER in {e.code for e in one.speaks_against}


def test_every_code_of_evidence_speaks_one_way() -> None:
    """What is neither for nor against would be shown nowhere."""
    assert set(Code) > AGAINST


def test_a_plan_that_lies_far_ahead_is_no_candidate() -> None:
    """Maintenance of next week has not been done yet."""
    ahead = changed(began_at=TEN + timedelta(days=7), ended_at=TEN + timedelta(days=7, hours=1))
    assert candidates(Seen(failure=failure(), changes=(ahead,))) == []


BACK_AT = TEN + minutes(94)
RETURNS = {
    "before the first symptom": (changed(ago=9), "shortly_before", 9 * 60),
    "between recovery and return": (changed(ago=-84), "shortly_before:return", 10 * 60),
    "long before it came back": (
        changed(began_at=TEN + minutes(1), ended_at=TEN + minutes(1)),
        "shortly_before:return",
        93 * 60,
    ),
}


@pytest.mark.parametrize(("seen", "told_as", "gap"), RETURNS.values(), ids=RETURNS)
def test_of_what_came_back_a_change_is_measured_from_what_it_may_have_caused(
    seen: ChangeSeen, told_as: str, gap: int
) -> None:
    """From the first symptom if it was made before, else from when the failure came back."""
    (one,) = candidates(Seen(failure=failure(came_back_at=BACK_AT), changes=(seen,)))
    (when,) = [evidence for evidence in one.evidence if "gap" in evidence.values]
    assert (when.told_as, when.values["gap"]) == (told_as, gap)


def test_what_failed_below_before_it_came_back_is_measured_from_there() -> None:
    """And what failed below before the first symptom, from that."""
    late = upstream(began_at=BACK_AT - minutes(5))
    (one,) = candidates(Seen(failure=failure(came_back_at=BACK_AT), upstream=(late,)))
    assert one.evidence[0].told_as == "failed_before:return"
    (one,) = candidates(Seen(failure=failure(came_back_at=BACK_AT), upstream=(upstream(),)))
    assert (one.evidence[0].told_as, one.evidence[0].values["gap"]) == ("failed_before", 300)
