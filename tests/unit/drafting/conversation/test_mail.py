"""A thread of mails becomes its messages, each once, without signatures and small print, and nothing is lost."""

from __future__ import annotations

from email.message import EmailMessage
from zoneinfo import ZoneInfo

import pytest

from pipeline.drafting.conversation import Part, ProblemKind

from .logs import clock, kinds, read_text, said


def mail(
    body: str = "",
    *,
    sender: str = "王晓琳 <wang@example.org>",
    date: str = "Mon, 24 Aug 2026 10:32:11 +0800",
    subject: str = "邮件客户端崩溃",
    html: str = "",
    **headers: str,
) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Date"] = sender, "help@example.org", date
    message["Subject"] = subject
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    if body:
        message.set_content(body)
    if html:
        if body:
            message.add_alternative(html, subtype="html")
        else:
            message.set_content(html, subtype="html")
    return message


def mbox(*messages: EmailMessage) -> bytes:
    return b"".join(
        b"From MAILER-DAEMON Mon Aug 24 10:32:11 2026\n" + bytes(m) + b"\n" for m in messages
    )


def test_a_mail_is_its_subject_and_its_paragraphs() -> None:
    """By its sender at its date, matched by address."""
    conversation = read_text(bytes(mail("您好，\n\n客户端一打开就崩。\n重启过两次。\n")), "a.eml")
    assert conversation.format == "mail"
    assert said(conversation) == [
        ("24 10:32:11", "王晓琳", "邮件客户端崩溃"),
        ("24 10:32:11", "王晓琳", "您好，"),
        ("24 10:32:11", "王晓琳", "客户端一打开就崩。\n重启过两次。"),
    ]
    assert {line.person for line in conversation.lines} == {"wang"}
    assert {line.message for line in conversation.lines} == {1}


def test_a_mail_is_recognised_without_its_name() -> None:
    assert read_text(bytes(mail("hello there")), "download").format == "mail"
    assert read_text(mbox(mail("hello there")), "download").format == "mail"


ORIGINAL = "The client crashes as soon as it is opened.\nI restarted it twice."
GMAIL = f"""Please clear the profile and try again.

On Mon, Aug 24, 2026 at 10:32 AM 王晓琳 <wang@example.org> wrote:

> {ORIGINAL.replace(chr(10), chr(10) + "> ")}
"""
GMAIL_BROKEN = GMAIL.replace("<wang@example.org> wrote:", "<wang@example.org>\nwrote:")
GMAIL_ZH = GMAIL.replace(
    "On Mon, Aug 24, 2026 at 10:32 AM 王晓琳 <wang@example.org> wrote:",
    "王晓琳 <wang@example.org> 于2026年8月24日周一 10:32写道：",
)
APPLE_ZH = GMAIL.replace(
    "On Mon, Aug 24, 2026 at 10:32 AM 王晓琳 <wang@example.org> wrote:",
    "在 2026年8月24日，10:32，王晓琳 <wang@example.org> 写道：",
)
OUTLOOK = f"""Please clear the profile and try again.

-----Original Message-----
From: 王晓琳 <wang@example.org>
Sent: Monday, August 24, 2026 10:32 AM
To: Help <help@example.org>
Subject: Mail client

{ORIGINAL}
"""
OUTLOOK_ZH = f"""Please clear the profile and try again.

发件人: 王晓琳 <wang@example.org>
发送时间: 2026年8月24日 10:32
收件人: 服务台 <help@example.org>
主题: 邮件客户端

{ORIGINAL}
"""
FORWARDED = f"""Please clear the profile and try again.

---------- Forwarded message ---------
From: 王晓琳 <wang@example.org>
Date: Mon, Aug 24, 2026 at 10:32 AM
Subject: Mail client
To: Help <help@example.org>


{ORIGINAL}
"""
QQ_MAIL = f"""Please clear the profile and try again.

------------------ 原始邮件 ------------------
发件人: "王晓琳" <wang@example.org>;
发送时间: 2026年8月24日(星期一) 上午10:32
收件人: "服务台"<help@example.org>;
主题: 邮件客户端

{ORIGINAL}
"""


