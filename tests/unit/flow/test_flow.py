"""From event to message: what is told, what is not, and what happens when something goes wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import prompts
from pipeline.domain.communication import CommunicationState
from pipeline.domain.directory import LANGUAGES
from pipeline.domain.errors import (
    Ambiguous,
    ContentDiffers,
    IncidentClosed,
    NotAllowed,
    Rejected,
    Retryable,
    StaleVersion,
    UnknownIncident,
    WrongState,
)
from pipeline.domain.message import MessageState
from pipeline.ports import Alarm, Source

from .desk import MINUTE, Desk, opened


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with opened(tmp_path) as found:
        yield found


def test_a_report_is_acknowledged_at_once(desk: Desk) -> None:
    desk.report()
    desk.settle()
    assert desk.subjects == ["We have it: Mail client crashes (T-1)"]


def test_the_same_event_again_is_a_duplicate_and_tells_nobody(desk: Desk) -> None:
    first = desk.event("reported", title="Mail", requester={"id": "wang"})
    [one], [two] = desk.accept(first), desk.accept(first)
    desk.settle()
    assert (one.duplicate, two.duplicate) == (False, True)
    assert two.event_id == one.event_id
    assert len(desk.mail.sent) == 1


def test_the_same_id_with_another_content_is_refused_and_keeps_nothing(desk: Desk) -> None:
    first = desk.event("reported", title="Mail", requester={"id": "wang"})
    desk.accept(first)
    with pytest.raises(ContentDiffers):
        desk.accept(first | {"data": {"title": "Other", "requester": {"id": "wang"}}})
    assert desk.incident.version == 1


def test_a_batch_is_recorded_whole_or_not_at_all(desk: Desk) -> None:
    """Law 1 for many: the last event of the batch is refused, so the first is not there either."""
    with pytest.raises(UnknownIncident):
        desk.accept(
            desk.event("reported", title="Mail", requester={"id": "wang"}),
            desk.event("noted", "T-404", text="to nobody"),
        )
    assert desk.app.queries.incident("T-1") is None


def test_a_closed_ticket_takes_a_reopening_and_nothing_else_of_weight(desk: Desk) -> None:
    desk.report()
    desk.wait(1)
    desk.send("closed")
    with pytest.raises(IncidentClosed):
        desk.send("assigned", assignee={"id": "chen"})
    desk.wait(1)
    desk.send("reopened")
    assert desk.incident.state.value.value == "new"


def test_a_version_that_somebody_else_moved_on_is_stale(desk: Desk) -> None:
    desk.report()
    with pytest.raises(StaleVersion):
        desk.accept(desk.event("noted", text="late") | {"expectedversion": 0})
    desk.accept(desk.event("noted", text="in time") | {"expectedversion": 1})


def test_steps_within_minutes_become_one_message(desk: Desk) -> None:
    desk.report()
    desk.send("assigned", assignee={"id": "chen"})
    desk.send("state_changed", state="waiting", waiting_for="supplier")
    desk.wait(5)
    to_requester = [m for m in desk.mail.sent if m.address == "wang@example.org"]
    assert len(to_requester) == 2
    assert "Chen Li" in to_requester[1].text
    assert "waiting for a supplier" in to_requester[1].text


def test_what_is_not_news_is_not_told(desk: Desk) -> None:
    desk.report()
    desk.send("state_changed", state="in_progress")
    desk.wait(5)
    desk.send("state_changed", state="in_progress")
    desk.wait(5)
    assert len(desk.mail.sent) == 2
    last = desk.communications[-1]
    assert last.state is CommunicationState.SKIPPED
    assert last.outcome is not None
    assert last.outcome.code == "nothing_new"


def test_a_state_that_comes_back_after_a_reopening_is_news_again(desk: Desk) -> None:
    desk.report()
    for _ in range(2):
        desk.wait(10)
        desk.send("closed")
        desk.wait(10)
        desk.send("reopened")
    desk.wait(10)
    assert sum("Now closed" in subject for subject in desk.subjects) == 2
    assert sum("Open again" in subject for subject in desk.subjects) == 2


def test_somebody_without_an_address_is_not_told_and_an_alarm_says_so(desk: Desk) -> None:
    desk.report(requester={"id": "mute"})
    desk.settle()
    assert desk.mail.sent == []
    [communication] = desk.communications
    assert communication.outcome is not None
    assert communication.outcome.code == "no_address"
    assert [alarm.code for alarm in desk.app.queries.alarms()] == ["no_address"]


def test_a_person_whom_only_the_source_knows_is_reached_as_it_says(desk: Desk) -> None:
    desk.report(
        requester={"id": "ada", "name": "Ada", "email": "ada@example.org", "language": "zh"}
    )
    desk.settle()
    [message] = desk.mail.sent
    assert message.address == "ada@example.org"
    assert message.subject.startswith("已收到")


def test_a_retryable_failure_is_tried_again_and_told_once(desk: Desk) -> None:
    desk.mail.fail(Retryable("away"), Retryable("still away"))
    desk.report()
    desk.settle()
    assert desk.mail.sent == []
    desk.wait(60)
    assert len(desk.mail.sent) == 1
    [message] = desk.app.queries.messages(incident_id=desk.incident.id)
    outcomes = [a.outcome.value for a in desk.app.queries.attempts([message.id])[message.id]]
    assert outcomes == ["retryable", "retryable", "delivered"]


def test_a_refusal_raises_an_alarm_and_a_person_can_send_again(desk: Desk) -> None:
    desk.mail.fail(Rejected("no such mailbox"))
    desk.report()
    desk.settle()
    [message] = desk.app.queries.messages(incident_id=desk.incident.id)
    assert message.state is MessageState.REJECTED
    assert [alarm.code for alarm in desk.app.queries.alarms()] == ["channel_rejected"]
    desk.app.acts.resend(message.id, "admin")
    desk.settle()
    assert len(desk.mail.sent) == 1
    assert desk.app.queries.alarms() == []


def test_a_lost_answer_of_a_mail_waits_for_a_person(desk: Desk) -> None:
    """Never knowingly sent twice."""
    desk.mail.idempotent = False
    desk.mail.fail(Ambiguous("the connection broke after the text"))
    desk.report()
    desk.wait(600)
    [message] = desk.app.queries.messages(incident_id=desk.incident.id)
    assert message.state is MessageState.MAYBE_SENT
    assert len(desk.mail.handed_over) == 1


def test_a_promise_that_passes_unkept_is_broken_and_alarmed(desk: Desk) -> None:
    desk.report(priority="P1")
    desk.wait(20)
    [promise] = desk.app.queries.promises(desk.incident.id)
    assert (promise.what, promise.state.value) == ("first_contact_by", "broken")
    assert "promise_broken" in [alarm.code for alarm in desk.app.queries.alarms()]


def test_a_new_time_replaces_the_one_announced_before(desk: Desk) -> None:
    desk.report()
    for time in ("2026-08-24T09:00:00Z", "2026-08-24T10:00:00Z"):
        desk.send("assigned", assignee={"id": "chen"}, expected_at=time)
        desk.wait(10)
    desk.send("resolved", fix_summary="Rebuilt the profile")
    desk.settle()
    states = [p.state.value for p in desk.app.queries.promises(desk.incident.id)]
    assert states == ["withdrawn", "kept"]


def test_a_ticket_without_a_number_gets_one_of_ours(desk: Desk) -> None:
    raw = desk.event("reported", title="Mail", requester={"id": "wang"})
    del raw["subject"]
    assert desk.accept(raw)[0].number == "INC-1"


def test_an_outside_desk_is_asked_to_reopen_and_its_event_confirms(desk: Desk) -> None:
    desk.app.acts.save_sources([Source(name="desk", owner="desk")])
    desk.report()
    desk.wait(1)
    desk.send("resolved", fix_summary="Rebuilt the profile")
    desk.settle()
    assert desk.app.acts.reopen(desk.incident.id, "wang", "still broken") == "requested"
    assert desk.app.acts.reopen(desk.incident.id, "wang", "again") == "requested"
    assert desk.incident.state.value.value == "resolved"
    [request] = desk.app.queries.requests()
    desk.wait(1)
    desk.send("reopened")
    assert desk.app.queries.requests() == []
    [request] = desk.app.queries.requests(open_only=False)
    assert request.state.value == "confirmed"


def test_a_ticket_of_ours_is_reopened_once_however_often_the_button_is_pressed(desk: Desk) -> None:
    desk.report()
    desk.send("assigned", assignee={"id": "chen"})
    with pytest.raises(NotAllowed):
        desk.app.acts.reopen(desk.incident.id, "wang", "")
    desk.wait(5)
    desk.send("resolved", fix_summary="Rebuilt the profile")
    desk.settle()
    for _ in range(3):
        assert desk.app.acts.reopen(desk.incident.id, "wang", "still broken") == "reopened"
    desk.settle()
    assert desk.incident.reopened_times == 1
    assert sum("Open again" in subject for subject in desk.subjects) == 1
    assert sum("It is back" in subject for subject in desk.subjects) == 1


def test_a_held_text_leaves_only_with_a_persons_reason(desk: Desk) -> None:
    """The technician's sentence names an address of the machine room: the guard holds it."""
    desk.report()
    desk.wait(5)
    desk.send("resolved", fix_summary="Restarted the service on 10.20.30.40")
    desk.settle()
    held = desk.app.queries.held()
    assert [c.state.value for c in held] == ["held"]
    assert len(desk.mail.sent) == 1
    with pytest.raises(NotAllowed):
        desk.app.acts.release(held[0].id, "admin", "")
    desk.app.acts.release(held[0].id, "admin", "the requester knows this address")
    desk.settle()
    assert len(desk.mail.sent) == 2


