"""A log becomes a ticket's conversation: once, with its lines as they were read, and an event that says so."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from pipeline.domain.conversation import KeptConversation
from pipeline.domain.errors import Malformed, TooLarge, UnknownIncident, UnknownThing
from pipeline.drafting.conversation import LARGEST, LogFile
from pipeline.flow.summaries.brought import Brought
from tests.contract.stores import together
from tests.unit.flow.desk import Desk, opened

CHAT = "[10:32] Chen Li: restarted the client\n[10:40] Wang Xiaolin: it still crashes\n"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with opened(tmp_path) as found:
        found.report()
        yield found


def brought(text: str | bytes = CHAT, name: str = "chat.txt", **more: Any) -> Brought:
    content = text if isinstance(text, bytes) else text.encode()
    usual: dict[str, Any] = {
        "files": (LogFile(name=name, content=content),),
        "zone": ZoneInfo("Asia/Shanghai"),
    }
    return Brought(**usual | more)


def add(desk: Desk, log: Brought | None = None) -> tuple[KeptConversation, bool]:
    return desk.app.summarising.conversations.add(desk.incident, log or brought(), by="chen")


def test_a_log_is_kept_with_its_lines_files_and_people(desk: Desk) -> None:
    """People of the directory are found by their names."""
    kept, is_new = add(desk)
    assert is_new
    assert (kept.lines, kept.speakers, kept.format, kept.added_by) == (2, 2, "plain", "chen")
    lines = desk.app.summarising.conversations.lines(kept.id)
    assert [(line.n, line.person, line.text) for line in lines] == [
        (1, "chen", "restarted the client"),
        (2, "wang", "it still crashes"),
    ]
    files = zipfile.ZipFile(io.BytesIO(desk.app.summarising.conversations.files(kept.id)))
    assert files.read("chat.txt").decode() == CHAT


def test_the_timeline_says_that_it_was_added_and_taken_away(desk: Desk) -> None:
    kept, _ = add(desk)
    desk.app.summarising.conversations.remove(desk.incident, kept.id, by="wang")
    names = [e.name for e in desk.app.queries.stream(desk.incident.id)]
    assert names == ["reported", "conversation_added", "conversation_removed"]
    assert desk.app.summarising.conversations.lines(kept.id) == ()
    with pytest.raises(UnknownThing):
        desk.app.summarising.conversations.one(desk.incident.id, kept.id)


def test_taken_away_twice_is_taken_away_once(desk: Desk) -> None:
    """Also by two at once; and what a row that is gone left untold, a repeat tells."""
    conversations = desk.app.summarising.conversations
    kept, _ = add(desk)
    incident = desk.incident
    with desk.app.store.write() as tx:
        tx.delete_conversation(kept.id)
    done = together(4, lambda _: conversations.remove(incident, kept.id, by="wang"))
    conversations.remove(desk.incident, kept.id, by="wang")
    assert done == [None] * 4
    names = [e.name for e in desk.app.queries.stream(desk.incident.id)]
    assert names == ["reported", "conversation_added", "conversation_removed"]


def test_what_was_never_on_the_ticket_cannot_be_taken_from_it(desk: Desk) -> None:
    """Another ticket's is unknown here, whether it is there or gone."""
    conversations = desk.app.summarising.conversations
    kept, _ = add(desk)
    desk.report("T-2")
    other = desk.app.queries.incident("T-2")
    assert other is not None
    with pytest.raises(UnknownThing):
        conversations.remove(other, kept.id, by="wang")
    conversations.remove(desk.incident, kept.id, by="wang")
    with pytest.raises(UnknownThing):
        conversations.remove(other, kept.id, by="wang")


def test_words_that_could_not_be_told_gone_are_there(desk: Desk) -> None:
    """Law 1: what fails leaves both the words and the timeline as they were."""
    conversations = desk.app.summarising.conversations
    kept, _ = add(desk)
    stale = desk.incident.model_copy(update={"number": "T-9"})
    with pytest.raises(UnknownIncident):
        conversations.remove(stale, kept.id, by="wang")
    assert conversations.lines(kept.id)


