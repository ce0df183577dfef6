"""One text, three forms: the same light markup as mail, as HTML and in a chat."""

from __future__ import annotations

import pytest

from pipeline.domain.directory import Language
from pipeline.drafting.markup import Block, blocks_of, chat, one_line, places, plain, rich
from pipeline.drafting.slots import PLACE_CLOSE, PLACE_OPEN, Slotted, Used

SOURCE = """
Dear Wang,

**INC-1 is fixed.**
What we did: a new profile.

You wrote:
> it crashes
> again

- one
- two

[[Not fixed]] https://help.example.org/t/1

IT Service Desk
-- Times are Monday
"""
MAIL = """\
Dear Wang,

INC-1 is fixed.
What we did: a new profile.

You wrote:
> it crashes
> again

- one
- two

Not fixed: https://help.example.org/t/1

IT Service Desk
Times are Monday
"""
CHAT = """\
Dear Wang,
**INC-1 is fixed.**
What we did: a new profile.
You wrote:
> it crashes
> again
- one
- two
[Not fixed](https://help.example.org/t/1)
IT Service Desk
Times are Monday"""


def place(number: int) -> str:
    return f"{PLACE_OPEN}{number}{PLACE_CLOSE}"


def used(*values: str, name: str = "title") -> list[Slotted]:
    one = Used()
    for value in values:
        one.place(Slotted(name, value, one, None, value))
    return one.slots


def test_mail_reads_well_without_any_markup() -> None:
    assert plain(blocks_of(SOURCE), [], "en") == MAIL


def test_a_chat_wastes_no_line() -> None:
    assert chat(blocks_of(SOURCE), []) == CHAT


def test_the_kinds_of_line_are_told_apart() -> None:
    kinds = [block.kind for block in blocks_of(SOURCE)]
    assert kinds == [
        *("paragraph", "paragraph", "paragraph", "quote", "item", "button", "paragraph", "foot")
    ]


def test_neighbouring_lines_are_one_block_and_a_blank_line_parts_them() -> None:
    assert [len(block.lines) for block in blocks_of("a\nb\n\nc")] == [2, 1]
    assert blocks_of("\n\na")[0] == Block(kind="paragraph", lines=("a",), apart=False)


def test_a_button_without_a_link_is_words() -> None:
    assert blocks_of("[[Not fixed]]")[0].kind == "paragraph"


@pytest.mark.parametrize(
    "value", ["- item", "> quote", "[[x]] https://evil.example", "-- foot", "**strong**", "a\n\nb"]
)
def test_a_value_is_never_read_as_markup(value: str) -> None:
    """It enters after the markup was read; in a paragraph it stays on its line."""
    blocks = blocks_of(f"Title: {place(0)}")
    assert [block.kind for block in blocks] == ["paragraph"]
    assert plain(blocks, used(value), "en") == f"Title: {' '.join(value.split())}\n"


def test_every_line_of_a_quotation_is_marked_as_quoted() -> None:
    """Also those that a value brings along, and blank ones: none can pass for ours."""
    text = plain(blocks_of(f"> {place(0)}"), used("one\n\n-- two"), "en")
    assert text == "> one\n>\n> -- two\n"


def test_html_escapes_values_and_keeps_the_lines_of_a_quotation() -> None:
    quote = blocks_of(f"> {place(0)}")[0]
    assert rich(quote, used('<b>"x"\ny')) == ("&lt;b&gt;&quot;x&quot;<br>y",)
    paragraph = blocks_of(f"**{place(0)}** & more")[0]
    assert rich(paragraph, used("<i>")) == ("<strong>&lt;i&gt;</strong> &amp; more",)


def test_a_subject_is_one_line_without_markup() -> None:
    assert one_line(f"**Fixed**:\n{place(0)}", used("a\nb")) == "Fixed: a b"


@pytest.mark.parametrize(
    ("source", "value", "written"),
    [
        (f"已转给{place(0)}接着处理", "Exchange 组", "已转给 Exchange 组接着处理"),
        (f"已转给{place(0)}接着处理", "桌面支持组", "已转给桌面支持组接着处理"),
        (f"由{place(0)}处理", "Chen Li", "由 Chen Li 处理"),
        (f"第 {place(0)} 次", "2", "第 2 次"),
        (f"（{place(0)}）", "INC-1", "（INC-1）"),
    ],
)
def test_between_chinese_and_latin_stands_one_space(source: str, value: str, written: str) -> None:
    assert one_line(source, used(value)) == written


@pytest.mark.parametrize(("language", "colon"), [("zh", "："), ("en", ": ")])
def test_in_plain_text_a_button_is_its_label_and_its_link(language: Language, colon: str) -> None:
    text = plain(blocks_of("[[Open]] https://a.example"), [], language)
    assert text == f"Open{colon}https://a.example\n"


def test_placeholders_are_counted_in_order() -> None:
    assert places(f"{place(3)} and {place(0)}") == [3, 0]


def test_a_choice_stands_alone_with_its_label_and_link() -> None:
    """As a button does, whatever follows it."""
    first, second = blocks_of("[|5 Good|] https://a\n[|1 Bad|] https://b")
    assert (first.kind, first.lines, second.lines) == (
        "choice",
        ("5 Good", "https://a"),
        ("1 Bad", "https://b"),
    )
    assert plain((first, second), [], "en") == "5 Good: https://a\n1 Bad: https://b\n"
    assert chat((first, second), []) == "[5 Good](https://a)\n[1 Bad](https://b)"