def test_a_discarded_text_is_never_sent_and_its_promise_binds_nobody(desk: Desk) -> None:
    desk.report()
    desk.send(
        "state_changed",
        state="waiting",
        waiting_for="other",
        message="The host db7.internal is rebuilt",
        expected_at="2026-08-24T09:00:00Z",
    )
    desk.wait(5)
    [held] = desk.app.queries.held()
    desk.app.acts.discard(held.id, "admin", "not for outside")
    desk.wait(600)
    assert len(desk.mail.sent) == 1
    assert [p.state.value for p in desk.app.queries.promises(desk.incident.id)] == ["withdrawn"]


def test_a_text_that_waited_until_its_announced_time_had_passed_is_not_released(desk: Desk) -> None:
    desk.report()
    desk.send(
        "state_changed",
        state="in_progress",
        message="The host db7.internal is rebuilt",
        expected_at="2026-08-24T03:00:00Z",
    )
    desk.wait(90)
    [held] = desk.app.queries.held()
    with pytest.raises(NotAllowed, match="has passed"):
        desk.app.acts.release(held.id, "admin", "for outside")
    assert len(desk.mail.sent) == 1


def test_the_same_story_gives_the_same_messages_to_the_byte(tmp_path: Path) -> None:
    """Law 13."""
    runs = []
    for name in ("one", "two"):
        with opened(tmp_path / name) as desk:
            desk.report(priority="P3")
            desk.send("assigned", assignee={"id": "chen"})
            desk.wait(10)
            desk.send("resolved", fix_summary="Rebuilt the profile", reopen_days=7)
            desk.settle()
            runs.append([message.model_dump_json() for message in desk.mail.sent])
    assert runs[0] == runs[1]
    assert len(runs[0]) == 4


