"""What may every channel be relied on for? One suite for all; what only one can do comes after."""

from __future__ import annotations

import base64
import email
import email.policy
import hashlib
import hmac
import json
import os
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.adapters.channels.file import FileChannel, file_name
from pipeline.adapters.channels.mail_format import Letterhead, compose, to_bytes
from pipeline.adapters.channels.memory import MemoryChannel
from pipeline.adapters.channels.smtp import IDLE_SECONDS, SmtpChannel
from pipeline.adapters.channels.smtp_relay import Relay
from pipeline.adapters.channels.webhook import WebhookChannel, retry_after
from pipeline.domain.errors import Ambiguous, ChannelError, Misconfigured, Rejected, Retryable
from pipeline.domain.keys import message_key, thread_key
from pipeline.domain.message import Outbound
from pipeline.ports import Channel

from .sinks import Answer, HttpSink, MailSink

AT = datetime(2026, 8, 24, 10, 2, 11, tzinfo=UTC)
SECRET = "a-secret-of-24-characters"
TIMEOUT = 1.0
LETTERHEAD = Letterhead(
    sender="desk@example.org", sender_name="服务台", reply_to="replies@example.org"
)
LONG_TEXT = ".leading dot\n\n" + "中文" * 700 + "\n=20 at the end \n..\nwords " + "w" * 2000
HEADERS = [
    "MIME-Version",
    "Date",
    "Message-ID",
    "In-Reply-To",
    "References",
    "From",
    "To",
    "Subject",
    "Auto-Submitted",
    "X-Auto-Response-Suppress",
    "Content-Language",
    "X-Heliograph-Number",
    "Reply-To",
    "Content-Type",
    "Content-Transfer-Encoding",
]
TEXTS = [
    "One line.",
    "From here\nFrom there =3D",
    "王小林，您好：\n\n您的工单 INC-9527 已解决。\n",
    "a — b\n.\nc",
    LONG_TEXT,
]


class FixedClock:
    def now(self) -> datetime:
        return AT


def outbound(address: str = "wang.xiaolin@example.org", n: int = 1, **changes: object) -> Outbound:
    said: dict[str, object] = {
        "key": message_key("com_1", n, "person:wang", "mail"),
        "thread": thread_key("inc_1", "person:wang"),
        "number": "INC-9527",
        "address": address,
        "name": "王小林",
        "language": "zh",
        "subject": "工单 INC-9527：已收到您的报修，我们正在处理，请留意后续通知",
        "text": TEXTS[2],
        "html": "<p>您的工单 <b>INC-9527</b> 已解决。</p>",
        "at": AT,
    }
    return Outbound.model_validate(said | changes)


@dataclass(frozen=True)
class Arrived:
    key: str
    subject: str
    text: str
    html: str | None


@dataclass
class Case:
    """A channel beside the far side that it talks to, which can be made to fail."""

    channel: Channel
    address: str
    arrived: Callable[[], list[Arrived]]
    unreachable: Callable[[], None]
    refuse: Callable[[], None] = lambda: None
    lose_answer: Callable[[], None] = lambda: None
    hang: Callable[[], None] = lambda: None


def parsed(content: bytes) -> EmailMessage:
    mail = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


def from_mail(content: bytes) -> Arrived:
    mail = parsed(content)
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    return Arrived(
        key=mail["Message-ID"].removeprefix("<").partition("@")[0],
        subject=mail["Subject"],
        text=plain.get_content().replace("\r\n", "\n"),
        html=html.get_content() if html is not None else None,
    )


def from_json(body: bytes) -> Arrived:
    said = json.loads(body)
    return Arrived(said["key"], said["subject"], said["text"], said.get("html"))


def closed_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


_OPENED: list[Channel] = []


@pytest.fixture(autouse=True)
def _closed_at_the_end() -> Iterator[None]:
    yield
    while _OPENED:
        _OPENED.pop().close()


def smtp(
    url: str, *, pool: int = 4, timeout: float = TIMEOUT, trusted: float = IDLE_SECONDS
) -> SmtpChannel:
    channel = SmtpChannel(url, LETTERHEAD, pool=pool, timeout=timeout, trusted=trusted)
    _OPENED.append(channel)
    return channel


