"""Large and hostile logs end in time, and what is too much goes from the oldest end, counted."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import datetime, timedelta
from time import process_time

import pytest

from pipeline.drafting.conversation import LogFile, ProblemKind, read
from pipeline.drafting.conversation.lines import MOST_LINES

from .logs import NOW, PEOPLE, SHANGHAI, kinds, read_text

SLOW = 10.0
"""Seconds of computing that a hostile log may take; without bounds each of these takes minutes."""


def chat(lines: int) -> str:
    names = ("王晓琳", "Dave Smith", "Li Lei")
    return "2026-08-20\n" + "".join(
        f"[{n // 3600 % 24:02}:{n // 60 % 60:02}:{n % 60:02}] {names[n % 3]}: 第 {n} 条，profile service restarted\n"
        for n in range(lines)
    )


def seconds(content: bytes, name: str = "log.txt", given: str | None = None) -> float:
    begun = process_time()
    read([LogFile(name=name, content=content)], now=NOW, zone=SHANGHAI, people=PEOPLE, given=given)
    return process_time() - begun


def test_the_oldest_lines_give_way_and_are_counted() -> None:
    """The newest is there; the numbers tell how many stood before."""
    conversation = read_text(chat(MOST_LINES + 500))
    assert len(conversation.lines) == MOST_LINES
    assert conversation.lines[-1].text.startswith(f"第 {MOST_LINES + 499} 条")
    assert conversation.dropped == 501  # the date line among them
    assert conversation.lines[0].n == 502
    assert ProblemKind.DROPPED in kinds(conversation)


def test_the_newest_of_a_log_that_runs_down_are_kept() -> None:
    """It is put in order before anything is dropped."""
    rows = chat(MOST_LINES + 500).split("\n")
    conversation = read_text("\n".join([rows[0], *reversed(rows[1:])]))
    assert conversation.lines[-1].text.startswith(f"第 {MOST_LINES + 499} 条")


def test_a_huge_line_is_kept_in_pieces() -> None:
    """None of its words is lost."""
    words = " ".join(f"word{n}" for n in range(100_000))
    conversation = read_text(f"[2026-08-24 10:32] 王晓琳: {words}")
    assert len(conversation.lines) > 200
    assert " ".join(line.text for line in conversation.lines) == words


HOSTILE = {
    "spaces": b"[2026-08-24 10:32] a: " + b" " * 3_000_000 + b"x",
    "one line": b"a" * 5_000_000,
    "colons": b":" * 2_000_000,
    "brackets": b"[" * 1_000_000,
    "parens": b"a (" * 500_000,
    "figures": b"1" * 2_000_000,
    "dates": b"2026-08-24 " * 200_000,
    "dashes": b"- " * 1_000_000,
    "marks": (b">" * 5_000 + b" x\n") * 200,
    "deep marks": b"".join(b">" * (n % 80) + b" x\n" for n in range(30_000)),
    "heads": b"From: a\nSent: b\nTo: c\nSubject: d\n\n" * 10_000,
    "wrote": b"On Mon, Aug 24, 2026 at 10:32 AM a <a@b.c> wrote:\n" * 20_000,
    "on": b"On " * 300_000,
    "corner": "「".encode() * 500_000,
    "names": b"Jane Doe 10:32\n" * 40_000,
    "empty lines": b"\n" * 5_000_000,
    "wide": "王".encode() * 1_000_000,
    "addresses": b"a@" * 500_000,
    "lists": b"[" * 200_000 + b"]" * 200_000,
    "archive": (b"From a " + b"1" * 90 + b"x\n") * 20_000,
    "gaps": b"10:32 " + b" ( " * 500_000 + b"\n" + b"[10:32] " + b" \t" * 1_000_000 + b")",
    "objects": b'{"a":' * 100_000,
}


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("given", [None, "mail_text", "mail"])
def test_no_text_keeps_a_reader_busy(kind: str, given: str | None) -> None:
    """Regular expressions, nesting and sums of pieces are bounded."""
    assert seconds(HOSTILE[kind], given=given) < SLOW


def test_no_mail_keeps_a_reader_busy() -> None:
    """Parts within parts, mails within mails, and HTML without end."""
    nested = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(3_000)
    )
    mails = b"Content-Type: message/rfc822\n\n" * 3_000
    page = b"Content-Type: text/html\n\n" + b"<div>" * 300_000
    many = b'Content-Type: multipart/mixed; boundary="b"\n\n' + b"--b\n\nx\n" * 50_000
    for body in (nested, mails, page, many):
        assert seconds(b"From: a@b.c\nMIME-Version: 1.0\n" + body, "a.eml") < SLOW


@pytest.mark.parametrize("down", [False, True])
def test_a_log_that_is_far_too_long_is_read_from_its_newest_end(down: bool) -> None:
    """Whichever end that is. A clock whose date stood above the cut is of no known day."""
    first = datetime(2026, 8, 1, tzinfo=SHANGHAI)
    rows = [f"[{first + timedelta(seconds=n):%Y-%m-%d %H:%M:%S}] a: {n}" for n in range(45_000)]
    conversation = read_text("\n".join([*rows[::-1]] if down else rows))
    assert conversation.lines[-1].text == "44999"
    assert conversation.dropped == 35_000
    clocks = read_text("2020-01-01\n" + "[10:32] a: x\n" * 41_000)
    assert {line.at for line in clocks.lines} == {None}


def test_very_many_messages_and_mails_are_read_from_their_newest() -> None:
    messages = [
        {"ts": f"{1787538731 - n}.0002", "user": "U1", "text": f"{n}"} for n in range(50_000)
    ]
    content = json.dumps(messages).encode()
    conversation = read_text(content, "2026-08-24.json")
    assert (conversation.lines[-1].text, conversation.dropped) == ("0", 40_000)
    many = b"From a@b Mon Aug 24 10:32:11 2026\nFrom: a@b.c\n\nx\n\n" * 40_000
    assert seconds(many, "a.mbox") < SLOW


def test_a_zip_bomb_is_not_unpacked() -> None:
    """Neither one that says how large it is nor very many files."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mail/1.txt", b"0" * 200_000_000)
        archive.writestr("mail/2.txt", "[2026-08-24 10:32] 王晓琳: 又崩了".encode())
    conversation = read_text(target.getvalue(), "logs.zip")
    assert [line.text for line in conversation.lines] == ["又崩了"]
    assert ProblemKind.TOO_LARGE in kinds(conversation)


def test_a_zip_that_lies_of_its_size_is_told() -> None:
    """The header says ten octets: reading stops, and nothing raises."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"0" * 1_000_000)
    content = target.getvalue().replace(
        (1_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little")
    )
    assert ProblemKind.UNREADABLE in kinds(read_text(content, "logs.zip"))


def test_a_file_beyond_all_bounds_is_refused_by_its_size() -> None:
    conversation = read_text(b"x" * 21_000_000)
    assert conversation.lines == ()
    assert kinds(conversation) == {ProblemKind.TOO_LARGE}


def test_ten_thousand_lines_are_read_in_about_a_second() -> None:
    """Half a second of computing where this was measured; three times as much is a fault."""
    content = chat(10_000).encode()
    assert min(seconds(content) for _ in range(2)) < 1.5


def test_an_export_of_ten_thousand_is_read_in_time() -> None:
    messages = [
        {"ts": f"{1787538731 + n}.0002", "user": "U1", "text": f"line {n} &amp; more"}
        for n in range(10_000)
    ]
    assert seconds(json.dumps(messages).encode(), "2026-08-24.json") < SLOW
