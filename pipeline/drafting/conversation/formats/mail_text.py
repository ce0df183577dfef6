"""A mail thread that somebody copied as text: heads (From, Sent, To, Subject) above each message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..entry import Entry, Read
from ..history import has_history, unfolded
from ..line import Part
from ..opened import Opened

_CHAT = 2
"""Heads of a chat, from which on it is one."""


def fits(file: Opened) -> float:
    """When heads of mails stand in it."""
    if file.document is not None or not file.text:
        return 0.0
    # Somebody may have pasted a mail into a chat.
    chat = sum(1 for head in file.heads if head.speaker and head.stamp)
    if chat >= _CHAT:
        return 0.0
    return 0.75 if has_history(file.text[:40_000]) else 0.0


def read(files: Sequence[Opened]) -> Read:
    """Each message under its own heads. Here nothing is a quotation but what has marks: the copy is all
    that there is."""
    read = Read()
    for file in files:
        for entry in unfolded(file.text, Entry(text="", is_mail=True)):
            said = entry.part is not Part.NOTICE
            read.entries.append(replace(entry, quoted=False, is_mail=said))
        read.problems += file.problems
    return read
