"""Words that had to go: where are they afterwards? Nowhere, in any table of either database."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from pipeline.adapters.store.sqlstore import SqlStore
from pipeline.adapters.store.tables import metadata
from pipeline.domain.cloudevents import Incoming
from pipeline.domain.communication import said
from pipeline.domain.directory import Address, Directory, Names, Person
from pipeline.domain.errors import StaleVersion
from pipeline.domain.passage import Passage
from pipeline.domain.payload import ERASED
from pipeline.domain.prose import Fall, Length, Step
from pipeline.domain.summary import Summary
from pipeline.drafting.conversation import LogFile
from pipeline.drafting.marks import clean
from pipeline.flow.accepted import Accepted
from pipeline.flow.intake import Beside, Intake
from pipeline.flow.summaries.alone import Wanted
from pipeline.flow.summaries.brought import Brought
from pipeline.flow.summaries.conversations import Conversations
from pipeline.flow.summaries.taken_away import PAGE
from pipeline.model_ports import KeptCall, Spent, Turn
from pipeline.policy.summaries import kind_for
from pipeline.ports import Transaction
from pipeline.recurrence.kept import read
from tests.unit.flow.desk import Desk, opened
from tests.unit.flow.writers import Plain, writing

CANARY = "zebrafinch"
ZONE = ZoneInfo("Asia/Shanghai")
VERA = Person(
    id="vera",
    name="Vera Holst",
    names=Names(zh="薇拉霍", en="Vera Holst"),
    addresses=(Address(channel="mail", value="v.holst@example.org"),),
    phone="+49 30 901820",
)


@pytest.fixture
def desk(url: str, tmp_path: Path) -> Iterator[Desk]:
    with opened(tmp_path, writing=writing(Plain(lines=9)), database_url=url) as found:
        found.app.acts.load_directory(Directory(people=(VERA,)))
        yield found


def cells(desk: Desk, *words: str) -> list[str]:
    """Where any of these stands: every cell of every table, packed ones too."""
    store = desk.app.store
    assert isinstance(store, SqlStore)
    found = []
    with store.reading() as connection:
        for table in metadata.sorted_tables:
            for row in connection.execute(select(table)).mappings():
                held = ((name, unpacked(value)) for name, value in row.items())
                found += [f"{table}.{n}" for n, v in held if any(word in v for word in words)]
    return found


def unpacked(value: Any) -> str:
    if not isinstance(value, bytes | memoryview):
        return str(value)
    octets = bytes(value)
    if not octets.startswith((b"x", b"PK")):
        return ""  # numbers, which hold nobody's words
    with suppress(zlib.error):
        return zlib.decompress(octets).decode()
    archive = zipfile.ZipFile(io.BytesIO(octets))
    return "".join(archive.read(name).decode() for name in archive.namelist())


def told(desk: Desk, words: str, speaker: str = "Chen Li", number: str = "T-1") -> str:
    """A log on the ticket; its id."""
    log = f"[10:32] {speaker}: {words}\n[10:40] Wang Xiaolin: it crashes\n"
    brought = Brought(files=(LogFile(name="chat.txt", content=log.encode()),), zone=ZONE)
    incident = desk.app.queries.incident(number)
    assert incident is not None
    kept, _ = desk.app.summarising.conversations.add(incident, brought, by="chen")
    return kept.id


def summed_up(desk: Desk) -> Summary:
    """Written, and changed by a person."""
    summaries, made = desk.app.summarising.summaries, written(desk)
    own = f"{made.current.text}\nWe go on."
    edited = summaries.check(desk.incident, made, own, by="chen", zone="Asia/Shanghai")
    return summaries.edit(made, edited)


def written(desk: Desk) -> Summary:
    summaries = desk.app.summarising.summaries
    wanted = Wanted(
        role="technician",
        kind=kind_for("technician"),
        language="en",
        length=Length.NORMAL,
        zone=ZONE,
    )
    return summaries.make(summaries.ask(desk.incident, wanted, by="chen"))


def asked(desk: Desk, words: str) -> None:
    """Of a model, for a summary and for a message."""
    now, incident = desk.clock.now(), desk.incident
    call = KeptCall(
        id=f"call_{desk.app.ids.new('n')}",
        at=now,
        step=Step.MODEL,
        model="m",
        purpose="summary",
        of="sum",
        incident=incident.id,
        audience="technician",
        prompt="p",
        material=desk.app.ids.new("m"),
        tokens_in=1,
        tokens_out=1,
        money=None,
        seconds=1.0,
        asked=(Turn(speaker="human", text=f"sum up: {words}"),),
        answer=f"they said {words}",
        failed=None,
    )
    passage = Passage(at=now, why_not=said(words), falls=(Fall(step=Step.MODEL, why=said(words)),))
    one = desk.communications[0].id
    with desk.app.store.write() as tx:
        tx.keep_call(call, Spent(calls=1), ["text:sum"])
        tx.await_prose(one, now)
        [(_, tries)] = tx.claim_prose(now, timedelta(minutes=5), 1)
        tx.settle_prose(one, tries, passage)


def test_a_conversation_that_is_taken_away_is_nowhere(desk: Desk) -> None:
    """Neither in what models were asked and said, nor in a message's passage, nor in summaries; what rests on
    other words stays."""
    desk.report()
    desk.settle()
    gone = told(desk, f"the {CANARY} did it")
    told(desk, "the disk is full", speaker="Zhao Min")
    made = summed_up(desk)
    asked(desk, f"the {CANARY} did it")
    assert {one.partition(".")[0] for one in cells(desk, CANARY)} == {
        *("hg_conversations", "hg_summaries", "hg_model_calls", "hg_prose"),
    }
    desk.app.summarising.conversations.remove(desk.incident, gone, by="wang")
    assert cells(desk, CANARY) == []
    kept = desk.app.summarising.summaries.one(desk.incident.id, made.id)
    assert "disk is full" in kept.current.text
    assert "We go on." in kept.current.text
    assert ERASED in kept.draft.text
    assert [line.text for line in kept.lines if "disk" in line.text]


def test_whoever_looked_before_cannot_bring_the_words_back(desk: Desk) -> None:
    """An edit that began before the conversation went, and is kept after it."""
    desk.report()
    gone, summaries = told(desk, f"the {CANARY} did it"), desk.app.summarising.summaries
    seen = summed_up(desk)
    own = f"{seen.current.text}\nAnd on."
    edited = summaries.check(desk.incident, seen, own, by="chen", zone="Asia/Shanghai")
    desk.app.summarising.conversations.remove(desk.incident, gone, by="wang")
    with pytest.raises(StaleVersion):
        summaries.edit(seen, edited)
    assert cells(desk, CANARY) == []


def test_an_edit_in_between_does_not_keep_the_words(desk: Desk, url: str) -> None:
    """Between the reading of a summary and its writing: PostgreSQL keeps the edit, and the removal begins
    anew; on SQLite the edit waits, and is too late."""
    desk.report()
    gone, app = told(desk, f"the {CANARY} did it"), desk.app
    seen = summed_up(desk)
    edits = app.summarising.summaries
    own = f"{seen.current.text}\nAnd on."
    edited = edits.check(desk.incident, seen, own, by="chen", zone="Asia/Shanghai")
    with ThreadPoolExecutor(1) as other:
        kept = []

        def meddle() -> None:
            kept.append(other.submit(edits.edit, seen, edited))
            if url.startswith("postgresql"):
                kept[0].result(10)

        removing = Conversations(
            store=app.store,
            queries=app.queries,
            clock=desk.clock,
            ids=app.ids,
            intake=cast(Intake, Interrupted(app.intake, meddle)),
            library=app.library,
        )
        removing.remove(desk.incident, gone, by="wang")
    assert (kept[0].exception() is None) == url.startswith("postgresql")
    assert cells(desk, CANARY) == []
    names = [e.name for e in app.queries.stream(desk.incident.id)]
    assert names.count("conversation_removed") == 1


def test_however_many_summaries_there_are_none_keeps_the_words(desk: Desk) -> None:
    """Also those past the first page, of which many were made at one moment."""
    desk.report()
    gone = told(desk, f"the {CANARY} did it")
    made = summed_up(desk)
    with desk.app.store.write() as tx:
        for n in range(PAGE + 1):
            tx.add_summary(made.model_copy(update={"id": f"sum_more_{n}"}))
    desk.app.summarising.conversations.remove(desk.incident, gone, by="wang")
    assert cells(desk, CANARY) == []


class Interrupted:
    """An intake beside which somebody does something, once, when summaries were read."""

    def __init__(self, intake: Intake, act: Callable[[], None]) -> None:
        self._intake, self._acts = intake, [act]

    def accept(self, incoming: Sequence[Incoming], beside: Beside) -> list[Accepted]:
        def between(tx: Transaction, accepted: Sequence[Accepted]) -> None:
            beside(cast(Transaction, Reading(tx, self._acts)), accepted)

        return self._intake.accept(incoming, beside=between)


class Reading:
    """A unit of work that is interrupted after it read summaries."""

    def __init__(self, tx: Transaction, acts: list[Callable[[], None]]) -> None:
        self._tx, self._acts = tx, acts

    def __getattr__(self, name: str) -> Any:
        return getattr(self._tx, name)

    def summaries(self, *of: Any, **more: Any) -> Sequence[Summary]:
        found = self._tx.summaries(*of, **more)
        while self._acts:
            self._acts.pop()()
        return found


def test_a_person_who_is_erased_is_nowhere(desk: Desk) -> None:
    """As a requester, in other people's notes, as a speaker, and in what models were told; tickets go on."""
    desk.report(
        requester={"id": "vera", "name": "Vera Holst", "email": "v.holst@example.org"},
        description=f"my {CANARY} is lost, call +49 30 901820",
    )
    desk.settle()
    told(desk, f"Vera Holst lost her {CANARY}")
    summed_up(desk)
    asked(desk, f"Vera Holst lost her {CANARY}")
    desk.report("T-2")
    desk.send("noted", "T-2", text=f"薇拉霍 has the same {CANARY}", author={"id": "vera"})
    told(desk, f"mine is a {CANARY}", speaker="Vera Holst", number="T-2")
    desk.settle()
    words = ("Vera", "薇拉霍", "v.holst@example.org", "901820", '"vera"', CANARY)
    assert len({one.partition(".")[0] for one in cells(desk, *words)}) > 8
    assert desk.app.erasure.person(VERA, by="chen") == 2
    assert cells(desk, *words) == []
    assert desk.incident.title.value == ERASED
    assert desk.app.queries.person("vera") is None
    assert desk.app.erasure.person(VERA, by="chen") == 0
    other = desk.app.queries.incident("T-2")
    assert other is not None
    assert other.title.value == "Mail client crashes"
    assert other.requester is not None
    assert other.requester.value.id == "wang"


