"""What does the record say of a cause after people decided about it? By the order of their words."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations

import pytest

from pipeline.domain.cause_events import CauseConfirmed, CauseReconsidered, CauseRuledOut
from pipeline.domain.events import Event
from pipeline.domain.folding import fold
from pipeline.domain.incident import Incident
from pipeline.domain.major_events import Declared, PhaseChanged, Relapsed, Restored
from pipeline.domain.payload import Payload
from tests.unit.tickets import START, event

KEY = "change:ci:CHG-1"
CONFIRMED = CauseConfirmed(candidate=KEY, cause="the pool was full")
OUT = CauseRuledOut(candidate=KEY, reason="another module")
BACK = CauseReconsidered(candidate=KEY)


def folded(*steps: tuple[float, Payload]) -> Incident:
    """A major incident after these, each with its minute."""
    incident: Incident | None = None
    for n, (minute, data) in enumerate([(0.0, Declared(severity="P1")), *steps], 1):
        said: Event = event(data, n, START + timedelta(minutes=minute))
        incident = fold(incident, said)
    assert incident is not None
    return incident


def cause(incident: Incident) -> object:
    assert incident.major is not None
    return incident.major.cause.value if incident.major.cause else None


def test_a_confirmed_cause_is_on_record_and_the_phase_moves_with_it() -> None:
    """No cause is told while one is looked for (rule N1)."""
    found = folded((5, CONFIRMED))
    assert found.major is not None
    assert (cause(found), found.major.phase.value) == ("the pool was full", "identified")


def test_what_is_taken_back_leaves_what_stood_there_before() -> None:
    """Another person's cause is not lost with it."""
    before = PhaseChanged(phase="identified", cause="a full disk")
    assert cause(folded((3, before), (5, CONFIRMED))) == "the pool was full"
    assert cause(folded((3, before), (5, CONFIRMED), (6, BACK))) == "a full disk"
    assert cause(folded((3, before), (5, CONFIRMED), (6, OUT))) == "a full disk"


def test_a_cause_that_was_said_since_stays() -> None:
    """Taking back a ruling takes back its own words alone."""
    since = PhaseChanged(phase="mitigating", cause="a broken switch")
    assert cause(folded((5, CONFIRMED), (7, since), (9, BACK))) == "a broken switch"


def test_the_later_word_on_one_candidate_counts() -> None:
    """A late one changes nothing."""
    assert [one.is_confirmed for one in folded((5, OUT), (6, CONFIRMED)).causes] == [True]
    assert [one.is_confirmed for one in folded((6, CONFIRMED), (5, OUT)).causes] == [True]
    assert folded((5, OUT), (6, BACK)).causes == ()


def confirmed(name: str) -> CauseConfirmed:
    return CauseConfirmed(candidate=name, cause=f"because of {name}")


@pytest.mark.parametrize("before", [None, "a full disk"])
@pytest.mark.parametrize("order", list(permutations("abc")))
def test_what_everybody_took_back_is_on_record_no_more(order: str, before: str | None) -> None:
    """In whatever order rulings fall, the record holds the latest one that stands, else what was said before."""
    first = [(1, PhaseChanged(phase="identified", cause=before))] if before else []
    made = [(2.0 + n, confirmed(name)) for n, name in enumerate("abc")]
    fell = [(10.0 + n, CauseReconsidered(candidate=name)) for n, name in enumerate(order)]
    for n in range(4):
        left = [name for name in "abc" if name not in order[:n]]
        expected = f"because of {left[-1]}" if left else before
        assert cause(folded(*first, *made, *fell[:n])) == expected


def test_one_that_is_confirmed_again_after_others_fell_can_be_taken_back_again() -> None:
    """No copy of its words lies in another ruling."""
    again = [(20, confirmed("a")), (21, CauseReconsidered(candidate="a"))]
    back = [(10.0 + n, CauseReconsidered(candidate=name)) for n, name in enumerate("ab")]
    assert cause(folded((1, confirmed("a")), (2, confirmed("b")), *back, *again)) is None


def test_a_ruling_that_came_late_is_what_is_left_when_the_later_ones_fall() -> None:
    """The order in which words arrive does not matter, only their times."""
    late = [(4, confirmed("c")), (3, confirmed("b")), (2, confirmed("a"))]
    for fell, left in (("c", "because of b"), ("cb", "because of a"), ("bc", "because of a")):
        back = [(10.0 + n, CauseReconsidered(candidate=name)) for n, name in enumerate(fell)]
        assert cause(folded(*late, *back)) == left
    assert cause(folded(*late)) == "because of c"


def test_a_late_word_on_the_failure_that_was_over_is_no_cause_of_its_relapse() -> None:
    """Of the new one nobody has recorded a cause yet."""
    turned = [(5, Restored()), (9, Relapsed())]
    assert cause(folded(*turned, (4, confirmed("a")))) is None
