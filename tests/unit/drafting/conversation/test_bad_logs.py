"""Nothing that a log can be stops a reader: there are lines, or there is a problem that says why not."""

from __future__ import annotations

from datetime import datetime
from random import Random

import pytest

import prompts
from pipeline.drafting.conversation import LogFile, Part, ProblemKind, read
from pipeline.drafting.conversation.line import Problem
from pipeline.drafting.reasons import Reasons

from .logs import NOW, SHANGHAI, kinds, read_text, said


@pytest.mark.parametrize(
    "content", [b"", b" \n\t\r\n", b"\x00\x00", b"\xef\xbb\xbf", "\u200b\n\u202e".encode()]
)
def test_an_empty_log_is_told(content: bytes) -> None:
    conversation = read_text(content)
    assert conversation.lines == ()
    assert ProblemKind.EMPTY in kinds(conversation)


@pytest.mark.parametrize("given", [None, "plain"])
def test_a_program_or_a_picture_is_no_log_whatever_it_is_called(given: str | None) -> None:
    """Of its octets any characters could be made, and each would be read as somebody's words."""
    conversation = read_text(Random(7).randbytes(200_000), given=given)
    assert (conversation.lines, kinds(conversation)) == ((), {ProblemKind.UNKNOWN_FORMAT})


@pytest.mark.parametrize(
    "encoding", ["utf-8", "gb18030", "utf-16", "utf-16-le", "big5", "shift_jis"]
)
def test_what_terminals_and_encodings_leave_in_a_log_makes_it_no_program(encoding: str) -> None:
    """Colours, bells, and the NULs of a file that was cut while somebody wrote to it."""
    words = "[10:32] Chen Li: \x1b[31mmbx-07 down\x1b[0m\x07 一二三\n" * 20
    for content in (words.encode(encoding), bytes(4_000) + words.encode(encoding)):
        assert "mbx-07 down" in str(said(read_text(content)))


def test_no_file_at_all_is_an_empty_log() -> None:
    conversation = read([], now=NOW, zone=SHANGHAI)
    assert (conversation.lines, kinds(conversation)) == ((), {ProblemKind.EMPTY})


def test_one_line_is_a_conversation() -> None:
    assert said(read_text("王晓琳：又崩了")) == [("-", "王晓琳", "又崩了")]


def test_free_text_is_kept_as_it_is() -> None:
    """Nobody, no time, two paragraphs."""
    conversation = read_text("The vendor called back.\nThey found it.\n\nNothing else is known.")
    assert said(conversation) == [
        ("-", "", "The vendor called back.\nThey found it."),
        ("-", "", "Nothing else is known."),
    ]
    assert kinds(conversation) == {ProblemKind.NO_TIMES, ProblemKind.NO_SPEAKERS}


def test_a_message_without_words_is_told_as_it_stands() -> None:
    """Who said nothing, and when, is not lost."""
    conversation = read_text("[2026-08-24 10:32] 王晓琳:\n[2026-08-24 10:35] Dave Smith: looking\n")
    assert [(line.part, line.speaker) for line in conversation.lines] == [
        (Part.NOTICE, "王晓琳"),
        (Part.SAID, "Dave Smith"),
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04broken",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3",
        b"\xff" * 100,
    ],
)
def test_what_is_no_log_raises_nothing(content: bytes) -> None:
    conversation = read_text(content, "file.bin")
    assert conversation.lines or conversation.problems


@pytest.mark.parametrize(
    "name", ["", "/", "..", "a" * 5_000, "\x00.eml", "日志.txt", "a/b\\c.json"]
)
def test_any_name_will_do(name: str) -> None:
    assert read_text("[2026-08-24 10:32] 王晓琳: 又崩了", name).problems is not None


def test_a_naive_moment_and_an_unknown_format_are_the_callers_fault() -> None:
    file = LogFile(name="a.txt", content=b"x")
    with pytest.raises(ValueError, match="needs its zone"):
        read([file], now=datetime(2026, 8, 24), zone=SHANGHAI)  # noqa: DTZ001  naive on purpose
    with pytest.raises(ValueError, match="no format"):
        read([file], now=NOW, zone=SHANGHAI, given="telepathy")


@pytest.mark.parametrize(
    "given", ["slack", "mail", "teams", "service_desk_plus", "mail_text", "wecom"]
)
def test_a_format_that_is_given_wrongly_loses_no_words_silently(given: str) -> None:
    conversation = read_text("[2026-08-24 10:32] 王晓琳: 又崩了", given=given)
    assert conversation.lines or conversation.problems


@pytest.mark.parametrize("kind", ProblemKind)
def test_every_problem_has_its_sentence(kind: ProblemKind) -> None:
    """In both languages, with its figures."""
    reasons = Reasons.load(prompts.read_texts(prompts.ROOT))
    problem = Problem(kind=kind, count=7, of="thing")
    for language in ("zh", "en"):
        sentence = reasons.sentence(problem.reason, language)
        assert not sentence.startswith("log_")
        assert "?" not in sentence
