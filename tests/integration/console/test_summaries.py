"""Conversations and summaries in the console: without a script, and for each role what is hers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import pytest

from pipeline.domain.directory import Directory, Person, Role
from pipeline.domain.errors import Unavailable
from pipeline.domain.findings import FindingLevel
from pipeline.domain.prose import Step
from pipeline.ports import Store
from pipeline.summarising import open_summarising
from tests.integration.articles.conftest import BASE, Seat
from tests.unit.flow.desk import Desk, opened
from tests.unit.flow.writers import Plain, Unfit, forbids, writing

CHAT = b"[10:32] Chen Li: mbx-07 is full\n[10:40] Wang Xiaolin: it <b>still</b> crashes\n"
TICKET = "/incidents/T-1"


TEAM = (
    *(Person(id=role.value, name=role.value, role=role) for role in Role),
    Person(id="zh", name="陈力", role=Role.TECHNICIAN, language="zh"),
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    checks = [forbids("guilty"), forbids("secret", FindingLevel.BLOCK)]
    parts = writing((Step.MODEL, Unfit("half a JSON")), Plain(), checks=checks)
    with opened(tmp_path, writing=parts, public_url=BASE) as found:
        found.app.acts.load_directory(Directory(people=TEAM))
        found.report()
        yield found


@pytest.fixture
def seat(desk: Desk) -> Callable[[str], Seat]:
    return lambda person: Seat(desk.app, person)


@pytest.fixture
def worker(desk: Desk) -> Seat:
    return Seat(desk.app, "technician")


def added(worker: Seat, **form: str) -> str:
    answer = worker.sends(f"{TICKET}/conversations", {"chat.txt": CHAT}, **form)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def asked(worker: Seat, audience: str = "technician") -> str:
    answer = worker.post(f"{TICKET}/summaries", audience=audience, language="en", length="normal")
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def revision(page: str) -> str:
    found = re.search(r'name="revision" value="(\d+)"', page)
    assert found
    return found[1]


def test_a_file_becomes_lines_on_a_page(worker: Seat) -> None:
    """What was said is shown as it was, and as nothing else."""
    page = worker.get(added(worker)).text
    assert "Wang Xiaolin" in page
    assert "it &lt;b&gt;still&lt;/b&gt; crashes" in page
    listed = worker.get(TICKET).text
    assert "conversation added" in listed
    assert "chat.txt" in listed


@pytest.mark.parametrize(
    ("files", "form", "words"),
    [
        ({}, {}, "Choose a file"),
        ({"a.txt": b"   "}, {}, "Nobody says anything"),
        ({"a.txt": CHAT}, {"zone": "Mars/Olympus"}, "no such time zone"),
        ({"a.txt": b"x" * (20 * 1024 * 1024 + 1)}, {}, "too much"),
        ({"a.txt": b"x" * (20 * 1024 * 1024 + 1)}, {}, "have at most 20 MB together"),
        ({"a.zip": b"PK\x03\x04 cut"}, {}, "breaks off or is damaged"),
    ],
)
def test_what_cannot_be_taken_is_told_on_the_form(
    worker: Seat, files: dict[str, bytes], form: dict[str, str], words: str
) -> None:
    answer = worker.sends(f"{TICKET}/conversations", files, **form)
    assert answer.status_code == 422
    assert words in answer.text


def test_why_a_log_is_not_read_is_told_in_the_visitors_language(
    seat: Callable[[str], Seat],
) -> None:
    """And not only that it is not."""
    answer = seat("zh").sends(f"{TICKET}/conversations", {"a.zip": b"PK\x03\x04 cut"})
    assert answer.status_code == 422
    assert "里面没有读得出的对话。" in answer.text
    assert "不完整或已损坏" in answer.text


class Locked:
    """A store that can be read, and takes nothing."""

    def __init__(self, store: Store) -> None:
        self.read = store.read

    def write(self) -> NoReturn:
        raise Unavailable("the database cannot be written now: it is locked")


def test_what_is_no_fault_of_the_file_is_not_put_on_it(desk: Desk) -> None:
    """A database that is locked is told as what it is: come again later."""
    app = desk.app
    locked: Any = Locked(app.store)
    behind = open_summarising(
        *(writing(Plain()), locked, app.queries),
        clock=app.clock,
        ids=app.ids,
        library=app.library,
        intake=app.intake,
        preview=app.drafts,
    )
    worker = Seat(replace(app, summarising=behind), "technician")
    answer = worker.sends(f"{TICKET}/conversations", {"chat.txt": CHAT})
    assert answer.status_code == 503
    assert "Nobody says anything" not in answer.text


def test_a_summary_is_traced_without_a_script(worker: Seat) -> None:
    """Each sentence leads to what it rests on, and that leads back."""
    added(worker)
    page = worker.get(asked(worker)).text
    sentences = re.findall(r'<a class="sentence[^"]*" id="s-(\d+)" href="#rests-(\d+)"', page)
    assert [n for n, _ in sentences] == [str(n) for n in range(1, len(sentences) + 1)]
    for n, of in sentences:
        assert n == of
        assert f'<li id="rests-{n}">' in page
        assert f'href="#s-{n}"' in page
    assert "half a JSON" in page
    assert "it &lt;b&gt;still&lt;/b&gt; crashes</blockquote>" in page


def test_it_is_told_while_it_is_written_in_the_visitors_words(seat: Callable[[str], Seat]) -> None:
    zh = seat("zh")
    headers = {"Accept": "text/event-stream"}
    answer = zh.client.post(f"{TICKET}/summaries", data={"csrf": zh.csrf}, headers=headers)
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert "正在写：第一个模型" in answer.text
    assert "模型没有写出可用的文字" in answer.text
    done = re.search(r'event: done\ndata: \{"to": "([^"]+)"\}', answer.text)
    assert done
    assert zh.get(done[1]).status_code == 200


def test_an_edit_is_checked_and_the_draft_stays_to_be_seen(worker: Seat) -> None:
    path = asked(worker)
    answer = worker.post(f"{path}/edit", text="Wang is guilty.", revision="1")
    page = worker.get(answer.headers["location"]).text
    assert "As technician wrote it" in page
    assert "no-guilty" in page
    assert "The draft before it was edited" in page
    assert "Mail client crashes" in page
    assert 'name="reason"' in page
    refused = worker.post(f"{path}/release", revision=revision(page))
    assert refused.status_code == 409
    released = worker.post(f"{path}/release", revision=revision(page), reason="she says so")
    assert released.status_code == 303


def test_what_is_blocked_has_no_button(worker: Seat) -> None:
    path = asked(worker)
    worker.post(f"{path}/edit", text="The secret is out.", revision="1")
    page = worker.get(path).text
    assert f'action="{path}/release"' not in page
    assert worker.post(f"{path}/release", revision="2", reason="never mind").status_code == 409


def test_it_is_sent_as_the_ticket_was_seen(desk: Desk, worker: Seat) -> None:
    """A page that was open while the ticket moved on sends nothing."""
    path = asked(worker, "requester")
    worker.post(f"{path}/release", revision="1")
    assert "note that the requester gets" in worker.get(path).text
    desk.send("noted", text="meanwhile")
    stale = worker.post(f"{path}/send", revision="1", version="1")
    assert stale.status_code == 409
    assert "changed meanwhile" in stale.text
    assert worker.post(f"{path}/send", revision="1", version="2").status_code == 303
    assert (
        desk.app.queries.stream(desk.incident.id)[-1].data.model_dump()["visibility"] == "requester"
    )


def test_what_reaches_nobody_is_not_called_sent(worker: Seat, seat: Callable[[str], Seat]) -> None:
    """Neither on the button nor afterwards, here and on the ticket's page, in both languages."""
    path = asked(worker, "group")
    worker.post(f"{path}/release", revision="1")
    assert "Keep as an internal note</button>" in worker.get(path).text
    assert "保存为内部备注</button>" in seat("zh").get(path).text
    worker.post(f"{path}/send", revision="1", version="1")
    for page in (worker.get(path).text, worker.get(TICKET).text):
        assert ">kept as an internal note</span>" in page
        assert ">sent</span>" not in page


