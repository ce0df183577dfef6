"""What holds for every log there can be: nothing raises, nothing is lost in silence, no time is made up."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.drafting.conversation import NAMES, LogFile, ProblemKind, read

from .logs import NOW, PEOPLE, SHANGHAI, kinds, read_text

FEW = settings(max_examples=60, deadline=None)
WORD = st.text(alphabet="abcXYZ王晓琳崩了0123456789", min_size=1, max_size=12)
FRAGMENTS = st.sampled_from(
    [
        "[10:32] ", "10:32 ", "王晓琳", "Dave Smith", ": ", "：", "\n", "\n\n", "> ", "昨天 ", "2026-08-24 ",
        "8/24 10:32:11", "(10:32)", "On Mon, Aug 24, 2026 at 10:32 AM a <a@b.c> wrote:", "发件人: ", "Sent: ",
        "-----Original Message-----", "-- ", "「", "」", "- - - -", "\u202e", "\x00", "{", "[", '"ts"', "下午", "周一",
        "<div>", "</blockquote>", "From a@b Mon Aug 24 10:32:11 2026\n", "Content-Type: multipart/mixed; boundary=b\n\n--b\n",
    ]
)  # fmt: skip
MIXED = st.lists(st.one_of(FRAGMENTS, WORD), max_size=40).map("".join)
WORDS = r"[A-Za-z0-9]+|[\u4e00-\u9fff]+"
FORMAT = st.sampled_from([None, *NAMES])
FILE = st.sampled_from(["a.txt", "a.eml", "a.mbox", "a.json", "a.zip", "飞书.txt", "call.txt"])


@FEW
@given(content=st.one_of(st.binary(max_size=400), MIXED.map(str.encode)), name=FILE, given_=FORMAT)
def test_nothing_raises(content: bytes, name: str, given_: str | None) -> None:
    """Any octets, by any name, as any format; the lines are numbered and sound."""
    conversation = read_text(content, name, given=given_)
    assert [line.n for line in conversation.lines] == list(range(1, len(conversation.lines) + 1))
    for line in conversation.lines:
        assert line.text.strip()
        assert line.at is None or line.at.utcoffset() == timedelta(0)
    assert conversation.lines or conversation.problems


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.floats(), st.integers(), WORD),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.sampled_from(
                ["ts", "text", "user", "type", "id", "profile", "value", "createdDateTime", "from", "body", "content",
                 "messageType", "files", "attachments", "notes", "conversations", "created_time", "description",
                 "created_by", "display_value", "request", "MessageList", "subject", "contentType"]
            ),
            inner,
            max_size=6,
        ),
    ),
    max_leaves=25,
)  # fmt: skip


@FEW
@given(document=JSON, cut=st.integers(0, 30), given_=FORMAT)
def test_no_export_raises(document: object, cut: int, given_: str | None) -> None:
    """Any values where others are expected, whole or broken off."""
    text = json.dumps(document)
    found = read_text(text[: len(text) - cut], "a.json", given=given_)
    assert all(line.text for line in found.lines)


@FEW
@given(text=MIXED)
def test_no_word_of_a_text_is_lost(text: str) -> None:
    """Each is in a line's text, its speaker, or its time as it was written."""
    for given_ in ("plain", "mail_text", "call_notes"):
        conversation = read_text(text, given=given_)
        kept = "\n".join(
            f"{line.speaker}\n{line.at_as_written}\n{line.text}" for line in conversation.lines
        )
        lost = set(re.findall(WORDS, text.replace("\u202e", "").replace("\x00", ""))) - set(
            re.findall(WORDS, kept)
        )
        assert not lost, given_


MOMENT = st.integers(0, 200_000_000).map(
    lambda n: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=n)
)
"""As a wall in Shanghai shows it, whatever its zone says here."""


@FEW
@given(
    moments=st.lists(MOMENT, min_size=1, max_size=8),
    form=st.sampled_from(["%Y-%m-%d %H:%M:%S", "%Y年%m月%d日 %H:%M:%S", "%B %d, %Y %I:%M:%S %p"]),
)
def test_a_whole_time_comes_back_as_it_was(moments: list[datetime], form: str) -> None:
    """By the wall of the reader, in the order of time."""
    text = "\n".join(f"[{moment.strftime(form)}] 王晓琳: {n}" for n, moment in enumerate(moments))
    conversation = read_text(text)
    told = [
        line.at.astimezone(SHANGHAI).replace(tzinfo=UTC) for line in conversation.lines if line.at
    ]
    assert told == sorted(moments)


@FEW
@given(text=MIXED, hour=st.integers(0, 23), minute=st.integers(0, 59))
def test_no_time_is_made_up(text: str, hour: int, minute: int) -> None:
    """Each moment shows the figures that were written for it, and none is there where none was written."""
    conversation = read_text(f"[{hour:02}:{minute:02}] 王晓琳: x\n{text}", given="plain")
    for line in conversation.lines:
        if line.at is None:
            continue
        local = line.at.astimezone(SHANGHAI)
        figures = {int(figure) % 12 for figure in re.findall(r"\d{1,2}", line.at_as_written)}
        assert {
            local.hour % 12,
            local.minute % 12 if local.minute < 12 else local.hour % 12,
        } <= figures | {0}
        assert f"{local.minute:02}" in line.at_as_written


@FEW
@given(later=st.integers(0, 10_000), rows=st.integers(1, 30))
def test_a_bare_clock_never_lies_ahead(later: int, rows: int) -> None:
    """A log without a date ends at or before the moment of reading, and rises."""
    now = NOW + timedelta(minutes=later)
    text = "\n".join(f"[{n * 37 // 60 % 24:02}:{n * 37 % 60:02}] a: x" for n in range(rows))
    file = LogFile(name="a.txt", content=text.encode())
    times = [
        line.at for line in read([file], now=now, zone=SHANGHAI, people=PEOPLE).lines if line.at
    ]
    assert len(times) == rows
    assert times == sorted(times)
    assert times[-1] <= now + timedelta(minutes=5)


@FEW
@given(size=st.integers(0, 60), word=WORD)
def test_the_newest_words_are_always_kept(size: int, word: str) -> None:
    rows = [
        f"[2026-08-{1 + n // 1440:02} {n // 60 % 24:02}:{n % 60:02}] a: {word}{n}"
        for n in range(size)
    ]
    rows.append(f"[2026-08-24 11:00] a: {word} last")
    conversation = read_text("\n".join(rows))
    assert conversation.lines[-1].text == f"{word} last"
    assert ProblemKind.DROPPED not in kinds(conversation)
    assert len(conversation.lines) == size + 1


def test_the_same_log_gives_the_same_conversation() -> None:
    """Law 13: reading has no clock and no chance of its own."""
    text = "[10:32] 王晓琳: 又崩了\n[10:35] Dave Smith: looking\n"
    assert read_text(text) == read_text(text)
    assert read_text(text, now=datetime(2026, 8, 25, 4, 0, tzinfo=UTC)) != read_text(text)
