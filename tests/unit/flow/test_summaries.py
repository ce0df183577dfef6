"""A summary is cut for its readers before anybody writes, kept with what it rests on, and leaves as an event."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from pipeline.domain.errors import NotAllowed, StaleVersion, Unavailable, UnknownThing, WrongState
from pipeline.domain.findings import FindingLevel
from pipeline.domain.prose import Length, Step
from pipeline.domain.summary import Summary, SummaryState
from pipeline.drafting.conversation import LogFile
from pipeline.flow.brought import Brought
from pipeline.flow.ladder import Writing
from pipeline.flow.summary_alone import Wanted
from pipeline.policy.summaries import kind_for
from tests.unit.flow.desk import Desk, opened
from tests.unit.flow.writers import During, Plain, Saying, Unfit, forbids, writing

CHAT = "[10:32] Chen Li: mbx-07 is full\n[10:40] Wang Xiaolin: it still crashes\n"
ZONE = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def writer() -> Plain:
    return Plain()


@pytest.fixture
def desk(tmp_path: Path, writer: Plain) -> Iterator[Desk]:
    with opened(tmp_path, writing=writing(writer, checks=[forbids("guilty")])) as found:
        found.report()
        found.send("noted", text="the database is broken")
        yield found


def wanted(role: str = "technician", **more: Any) -> Wanted:
    usual: dict[str, Any] = {
        "role": role,
        "kind": kind_for(role),
        "language": "en",
        "length": Length.NORMAL,
        "zone": ZONE,
    }
    return Wanted(**usual | more)


def make(desk: Desk, role: str = "technician", **more: Any) -> Summary:
    summaries = desk.app.summarising.summaries
    return summaries.make(summaries.ask(desk.incident, wanted(role, **more), by="chen"))


def bring(desk: Desk, text: str = CHAT, *, shared: bool = False) -> None:
    log = Brought(
        files=(LogFile(name="chat.txt", content=text.encode()),), zone=ZONE, shared=shared
    )
    desk.app.summarising.conversations.add(desk.incident, log, by="chen")


def declare(desk: Desk) -> None:
    said = {"severity": "P1", "headline": "Mail is down", "symptom": "nobody can send"}
    event = desk.event("reported") | {
        "type": "heliograph.incident.declared.v1",
        "data": said,
    }
    desk.accept(event)


def test_a_summary_is_kept_with_its_sentences_and_what_they_rest_on(desk: Desk) -> None:
    """The facts and lines are those of its moment: a later record does not change what it said."""
    bring(desk)
    made = make(desk)
    assert made.step is Step.EXTRACTION
    assert (made.prompt, made.template, made.cost.tokens_in) == ("p-1", "t-1", 100)
    assert [s.text for s in made.draft.sentences][-1] == "Wang Xiaolin: it still crashes."
    assert made.lines[-1].text == "it still crashes"
    assert {f.attribute for f in made.facts} == {"title", "state"}
    assert all(s.standing == "supported" for s in made.draft.sentences)
    assert desk.app.summarising.summaries.one(desk.incident.id, made.id) == made
    desk.send("assigned", assignee={"id": "chen"})
    kept = desk.app.summarising.summaries.one(desk.incident.id, made.id)
    assert kept.facts == made.facts


def test_what_the_readers_may_not_know_reaches_no_writer(desk: Desk, writer: Plain) -> None:
    """Law 4: neither internal notes nor lines that nobody showed to the requester."""
    bring(desk)
    make(desk, "requester")
    [seen] = writer.seen
    assert seen.lines == ()
    assert "database" not in repr(seen)
    assert "mbx-07" not in repr(seen)
    make(desk, "technician")
    assert "mbx-07" in repr(writer.seen[-1].lines)
    assert "database" in repr(writer.seen[-1].brief)


def test_a_log_that_the_requester_saw_may_be_told_to_her(desk: Desk, writer: Plain) -> None:
    bring(desk, shared=True)
    make(desk, "requester")
    assert len(writer.seen[-1].lines) == 2


def test_lines_of_one_ticket_are_not_for_a_whole_company(desk: Desk, writer: Plain) -> None:
    """Those affected by a major incident are outside the ticket's circle."""
    declare(desk)
    bring(desk, shared=True)
    for role in ("affected", "public", "leaders", "front_line"):
        make(desk, role)
        assert writer.seen[-1].lines == (), role