def test_whoever_writes_past_her_readers_is_told_before(worker: Seat, desk: Desk) -> None:
    """On the page of what may leave; nobody reads what is kept as a note."""
    reader = Person(id="wang", name="王晓琳", language="zh")
    desk.app.acts.load_directory(Directory(people=(*TEAM, reader)))
    past = "1 of 1 readers read Chinese; these words reach them as they are."
    assert past in worker.get(asked(worker, "requester")).text
    assert "these words reach them" not in worker.get(asked(worker)).text
    own = reader.model_copy(update={"language": "en"})
    desk.app.acts.load_directory(Directory(people=(*TEAM, own)))
    assert "these words reach them" not in worker.get(asked(worker, "requester")).text


def test_the_page_of_what_was_sent_says_what_became_of_it(desk: Desk, worker: Seat) -> None:
    """Whether it went out, waits for a person or stayed silent, with the way there."""
    path = asked(worker, "requester")
    worker.post(f"{path}/release", revision="1")
    assert "What became of it" not in worker.get(path).text
    worker.post(f"{path}/send", revision="1", version="1")
    event = desk.app.queries.stream(desk.incident.id)[-1].id
    [row] = [c for c in desk.app.queries.communications(desk.incident.id) if event in c.events]
    for _ in range(2):
        told = worker.get(path).text.partition("What became of it")[2].partition("</section>")[0]
        [now] = [c for c in desk.app.queries.communications(desk.incident.id) if c.id == row.id]
        assert f'href="/communications/{now.id}"' in told
        assert f'class="chip work-{now.state.value}"' in told
        desk.settle()