def webhook(*hosts: str, secret: str = SECRET) -> WebhookChannel:
    channel = WebhookChannel(secret, hosts=hosts, clock=FixedClock(), timeout=TIMEOUT)
    _OPENED.append(channel)
    return channel


@pytest.fixture
def mail_sink() -> Iterator[MailSink]:
    sink = MailSink()
    yield sink
    sink.close()


@pytest.fixture
def http_sink() -> Iterator[HttpSink]:
    sink = HttpSink()
    yield sink
    sink.close()


@pytest.fixture
def memory_case() -> Case:
    channel = MemoryChannel()
    return Case(
        channel=channel,
        address="wang.xiaolin@example.org",
        arrived=lambda: [Arrived(m.key, m.subject, m.text, m.html) for m in channel.sent],
        unreachable=lambda: channel.fail(Retryable("away")),
        refuse=lambda: channel.fail(Rejected("no such person")),
        lose_answer=lambda: channel.fail(Ambiguous("lost")),
        hang=lambda: channel.fail(Ambiguous("time-out")),
    )


@pytest.fixture
def file_case(tmp_path: Path) -> Case:
    folder = tmp_path / "outbox"

    def block() -> None:
        folder.write_text("a file where the folder should be")

    return Case(
        channel=FileChannel(folder, LETTERHEAD),
        address="wang.xiaolin@example.org",
        arrived=lambda: [from_mail(file.read_bytes()) for file in sorted(folder.iterdir())],
        unreachable=block,
    )


@pytest.fixture
def smtp_case(mail_sink: MailSink) -> Iterator[Case]:
    channel = smtp(mail_sink.url)
    yield Case(
        channel=channel,
        address="wang.xiaolin@example.org",
        arrived=lambda: [from_mail(letter.content) for letter in mail_sink.letters],
        unreachable=lambda: setattr(
            channel, "_relay", Relay.parse(f"smtp://127.0.0.1:{closed_port()}", timeout=TIMEOUT)
        ),
        refuse=lambda: setattr(mail_sink, "mood", "refuse"),
        lose_answer=lambda: setattr(mail_sink, "mood", "drop"),
        hang=lambda: setattr(mail_sink, "mood", "hang"),
    )
    channel.close()


@pytest.fixture
def webhook_case(http_sink: HttpSink) -> Iterator[Case]:
    channel = webhook(http_sink.host)

    def say(**answer: object) -> Callable[[], None]:
        return lambda: setattr(http_sink, "answer", Answer(**answer))  # type: ignore[arg-type]

    yield Case(
        channel=channel,
        address=http_sink.url,
        arrived=lambda: [from_json(call.body) for call in http_sink.taken.values()],
        unreachable=say(status=503),
        refuse=say(status=410),
        lose_answer=say(silence="drop"),
        hang=say(silence="hang"),
    )
    channel.close()


ANSWERING = ["memory_case", "smtp_case", "webhook_case"]
CASES = [*ANSWERING, "file_case"]
"""A folder has nobody in it who could refuse, or whose answer could be lost."""


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest) -> Case:
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Case)
    return found


@pytest.fixture(params=ANSWERING)
def answering_case(request: pytest.FixtureRequest) -> Case:
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Case)
    return found


@pytest.mark.parametrize("text", TEXTS)
def test_delivers_exactly_the_text(case: Case, text: str) -> None:
    message = outbound(case.address, text=text)
    case.channel.send(message)
    [arrived] = case.arrived()
    assert arrived.key == message.key
    assert arrived.subject == message.subject
    assert arrived.text.rstrip("\n") == text.rstrip("\n")
    assert (arrived.html or "").strip() == message.html


def test_delivers_without_html(case: Case) -> None:
    case.channel.send(outbound(case.address, html=None))
    [arrived] = case.arrived()
    assert arrived.html is None
    assert "INC-9527" in arrived.text


def test_a_repeat_has_the_same_key_and_is_one_where_the_channel_says_so(case: Case) -> None:
    message = outbound(case.address)
    for _ in range(3):
        case.channel.send(message)
    arrived = case.arrived()
    assert set(arrived) == {arrived[0]}
    assert len(arrived) == (1 if case.channel.idempotent else 3)


