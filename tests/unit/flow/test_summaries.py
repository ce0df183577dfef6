"""A summary is cut for its readers before anybody writes, kept with what it rests on, and leaves as an event."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from pipeline.domain.conversation import KeptConversation
from pipeline.domain.errors import NotAllowed, StaleVersion, Unavailable, UnknownThing, WrongState
from pipeline.domain.findings import FindingLevel
from pipeline.domain.prose import Length, Quoted, Step
from pipeline.domain.summary import Summary, SummaryState
from pipeline.drafting.conversation import LogFile
from pipeline.flow.summaries.alone import Wanted
from pipeline.flow.summaries.brought import Brought
from pipeline.flow.summaries.material import in_time
from pipeline.flow.writing.ladder import Writing
from pipeline.policy.summaries import kind_for
from tests.contract.stores import together
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


@pytest.mark.parametrize(
    ("said", "secret"),
    [
        ("my password is Sommer2026!", "Sommer2026!"),
        ("login admin / Passw0rd!", "Passw0rd!"),
        ("the passphrase is correct horse battery staple", "correct horse battery"),
        ("what is the password?\n[10:42] Wang Xiaolin: hunter22", "hunter22"),
    ],
)
def test_what_a_summary_rests_on_is_kept_without_secrets(
    desk: Desk, writer: Plain, said: str, secret: str
) -> None:
    """The conversation holds the words themselves, for whoever may read it; nor does an edit bring them back."""
    bring(desk, f"[10:40] Wang Xiaolin: it still crashes\n[10:41] Chen Li: {said}\n")
    desk.send("noted", text=f"she wrote: {said}")
    made = make(desk)
    assert any("credential removed" in line.text for line in made.lines)
    kept = desk.app.summarising.summaries.one(desk.incident.id, made.id)
    assert secret not in repr((kept.facts, kept.lines))
    again = desk.app.summarising.summaries.check(
        desk.incident, made, made.current.text, by="chen", zone="Asia/Shanghai"
    )
    assert secret not in repr((again.facts, again.lines))


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


def test_the_newest_of_all_conversations_stand_last(desk: Desk, writer: Plain) -> None:
    """Whichever log was added first: what is too much is cut from the old end, wherever that came from."""
    bring(desk, "[2026-08-20 12:00] Chen Li: newest\nand of nobody knows when\n")
    bring(desk, "[2026-08-19 09:00] Chen Li: oldest\n[2026-08-20 11:00] Chen Li: between\n")
    make(desk)
    assert [line.text for line in writer.seen[-1].lines] == [
        "oldest",
        "between",
        "newest\nand of nobody knows when",
    ]


def test_a_line_without_a_time_stays_behind_the_one_before_it() -> None:
    """And a log without any time stands at the moment of its adding."""
    early, late = datetime(2026, 8, 20, 8, tzinfo=UTC), datetime(2026, 8, 20, 12, tzinfo=UTC)
    added = datetime(2026, 8, 20, 10, tzinfo=UTC)
    two = [*said("a", None, early, None), *said("z", late)]
    found = in_time([(kept("a", added), two), (kept("b", added), said("b", None, None))])
    assert [line.id for line in found] == ["a1", "a2", "a3", "b1", "b2", "z1"]


def said(of: str, *times: datetime | None) -> list[Quoted]:
    return [Quoted(id=f"{of}{n}", n=n, at=at, speaker="", text=of) for n, at in enumerate(times, 1)]


def kept(name: str, added: datetime) -> KeptConversation:
    return KeptConversation(
        id=name,
        incident="inc_1",
        digest=name,
        name=name,
        format="plain",
        zone="UTC",
        lines=1,
        octets=1,
        added_at=added,
        added_by="chen",
    )


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


@pytest.mark.parametrize("role", ["technician", "affected"])
def test_what_a_summary_said_is_no_material_for_the_next(
    desk: Desk, writer: Plain, role: str
) -> None:
    """As a note or as a statement: else each one would be the next one's proof."""
    declare(desk)
    acts = desk.app.summarising.acts
    released = acts.release(edited(desk, make(desk, role), "Heads are cool."), by="chen", why="so")
    acts.send(desk.incident, released, by="chen")
    desk.send("noted", text="a note of hers", author={"id": "chen"})
    make(desk, "technician")
    assert "Heads are cool" not in repr(writer.seen[-1].brief)
    assert "a note of hers" in repr(writer.seen[-1].brief)


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


