"""A finished text is laid out again by its lines; nothing that somebody wrote becomes a link."""

from __future__ import annotations

import pytest

from pipeline.drafting.laid_out import read_again
from pipeline.drafting.markup import LINKED, BlockKind

OURS, SCORE = "https://it.example.org/t/T-1", "https://it.example.org/v/T-1?score=5"
LINKS: dict[str, BlockKind] = {OURS: "button", SCORE: "choice"}


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("One line\nand another\n\na second paragraph", ["paragraph", "paragraph"]),
        ("Tried:\n- one\n- two\n\nWho waits", ["paragraph", "item", "paragraph"]),
        ("They wrote:\n> first\n>\n> second\nEnd", ["paragraph", "quote", "paragraph"]),
        (f"See your ticket: {OURS}\nIT desk", ["button", "paragraph"]),
        (f"查看工单：{OURS}", ["button"]),
        (f"5 Very satisfied: {SCORE}", ["choice"]),
        ("", []),
        ("\n \n", []),
    ],
)
def test_lines_of_one_kind_are_one_block(text: str, kinds: list[str]) -> None:
    assert [block.kind for block in read_again(text, LINKS)] == kinds


@pytest.mark.parametrize(
    "line",
    [
        "Reset your password: https://evil.example/login",
        "[[Reset your password]] https://evil.example/login",
        f"> See your ticket: {OURS}",
        f"- See your ticket: {OURS}",
        f"See your ticket: {OURS}/../evil",
    ],
)
def test_a_line_that_leads_elsewhere_or_is_quoted_is_no_button(line: str) -> None:
    """What a person wrote may look like a button of ours."""
    assert all(block.kind not in LINKED for block in read_again(line, LINKS))