def test_a_far_side_that_is_away_is_retryable(case: Case) -> None:
    case.unreachable()
    with pytest.raises(Retryable):
        case.channel.send(outbound(case.address))


def test_a_refusal_is_rejected_and_the_next_message_arrives(answering_case: Case) -> None:
    answering_case.refuse()
    with pytest.raises(Rejected):
        answering_case.channel.send(outbound(answering_case.address))
    assert answering_case.arrived() == []


@pytest.mark.parametrize("loss", ["lose_answer", "hang"])
def test_a_lost_answer_is_ambiguous(answering_case: Case, loss: str) -> None:
    getattr(answering_case, loss)()
    with pytest.raises(Ambiguous):
        answering_case.channel.send(outbound(answering_case.address))


@pytest.mark.parametrize("where", ["subject", "name", "address"])
@pytest.mark.parametrize("forged", ["\r\nBcc: all@example.org", "\nX-Evil: 1", "\u2028X-Evil: 1"])
def test_a_hostile_text_adds_no_header(case: Case, where: str, forged: str) -> None:
    message = outbound(case.address)
    message = message.model_copy(update={where: getattr(message, where) + forged})
    try:
        case.channel.send(message)
    except Rejected:
        assert not _something(case)
    else:  # only where it is data and no header
        assert isinstance(case.channel, WebhookChannel)


def _something(case: Case) -> bool:
    try:
        return bool(case.arrived())
    except FileNotFoundError:
        return False


def test_an_address_that_is_none_is_rejected(case: Case) -> None:
    for address in ("nobody", "a@b, c@d", "ftp://127.0.0.1/x", "http://[::1", "<a@example.org>"):
        with pytest.raises(Rejected):
            case.channel.send(outbound(address))


def test_many_threads_lose_nothing(case: Case) -> None:
    messages = [outbound(case.address, n=n, text=f"text {n}") for n in range(60)]
    with ThreadPoolExecutor(12) as pool:
        list(pool.map(case.channel.send, messages))
    assert sorted(one.key for one in case.arrived()) == sorted(one.key for one in messages)
    texts = {one.key: one.text.rstrip("\n") for one in case.arrived()}
    assert texts == {one.key: one.text for one in messages}


def test_closing_may_be_repeated(case: Case) -> None:
    case.channel.send(outbound(case.address))
    case.channel.close()
    case.channel.close()
    assert len(case.arrived()) == 1


def test_declares_its_limits(case: Case) -> None:
    assert {"subject", "text"} <= set(case.channel.limits)
    assert case.channel.name


# The mail itself


def test_a_mail_says_who_what_and_that_a_program_wrote_it(mail_sink: MailSink) -> None:
    message = outbound()
    smtp(mail_sink.url).send(message)
    [letter] = mail_sink.letters
    mail = parsed(letter.content)
    assert (letter.sender, letter.recipients) == ("desk@example.org", (message.address,))
    assert mail["From"].addresses[0].display_name == "服务台"
    assert mail["To"].addresses[0].display_name == "王小林"
    assert mail["To"].addresses[0].addr_spec == message.address
    assert mail["Message-ID"] == f"<{message.key}@example.org>"
    assert mail["References"] == mail["In-Reply-To"] == f"<{message.thread}@example.org>"
    assert mail["Reply-To"] == "replies@example.org"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["X-Auto-Response-Suppress"] == "All"
    assert mail["Content-Language"] == "zh"
    assert mail["X-Heliograph-Number"] == "INC-9527"
    assert mail["Date"].datetime == AT
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert all(len(line) <= 998 for line in letter.content.split(b"\r\n"))
    assert not mail.defects


@pytest.mark.parametrize(
    "name",
    [
        "Smith, Bob <b@evil.example>",
        '"quoted" \\ back',
        "=?utf-8?q?x?=",
        "a@b.example",
        "o" * 200,
        "王" * 200,
        "",
        "tab\tin it",
        "中, a@evil.example,",
    ],
)
def test_a_strange_name_stays_one_mailbox(name: str) -> None:
    wire = to_bytes(compose(outbound(name=name), LETTERHEAD))
    [only] = parsed(wire)["To"].addresses
    assert only.addr_spec == "wang.xiaolin@example.org"
    # Python 3.11 leaves the spaces between encoded words in, which RFC 2047 6.2 takes out.
    assert only.display_name.replace(" ", "") == name.replace("\t", " ").replace(" ", "")
    assert all(len(line) <= 998 for line in wire.split(b"\r\n"))


