"""A Teams export in JSON: messages as Graph gives them, or the account's own export."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..entry import Entry, Read
from ..fields import inner, mappings, text_field, time_in
from ..html_text import text_of
from ..line import Part, ProblemKind
from ..newest import newest
from ..octets import visible
from ..opened import Opened
from ..skipped import skipped

_TIMES = ("createdDateTime", "originalarrivaltime", "composetime")
_SAID = {"", "message", "Text", "RichText", "RichText/Html"}


def fits(file: Opened) -> float:
    """When its entries tell their time by one of the names that Teams has for it."""
    first = next(_messages(file.document), None)
    return 0.9 if first is not None else 0.0


def read(files: Sequence[Opened]) -> Read:
    """The messages as they stand, the newest first as often as not; times are exact."""
    read = Read()
    for file in files:
        messages = list(_messages(file.document))
        kept, dropped = newest(messages, lambda message: text_field(message, *_TIMES))
        read.dropped += dropped
        for message in kept:
            read.entries += _entries(message, read)
        read.problems += file.problems
    return read


def _messages(document: object) -> Iterator[Mapping[str, Any]]:
    lists = [document]
    if isinstance(document, Mapping):
        lists = [document.get(name) for name in ("value", "messages", "MessageList")]
        chats = mappings(document.get("conversations"))
        lists += [chat.get("MessageList") for chat in chats]
    for each in lists:
        for message in mappings(each):
            if any(name in message for name in _TIMES):
                yield message
            else:
                yield from _messages_within(message)


def _messages_within(entry: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for message in mappings(entry.get("MessageList")):
        if any(name in message for name in _TIMES):
            yield message


def _entries(message: Mapping[str, Any], read: Read) -> Iterator[Entry]:
    at, stamp, written = time_in(text_field(message, *_TIMES))
    name, keys = _speaker(message)
    kind = text_field(message, "messageType", "messagetype")
    part = Part.SAID if kind in _SAID else Part.NOTICE

    def entry(text: str, part: Part) -> Entry:
        return Entry(
            text=text, speaker=name, keys=keys, at=at, stamp=stamp, written=written, part=part
        )

    text = visible(_text(message), read.problems)
    if text:
        yield entry(text, part)
    names = [text_field(each, "name", "id") or "?" for each in mappings(message.get("attachments"))]
    if names:
        read.problems += skipped(", ".join(names), ProblemKind.ATTACHMENT, len(names))
        yield entry(", ".join(names), Part.NOTICE)
    if not text and not names:
        read.problems += skipped(text_field(message, "id") or written)


def _speaker(message: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    user = inner(message, "from", "user") or inner(message, "from", "application")
    key = text_field(user, "id") or text_field(message, "from")
    mail = text_field(user, "email", "userPrincipalName")
    shown = text_field(message, "displayName", "imdisplayname")
    name = text_field(user, "displayName") or shown or mail or key
    return name, tuple(filter(None, (key, mail)))


def _text(message: Mapping[str, Any]) -> str:
    body = inner(message, "body")
    content = text_field(body, "content") or text_field(message, "content")
    subject = text_field(message, "subject")
    is_html = text_field(body, "contentType").lower() != "text" and "<" in content
    return "\n\n".join(filter(None, (subject, text_of(content) if is_html else content)))