def fallen_back(desk: Desk) -> list[Alarm]:
    return [alarm for alarm in desk.app.queries.alarms() if alarm.code == "text_fell_back"]


def test_what_a_text_of_ones_own_fails_to_tell_is_told_in_the_shipped_words(
    tmp_path: Path,
) -> None:
    """The text is longer than a limit that somebody set; the other ticket's goes on."""
    laid_over = tmp_path / "texts"
    laid_over.mkdir()
    limits = laid_over / "limits.yaml"
    shipped = "subject: {zh: 120, en: 160}\nmail: {zh: SIZE, en: SIZE}\nchat: {zh: 3000, en: 3000}\nshort: {zh: 70, en: 160}\n"  # fmt: skip
    limits.write_text(shipped.replace("SIZE", "1300"), encoding="utf-8")
    for language in LANGUAGES:
        name = f"messages/acknowledgement/requester.{language}.jinja"
        (laid_over / name).parent.mkdir(parents=True, exist_ok=True)
        quoting = (
            (prompts.ROOT / name).read_text(encoding="utf-8").replace("short(600)", "short(1500)")
        )
        (laid_over / name).write_text(quoting, encoding="utf-8")
    with opened(tmp_path / "data", templates_dir=laid_over) as desk:
        desk.report("T-1", description="It closes at once. " * 75)
        desk.report("T-2", description="It closes at once.")
        desk.settle()
        assert desk.subjects == [f"We have it: Mail client crashes (T-{n})" for n in (1, 2)]
        [alarm] = fallen_back(desk)
        assert alarm.values["number"] == "T-1"
        limits.write_text(shipped.replace("SIZE", "8000"), encoding="utf-8")
        desk.app.library.reload()
        desk.app.acts.clear_alarm(alarm.key, "admin")
        desk.report("T-3", description="It closes at once. " * 75)
        desk.settle()
        assert desk.mail.sent[-1].text.count("It closes at once.") > 50
        assert fallen_back(desk) == []


def test_a_row_that_kills_its_process_each_time_is_parked(desk: Desk) -> None:
    """Claimed, and never settled: whoever drafts it dies."""
    desk.report()
    for _ in range(5):
        with desk.app.store.write() as tx:
            assert tx.claim_communications(desk.clock.now(), MINUTE, 10)
        desk.clock.advance(2 * MINUTE)
    desk.settle()
    [parked] = desk.app.queries.held()
    assert parked.outcome is not None
    assert parked.outcome.code == "poison"
    assert desk.mail.sent == []


