"""How does one text become mail, HTML and chat? Light markup by lines, read once, written in each form.

plain lines         a paragraph; a blank line ends it
- item              a list
> words             a quotation
[[label]] link      a button, alone on its line
[|label|] link      one of several choices, alone on its line: less loud than a button
-- words            the foot, small
**words**           strong, within a line
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from ..domain.directory import Language
from .marks import escape_markdown
from .slot_names import LINKS
from .slots import PLACE_CLOSE, PLACE_OPEN, Slotted

BlockKind = Literal["paragraph", "item", "quote", "button", "choice", "foot", "heading"]
"""A heading stands over each of several texts that are one mail: no text makes one by itself."""
_PREFIXES: tuple[tuple[str, BlockKind], ...] = (
    ("- ", "item"),
    ("> ", "quote"),
    ("[[", "button"),
    ("[|", "choice"),
    ("-- ", "foot"),
)
_PLACE = re.compile(f"{PLACE_OPEN}([0-9]+){PLACE_CLOSE}")
_WIDE, _NARROW = re.compile(r"[\u4e00-\u9fff]"), re.compile(r"[A-Za-z0-9]")
"""Between a Chinese character and a Latin one stands a space, as people set it."""
_STRONG = re.compile(r"\*\*(.+?)\*\*")
_BUTTON = re.compile(r"\[\[(.+?)\]\]\s*(\S+)|\[\|(.+?)\|\]\s*(\S+)")
LINKED = ("button", "choice")


@dataclass(frozen=True, kw_only=True)
class Block:
    """Lines of one kind that belong together. A button's or a choice's lines are its label and its link; `apart`
    says that a blank line stood before it."""

    kind: BlockKind
    lines: tuple[str, ...]
    apart: bool


def blocks_of(source: str) -> tuple[Block, ...]:
    """Read the markup; neighbouring lines of one kind are one block, buttons stand alone."""
    blocks: list[Block] = []
    apart = False
    for raw in source.splitlines():
        line = raw.strip()
        if not line:
            apart = bool(blocks)
            continue
        block = _line(line, apart)
        if blocks and not apart and blocks[-1].kind == block.kind not in LINKED:
            before = blocks.pop()
            lines = (*before.lines, *block.lines)
            block = Block(kind=block.kind, lines=lines, apart=before.apart)
        blocks.append(block)
        apart = False
    return tuple(blocks)


def _line(line: str, apart: bool) -> Block:
    for prefix, kind in _PREFIXES:
        if not line.startswith(prefix):
            continue
        if kind not in LINKED:
            return Block(kind=kind, lines=(line.removeprefix(prefix).strip(),), apart=apart)
        found = _BUTTON.fullmatch(line)
        if found:
            label, link = (part for part in found.groups() if part is not None)
            return Block(kind=kind, lines=(label, link), apart=apart)
    return Block(kind="paragraph", lines=(line,), apart=apart)


def plain(blocks: Sequence[Block], used: Sequence[Slotted], language: Language) -> str:
    """Plain text for mail: it reads well without any client's help."""
    colon = "：" if language == "zh" else ": "

    def line(text: str, *, keep_breaks: bool = False) -> str:
        bare = _STRONG.sub(r"\1", text)
        return _filled(bare, used, lambda s: s.text if keep_breaks else _one_line(s.text))

    parts = []
    for block in blocks:
        if block.kind in LINKED:
            parts.append(f"{line(block.lines[0])}{colon}{line(block.lines[1])}")
        elif block.kind == "item":
            parts.append("\n".join(f"- {line(text)}" for text in block.lines))
        elif block.kind == "quote":
            quoted = "\n".join(line(text, keep_breaks=True) for text in block.lines)
            parts.append("\n".join(f"> {row}".rstrip() for row in quoted.split("\n")))
        else:
            parts.append("\n".join(line(text) for text in block.lines))
    gaps = ["\n\n" if block.apart else "\n" for block in blocks]
    return "".join(gap + part for gap, part in zip(gaps, parts, strict=True)).strip("\n") + "\n"


def chat(blocks: Sequence[Block], used: Sequence[Slotted]) -> str:
    """Markdown as chats know it; no value means anything in it."""

    def line(text: str) -> str:
        return _filled(text, used, lambda s: _chat_value(s, _one_line(s.text)))

    rows: list[str] = []
    for block in blocks:
        if block.kind in LINKED:
            rows.append(f"[{line(block.lines[0])}]({line(block.lines[1])})")
        elif block.kind == "item":
            rows += [f"- {line(text)}" for text in block.lines]
        elif block.kind == "quote":
            rows += [f"> {line(text)}" for text in block.lines]
        else:
            rows += [line(text) for text in block.lines]
    return "\n".join(rows)


def one_line(source: str, used: Sequence[Slotted]) -> str:
    """A subject, or a short message: all words on one line, no markup."""
    bare = _STRONG.sub(r"\1", " ".join(source.split()))
    return _filled(bare, used, lambda s: _one_line(s.text)).strip()


def rich(block: Block, used: Sequence[Slotted]) -> tuple[str, ...]:
    """The lines of a block as HTML, escaped; line breaks of a quotation stay. A link of ours in the foot can be
    followed, though it is no button."""

    def value(slot: Slotted) -> str:
        if block.kind == "foot" and slot.name in LINKS:
            link = html.escape(slot.text, quote=True)
            return f'<a href="{link}" style="color:inherit;">{link}</a>'
        text = slot.text if block.kind == "quote" else _one_line(slot.text)
        return html.escape(text, quote=True).replace("\n", "<br>")

    return tuple(
        _filled(_STRONG.sub(r"<strong>\1</strong>", html.escape(text)), used, value)
        for text in block.lines
    )


def places(source: str) -> list[int]:
    """The numbers of the placeholders that stand in a text."""
    return [int(number) for number in _PLACE.findall(source)]


def _filled(text: str, used: Sequence[Slotted], value: Callable[[Slotted], str]) -> str:
    def written(found: re.Match[str]) -> str:
        words = value(used[int(found[1])])
        before, after = text[: found.start()][-1:], text[found.end() :][:1]
        left = " " if _WIDE.match(before) and _NARROW.match(words) else ""
        right = " " if _WIDE.match(after) and _NARROW.match(words[-1:]) else ""
        return f"{left}{words}{right}"

    return _PLACE.sub(written, text)


def _chat_value(slot: Slotted, text: str) -> str:
    # A mark is escaped when the reader's value takes its place; a link is ours, and must stay whole.
    return text if slot.name in LINKS or "\ue000" in text else escape_markdown(text)


def _one_line(text: str) -> str:
    return " ".join(text.split())
