"""What is known of a failure is what was recorded of it: not of the one before, and never guessed."""

from __future__ import annotations

import itertools
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.errors import IncidentClosed, UnknownIncident
from pipeline.domain.events import Event
from pipeline.domain.folding import fold
from pipeline.domain.incident import Incident
from pipeline.domain.lattices import Impact, Phase
from pipeline.domain.major import Major
from pipeline.domain.major_events import (
    PAYLOADS,
    Accepted,
    DecisionAsked,
    Declared,
    PhaseChanged,
    Progressed,
    Relapsed,
    Restored,
    ScopeChanged,
    SeverityChanged,
    Stated,
    TeamCalled,
    Withdrawn,
    WorkaroundVerified,
)
from pipeline.domain.payload import Payload
from tests.unit.tickets import (
    MINUTE,
    START,
    assigned,
    closed,
    event,
    fold_all,
    handed_over,
    reopened,
    reported,
    resolved,
    stream,
)

DECLARED = Declared(severity="P1", impact=Impact.UNAVAILABLE, symptom="signing in fails")
OF_THE_FAILURE = (
    ScopeChanged(scope="all accounts", not_affected="mail", customer_effect="two cannot order"),
    PhaseChanged(phase=Phase.IDENTIFIED, cause="the database was lost"),
    WorkaroundVerified(workaround="use the directory"),
    DecisionAsked(decision="switch reports off"),
    Progressed(action="restarting", done=False),
)
SLOWER = SeverityChanged(severity="P1", impact=Impact.PARTIAL, symptom="it is slow")
NAMES = (
    *("scope", "not_affected", "customer_effect", "cause", "workaround", "action", "decision"),
    *("impact", "symptom"),
)
"""Each is known of one failure, and says nothing of the next."""


def major(*steps: Payload) -> Major:
    """After these, one a minute."""
    return in_major(fold_all(stream(*steps)))


def in_major(incident: Incident) -> Major:
    assert incident.major is not None
    return incident.major


def known(found: Major) -> set[str]:
    return {name for name in NAMES if getattr(found, name) is not None}


def at(minute: int) -> datetime:
    return START + minute * MINUTE


def test_a_ticket_is_none_until_somebody_declares_it() -> None:
    """Whatever else was said of it before."""
    assert fold_all(stream(reported(), SeverityChanged(severity="P1"), Restored())).major is None
    assert major(reported(), DECLARED).severity.value == "P1"


def test_declared_twice_is_one_declaration_that_knows_more() -> None:
    """Its time and severity stay; what the first did not know is added."""
    again = Declared(severity="P2", scope="all accounts", team="app-support")
    found = major(DECLARED, again)
    assert (found.declared.at, found.severity.value) == (START, "P1")
    assert found.scope is not None
    assert found.scope.value == "all accounts"
    assert found.impact is not None
    assert found.impact.value is Impact.UNAVAILABLE
    assert (found.phase.value, found.standing) == (Phase.INVESTIGATING, "open")


def test_declared_after_a_false_alarm_is_another_one() -> None:
    """Nothing of what was taken back is told again."""
    found = major(DECLARED, *OF_THE_FAILURE, Withdrawn(), Declared(severity="P2"))
    assert (found.standing, found.severity.value, known(found)) == ("open", "P2", set())


@pytest.mark.parametrize(
    ("standing", "steps"),
    [
        ("open", (DECLARED,)),
        ("open", (DECLARED, PhaseChanged(phase=Phase.MONITORING))),
        ("open", (DECLARED, Relapsed())),
        ("restored", (DECLARED, Restored())),
        ("restored", (DECLARED, Restored(), Restored())),
        ("restored", (DECLARED, Restored(), PhaseChanged(phase=Phase.MITIGATING))),
        ("restored", (DECLARED, Restored(), DECLARED)),
        ("open", (DECLARED, Restored(), Relapsed())),
        ("restored", (DECLARED, Restored(), Relapsed(), Restored())),
        ("withdrawn", (DECLARED, Withdrawn())),
        ("withdrawn", (DECLARED, Restored(), Withdrawn())),
        ("withdrawn", (DECLARED, Withdrawn(), Restored())),
        ("withdrawn", (DECLARED, Withdrawn(), Relapsed())),
    ],
)
def test_it_is_open_until_it_is_restored_or_taken_back(
    standing: str, steps: tuple[Payload, ...]
) -> None:
    """A step of the repair opens nothing again; only a relapse does."""
    found = major(*steps)
    assert (found.standing, found.is_open) == (standing, standing == "open")


def test_a_relapse_of_what_is_still_open_takes_nothing_back() -> None:
    found = major(DECLARED, *OF_THE_FAILURE, Relapsed())
    assert (found.relapsed_times, known(found)) == (0, set(NAMES))