@pytest.mark.parametrize(
    "subject", ["x" * 5000, "工" * 2000, "=?utf-8?q?Bcc?=", "", "plain [INC-1]", "a\tb"]
)
def test_a_strange_subject_arrives_as_it_is(subject: str) -> None:
    wire = to_bytes(compose(outbound(subject=subject), LETTERHEAD))
    assert parsed(wire)["Subject"] == subject.replace("\t", " ")
    assert all(len(line) <= 998 for line in wire.split(b"\r\n"))


@pytest.mark.parametrize("text", TEXTS)
def test_a_mail_is_the_same_to_the_byte_on_every_attempt(text: str) -> None:
    for eight_bit in (False, True):
        wires = {
            to_bytes(compose(outbound(text=text), LETTERHEAD, eight_bit=eight_bit))
            for _ in range(3)
        }
        assert len(wires) == 1
        assert b"\n" not in wires.pop().replace(b"\r\n", b"")


@given(subject=st.text(max_size=300), name=st.text(max_size=100), text=st.text(max_size=300))
def test_no_text_at_all_adds_or_loses_a_header(subject: str, name: str, text: str) -> None:
    message = outbound(name="x", html=None).model_copy(
        update={"subject": subject, "name": name, "text": text}
    )
    try:
        wire = to_bytes(compose(message, LETTERHEAD))
    except Rejected:
        return
    head = wire.partition(b"\r\n\r\n")[0].replace(b"\r\n ", b" ").split(b"\r\n")
    assert [line.partition(b":")[0].decode() for line in head] == HEADERS
    assert [one.addr_spec for one in parsed(wire)["To"].addresses] == [message.address]


def test_a_lone_surrogate_is_rejected() -> None:
    broken = outbound().model_copy(update={"text": "\ud800"})
    with pytest.raises(Rejected):
        compose(broken, LETTERHEAD)


# SMTP


@pytest.mark.parametrize(
    ("mood", "error"),
    [
        ("later", Retryable),
        ("closing", Retryable),
        ("refuse_sender", Retryable),
        ("refuse", Rejected),
    ],
)
def test_a_relay_answers_by_its_code(
    mail_sink: MailSink, mood: str, error: type[ChannelError]
) -> None:
    channel = smtp(mail_sink.url)
    channel.send(outbound(n=1))
    mail_sink.mood = mood  # type: ignore[assignment]
    with pytest.raises(error):
        channel.send(outbound(n=2))
    mail_sink.mood = "take"
    channel.send(outbound(n=3))
    assert len(mail_sink.letters) == 2
    channel.close()


def test_one_connection_carries_many_mails_each_with_its_own_envelope(mail_sink: MailSink) -> None:
    channel = smtp(mail_sink.url)
    for n in range(5):
        channel.send(outbound(f"person{n}@example.org", n=n))
    channel.close()
    assert mail_sink.connections == 1
    assert [one.recipients for one in mail_sink.letters] == [
        (f"person{n}@example.org",) for n in range(5)
    ]


def test_connections_never_outnumber_the_pool(mail_sink: MailSink) -> None:
    channel = smtp(mail_sink.url, pool=2, timeout=5.0)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: channel.send(outbound(n=n)), range(40)))
    channel.close()
    assert mail_sink.connections <= 2
    assert len(mail_sink.letters) == 40


def test_a_relay_that_restarted_costs_nothing(mail_sink: MailSink) -> None:
    channel = smtp(mail_sink.url)
    channel.send(outbound(n=1))
    mail_sink.hang_up()
    channel.send(outbound(n=2))
    channel.close()
    assert len(mail_sink.letters) == 2


def test_an_idle_connection_is_asked_first(mail_sink: MailSink) -> None:
    channel = smtp(mail_sink.url, trusted=0.0)
    channel.send(outbound(n=1))
    channel.send(outbound(n=2))
    assert mail_sink.connections == 1
    mail_sink.hang_up()
    channel.send(outbound(n=3))
    assert (mail_sink.connections, len(mail_sink.letters)) == (2, 3)
    channel.close()