def test_a_person_whose_id_json_writes_otherwise_is_nowhere(desk: Desk) -> None:
    """Such as an account of a Windows domain, and a name with a nickname in it."""
    mail = Address(channel="mail", value="carl@example.org")
    carl = Person(id="CORP\\carl", name='Carl "Zeppo" Junge', addresses=(mail,))
    desk.app.acts.load_directory(Directory(people=(carl,)))
    desk.report(requester={"id": carl.id, "name": carl.name}, description="mine")
    desk.report("T-2")
    desk.send("noted", "T-2", text=f"{carl.name} has the same", author={"id": carl.id})
    desk.settle()
    words = ("Zeppo", "Junge", "CORP")
    assert cells(desk, *words)
    assert desk.app.erasure.person(carl, by="chen") == 2
    assert cells(desk, *words) == []


def test_an_alarm_that_somebody_cannot_be_reached_names_them_no_more(desk: Desk) -> None:
    """Neither its key nor its reason does, and it can still be cleared; also when they came back, and went again."""
    zeno = Person(id="zeno", name="Zeno Marx")
    for number in ("T-1", "T-2"):
        desk.app.acts.load_directory(Directory(people=(zeno,)))
        desk.report(number, requester={"id": "zeno"})
        desk.settle()
        desk.wait(5)
        assert any("zeno" in alarm.key for alarm in desk.app.queries.alarms())
        assert desk.app.erasure.person(zeno, by="chen")
        assert cells(desk, "zeno", "Zeno") == []
    for alarm in desk.app.queries.alarms():
        desk.app.acts.clear_alarm(alarm.key, by="chen")
    assert desk.app.queries.alarms() == []


def test_no_text_that_was_read_before_somebody_was_erased_stays_in_memory(desk: Desk) -> None:
    """What was compared, and what was cleaned, is read anew."""
    desk.report(requester={"id": "vera"}, description=f"my {CANARY} is lost")
    desk.report("T-2", description=f"the {CANARY} again")
    desk.wait(10)
    held = (read, clean)
    assert all(cached.cache_info().currsize for cached in held)
    desk.app.erasure.person(VERA, by="chen")
    assert not any(cached.cache_info().currsize for cached in held)


def test_the_sweep_takes_what_models_wrote_for_messages(desk: Desk) -> None:
    """After the days of their calls; until then it stays."""
    desk.report()
    desk.settle()
    asked(desk, CANARY)
    desk.wait(60)
    assert {one.partition(".")[0] for one in cells(desk, CANARY)} == {"hg_model_calls", "hg_prose"}
    desk.wait(31 * 24 * 60)
    assert cells(desk, CANARY) == []