def test_what_somebody_typed_is_not_lost_when_another_was_quicker(worker: Seat) -> None:
    path = asked(worker)
    worker.post(f"{path}/edit", text="One.", revision="1")
    late = worker.post(f"{path}/edit", text="My long words", revision="1")
    assert late.status_code == 409
    assert "My long words</textarea>" in late.text


def test_a_viewer_sees_neither_what_was_said_nor_what_is_internal(
    worker: Seat, seat: Callable[[str], Seat]
) -> None:
    """And nothing to press."""
    said, internal, told = added(worker), asked(worker), asked(worker, "requester")
    unreleased = asked(worker, "requester")
    worker.post(f"{told}/edit", revision="1", text="In my own words.")
    worker.post(f"{told}/release", revision="2")
    viewer = seat("viewer")
    page = viewer.get(TICKET).text
    assert "chat.txt" not in page
    assert internal not in page
    assert told in page
    assert "<form" not in page.partition('id="summaries"')[2].partition("</section>")[0]
    for path in (said, f"{said}/files", f"{TICKET}/conversations"):
        assert viewer.get(path).status_code == 403
    assert viewer.get(internal).status_code == 404
    assert unreleased not in page
    assert viewer.get(unreleased).status_code == 404
    seen = viewer.get(told)
    assert (seen.status_code, "In my own words." in seen.text) == (200, True)
    assert "half a JSON" not in seen.text
    assert "The draft before it was edited" not in seen.text
    for path in (f"{TICKET}/summaries", f"{told}/edit", f"{told}/send", f"{said}/remove"):
        assert viewer.post(path, revision="1", text="x").status_code == 403


def test_every_change_needs_the_pages_own_value(worker: Seat) -> None:
    said, path = added(worker), asked(worker)
    for where in (f"{TICKET}/summaries", f"{path}/edit", f"{path}/discard", f"{said}/remove"):
        answer = worker.client.post(where, data={"csrf": "other", "revision": "1"})
        assert answer.status_code == 403, where
    upload = worker.client.post(
        f"{TICKET}/conversations", data={"csrf": "other"}, files=[("files", ("a.txt", CHAT))]
    )
    assert upload.status_code == 403


def test_a_long_conversation_is_read_page_by_page(worker: Seat) -> None:
    rows = "".join(
        f"[2026-08-24 09:{n // 60:02d}:{n % 60:02d}] Chen Li: step {n}\n" for n in range(700)
    )
    answer = worker.post(f"{TICKET}/conversations", text=rows)
    page = worker.get(answer.headers["location"]).text
    assert "step 699" in page
    assert "step 100<" not in page
    earlier = re.search(r'href="([^"]+\?before=\d+)"', page)
    assert earlier
    assert "step 100<" in worker.get(earlier[1]).text
