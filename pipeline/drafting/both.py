"""One card for a group that reads two languages: Chinese first, then English, one set of buttons."""

from __future__ import annotations

import re
from collections.abc import Callable

from ..domain.communication import Form
from .personal import Filled

RULE = "---"
_CHAT_BUTTON = re.compile(r"\[(?P<label>.+)\]\((?P<link>\S+)\)")
_MAIL_BUTTON = re.compile(r"(?P<label>(?![>-])[^:：]+)(?:：|: )(?P<link>https?://\S+)")
Written = Callable[[str, str], str]


def joined(zh: Filled, en: Filled, form: Form) -> Filled:
    """Both as one text. A mail loses its HTML: two layouts under each other are no letter."""
    chat = form is Form.CHAT
    button = _CHAT_BUTTON if chat else _MAIL_BUTTON
    written: Written = _chat_button if chat else _mail_button
    above, first = _apart(zh.text, button)
    below, second = _apart(en.text, button)
    gap = "\n" if chat else "\n\n"
    labels = _together(first, second)
    buttons = "\n".join(written(label, link) for link, label in labels.items())
    parts = [above, RULE, below, buttons]
    return Filled(
        subject=f"{zh.subject} / {en.subject}",
        text=gap.join(part for part in parts if part) + ("" if chat else "\n"),
        html=None,
    )


def _apart(text: str, button: re.Pattern[str]) -> tuple[str, dict[str, str]]:
    """The words, and the buttons by their link."""
    words: list[str] = []
    buttons: dict[str, str] = {}
    for line in text.strip("\n").split("\n"):
        found = button.fullmatch(line)
        if found:
            buttons.setdefault(found["link"], found["label"])
        elif line or (words and words[-1]):
            words.append(line)
    return "\n".join(words).strip("\n"), buttons


def _together(first: dict[str, str], second: dict[str, str]) -> dict[str, str]:
    both = dict(first)
    for link, label in second.items():
        both[link] = f"{both[link]} / {label}" if link in both else label
    return both


def _chat_button(label: str, link: str) -> str:
    return f"[{label}]({link})"


def _mail_button(label: str, link: str) -> str:
    return f"{label}: {link}"