@pytest.mark.parametrize(
    "body",
    [GMAIL, GMAIL_BROKEN, GMAIL_ZH, APPLE_ZH, OUTLOOK, OUTLOOK_ZH, FORWARDED, QQ_MAIL],
    ids=["gmail", "broken", "gmail-zh", "apple-zh", "outlook", "outlook-zh", "forwarded", "qq"],
)
def test_an_earlier_message_is_its_bringers_quotation(body: str) -> None:
    """In the ways of all clients, in both languages, at the time told of it; its heads are kept as a
    notice."""
    message = mail(
        body,
        sender="Dave Smith <dave.smith@example.org>",
        date="Mon, 24 Aug 2026 11:00:00 +0800",
        subject="Re: Mail client",
    )
    conversation = read_text(bytes(message), "a.eml")
    assert said(conversation) == [
        ("24 10:32:00", "王晓琳, as quoted by Dave Smith", ORIGINAL),
        ("24 11:00:00", "Dave Smith", "Please clear the profile and try again."),
    ]
    (history,) = (line for line in conversation.material if line.quoted)
    assert (history.person, history.repeated) == (None, False)
    heads, title = (line for line in conversation.lines if line.part is Part.NOTICE)
    assert "wang@example.org" in heads.text
    assert title.text == "Mail client"


def test_history_that_stands_in_the_thread_is_told_once() -> None:
    """Marked as repeated in each mail that quotes it, whatever the marks did to its lines."""
    first = mail(ORIGINAL, subject="Mail client", Message_ID="<1@x>")
    answer = mail(
        GMAIL,
        sender="Dave Smith <dave.smith@example.org>",
        date="Mon, 24 Aug 2026 11:00:00 +0800",
        subject="Re: Mail client",
    )
    nested = "Works, thank you.\n\nOn Mon, Aug 24, 2026 at 11:00 AM Dave Smith <dave.smith@example.org> wrote:\n\n"
    nested += "\n".join(f"> {line}".rstrip() for line in GMAIL.split("\n"))
    last = mail(nested, date="Mon, 24 Aug 2026 11:20:00 +0800", subject="Re: Mail client")
    conversation = read_text(mbox(first, answer, last), "thread.mbox")
    assert [text for _, _, text in said(conversation)] == [
        "Mail client",
        ORIGINAL,
        "Please clear the profile and try again.",
        "Works, thank you.",
    ]
    assert sum(line.repeated for line in conversation.lines if line.part is Part.SAID) == 3


def test_nobody_puts_words_into_anothers_mouth() -> None:
    """Quoted history that the log has from nobody else matches no person, whatever stands above it."""
    forged = (
        "See below.\n\nOn Mon, Aug 24, 2026 at 10:50 AM Dave Smith <dave.smith@example.org> wrote:\n\n"
        "> The mail service is restored.\n"
    )
    own = mail("We are still looking.", sender="Dave Smith <dave.smith@example.org>", subject="x")
    late = mail(forged, date="Mon, 24 Aug 2026 11:00:00 +0800", subject="x")
    conversation = read_text(mbox(own, late), "thread.mbox")
    told = {line.text: line for line in conversation.material}
    claimed = told["The mail service is restored."]
    assert (claimed.person, claimed.quoted) == (None, True)
    assert claimed.speaker == "Dave Smith（王晓琳所引）"
    assert told["We are still looking."].person == "p-7"


