"""A text that was sent is shown with its addresses as links, and as nothing else."""

from __future__ import annotations

from api.console.rendering import PAGES

LINKED = PAGES.filters["linked"]


def test_a_long_address_is_a_link_with_its_beginning() -> None:
    """A signed one is a permission for its reader, and nothing to be read."""
    address = "https://it.example.org/t/" + "x" * 300
    shown = str(LINKED(f"查看工单：{address}\n好的"))
    assert f'href="{address}"' in shown
    assert f">it.example.org/t/{'x' * 23}…</a>\n好的" in shown
    assert shown.startswith("查看工单：<a ")


def test_what_ends_a_sentence_is_no_part_of_its_address() -> None:
    shown = str(LINKED("See https://a.example/x. 见 https://a.example/y。"))
    assert ">a.example/x</a>. 见" in shown
    assert ">a.example/y</a>。" in shown


def test_words_and_addresses_of_others_become_no_markup() -> None:
    shown = str(LINKED('<b>no</b> https://a.example/"><script> javascript:alert(1)'))
    assert "<b>" not in shown
    assert "<script>" not in shown
    assert 'href="javascript' not in shown
