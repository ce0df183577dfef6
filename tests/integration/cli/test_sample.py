"""`serve --sample` in an empty folder: a newcomer sees a day at a service desk, and ends it cleanly."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from pipeline.bootstrap import open_heliograph
from pipeline.domain.message import MessageState
from pipeline.ports import Search
from pipeline.settings import Settings
from tests.acceptance.story import Mail

from .commands import ROOT, surroundings

PLAYED = "A sample day was played"
MAJOR = ("INC-9601", "INC-9602", "INC-9604")
PAST = {
    "wang.xiaolin@example.org": [
        "已收到：邮件客户端反复崩溃（INC-9527）",
        "陈立在处理：邮件客户端反复崩溃（INC-9527）",
        "已转给 Exchange 组：邮件客户端反复崩溃（INC-9527）",
        "孙浩在处理：邮件客户端反复崩溃（INC-9527）",
        "等待审批：邮件客户端反复崩溃（INC-9527）",
    ],
    "amelia.hart@example.org": [
        "We have it: VPN drops every few minutes (INC-9531)",
        "Priya Nair is working on it: VPN drops every few minutes (INC-9531)",
        "We need your reply: VPN drops every few minutes (INC-9531)",
        "Now in progress: VPN drops every few minutes (INC-9531)",
    ],
    "jonas.weber@example.org": [
        "We have it: Printer on floor 3 prints blank pages (INC-9498)",
        "Now with Chen Li: Printer on floor 3 prints blank pages (INC-9498)",
        "Fixed, please confirm: Printer on floor 3 prints blank pages (INC-9498)",
    ],
    "zhao.min@example.org": ["已收到：会议室投屏没有画面（INC-9540）"],
    "chen.li@example.org": [
        "分给您：Printer on floor 3 prints blank pages（INC-9498）",
        "分给您：邮件客户端反复崩溃（INC-9527）",
    ],
    "priya.nair@example.org": ["Assigned to you: VPN drops every few minutes (INC-9531)"],
    "sun.hao@example.org": ["分给您：邮件客户端反复崩溃（INC-9527）"],
    "<exchange@example.org>": ["转来：邮件客户端反复崩溃（INC-9527）"],
}
"""What each was told before the server started; more comes while it runs."""


@dataclass(frozen=True, kw_only=True)
class Visit:
    """What somebody found who started it, looked, and ended it."""

    folder: Path
    said: str
    ready: httpx.Response
    mails: list[Mail]
    ended: int
    last_words: str

    def subjects(self, to: str) -> list[str]:
        return [mail.subject for mail in self.mails if to in mail.message["To"]]


@contextmanager
def serving(folder: Path, last: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The process, and what it said up to the line that begins with `last`."""
    server = subprocess.Popen(
        [sys.executable, str(ROOT / "heliograph.py"), "serve", "--sample", "--port", "0"],
        cwd=folder,
        env=surroundings(folder),
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert server.stderr is not None
        said = []
        for text in server.stderr:
            said.append(text)
            if text.startswith(last):
                break
        yield server, "".join(said)
    finally:
        server.kill()
        server.wait(20)
        assert server.stderr is not None
        server.stderr.close()


def visit(folder: Path, last: str) -> Visit:
    with serving(folder, last) as (server, said):
        url = said.partition("Heliograph answers on ")[2].split()[0]
        ready = httpx.get(f"{url}/readyz", timeout=10, trust_env=False)
        mails = [Mail(f.read_bytes()) for f in sorted((folder / "var" / "outbox").glob("*.eml"))]
        server.send_signal(signal.SIGTERM)
        _, last_words = server.communicate(timeout=20)
        ended = server.returncode
    return Visit(
        folder=folder, said=said, ready=ready, mails=mails, ended=ended, last_words=last_words
    )


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Visit:
    return visit(tmp_path_factory.mktemp("sample"), PLAYED)


def test_it_says_how_to_get_in_and_that_a_day_was_played(first: Visit) -> None:
    for words in ("Heliograph answers on http://127.0.0.1:", "Sign in", "/docs", PLAYED):
        assert words in first.said
    assert str(first.folder / "var" / "outbox") in first.said


def test_it_is_ready_with_nothing_waiting_for_a_person(first: Visit) -> None:
    assert first.ready.status_code == 200
    assert first.ready.json()["status"] == "ready"
    for queue in ("communications.parked", "messages.rejected", "messages.maybe_sent"):
        assert first.ready.json()["queues"][queue] == 0


@pytest.mark.parametrize("to", PAST)
def test_the_mails_of_the_past_day_are_in_the_outbox(first: Visit, to: str) -> None:
    """For each who was told, in order; what happens while somebody watches may follow."""
    assert first.subjects(to)[: len(PAST[to])] == PAST[to]


def test_nobody_else_was_written_to_about_a_ticket(first: Visit) -> None:
    mails = [mail for mail in first.mails if not any(n in mail.subject for n in MAJOR)]
    assert mails
    assert all(any(to in mail.message["To"] for to in PAST) for mail in mails)


def test_whoever_uses_the_crm_was_told_of_its_outage_from_beginning_to_end(first: Visit) -> None:
    told = [s for s in first.subjects("tom.baker@example.org") if "INC-9602" in s]
    assert told[0].startswith("CRM is unavailable. Next update by ")
    assert told[-1].startswith("CRM is back, usable since ")
    assert any("INC-9602" in s for s in first.subjects("sales@example.org"))
    assert not any("INC-9602" in s for s in first.subjects("jonas.weber@example.org"))


def test_told_to_end_it_ends_well_and_leaves_nothing_in_doubt(first: Visit) -> None:
    """Exit code 0, not a word of complaint, and every message is sent or still to be sent."""
    assert first.ended == 0
    assert "Traceback" not in first.last_words
    assert not (first.folder / "var" / "server.json").exists()
    app = open_heliograph(Settings(data_dir=first.folder / "var"))
    try:
        states = {message.state for message in app.queries.messages()}
        assert states <= {MessageState.DELIVERED, MessageState.QUEUED}
        assert app.queries.alarms() == []
    finally:
        app.close()


def test_a_folder_in_use_is_started_without_a_second_sample(first: Visit) -> None:
    """The day is played once: whoever starts it again finds what he left."""
    again = visit(first.folder, "Mails are written")
    assert PLAYED not in again.said + again.last_words
    assert again.ready.status_code == 200
    assert again.ended == 0
    app = open_heliograph(Settings(data_dir=first.folder / "var"), channels={})
    try:
        found = app.queries.incidents(Search(limit=100)).incidents
        assert sorted(i.number for i in found) == sorted(
            ["INC-9498", "INC-9527", "INC-9531", "INC-9540", *MAJOR]
        )
    finally:
        app.close()
