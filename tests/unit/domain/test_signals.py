"""A repeat joins its alert, another one stands beside it, and one that stopped no longer counts."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.lattices import Impact
from pipeline.domain.major_events import AlertCleared, Alerted
from pipeline.domain.signals import SIGNALS_KEPT, Signal
from tests.unit.tickets import MINUTE, START, event, fold_all, stream

FIRST = Alerted(signal="errors", title="CRM errors", severity="P2", impact=Impact.DEGRADED)
PROBE = Alerted(signal="probe", title="CRM probe", severity="P1", impact=Impact.UNAVAILABLE)
CLEARED = AlertCleared(signal="errors")


def signals(*payloads: Any) -> tuple[Signal, ...]:
    return fold_all(stream(*payloads)).signals


def test_the_first_alert_opens_a_ticket_that_nobody_reported() -> None:
    opened = fold_all(stream(FIRST))
    assert (opened.title.value, opened.requester, opened.major) == ("CRM errors", None, None)
    assert [signal.signal for signal in opened.signals] == ["errors"]


def test_a_repeat_joins_its_alert_and_keeps_its_beginning() -> None:
    """When it began and what it said first are not overwritten by what it says every minute."""
    louder = FIRST.model_copy(update={"title": "Still failing"})
    [signal] = signals(FIRST, louder, louder)
    assert (signal.first.value, signal.first.at) == (FIRST, START)


def test_different_alerts_stand_side_by_side_in_their_order() -> None:
    assert [s.signal for s in signals(FIRST, PROBE, FIRST)] == ["errors", "probe"]


def test_a_cleared_alert_has_its_end_until_it_fires_again() -> None:
    assert [s.cleared_at for s in signals(FIRST, PROBE, CLEARED)] == [START + 2 * MINUTE, None]
    assert [s.cleared_at for s in signals(FIRST, CLEARED, FIRST)] == [None]


def test_the_end_of_an_alert_that_nobody_knows_changes_nothing() -> None:
    assert signals(FIRST, AlertCleared(signal="unheard-of")) == signals(FIRST)


def test_a_ticket_is_as_grave_as_its_gravest_firing_alert() -> None:
    """One that stopped does not count, and nobody's word is not a grade."""
    ungraded = Alerted(signal="third", title="Something")
    assert fold_all(stream(FIRST, PROBE)).severity == "P1"
    assert fold_all(stream(FIRST, PROBE, AlertCleared(signal="probe"))).severity == "P2"
    assert fold_all(stream(FIRST, CLEARED)).severity is None
    assert fold_all(stream(ungraded)).severity is None


def test_a_monitor_that_never_stops_does_not_fill_the_ticket() -> None:
    """The newest are kept; the stream has them all."""
    many = [Alerted(signal=f"s{n}", title="CRM errors") for n in range(SIGNALS_KEPT + 5)]
    kept = signals(*many)
    assert len(kept) == SIGNALS_KEPT
    assert kept[-1].signal == f"s{SIGNALS_KEPT + 4}"


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.booleans(), st.integers(-20, 20)), max_size=12)
)
def test_each_alert_stands_once_and_fires_as_its_last_word_says(
    told: list[tuple[str, bool, int]],
) -> None:
    """Whatever the clocks of monitors say; an end from before the last firing is of the time before."""
    events, firing, fired = [event(FIRST)], {"errors": True}, {"errors": 0}
    for n, (name, fires, minute) in enumerate(told, 2):
        data = Alerted(signal=name, title="x") if fires else AlertCleared(signal=name)
        events.append(event(data, n, START + minute * MINUTE))
        if fires:
            firing[name], fired[name] = True, max(minute, fired.get(name, minute))
        elif name in firing and minute >= fired[name]:
            firing[name] = False
    found = fold_all(events).signals
    assert {s.signal: s.cleared_at is None for s in found} == firing
    assert len(found) == len(firing)


def test_an_alert_that_escalates_is_as_grave_as_it_became() -> None:
    louder = FIRST.model_copy(update={"severity": "P1"})
    assert fold_all(stream(FIRST, louder, FIRST)).severity == "P1"


def test_what_repeats_of_an_alert_say_is_known_once_each() -> None:
    """Hosts and figures in them are to be kept from those who may not know them."""
    other = FIRST.model_copy(update={"detail": "crm-app-04: 51 %"})
    [signal] = signals(FIRST, other, other)
    assert [said.value for said in signal.repeated] == ["crm-app-04: 51 %"]


def test_an_alert_that_fires_again_began_when_it_did_so() -> None:
    """A failure of this afternoon did not begin with the alert of this morning."""
    [signal] = signals(FIRST, CLEARED, FIRST, FIRST)
    assert (signal.first.at, signal.began) == (START, START + 2 * MINUTE)
    assert signals(FIRST, FIRST)[0].began == START


def test_an_effect_is_the_gravest_of_the_alerts_that_fire() -> None:
    cleared = AlertCleared(signal="probe")
    assert fold_all(stream(FIRST, PROBE)).impact is Impact.UNAVAILABLE
    assert fold_all(stream(FIRST, PROBE, cleared)).impact is Impact.DEGRADED
    assert fold_all(stream(FIRST, CLEARED)).impact is None