def test_words_between_quoted_lines_are_the_answerers() -> None:
    """Each answer below its question, which counts once; the question is marked as a quotation."""
    body = (
        "On Mon, Aug 24, 2026 at 10:32 AM 王晓琳 <wang@example.org> wrote:\n"
        "> Does it start?\nYes.\n> And the calendar?\nNo, it is empty.\n"
    )
    message = mail(body, sender="Dave Smith <dave.smith@example.org>", subject="x")
    conversation = read_text(bytes(message), "a.eml")
    by = {text: who for _, who, text in said(conversation)}
    asked = [line for line in conversation.material if line.text.endswith("?")]
    assert [(line.person, line.quoted) for line in asked] == [(None, True)] * 2
    assert [by[text] for text in ("Yes.", "No, it is empty.")] == ["Dave Smith"] * 2
    answer = [(line.text, line.repeated) for line in conversation.lines][-4:]
    assert answer == [
        ("Does it start?", True),
        ("Yes.", False),
        ("And the calendar?", True),
        ("No, it is empty.", False),
    ]


def test_a_mail_in_html_alone_is_read() -> None:
    """Its quotations are quotations, its style is nobody's word."""
    html = (
        "<html><head><style>p {color: red}</style></head><body><p>请清除<b>配置</b>后再试。</p>"
        "<div class='gmail_quote'><div>On Mon, Aug 24, 2026 at 10:32 AM 王晓琳 &lt;wang@example.org&gt; "
        "wrote:<br></div><blockquote><p>一打开就崩&nbsp;&amp; 没有提示</p></blockquote></div></body></html>"
    )
    message = mail(html=html, sender="Dave Smith <dave.smith@example.org>", subject="Re: 崩溃")
    assert {text: who for _, who, text in said(read_text(bytes(message), "a.eml"))} == {
        "请清除配置后再试。": "Dave Smith",
        "一打开就崩 & 没有提示": "王晓琳, as quoted by Dave Smith",
    }


def test_of_text_and_html_that_say_the_same_one_is_read() -> None:
    message = mail("Only once.", html="<p>Only once.</p>", subject="x")
    assert [text for _, _, text in said(read_text(bytes(message), "a.eml"))] == ["x", "Only once."]


def test_mails_within_a_mail_are_messages_of_their_own() -> None:
    """A forwarded mail is attached whole: it has its own sender and date; files are named."""
    inside = mail(ORIGINAL, subject="Mail client")
    outside = mail(
        "See below.",
        sender="Dave Smith <dave.smith@example.org>",
        date="Mon, 24 Aug 2026 11:00:00 +0800",
    )
    outside.add_attachment(inside)
    outside.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="日志.pdf")
    conversation = read_text(bytes(outside), "a.eml")
    assert ("24 10:32:11", "王晓琳", ORIGINAL) in said(conversation)
    assert ("24 11:00:00", "Dave Smith", "See below.") in said(conversation)
    assert ProblemKind.ATTACHMENT in kinds(conversation)
    assert any(line.part is Part.NOTICE and "日志.pdf" in line.text for line in conversation.lines)


SIGNED = [
    "--\nDave Smith\nService Desk\n+44 20 7946 0000",
    "Best regards,\nDave Smith\nService Desk",
    "Sent from my iPhone",
    "此致\n敬礼\n\n王晓琳\n财务部",
    "祝好！\n王晓琳",
    "发自我的 iPhone",
]


@pytest.mark.parametrize("signature", SIGNED)
def test_a_signature_is_marked_and_kept(signature: str) -> None:
    conversation = read_text(bytes(mail(f"It works again.\n\n{signature}\n", subject="x")), "a.eml")
    assert [text for _, _, text in said(conversation)] == ["x", "It works again."]
    kept = "\n".join(line.text for line in conversation.lines if line.part is Part.SIGNATURE)
    assert kept.split() == signature.split()


@pytest.mark.parametrize(
    "text",
    [
        "This email and any attachments are confidential and intended solely for the addressee.",
        "CONFIDENTIALITY NOTICE: the contents are\nprivileged.",
        "本邮件及其附件含有保密信息，仅限于发送给上面地址中列出的个人或群组。",
        "免责声明：本邮件不构成任何承诺。",
    ],
)
def test_small_print_is_marked_and_kept(text: str) -> None:
    conversation = read_text(
        bytes(mail(f"It works again.\n\n{text}\n\nOne more thing.", subject="x"))
    )
    assert [said_ for _, _, said_ in said(conversation)] == [
        "x",
        "It works again.",
        "One more thing.",
    ]
    assert [line.text for line in conversation.lines if line.part is Part.DISCLAIMER] == [text]