@pytest.mark.parametrize("role", ["affected", "public", "leaders", "front_line"])
def test_readers_whom_the_ticket_does_not_concern_are_refused(desk: Desk, role: str) -> None:
    """Nobody but its requester and those who work on it may hear of a ticket that is not major."""
    with pytest.raises(NotAllowed, match="major incidents alone") as refused:
        make(desk, role)
    assert refused.value.field == "audience"


def test_events_go_on_while_a_writer_works(tmp_path: Path) -> None:
    """No transaction waits for a model."""
    here: list[Desk] = []
    note = During(lambda: here[0].send("noted", text="meanwhile"), Plain())
    with opened(tmp_path, writing=writing(note)) as found:
        here.append(found)
        found.report()
        made = make(found)
        assert made.version == 1
        assert found.incident.version == 2


def test_too_little_material_says_so(tmp_path: Path) -> None:
    """The row has no sentences and no step, and cannot be released as it is."""

    class Silent:
        def write(self, assignment: object) -> None:
            return None

    with opened(tmp_path, writing=writing(Silent())) as desk:
        desk.report()
        made = make(desk)
        assert (made.step, made.draft.sentences) == (None, ())
        with pytest.raises(WrongState):
            desk.app.summarising.acts.release(made, by="chen")


@pytest.mark.parametrize(
    "parts",
    [
        writing(),
        writing(Unfit("the model is away")),
        writing(Saying(["It works."], rests_on=("f.invented",))),
    ],
)
def test_what_cannot_be_written_is_told_and_not_kept(tmp_path: Path, parts: Writing) -> None:
    """A sentence that rests on nothing that was given is none."""
    with opened(tmp_path, writing=parts) as desk:
        desk.report()
        with pytest.raises(Unavailable, match=r"no step may be asked|away|f\.invented"):
            make(desk)
        assert desk.app.summarising.summaries.of(desk.incident.id) == []


def edited(desk: Desk, made: Summary, text: str) -> Summary:
    summaries = desk.app.summarising.summaries
    found = summaries.check(desk.incident, made, text, by="chen", zone=ZONE.key)
    return summaries.edit(made, found)


def test_a_persons_words_are_checked_and_the_draft_stays_beside_them(desk: Desk) -> None:
    """Law 9: to the letter, and a sentence that she left keeps its evidence."""
    bring(desk)
    made = make(desk)
    kept = made.draft.sentences[-1].text
    text = f"  Wang is guilty.\n\n{kept}\n"
    now = edited(desk, made, text)
    assert now.edited is not None
    assert now.edited.written.text == text
    assert now.draft == made.draft
    assert now.revision == 2
    own, left = now.edited.written.sentences
    assert (own.section, own.rests_on, own.standing) == ("own", (), "unsupported")
    assert [f.rule for f in own.findings] == ["no-guilty"]
    assert left.rests_on == made.draft.sentences[-1].rests_on
    assert [line.id for line in now.edited.lines] == list(left.rests_on)


def test_findings_are_overruled_with_a_reason_alone(desk: Desk) -> None:
    now = edited(desk, make(desk), "Wang is guilty.")
    acts = desk.app.summarising.acts
    with pytest.raises(WrongState):
        acts.release(now, by="chen")
    released = acts.release(now, by="chen", why="she says so herself")
    assert released.moved is not None
    assert (released.state, released.moved.why) == (
        SummaryState.RELEASED,
        "she says so herself",
    )


def test_what_is_blocked_is_released_by_nobody(tmp_path: Path) -> None:
    checks = [forbids("secret", FindingLevel.BLOCK)]
    with opened(tmp_path, writing=writing(Plain(), checks=checks)) as desk:
        desk.report()
        now = edited(desk, make(desk), "The secret is 1234.")
        with pytest.raises(WrongState):
            desk.app.summarising.acts.release(now, by="chen", why="never mind")


def test_an_edit_voids_the_release(desk: Desk) -> None:
    released = desk.app.summarising.acts.release(make(desk), by="chen")
    assert edited(desk, released, "It is fine.").state is SummaryState.DRAFT


