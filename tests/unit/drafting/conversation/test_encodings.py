"""Whatever the octets are, the words are read; what cannot be seen is taken out, and counted."""

from __future__ import annotations

import codecs

import pytest

from pipeline.drafting.conversation import ProblemKind

from .logs import kinds, read_text, said

TEXT = "2026-08-24\n[10:32] 王晓琳: 邮件客户端又崩了，一打开就退出\n[10:35] Dave Smith: looking at it\n"
EXPECTED = [
    ("24 10:32:00", "王晓琳", "邮件客户端又崩了，一打开就退出"),
    ("24 10:35:00", "Dave Smith", "looking at it"),
]


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode("utf-8"),
        TEXT.encode("utf-8-sig"),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("gb18030"),
        TEXT.encode("gbk"),
        TEXT.replace("\n", "\r\n").encode("utf-8"),
        TEXT.replace("\n", "\r").encode("utf-8"),
    ],
    ids=["utf-8", "bom", "utf-16-le", "utf-16-be", "no-mark", "gb18030", "gbk", "crlf", "cr"],
)
def test_the_encodings_of_chinese_and_english_desks_are_read(content: bytes) -> None:
    conversation = read_text(content)
    assert said(conversation) == EXPECTED
    assert conversation.problems == ()


def test_western_letters_are_read() -> None:
    text = "[2026-08-24 10:32] Jürgen Müller: Das Gerät ist schon wieder gestört, später mehr\n"
    assert said(read_text(text.encode("latin-1")))[0][1:] == (
        "Jürgen Müller",
        "Das Gerät ist schon wieder gestört, später mehr",
    )


def test_broken_octets_lose_nothing_but_themselves() -> None:
    """One bad octet in a Chinese log: the rest is there, and it is told."""
    content = TEXT.encode("utf-8").replace("又".encode(), b"\xff\xfe\x81")
    conversation = read_text(content)
    assert [who for _, who, _ in said(conversation)] == ["王晓琳", "Dave Smith"]
    assert "客户端" in conversation.material[0].text
    assert ProblemKind.BROKEN_CHARACTERS in kinds(conversation)


@pytest.mark.parametrize(
    "hidden",
    [
        "\u200b",
        "\u202e",
        "\u2066",
        "\ufeff",
        "\u200e",
        "\x00",
        "\x07",
        "\x1b",
        "\U000e0041",
        "\ue000",
    ],
)
def test_what_nobody_can_see_is_taken_out(hidden: str) -> None:
    """Within words, between name and time, in front of all: it hides nothing, and the log is read."""
    text = f"{hidden}[2026-08-24 {hidden}10:32] 王{hidden}晓琳: 又{hidden}崩了\n".encode()
    conversation = read_text(text)
    assert said(conversation) == [("24 10:32:00", "王晓琳", "又崩了")]
    assert ProblemKind.HIDDEN_CHARACTERS in kinds(conversation)


def test_hidden_characters_in_an_export_are_taken_out_too() -> None:
    text = '[{"ts": "1787538731.0002", "user": "U1", "text": "a\\u202eb\\ud800c\\u0000d"}]'
    conversation = read_text(text, "2026-08-24.json")
    assert conversation.lines[0].text == "abcd"
    assert ProblemKind.HIDDEN_CHARACTERS in kinds(conversation)
