"""How is each element written, where markdownify's way would harm a search or the reader?"""

from __future__ import annotations

import re
from typing import Any

from markdownify import ATX, MarkdownConverter

_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_BACKTICKS = re.compile(r"`+")


class Writer(MarkdownConverter):
    """Its attribute names are markdownify's: `convert_x` writes element x."""

    class Options:
        heading_style = ATX
        bullets = "-"

    def escape(self, text: str, parent_tags: set[str]) -> str:
        """Within a word an underscore is only itself, and error codes must stay whole."""
        return _UNDERSCORE.sub(r"\\_", text.replace("*", r"\*"))

    def convert_img(self, el: Any, text: str, parent_tags: set[str]) -> str:
        """What a picture shows, in words, if somebody said."""
        return self.escape(" ".join((el.get("alt") or "").split()), parent_tags)

    def convert_li(self, el: Any, text: str, parent_tags: set[str]) -> str:
        """Steps are numbered by counting on: looking back from each would take the square of them."""
        text = text.strip()
        if not text:
            return "\n"
        mark = f"{self._number(el)}. " if el.parent is not None and el.parent.name == "ol" else "- "
        lines = text.split("\n")
        indented = (f"{' ' * len(mark)}{line}" if line else "" for line in lines[1:])
        return "\n".join([mark + lines[0], *indented]) + "\n"

    def _number(self, el: Any) -> int:
        steps = el.parent
        if getattr(steps, "next_number", None) is None or el.find_previous_sibling("li") is None:
            steps.next_number = int(steps.get("start") or 1)
        number: int = steps.next_number
        steps.next_number = number + 1
        return number

    def convert_dt(self, el: Any, text: str, parent_tags: set[str]) -> str:
        """Markdown has no lists of terms: a term stands out, and what it means stands below."""
        term = " ".join(text.split())
        return f"\n\n**{term}**\n\n" if term else ""

    def convert_dd(self, el: Any, text: str, parent_tags: set[str]) -> str:
        return f"\n\n{text.strip()}\n\n"

    def convert_td(self, el: Any, text: str, parent_tags: set[str]) -> str:
        """A bar within a cell would end it."""
        cell = " ".join(text.split())
        return f" {cell.replace('|', chr(92) + '|')} |"

    convert_th = convert_td

    def convert_pre(self, el: Any, text: str, parent_tags: set[str]) -> str:
        """The fence is longer than any in the code. A cell of a table has but one line."""
        if not text.strip():
            return ""
        if "_inline" in parent_tags:
            return f" {_code(' '.join(text.split()))} "
        fence = "`" * max(3, _longest(text) + 1)
        return f"\n\n{fence}\n{text.strip(chr(10))}\n{fence}\n\n"


def _longest(text: str) -> int:
    """Of the runs of backticks in it."""
    return max((len(run) for run in _BACKTICKS.findall(text)), default=0)


def _code(text: str) -> str:
    mark = "`" * (_longest(text) + 1)
    return f"{mark} {text} {mark}" if len(mark) > 1 else f"`{text}`"
