"""What may no order of events do to a ticket?"""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.errors import IncidentClosed
from pipeline.domain.events import Event, Noted, Reopened
from pipeline.domain.folding import fold, is_late
from pipeline.domain.incident import Incident
from pipeline.domain.lattices import TicketState as S
from tests.unit.domain.builders import minutes, payloads
from tests.unit.tickets import START, event


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    """A report and what follows it, recorded in any order of what happened."""
    later = draw(st.lists(st.tuples(payloads(), st.integers(-30, 600)), max_size=12))
    first = draw(payloads("reported"))
    return [event(first)] + [
        event(data, n, START + minutes(minute)) for n, (data, minute) in enumerate(later, 2)
    ]


def folded(events: list[Event]) -> list[Incident]:
    """The ticket after each event, up to the first that a closed one refuses."""
    stands = [fold(None, events[0])]
    for one in events[1:]:
        try:
            stands.append(fold(stands[-1], one))
        except IncidentClosed:
            assert stands[-1].state.value is S.CLOSED
            break
    return stands


@given(histories())
def test_any_order_folds_and_the_version_counts(events: list[Event]) -> None:
    """Nothing but a closing refuses an event, and each event is one version."""
    assert [one.version for one in folded(events)] == list(range(1, len(folded(events)) + 1))


@given(histories())
def test_no_late_event_moves_a_state_back(events: list[Event]) -> None:
    """Neither the state nor the moment from which it is known."""
    stands = folded(events)
    for before, after, one in zip(stands, stands[1:], events[1:], strict=False):
        assert after.state.at >= before.state.at
        if is_late(before, one):
            assert (after.state, after.waiting_for) == (before.state, before.waiting_for)
            assert after.message == before.message


@given(histories())
def test_no_attribute_goes_back_in_time(events: list[Event]) -> None:
    """What is known of each attribute is the word on the latest moment; the opening never moves."""
    names = ("group", "resolution", "reopening", "title", "requester")
    stands = folded(events)
    for before, after in itertools.pairwise(stands):
        assert (after.opened_at, after.id, after.number) == (before.opened_at, "inc_1", "INC-1")
        assert after.updated_at >= before.updated_at
        for name in names:
            old, new = getattr(before, name), getattr(after, name)
            assert old is None or (new is not None and new.at >= old.at), name


@given(histories())
def test_an_expected_time_goes_by_a_reopening_alone(events: list[Event]) -> None:
    """Otherwise the word on the latest moment counts; none is from before the last reopening."""
    stands = folded(events)
    for before, after, one in zip(stands, stands[1:], events[1:], strict=False):
        old, new = before.expected, after.expected
        assert new is None or after.reopening is None or new.at >= after.reopening.at
        assert isinstance(one.data, Reopened) or old is None or (new and new.at >= old.at)


@given(histories())
def test_an_assignee_is_never_from_before_the_hand_over(events: list[Event]) -> None:
    """Whoever is named as at work on it was so after the ticket came to its group."""
    for stands in folded(events):
        if stands.assignee and stands.handed_over_at:
            assert stands.assignee.at >= stands.handed_over_at


@given(histories())
def test_the_same_events_make_the_same_ticket(events: list[Event]) -> None:
    """Law 13: a replay gives the same to the byte."""
    first, second = folded(events)[-1], folded(events)[-1]
    assert first.model_dump_json() == second.model_dump_json()


@given(histories())
def test_a_stored_ticket_folds_on_as_if_it_had_never_been_stored(events: list[Event]) -> None:
    """The fold is kept as JSON between two events."""
    kept: Incident | None = None
    for one, expected in zip(events, folded(events), strict=False):
        kept = fold(kept, one)
        kept = Incident.model_validate_json(kept.model_dump_json(exclude_none=True))
        assert kept == expected


@given(histories())
def test_a_waiting_reason_belongs_to_a_waiting_ticket(events: list[Event]) -> None:
    """No open or finished ticket is said to wait for somebody."""
    for stands in folded(events):
        assert stands.waiting_for is None or stands.state.value is S.WAITING


@given(histories())
def test_a_closed_ticket_opens_by_a_reopening_alone(events: list[Event]) -> None:
    """Law 12 for states: nothing else brings it back."""
    stands = folded(events)
    for before, after, one in zip(stands, stands[1:], events[1:], strict=False):
        if before.state.value is S.CLOSED and after.state.value not in (S.RESOLVED, S.CLOSED):
            assert isinstance(one.data, Reopened)


@given(histories())
def test_every_note_is_on_the_ticket(events: list[Event]) -> None:
    """None is lost by coming late, as long as there is room."""
    last = folded(events)[-1]
    written = [e.data.text for e in events[: last.version] if isinstance(e.data, Noted)]
    assert [note.value.text for note in last.notes] == written