@pytest.mark.filterwarnings("ignore:Requiring AUTH")
def test_wrong_credentials_are_retryable_and_stay_secret() -> None:
    sink = MailSink(user="desk", password="right")
    try:
        for url in (f"smtp://desk:hunter2@127.0.0.1:{sink.port}", sink.url):
            with pytest.raises(Retryable) as failed:
                smtp(url).send(outbound())
            assert "hunter2" not in str(failed.value)
        smtp(f"smtp://desk:right@127.0.0.1:{sink.port}").send(outbound())
        assert len(sink.letters) == 1
    finally:
        sink.close()


def test_starttls_that_is_not_offered_is_retryable(mail_sink: MailSink) -> None:
    with pytest.raises(Retryable):
        smtp(f"smtp+starttls://127.0.0.1:{mail_sink.port}").send(outbound())
    assert mail_sink.letters == []


@pytest.mark.parametrize("offered", [True, False])
def test_an_address_outside_ascii_needs_smtputf8(offered: bool) -> None:
    sink = MailSink(smtputf8=offered)
    channel = smtp(sink.url)
    try:
        if not offered:
            with pytest.raises(Rejected):
                channel.send(outbound("王小林@example.org"))
        else:
            channel.send(outbound("王小林@example.org"))
            assert sink.letters[0].recipients == ("王小林@example.org",)
            assert "To: =?utf-8?b?546L5bCP5p6X?= <王小林@example.org>" in (
                sink.letters[0].content.decode()
            )
        channel.send(outbound(n=2))
    finally:
        channel.close()
        sink.close()


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://h",
        "smtp://",
        "smtp://h:port",
        "smtp://u:hunter2@h?starttls=off",
        "smtp://u:hunter2@h?starttls=maybe",
        "smtp://u:hunter2@h?x=1",
        "smtp://h?ca=/none",
    ],
)
def test_a_wrong_relay_is_refused_at_the_start_without_its_password(url: str) -> None:
    with pytest.raises(Misconfigured) as wrong:
        Relay.parse(url, timeout=1)
    assert "hunter2" not in str(wrong.value)


def test_a_password_never_travels_or_shows_in_clear_text() -> None:
    relay = Relay.parse("smtp://desk:hunter2@relay.example.org", timeout=1)
    assert relay.starttls == "required"
    assert "hunter2" not in repr(relay)
    assert "hunter2" not in relay.said(550, b"you said hunter2\r\nand more")


# Webhooks


def test_a_webhook_is_signed_and_carries_its_key(http_sink: HttpSink) -> None:
    message = outbound(http_sink.url)
    webhook(http_sink.host).send(message)
    [call] = http_sink.calls
    timestamp = str(int(AT.timestamp()))
    assert call.header("Idempotency-Key") == call.header("webhook-id") == message.key
    assert call.header("webhook-timestamp") == timestamp
    signed = f"{message.key}.{timestamp}.".encode() + call.body
    mac = hmac.new(SECRET.encode(), signed, hashlib.sha256).digest()
    assert call.header("webhook-signature") == "v1," + base64.b64encode(mac).decode()
    assert json.loads(call.body)["recipient"] == "王小林"


def test_a_secret_may_be_written_as_the_standard_does(http_sink: HttpSink) -> None:
    coded = "whsec_" + base64.b64encode(SECRET.encode()).decode()
    for secret in (SECRET, coded):
        webhook(http_sink.host, secret=secret).send(outbound(http_sink.url))
    first, second = http_sink.calls
    assert first.header("webhook-signature") == second.header("webhook-signature")
    for wrong in ("", "whsec_", "whsec_*"):
        with pytest.raises(Misconfigured):
            webhook(secret=wrong)


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 599])
def test_a_program_in_trouble_is_tried_again(http_sink: HttpSink, status: int) -> None:
    http_sink.answer = Answer(status=status, headers={"Retry-After": "17"})
    with pytest.raises(Retryable) as later:
        webhook(http_sink.host).send(outbound(http_sink.url))
    assert later.value.retry_after == 17
    assert "s3cret-path" not in str(later.value)