def test_what_was_in_flight_when_the_process_died_is_sent_after_the_next_start(
    tmp_path: Path,
) -> None:
    """An idempotent channel; nobody waits for a lease to run out."""
    with opened(tmp_path) as desk:
        desk.report()
        desk.step("compose").turn()
        with desk.app.store.write() as tx:
            assert tx.claim_messages("mail", desk.clock.now(), MINUTE, 10)
    with opened(tmp_path) as again:
        again.wait(1)
        assert len(again.mail.sent) == 1


def test_a_held_texts_times_are_watched_only_once_it_is_released(desk: Desk) -> None:
    """Nobody was told: so nothing is broken, and what was told before is not replaced."""
    desk.report()
    desk.send("assigned", assignee={"id": "chen"}, expected_at="2026-08-24T09:00:00Z")
    desk.wait(5)
    desk.send(
        "state_changed",
        state="in_progress",
        message="The host db7.internal is rebuilt",
        expected_at="2026-08-24T11:00:00Z",
    )
    desk.wait(5)
    states = [p.state.value for p in desk.app.queries.promises(desk.incident.id)]
    assert states == ["open", "pending"]
    [held] = desk.app.queries.held()
    desk.app.acts.release(held.id, "admin", "for outside")
    states = [p.state.value for p in desk.app.queries.promises(desk.incident.id)]
    assert states == ["withdrawn", "open"]


def test_a_held_text_that_was_overtaken_is_not_released(desk: Desk) -> None:
    desk.report()
    desk.send("state_changed", state="in_progress", message="The host db7.internal is rebuilt")
    desk.wait(5)
    [held] = desk.app.queries.held()
    desk.send("resolved", fix_summary="Rebuilt the profile")
    desk.wait(1)
    with pytest.raises(NotAllowed, match="something newer"):
        desk.app.acts.release(held.id, "admin", "for outside")


def test_a_report_without_a_number_never_lands_on_a_ticket_of_its_batch(desk: Desk) -> None:
    raw = desk.event("reported", title="Other", requester={"id": "chen"})
    del raw["subject"]
    numbered = desk.event("reported", "INC-1", title="Mail", requester={"id": "wang"})
    assert [a.number for a in desk.accept(numbered, raw)] == ["INC-1", "INC-2"]


def test_an_address_that_a_source_tells_later_is_learned(desk: Desk) -> None:
    desk.report(requester={"id": "ada"})
    desk.report("T-2", requester={"id": "ada", "email": "ada@example.org"})
    desk.settle()
    assert [m.address for m in desk.mail.sent if m.address.startswith("ada")][-1:] == [
        "ada@example.org"
    ]


def test_a_parked_row_that_is_drafted_again_begins_anew(desk: Desk) -> None:
    desk.report()
    for _ in range(5):
        with desk.app.store.write() as tx:
            tx.claim_communications(desk.clock.now(), MINUTE, 10)
        desk.clock.advance(2 * MINUTE)
    desk.settle()
    [parked] = desk.app.queries.held()
    desk.app.acts.retry(parked.id, "admin")
    desk.settle()
    assert len(desk.mail.sent) == 1


def test_a_clock_that_runs_ahead_does_not_silence_the_ticket(desk: Desk) -> None:
    """A report stamped four minutes ahead, and all later steps at their right time."""
    ahead = (desk.clock.now() + 4 * MINUTE).isoformat()
    desk.accept(desk.event("reported", title="Mail", requester={"id": "wang"}) | {"time": ahead})
    desk.settle()
    desk.send("assigned", assignee={"id": "chen"})
    desk.wait(3)
    assert desk.subjects[-1].startswith("Now with Chen Li")


def test_a_failed_message_is_put_aside_once(desk: Desk) -> None:
    """It is not sent, nobody is asked about it any more, and who comes second learns it."""
    desk.mail.fail(Rejected("no such mailbox"))
    desk.report()
    desk.settle()
    [message] = desk.app.queries.messages(incident_id=desk.incident.id)
    desk.app.acts.give_up(message.id, "admin")
    assert [m.state for m in desk.app.queries.messages()] == [MessageState.CANCELLED]
    assert desk.app.queries.alarms() == []
    with pytest.raises(WrongState):
        desk.app.acts.resend(message.id, "admin")


def test_what_waits_for_a_channel_that_is_gone_is_alarmed_at_the_start(tmp_path: Path) -> None:
    """Somebody took a channel out of the settings: its messages would wait unseen."""
    with opened(tmp_path) as before:
        before.mail.fail(Retryable("later"))
        before.report()
        before.settle()
        before.app.acts.watch_channels(["webhook"])
        [alarm] = before.app.queries.alarms()
        assert (alarm.code, alarm.values) == (
            "channel_missing",
            {"channel": "mail", "messages": "1"},
        )
        before.app.acts.watch_channels(["mail"])
        assert before.app.queries.alarms() == []