def test_of_two_who_edit_at_once_the_second_is_told(desk: Desk) -> None:
    made = make(desk)
    edited(desk, made, "One.")
    with pytest.raises(StaleVersion):
        edited(desk, made, "Two.")


def sent(desk: Desk, role: str) -> Summary:
    acts = desk.app.summarising.acts
    released = acts.release(make(desk, role), by="chen")
    return acts.send(desk.incident, released, by="chen")


@pytest.mark.parametrize(
    ("role", "visibility"), [("requester", "requester"), ("technician", "internal")]
)
def test_a_tickets_summary_leaves_as_a_note(desk: Desk, role: str, visibility: str) -> None:
    """What the requester gets is a public one, and the rules tell her."""
    done = sent(desk, role)
    event = desk.app.queries.stream(desk.incident.id)[-1]
    assert (event.name, event.data.model_dump()["visibility"]) == ("noted", visibility)
    assert done.moved is not None
    assert (done.state, done.moved.event) == (SummaryState.SENT, event.id)
    assert event.data.model_dump()["text"] == done.current.text


@pytest.mark.parametrize(("role", "visibility"), [("affected", "affected"), ("public", "public")])
def test_a_stakeholders_summary_leaves_as_a_statement(
    desk: Desk, role: str, visibility: str
) -> None:
    """Signed by whoever sent it."""
    declare(desk)
    sent(desk, role)
    event = desk.app.queries.stream(desk.incident.id)[-1]
    said = event.data.model_dump()
    assert (event.name, said["visibility"], said["by"]["id"]) == ("stated", visibility, "chen")


@pytest.mark.parametrize("role", ["leaders", "front_line", "owner", "group"])
def test_what_was_cut_for_others_never_becomes_a_statement(desk: Desk, role: str) -> None:
    """Leaders may know what those affected may not."""
    declare(desk)
    sent(desk, role)
    event = desk.app.queries.stream(desk.incident.id)[-1]
    assert (event.name, event.data.model_dump()["visibility"]) == ("noted", "internal")


def test_a_statement_needs_an_open_failure(desk: Desk) -> None:
    declare(desk)
    acts = desk.app.summarising.acts
    released = acts.release(make(desk, "affected"), by="chen")
    over = desk.event("reported") | {
        "type": "heliograph.incident.restored.v1",
        "data": {"limits": "none"},
    }
    desk.accept(over)
    with pytest.raises(WrongState):
        acts.send(desk.incident, released, by="chen", version=desk.incident.version)


def test_a_ticket_that_changed_since_is_looked_at_again(desk: Desk) -> None:
    """The sender says which version she saw."""
    acts = desk.app.summarising.acts
    released = acts.release(make(desk), by="chen")
    desk.send("assigned", assignee={"id": "chen"})
    with pytest.raises(StaleVersion, match="at version 3"):
        acts.send(desk.incident, released, by="chen")
    acts.send(desk.incident, released, by="chen", version=desk.incident.version)


def test_sending_twice_says_it_once(desk: Desk) -> None:
    """Also when the process died between the event and the row."""
    acts = desk.app.summarising.acts
    released = acts.release(make(desk), by="chen")
    first = acts.send(desk.incident, released, by="chen")
    with pytest.raises(WrongState):
        acts.send(desk.incident, first, by="chen")
    with desk.app.store.write() as tx:
        assert tx.move_summary(first, released)
    again = acts.send(desk.incident, released, by="chen")
    assert again.moved is not None
    assert first.moved is not None
    assert again.moved.event == first.moved.event
    assert [e.name for e in desk.app.queries.stream(desk.incident.id)].count("noted") == 2


def test_a_discarded_one_is_kept_and_moves_no_more(desk: Desk) -> None:
    acts = desk.app.summarising.acts
    gone = acts.discard(make(desk), by="chen", why="too early")
    assert desk.app.summarising.summaries.of(desk.incident.id) == [gone]
    with pytest.raises(WrongState):
        acts.release(gone, by="chen")


def test_another_tickets_summary_is_not_found(desk: Desk) -> None:
    made = make(desk)
    desk.report("T-2")
    other = desk.app.queries.incident("T-2")
    assert other is not None
    with pytest.raises(UnknownThing):
        desk.app.summarising.summaries.one(other.id, made.id)