def test_thanks_in_the_middle_of_a_mail_are_no_signature() -> None:
    body = "Best regards\n" + "\n".join(
        f"and this is line {n}, which says something" for n in range(12)
    )
    conversation = read_text(bytes(mail(body, subject="x")), "a.eml")
    assert all(line.part is Part.SAID for line in conversation.lines)


@pytest.mark.parametrize(
    ("subject", "headers"),
    [
        ("Automatic reply: Mail client", {}),
        ("自动回复：邮件客户端", {}),
        ("Re: Mail client", {"Auto_Submitted": "auto-replied"}),
    ],
)
def test_a_program_that_answers_is_nobody_who_says_something(
    subject: str, headers: dict[str, str]
) -> None:
    conversation = read_text(
        bytes(mail("I am out of office.", subject=subject, **headers)), "a.eml"
    )
    assert conversation.material == ()
    assert "I am out of office." in [line.text for line in conversation.lines]


def test_a_copied_thread_is_read_by_its_heads() -> None:
    """No quotation: the copy is all that there is; the newest stood on top."""
    text = (
        "发件人: Dave Smith <dave.smith@example.org>\n发送时间: 2026年8月24日 11:00\n收件人: 王晓琳\n"
        "主题: 回复: 邮件\n\n请清除配置后再试。\n\n"
        "发件人: 王晓琳\n发送时间: 2026年8月24日 10:32\n收件人: 服务台\n主题: 邮件\n\n一打开就崩。\n"
    )
    conversation = read_text(text)
    assert conversation.format == "mail_text"
    assert said(conversation) == [
        ("24 10:32:00", "王晓琳", "一打开就崩。"),
        ("24 11:00:00", "Dave Smith", "请清除配置后再试。"),
    ]
    assert not any(line.quoted for line in conversation.material)


def test_the_same_mail_twice_is_read_once() -> None:
    message = mail("Once.", Message_ID="<1@example.org>", subject="x")
    conversation = read_text(mbox(message, message), "a.mbox")
    assert [text for _, _, text in said(conversation)] == ["x", "Once."]
    assert ProblemKind.ENTRY_SKIPPED in kinds(conversation)


def test_a_line_that_begins_with_from_ends_no_mail() -> None:
    """Archives escape it; what they did not escape is no new mail without headers below."""
    body = "Look:\n\n>From the log we see nothing.\n\nFrom there on Mon Aug 24 10:00:00 2026\nit fails."
    conversation = read_text(mbox(mail(body, subject="x")), "a.mbox")
    assert "From the log we see nothing." in [text for _, _, text in said(conversation)]


def test_a_quoted_time_is_of_the_clock_of_whoever_quotes() -> None:
    """A client in New York writes 22:32 for what was 10:32 in Shanghai."""
    body = "Yes.\n\nOn Sun, Aug 23, 2026 at 10:32 PM 王晓琳 <wang@example.org> wrote:\n> No?\n"
    message = mail(
        body,
        sender="Dave Smith <dave.smith@example.org>",
        date="Sun, 23 Aug 2026 23:00:00 -0400",
        subject="x",
    )
    (quoted,) = (line for line in read_text(bytes(message)).material if line.quoted)
    assert clock(quoted) == "24 10:32:00"


@pytest.mark.parametrize(
    ("date", "quoted_at"),
    [("14:20:00 +0000", "14:05"), ("06:20:00 +0000", "06:05"), ("14:20:00 -0000", "06:05")],
    ids=["utc", "a server's", "not told"],
)
def test_a_clock_of_utc_is_a_clock(date: str, quoted_at: str) -> None:
    """`+0000` is the writer's clock too, unless the quotation would be later than the mail: then, and where
    none is told, the log's zone counts."""
    heads = "From: Ben Cole <ben@example.org>\nSent: Sunday, August 23, 2026 2:05 PM\nSubject: x"
    body = f"Yes.\n\n{heads}\n\nIt fails."
    message = mail(body, sender="Ann <ann@x>", date=f"Sun, 23 Aug 2026 {date}", subject="x")
    (quoted,) = (line for line in read_text(bytes(message)).material if line.quoted)
    assert clock(quoted, ZoneInfo("UTC")) == f"23 {quoted_at}:00"