@pytest.mark.parametrize("zone", ["localtime", "posixrules", "Factory"])
def test_a_zone_that_differs_by_computer_is_refused(desk: Desk, zone: str) -> None:
    with pytest.raises(Malformed) as refused:
        add(desk, brought(zone=without_check(zone)))
    assert refused.value.field == "zone"


def without_check(zone: str) -> ZoneInfo:
    """Under this name whatever a computer calls so."""
    return ZoneInfo.from_file(io.BytesIO(tz_file()), key=zone)


def tz_file() -> bytes:
    return files("tzdata").joinpath("zoneinfo", "UTC").read_bytes()


def test_the_same_log_twice_is_one(desk: Desk) -> None:
    """Whatever its file is called; read in another zone it is another one."""
    first, _ = add(desk)
    again, is_new = add(desk, brought(name="copy.txt"))
    assert (again, is_new) == (first, False)
    assert desk.incident.version == 2
    other, is_new = add(desk, brought(zone=ZoneInfo("Europe/London")))
    assert is_new
    assert other.id != first.id


def test_an_event_that_was_lost_is_made_good_by_a_repeat(desk: Desk) -> None:
    """The process died between the row and its event."""
    log = brought()
    kept, _ = add(desk, log)
    desk.report("T-2")
    other = desk.app.queries.incident("T-2")
    assert other is not None
    lost = kept.model_copy(update={"id": "cnv_lost", "incident": other.id})
    with desk.app.store.write() as tx:
        assert tx.add_conversation(lost, b"", b"")
    found, is_new = desk.app.summarising.conversations.add(other, log, by="chen")
    assert (found.id, is_new) == ("cnv_lost", False)
    names = [e.name for e in desk.app.queries.stream(other.id)]
    assert names == ["reported", "conversation_added"]


def test_a_closed_ticket_still_takes_one(desk: Desk) -> None:
    """What was said is looked at afterwards too; it opens nothing."""
    desk.send("closed")
    add(desk)
    assert desk.incident.state.value == "closed"


def test_nobody_is_told_of_it(desk: Desk) -> None:
    """A log is no news for its requester."""
    desk.settle()
    before = len(desk.communications)
    add(desk)
    desk.settle()
    assert len(desk.communications) == before


def test_another_tickets_conversation_is_not_found(desk: Desk) -> None:
    kept, _ = add(desk)
    desk.report("T-2")
    other = desk.app.queries.incident("T-2")
    assert other is not None
    with pytest.raises(UnknownThing):
        desk.app.summarising.conversations.one(other.id, kept.id)


@pytest.mark.parametrize(
    ("log", "field", "words"),
    [
        (brought(files=()), "files", "no file"),
        (brought(b""), "files", "no words"),
        (brought(b"PK\x03\x04 and no more"), "files", "damaged"),
        (brought(given="telepathy"), "format", "slack"),
    ],
)
def test_what_holds_nothing_is_refused_in_words(
    desk: Desk, log: Brought, field: str, words: str
) -> None:
    with pytest.raises(Malformed, match=words) as refused:
        add(desk, log)
    assert refused.value.field == field
    assert desk.app.summarising.conversations.of(desk.incident.id) == []


def test_too_much_is_refused_with_the_limit(desk: Desk) -> None:
    many = tuple(LogFile(name=f"{n}.txt", content=b"x") for n in range(51))
    with pytest.raises(TooLarge, match="50 files"):
        add(desk, brought(files=many))
    with pytest.raises(TooLarge, match="20 MB"):
        add(desk, brought(b"x" * (LARGEST + 1)))


def test_ten_thousand_lines_are_kept_newest_first(desk: Desk) -> None:
    """Those that are too many are the oldest, and their number is told."""
    rows = "".join(
        f"[2026-08-24 {9 + n // 3600:02d}:{n // 60 % 60:02d}:{n % 60:02d}] Chen Li: step {n}\n"
        for n in range(10_200)
    )
    kept, _ = add(desk, brought(rows))
    assert (kept.lines, kept.dropped) == (10_000, 200)
    lines = desk.app.summarising.conversations.lines(kept.id)
    assert lines[-1].text == "step 10199"
    assert lines[-1].n == 10_200
