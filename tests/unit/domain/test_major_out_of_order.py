"""Words that come late or in the wrong order: what do they move, and what not?"""

from __future__ import annotations

from pipeline.domain.events import Event
from pipeline.domain.lattices import Impact, Phase
from pipeline.domain.major import Major
from pipeline.domain.major_events import (
    Declared,
    PhaseChanged,
    Relapsed,
    Restored,
    Stated,
    Withdrawn,
)
from pipeline.domain.payload import PersonRef
from tests.unit.tickets import MINUTE, START, event, fold_all

DECLARED = Declared(severity="P1", impact=Impact.UNAVAILABLE, symptom="signing in fails")


def folded(*events: Event) -> Major:
    major = fold_all(list(events)).major
    assert major is not None
    return major


def standing_of(*events: Event) -> str:
    return folded(*events).standing


def test_a_late_declaration_does_not_revive_what_was_withdrawn() -> None:
    """Two monitors saw the same false alarm; the slower one tells of a moment before the withdrawal."""
    declared, withdrawn = event(DECLARED), event(Withdrawn(), 2, START + 5 * MINUTE)
    late = event(DECLARED, 3, START + MINUTE)
    assert standing_of(declared, withdrawn, late) == "withdrawn"
    assert standing_of(declared, withdrawn, event(DECLARED, 3, START + 6 * MINUTE)) == "open"


def test_a_withdrawal_from_before_the_declaration_withdraws_nothing() -> None:
    assert standing_of(event(DECLARED), event(Withdrawn(), 2, START - 15 * MINUTE)) == "open"


def test_a_recovery_stands_though_a_step_of_the_repair_is_stamped_after_it() -> None:
    """Clocks differ by seconds: people must not go on waiting for what works."""
    step = event(PhaseChanged(phase=Phase.MONITORING), 2, START + 10 * MINUTE)
    restored = event(Restored(), 3, START + 9 * MINUTE)
    assert standing_of(event(DECLARED), step, restored) == "restored"


def test_what_a_person_said_before_a_relapse_is_known_though_it_comes_after_it() -> None:
    found = folded(
        event(DECLARED),
        event(Restored(), 2, START + 10 * MINUTE),
        event(Relapsed(), 3, START + 20 * MINUTE),
        event(Stated(text="Save your work."), 4, START + 19 * MINUTE),
    )
    assert [said.value.text for said in found.statements] == ["Save your work."]


def test_what_was_withdrawn_does_not_relapse() -> None:
    withdrawn = event(Withdrawn(), 2, START + 5 * MINUTE)
    found = folded(event(DECLARED), withdrawn, event(Relapsed(), 3, START + 6 * MINUTE))
    assert (found.standing, found.relapsed_times) == ("withdrawn", 0)


def test_whoever_recorded_something_is_known_once() -> None:
    """Their names are to be kept from those who may not know them."""
    tao, mia = PersonRef(id="lin.tao"), PersonRef(id="mia")
    found = folded(
        event(DECLARED.model_copy(update={"by": tao})),
        event(Stated(text="We look.", by=tao), 2, START + MINUTE),
        event(Restored(by=mia), 3, START + 2 * MINUTE),
    )
    assert [author.value.id for author in found.people] == ["lin.tao", "mia"]


def test_a_failure_lasts_as_long_as_the_minutes_that_are_told_of_it() -> None:
    """22:46:50 to 23:57:10 is told as 22:46 to 23:57: 71 minutes to every reader."""
    began, ended = START.replace(second=50), (START + 71 * MINUTE).replace(second=10)
    found = folded(
        event(Declared(severity="P1", started_at=began)),
        event(Restored(restored_at=ended), 2, START + 72 * MINUTE),
    )
    assert found.seconds_down == 71 * 60