def notes_of(desk: Desk) -> int:
    return [e.name for e in desk.app.queries.stream(desk.incident.id)].count("noted")


def test_what_left_stays_sent_and_is_said_once(desk: Desk) -> None:
    """Also where the row fell behind its event: whatever is tried then, it tells the truth again."""
    acts, summaries = desk.app.summarising.acts, desk.app.summarising.summaries
    released = acts.release(make(desk), by="chen")
    first = acts.send(desk.incident, released, by="chen")
    assert first.moved is not None
    with pytest.raises(WrongState):
        acts.send(desk.incident, first, by="chen")
    assert acts.send(desk.incident, behind(desk, first, released), by="wang") == first
    with pytest.raises(WrongState, match="sent already"):
        acts.discard(behind(desk, first, released), by="wang")
    assert summaries.one(desk.incident.id, first.id) == first
    with pytest.raises(WrongState, match="sent already"):
        edited(desk, behind(desk, first, released), "Other words.")
    assert summaries.one(desk.incident.id, first.id) == first
    assert notes_of(desk) == 2


def test_what_left_is_told_sent_only_where_its_row_says_so(desk: Desk) -> None:
    """Whoever presses twice gets the row of the first time; with a look that is too old nothing is told sent."""
    acts = desk.app.summarising.acts
    released = acts.release(make(desk), by="chen")
    first = acts.send(desk.incident, released, by="chen")
    assert acts.send(desk.incident, released, by="wang") == first
    other = released.model_copy(update={"revision": 2, "state": SummaryState.DRAFT})
    behind(desk, first, other)
    for late in (acts.send, lambda _, was, by: acts.discard(was, by=by)):
        with pytest.raises(StaleVersion, match="this summary"):
            late(desk.incident, released, by="wang")
    assert desk.app.summarising.summaries.one(desk.incident.id, first.id) == other
    assert notes_of(desk) == 2


def behind(desk: Desk, sent: Summary, released: Summary) -> Summary:
    with desk.app.store.write() as tx:
        assert tx.move_summary(sent, released)
    return released


def test_a_send_that_meets_another_act_says_nothing(desk: Desk) -> None:
    """Event and row are one: neither is there without the other."""
    acts = desk.app.summarising.acts
    released = acts.release(make(desk), by="chen")
    gone = acts.discard(released, by="chen")
    with pytest.raises(StaleVersion, match="this summary"):
        acts.send(desk.incident, released, by="wang")
    assert desk.app.summarising.summaries.one(desk.incident.id, gone.id) == gone
    assert notes_of(desk) == 1


def test_of_many_who_send_and_discard_at_once_one_does(desk: Desk) -> None:
    """The row says what became of it, and the timeline agrees."""
    acts = desk.app.summarising.acts
    released = acts.release(make(desk), by="chen")
    incident = desk.incident

    def act(n: int) -> object:
        if n % 2:
            return acts.discard(released, by="wang")
        return acts.send(incident, released, by=f"chen-{n}")

    done = together(6, act)
    row = desk.app.summarising.summaries.one(incident.id, released.id)
    moved = [one for one in done if isinstance(one, Summary)]
    assert {s.state for s in moved} == {row.state}
    assert all(isinstance(one, Summary | StaleVersion | WrongState) for one in done)
    assert notes_of(desk) == (2 if row.state is SummaryState.SENT else 1)


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