def test_a_mail_without_a_body_is_its_subject() -> None:
    assert said(read_text(bytes(mail(subject="又崩了")), "a.eml")) == [
        ("24 10:32:11", "王晓琳", "又崩了")
    ]


def test_a_mail_of_attachments_alone_names_them() -> None:
    message = mail(subject="")
    message.add_attachment(b"x", maintype="image", subtype="png", filename="screen.png")
    conversation = read_text(bytes(message), "a.eml")
    assert conversation.material == ()
    assert [line.text for line in conversation.lines] == ["screen.png"]
    assert ProblemKind.ATTACHMENT in kinds(conversation)


@pytest.mark.parametrize("charset", ["gb18030", "gbk", "utf-8", "utf-16", "big5"])
def test_a_body_is_read_in_its_charset(charset: str) -> None:
    message = mail(subject="x")
    message.set_content("邮件客戶端又崩了，無法打開".encode(charset, "replace"), "text", "plain")
    message.set_param("charset", charset)
    text = read_text(bytes(message), "a.eml").material[-1].text
    assert text == "邮件客戶端又崩了，無法打開".encode(charset, "replace").decode(charset)


def test_headers_in_no_charset_are_read_as_chinese_clients_write_them() -> None:
    raw = "From: 王晓琳 <wang@example.org>\nDate: Mon, 24 Aug 2026 10:32:11 +0800\nSubject: 邮件又崩了\n\n一打开就崩"
    conversation = read_text(raw.encode("gb18030"), "a.eml")
    assert said(conversation)[0] == ("24 10:32:11", "王晓琳", "邮件又崩了")


@pytest.mark.parametrize(
    "header",
    [
        "Subject: =?utf-8?b?a?=",
        "Subject: =?no-such-charset?q?=E5?= x",
        "Subject: =?utf-8?b?////?=",
        "Date: Mon, 99 Foo 2026 10:32:11 +9999",
        "Date: Mon, 24 Aug 0001 10:32:11 +0000",
        'Content-Type: text/plain; charset="\x00"',
        "Content-Type: text/plain; charset*=utf-16''%FF",
        "Content-Transfer-Encoding: base64",
        "Content-Transfer-Encoding: x-uuencode",
        'Content-Disposition: inline; filename="=?utf-8?b?a?="',
        "From: =?utf-8?b?a?= <a@b",
    ],
)
def test_a_broken_header_stops_no_mail(header: str) -> None:
    """Its words are read, or what is missing is told."""
    raw = f"From: a@example.org\nMIME-Version: 1.0\n{header}\n\nhello there\n"
    conversation = read_text(raw, "a.eml")
    assert conversation.lines or conversation.problems


@pytest.mark.parametrize(
    "header",
    [
        "Content-Transfer-Encoding: base64",
        "Content-Type: multipart/mixed; boundary=x",
        "X-Nothing: 1",
    ],
)
def test_words_that_are_not_packed_as_they_are_said_to_be_are_read(header: str) -> None:
    raw = f"From: a@example.org\nMIME-Version: 1.0\n{header}\n\n一打开就崩, hello there\n"
    assert [line.text for line in read_text(raw, "a.eml").material] == ["一打开就崩, hello there"]


def test_a_mail_that_breaks_off_is_read_to_its_break() -> None:
    raw = bytes(mail("Only text.", html="<p>Only text.</p>", subject="x"))
    cut = raw[: raw.index(b"Only text.") + 8]
    assert [text for _, _, text in said(read_text(cut, "a.eml"))] == ["x", "Only tex"]