def test_a_relapse_begins_with_what_is_recorded_of_it_alone() -> None:
    """Scope, cause and workaround of the first failure are not those of the second."""
    again = Relapsed(symptom="it fails again")
    found = major(DECLARED, *OF_THE_FAILURE, Restored(), again)
    assert (found.relapsed_times, known(found)) == (1, {"symptom"})
    assert (found.phase.value, found.severity.value) == (Phase.INVESTIGATING, "P1")


@pytest.mark.parametrize("late", [*OF_THE_FAILURE, SLOWER, DECLARED])
def test_a_late_word_on_the_first_failure_is_not_one_on_its_relapse(late: Payload) -> None:
    """Heard of after the relapse, but it tells of a moment before."""
    events = stream(DECLARED, Restored(), Relapsed())
    found = in_major(fold_all([*events, event(late, 4, at(1))]))
    assert known(found) == set()


@pytest.mark.parametrize("late", [Restored(), Relapsed(), PhaseChanged(phase=Phase.MONITORING)])
def test_a_late_step_moves_no_phase_back(late: Payload) -> None:
    """It is earlier than the step that is known."""
    for steps in ((DECLARED, Restored()), (DECLARED, Restored(), Relapsed())):
        before = fold_all(stream(*steps))
        after = fold(before, event(late, before.version + 1, at(0) - MINUTE))
        assert in_major(after).phase == in_major(before).phase
        assert in_major(after).standing == in_major(before).standing


def test_steps_of_one_minute_count_in_the_order_in_which_they_came() -> None:
    """Declared, restored and back within the same minute."""
    events = [event(data, n) for n, data in enumerate((DECLARED, Restored(), Relapsed()), 1)]
    assert in_major(fold_all(events[:2])).standing == "restored"
    assert in_major(fold_all(events)).standing == "open"


@pytest.mark.parametrize(
    ("seconds", "started", "restored"),
    [
        (4500, 0, 75),
        (0, 5, 5),
        (None, 10, 5),
        (None, None, 5),
        (None, 0, None),
        (None, None, None),
    ],
    ids=["both", "one-minute", "end-first", "no-start", "no-end", "neither"],
)
def test_a_duration_needs_both_ends_in_their_order(
    seconds: int | None, started: int | None, restored: int | None
) -> None:
    """Never negative, and never from the moment of an event in place of one that was recorded."""
    found = major(
        DECLARED.model_copy(update={"started_at": None if started is None else at(started)}),
        Restored(restored_at=None if restored is None else at(restored)),
    )
    assert found.seconds_down == seconds


@pytest.mark.parametrize(
    ("seconds", "again", "restored"),
    [(1200, 100, 120), (None, None, 120), (None, 100, None), (None, 130, 120)],
)
def test_after_a_relapse_only_the_second_failure_is_counted(
    seconds: int | None, again: int | None, restored: int | None
) -> None:
    """Not from the first start, nor to the first end."""
    found = major(
        DECLARED.model_copy(update={"started_at": at(0)}),
        Restored(restored_at=at(75)),
        Relapsed(started_at=None if again is None else at(again)),
        Restored(restored_at=None if restored is None else at(restored)),
    )
    assert found.seconds_down == seconds


def test_what_was_done_is_no_longer_under_way() -> None:
    done = major(
        DECLARED, Progressed(action="restarting", done=False), Progressed(action="it runs")
    )
    assert done.action is None
    assert [logged.value.action for logged in done.done] == ["it runs"]


def test_an_earlier_step_heard_of_late_ends_no_later_action() -> None:
    events = stream(DECLARED, TeamCalled(team="app"), Progressed(action="restarting", done=False))
    found = in_major(fold_all([*events, event(Progressed(action="looked at it"), 4, at(1))]))
    assert found.action is not None
    assert found.action.value.action == "restarting"


def test_who_was_called_and_who_took_it_on_are_two_things() -> None:
    found = major(DECLARED, TeamCalled(team="app"), Accepted(team="database"))
    assert found.called is not None
    assert found.accepted is not None
    assert (found.called.value, found.accepted.value) == ("app", "database")


def test_severity_that_flaps_within_a_minute_ends_where_its_last_word_left_it() -> None:
    """Even when all of them carry the same time."""
    flaps: tuple[Payload, ...] = (SeverityChanged(severity="P2"), SeverityChanged(severity="P1"))
    events = [event(data, n) for n, data in enumerate((DECLARED, *flaps, flaps[0]), 1)]
    assert in_major(fold_all(events)).severity.value == "P2"


def test_every_statement_is_kept_as_it_was_said() -> None:
    found = major(DECLARED, Stated(text="We look."), Restored(), Stated(text="It was the disk."))
    assert [said.value.text for said in found.statements] == ["We look.", "It was the disk."]


