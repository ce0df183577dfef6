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


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_byte_order_mark_decides_though_an_octet_is_missing(encoding: str) -> None:
    """The last character is lost, and told; the rest is what it was."""
    mark = codecs.BOM_UTF16_LE if encoding.endswith("le") else codecs.BOM_UTF16_BE
    conversation = read_text((mark + TEXT.strip().encode(encoding))[:-1])
    assert said(conversation)[0] == EXPECTED[0]
    assert said(conversation)[1][2].startswith("looking at i")
    assert ProblemKind.BROKEN_CHARACTERS in kinds(conversation)


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("[10:32] 王晓琳: 又崩了\n", "又"),
        ("[10:32] 王晓琳: 邮件客户端又崩了\n", "邮"),
        ("[10:32] Jürgen Müller: schon wieder gestört, ähnlich wie früher\n", "ä"),
    ],
)
@pytest.mark.parametrize("bad", [b"\xff", b"\xe4", b""])
def test_a_short_log_in_utf_8_stays_so_with_a_broken_octet(
    text: str, lost: str, bad: bytes
) -> None:
    """It is never read as another encoding's words; what broke is told."""
    octets = lost.encode()
    conversation = read_text(text.encode().replace(octets, octets[:-1] + bad, 1))
    read, told = said(conversation)[0][2], text.partition(": ")[2].strip()
    assert [c for c in read if c != "\ufffd"] == list(told.replace(lost, "", 1))
    assert ProblemKind.BROKEN_CHARACTERS in kinds(conversation)


@pytest.mark.parametrize(
    "words", ["又崩了", "邮件打不开", "好的", "谢谢，已经可以登录了", "重启后恢复正常"]
)
def test_a_short_log_in_gbk_is_read_as_such(words: str) -> None:
    text = f"[10:32] 王晓琳: {words}\n"
    assert said(read_text(text.encode("gbk")))[0][1:] == ("王晓琳", words)


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