@pytest.mark.parametrize("status", [300, 301, 302, 307, 308, 400, 401, 403, 404, 410, 422])
def test_a_program_that_says_no_is_believed_and_never_followed(
    http_sink: HttpSink, status: int
) -> None:
    http_sink.answer = Answer(status=status, headers={"Location": http_sink.url})
    with pytest.raises(Rejected) as refused:
        webhook(http_sink.host).send(outbound(http_sink.url))
    assert len(http_sink.calls) == 1
    assert "s3cret-path" not in str(refused.value)


def test_only_hosts_on_the_list_are_called(http_sink: HttpSink) -> None:
    bare = "127.0.0.1"
    for hosts in ((), (bare,), ("localhost",), ("example.org", f"{bare}:1")):
        with pytest.raises(Rejected):
            webhook(*hosts).send(outbound(http_sink.url))
    channel = webhook(http_sink.host)
    port = http_sink.host.rpartition(":")[2]
    for url in (
        f"http://user:word@{http_sink.host}/",
        f"http://localhost:{port}/",
        f"http://{http_sink.host}.example.org/",
        f"http://example.org:80@{http_sink.host}/",
        "http://169.254.169.254/latest",
        f"http://0x7f000001:{port}/",
    ):
        with pytest.raises(Rejected):
            channel.send(outbound(url))
    assert http_sink.calls == []


def test_nobody_listening_is_retryable() -> None:
    host = f"127.0.0.1:{closed_port()}"
    with pytest.raises(Retryable):
        webhook(host).send(outbound(f"http://{host}/"))


def test_one_connection_carries_many_webhooks_whatever_is_answered(http_sink: HttpSink) -> None:
    channel = webhook(http_sink.host)
    for n in range(4):
        http_sink.answer = Answer(body=b"x" * (n * 1000))
        channel.send(outbound(http_sink.url, n=n))
    assert http_sink.connections == 1
    http_sink.answer = Answer(body=b"x" * 1_000_000)
    channel.send(outbound(http_sink.url, n=9))
    http_sink.answer = Answer()
    channel.send(outbound(http_sink.url, n=10))
    assert http_sink.connections == 2
    channel.close()


@pytest.mark.parametrize(
    ("named", "seconds"),
    [
        ("17", 17.0),
        (" 0 ", 0.0),
        ("Mon, 24 Aug 2026 10:03:11 GMT", 60.0),
        ("Mon, 24 Aug 2026 10:01:11 GMT", 0.0),
        ("soon", None),
        ("", None),
        ("-5", None),
        ("9" * 400, 999999999.0),
        ("٣", None),
    ],
)
def test_both_forms_of_retry_after_are_read(named: str, seconds: float | None) -> None:
    assert retry_after(named, AT) == seconds


# Files


def test_a_file_is_named_for_people(tmp_path: Path) -> None:
    message = outbound()
    FileChannel(tmp_path, LETTERHEAD).send(message)
    [file] = tmp_path.iterdir()
    key = message.key.removeprefix("msg_")[:8]
    assert file.name == f"2026-08-24T10-02-11_INC-9527_wang.xiaolin@example.org_{key}.eml"
    assert "您的工单" in file.read_text("utf-8")


def test_no_text_leads_a_file_out_of_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    hostile = outbound("../../e/v.il@example.org", number="../../../etc/passwd", key="../../k")
    FileChannel(folder, LETTERHEAD).send(hostile)
    assert [path.parent for path in tmp_path.rglob("*.eml")] == [folder]
    long = outbound("a" * 200 + "@example.org", number="n" * 200, key="k" * 200)
    FileChannel(folder, LETTERHEAD).send(long)
    assert len(os.listdir(folder)) == 2


def test_keys_that_end_alike_are_different_files() -> None:
    first, second = (outbound(key=f"{start}-00000001") for start in "ab")
    assert file_name(first) != file_name(second)
    assert file_name(first) != file_name(first.model_copy(update={"at": AT + timedelta(seconds=1)}))


def test_a_full_disk_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(Retryable, match="No space"):
            FileChannel(tmp_path, LETTERHEAD).send(outbound())
    assert os.listdir(tmp_path) == []