minutes = st.integers(-60, 600)
_VARIED: dict[str, st.SearchStrategy[Any]] = {
    "signal": st.sampled_from(["errors", "probe"]),
    "severity": st.sampled_from(["P1", "P2", "P3", "P4"]),
    "impact": st.sampled_from(list(Impact)),
    "phase": st.sampled_from([phase for phase in Phase if phase is not Phase.RESOLVED]),
    "done": st.booleans(),
    "text": st.sampled_from(["We look.", "It is the disk."]),
}
_TIMES = {"started_at", "restored_at", "due_at", "limits_news_by", "data_news_by", "review_by"}


@st.composite
def major_payloads(draw: st.DrawFn) -> Payload:
    """Any event of a major incident, with some of what its example tells."""
    kind = draw(st.sampled_from(PAYLOADS))
    data: dict[str, Any] = {}
    for name, field in kind.model_fields.items():
        if not field.is_required() and draw(st.booleans()):
            continue
        if name in _VARIED:
            data[name] = draw(_VARIED[name])
        elif name in _TIMES:
            data[name] = at(draw(minutes))
        elif name in kind.example:
            data[name] = kind.example[name]
    return kind.model_validate(data)


ticket_payloads = st.sampled_from(
    (reported(), assigned(), handed_over(), resolved(), reopened(), closed())
)
BEGINNINGS: tuple[tuple[Payload, ...], ...] = (
    (),
    (DECLARED,),
    (DECLARED, *OF_THE_FAILURE, Restored()),
    (DECLARED, Restored(), Relapsed()),
    (DECLARED, Withdrawn()),
)


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    """Events of all kinds in any order of what happened, from several beginnings."""
    begun = stream(*draw(st.sampled_from(BEGINNINGS)))
    told = draw(
        st.lists(st.tuples(major_payloads() | ticket_payloads, minutes), min_size=1, max_size=10)
    )
    later = enumerate(told, len(begun) + 1)
    return [*begun, *(event(data, n, at(minute)) for n, (data, minute) in later)]


def folded(events: list[Event]) -> list[Incident]:
    """The ticket after each event, up to the first that is refused as documented."""
    stands: list[Incident] = []
    for one in events:
        try:
            stands.append(fold(stands[-1] if stands else None, one))
        except (UnknownIncident, IncidentClosed):
            break
    return stands


def majors(events: list[Event]) -> list[tuple[Event, Major | None, Major]]:
    """Each event, and what it found and left, from the first declaration on."""
    steps = itertools.pairwise([None, *(one.major for one in folded(events))])
    told = zip(events, steps, strict=False)
    return [(one, before, after) for one, (before, after) in told if after is not None]


@given(histories())
def test_any_order_of_events_folds_or_is_refused_as_documented(events: list[Event]) -> None:
    """And the same events give the same ticket, to the byte (law 13), from the store as well."""
    stands = folded(events)
    kept: Incident | None = None
    for one, expected in zip(events, stands, strict=False):
        kept = fold(kept, one)
        assert kept.model_dump_json() == expected.model_dump_json()
        kept = Incident.model_validate_json(kept.model_dump_json(exclude_none=True))


@given(histories())
def test_no_duration_is_negative_or_made_of_one_end(events: list[Event]) -> None:
    for _, _, after in majors(events):
        if after.seconds_down is not None:
            assert after.seconds_down >= 0
            assert after.restored is not None
            assert after.restored.value.restored_at is not None


@given(histories())
def test_what_is_known_of_a_relapse_was_recorded_of_it(events: list[Event]) -> None:
    """Nothing known of the failure is from before it came back."""
    for _, _, after in majors(events):
        if after.relapse is not None:
            for name in sorted(known(after)):
                assert getattr(after, name).at >= after.relapse.at, name


@given(histories())
def test_each_value_is_that_of_the_event_that_it_names(events: list[Event]) -> None:
    """No claim without an event."""
    by_id = {one.id: one for one in events}
    for _, _, after in majors(events):
        for name in sorted(known(after) - {"action", "decision"}):
            value = getattr(after, name)
            assert getattr(by_id[value.event].data, name) == value.value, name
            assert by_id[value.event].occurred_at == value.at


@given(histories())
def test_no_phase_goes_back_in_time_while_it_is_the_same_failure(events: list[Event]) -> None:
    """A false alarm that is declared anew begins anew."""
    for _, before, after in majors(events):
        if before is not None and (before.withdrawn is None or after.withdrawn is not None):
            assert after.phase.at >= before.phase.at
            assert after.declared == before.declared


@given(histories())
def test_what_was_taken_back_stays_so_until_it_is_declared_anew(events: list[Event]) -> None:
    for one, before, after in majors(events):
        if before is not None and before.withdrawn is not None and after.withdrawn is None:
            assert isinstance(one.data, Declared)
