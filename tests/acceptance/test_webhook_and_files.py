"""The same story by webhook and into files: what a program or a folder gets is what a mail says."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pipeline.adapters.clock import SimulatedClock
from pipeline.adapters.ids import CountedIds
from pipeline.bootstrap import open_heliograph
from pipeline.domain.directory import Address, Directory, Group, Language, Names
from pipeline.domain.message import MessageState
from pipeline.flow.drain import advance
from pipeline.settings import Settings
from tests.contract.sinks import Answer, Call, HttpSink, MailSink

from .story import MORNING, Desk, Mail, mail_client, people

SECRET = "a secret of the tests that signs webhooks"
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@dataclass(frozen=True, kw_only=True)
class Line:
    """An installation from event to far side, on a clock that is moved by hand."""

    desk: Desk
    clock: SimulatedClock
    hooks: HttpSink
    outbox: Path

    def wait(self, seconds: float) -> None:
        advance(self.clock, self.clock.now() + timedelta(seconds=seconds), self.desk.app.steps)

    def told(self) -> list[dict[str, Any]]:
        """What the program took, in order."""
        return [json.loads(call.body) for call in self.hooks.taken.values()]

    def files(self) -> list[Mail]:
        return [Mail(file.read_bytes()) for file in sorted(self.outbox.iterdir())]

    def states(self) -> list[MessageState]:
        return [message.state for message in self.desk.app.queries.messages()]


@contextmanager
def line(folder: Path, requester: Language, channel: str, *, relay: bool = True) -> Iterator[Line]:
    """`channel` is how the requester is reached; without a relay mails are files."""
    with ExitStack() as stack:
        letters, hooks = MailSink(), HttpSink()
        stack.callback(letters.close)
        stack.callback(hooks.close)
        clock = SimulatedClock(MORNING)
        settings = Settings(
            data_dir=folder,
            smtp_url=letters.url if relay else "",
            webhook_secret=SECRET,
            webhook_hosts=(hooks.host,),
            desk_name="IT 服务台",
            desk_phone="6000",
            secret_key="a secret of the tests, and of nothing else",
            public_url="https://help.example.org",
        )
        app = open_heliograph(settings, clock=clock, ids=CountedIds(), in_turn=True)
        stack.callback(app.close)
        app.acts.load_directory(reached(people(requester), channel, hooks.url))
        desk = Desk(app, clock, letters)
        yield Line(desk=desk, clock=clock, hooks=hooks, outbox=settings.outbox)


def reached(directory: Directory, channel: str, url: str) -> Directory:
    """The directory in which the requester is reached on this channel."""
    if channel == "mail":
        return directory
    requester, *others = directory.people
    address = (Address(channel="webhook", value=url),)
    told = (requester.model_copy(update={"addresses": address}), *others)
    return directory.model_copy(update={"people": told})


def said(mail: Mail) -> tuple[str, str, str]:
    return mail.subject, mail.text.rstrip("\n"), mail.html.replace("\r\n", "\n").rstrip("\n")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_webhook_says_what_the_mail_would_have_said(tmp_path: Path, language: Language) -> None:
    """Subject, text and HTML of every step, to the letter."""
    with line(tmp_path / "mail", language, "mail") as by_mail:
        mail_client(by_mail.desk)
        mails = [said(mail) for mail in by_mail.desk.mails("wang@example.org")]
    with line(tmp_path / "hook", language, "webhook") as by_hook:
        mail_client(by_hook.desk)
        assert by_hook.desk.mails("wang@example.org") == []
        told = by_hook.told()
    posted = [(t["subject"], t["text"].rstrip("\n"), t["html"].rstrip("\n")) for t in told]
    assert posted == mails
    assert len(posted) == 6
    assert {(t["number"], t["language"]) for t in told} == {("INC-9527", language)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mail_in_the_outbox_is_the_one_that_the_relay_would_have_had(
    tmp_path: Path, language: Language
) -> None:
    """Every header, both bodies, for everybody: nothing is different because no relay is set."""
    with line(tmp_path / "relay", language, "mail") as by_relay:
        mail_client(by_relay.desk)
        sent = by_relay.desk.mails("@example.org")
    with line(tmp_path / "files", language, "mail", relay=False) as into_files:
        mail_client(into_files.desk)
        files = into_files.files()
    assert sorted(map(whole, files)) == sorted(map(whole, sent))
    assert len(files) == 14


def whole(mail: Mail) -> tuple[object, ...]:
    headers = sorted((name, str(value)) for name, value in mail.message.items())
    return headers, said(mail)


def test_every_webhook_of_a_story_is_signed_with_its_own_key(tmp_path: Path) -> None:
    """A receiver with the secret can tell ours from forged, and each from the others."""
    with line(tmp_path, "zh", "webhook") as told:
        mail_client(told.desk)
        calls = told.hooks.calls
        known = {message.id for message in told.desk.app.queries.messages()}
    for call in calls:
        assert call.header("webhook-signature") == signature(call)
        assert call.header("Idempotency-Key") == call.header("webhook-id")
    keys = {call.header("Idempotency-Key") for call in calls}
    assert len(keys) == len(calls)
    assert keys <= known


def signature(call: Call) -> str:
    signed = f"{call.header('webhook-id')}.{call.header('webhook-timestamp')}.".encode() + call.body
    mac = hmac.new(SECRET.encode(), signed, hashlib.sha256).digest()
    return "v1," + base64.b64encode(mac).decode()


def report(told: Line) -> None:
    told.desk.send("reported", title="Mail is down", requester={"id": "wang.xiaolin"})


def test_a_program_that_is_away_gets_the_same_webhook_later_and_takes_it_once(
    tmp_path: Path,
) -> None:
    """The same key and the same body each time; only the signed moment is new."""
    with line(tmp_path, "en", "webhook") as told:
        told.hooks.answer = Answer(status=503)
        report(told)
        assert len(told.hooks.calls) == 1
        assert told.states() == [MessageState.QUEUED]
        told.wait(5)
        assert len(told.hooks.calls) == 2
        told.hooks.answer = Answer()
        told.wait(3600)
        assert told.states() == [MessageState.DELIVERED]
        calls = told.hooks.calls
        assert len(calls) == 3
        assert len({call.body for call in calls}) == 1
        assert len({call.header("Idempotency-Key") for call in calls}) == 1
        assert len({call.header("webhook-timestamp") for call in calls}) == 3
        assert all(call.header("webhook-signature") == signature(call) for call in calls)
        assert told.desk.app.queries.alarms() == []


def test_a_program_that_names_its_time_is_not_asked_before_it(tmp_path: Path) -> None:
    with line(tmp_path, "en", "webhook") as told:
        told.hooks.answer = Answer(status=503, headers={"Retry-After": "120"})
        report(told)
        told.hooks.answer = Answer()
        told.wait(119)
        assert len(told.hooks.calls) == 1
        told.wait(1)
        first, second = (called_at(call) for call in told.hooks.calls)
        assert second - first == timedelta(seconds=120)
        assert told.states() == [MessageState.DELIVERED]


def called_at(call: Call) -> datetime:
    return datetime.fromtimestamp(int(call.header("webhook-timestamp") or 0), UTC)


def test_an_answer_that_is_lost_ends_in_one_webhook_taken(tmp_path: Path) -> None:
    """The program has it, we do not know: it is posted again with the key that the program knows."""
    with line(tmp_path, "en", "webhook") as told:
        told.hooks.answer = Answer(silence="drop")
        report(told)
        told.hooks.answer = Answer()
        told.wait(60)
        assert len(told.hooks.calls) == 2
        assert len(told.hooks.taken) == 1
        assert told.states() == [MessageState.DELIVERED]


def test_a_program_that_refuses_is_told_to_a_person_and_not_asked_again(tmp_path: Path) -> None:
    with line(tmp_path, "en", "webhook") as told:
        told.hooks.answer = Answer(status=410)
        report(told)
        told.wait(7200)
        assert len(told.hooks.calls) == 1
        assert told.states() == [MessageState.REJECTED]
        [alarm] = told.desk.app.queries.alarms()
        assert alarm.code == "channel_rejected"
        assert "s3cret-path" not in repr(alarm)


def test_one_program_that_is_away_keeps_no_mail_from_leaving(tmp_path: Path) -> None:
    with line(tmp_path, "en", "webhook") as told:
        told.hooks.answer = Answer(status=503)
        report(told)
        told.desk.send("assigned", assignee={"id": "chen.li"})
        told.wait(600)
        assert len(told.desk.mails("chen@example.org")) == 1
        assert told.told() == []


def test_a_room_gets_the_short_card_of_a_chat_and_no_letter(tmp_path: Path) -> None:
    """Markdown with the number first and buttons as links; whoever handed it over needs no greeting."""
    with line(tmp_path, "zh", "mail") as found:
        room = Group(
            id="network",
            name=Names(zh="网络组", en="Network Support"),
            addresses=(Address(channel="webhook", value=found.hooks.url),),
            language="zh",
        )
        found.desk.app.acts.load_directory(Directory(groups=(room,)))
        found.desk.send("reported", title="VPN 掉线", requester={"id": "wang.xiaolin"})
        found.desk.send("handed_over", group="network", tried=["重启了客户端"])
        found.wait(1)
        [card] = found.told()
    assert (card["form"], card["language"]) == ("chat", "zh")
    assert card["text"].startswith("**INC-9527 转到网络组** · VPN 掉线")
    assert "重启了客户端" in card["text"]
    assert "](https://help.example.org/incidents/" in card["text"]
    assert "html" not in card
