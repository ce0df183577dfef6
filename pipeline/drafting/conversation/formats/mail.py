"""Mails as files: one (.eml) or many in one (.mbox), with what is nested, forwarded and quoted in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC
from email.message import Message

from ....domain.times import to_text
from ..entry import Entry, Read
from ..history import unfolded, who_is
from ..line import Part, ProblemKind
from ..newest import newest
from ..octets import visible
from ..opened import Opened
from ..skipped import skipped
from ..subjects import Subjects
from .mime import (
    DEEPEST,
    date,
    date_of,
    header,
    is_automatic,
    offset_of,
    parsed,
    parts,
)

_HEADER = re.compile(rb"^([A-Za-z][A-Za-z0-9-]{1,40}):", re.MULTILINE)
_FROM_LINE = re.compile(
    rb"^From (?:\S{1,320}|\S{1,64} at \S{1,255}) .{5,60}\d{4}.{0,20}$", re.MULTILINE
)
_DATE = re.compile(rb"^Date:(.{1,100})", re.MULTILINE | re.IGNORECASE)
_ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)
_OF_MAIL = {b"date", b"message-id", b"received", b"mime-version", b"return-path", b"delivered-to"}


def fits(file: Opened) -> float:
    """When it begins with a mail's headers."""
    if file.ending in {".eml", ".mbox"}:
        return 0.9 if file.file.content.strip() else 0.0
    start = file.file.content.lstrip()[:8_000]
    head = start.partition(b"\n\n")[0].partition(b"\r\n\r\n")[0]
    names = {name.lower() for name in _HEADER.findall(head)}
    if _FROM_LINE.match(start):
        return 0.95
    return 0.9 if b"from" in names and names & _OF_MAIL else 0.0


def read(files: Sequence[Opened]) -> Read:
    """The mails of all files in their order, each with what it quotes; one that comes twice is read once."""
    read, subjects = Read(), Subjects()
    met: set[str] = set()
    for file in files:
        mails, dropped = newest(list(_mails(file.file.content)), _sortable_date)
        read.dropped += dropped
        for content in mails:
            message = parsed(content, read.problems)
            key = header(message, "Message-ID")
            if key and key in met:
                read.problems += skipped(key)
                continue
            met.add(key)
            read.entries += _entries(message, read, subjects)
        read.problems += file.problems
    return read


def _mails(content: bytes) -> Iterator[bytes]:
    starts = [found for found in _FROM_LINE.finditer(content) if _begins_mail(content, found)]
    if not starts or content[: starts[0].start()].strip():
        yield content.lstrip(b"\r\n")
        return
    ends = [found.start() for found in starts[1:]] + [len(content)]
    for found, end in zip(starts, ends, strict=True):
        yield _ESCAPED.sub(rb"\1", content[found.end() : end].lstrip(b"\r\n"))


def _sortable_date(content: bytes) -> str:
    """Its date as a text that sorts; empty, and so the oldest, where it has none."""
    found = _DATE.search(content, 0, 8_000)
    written = found[1].decode("ascii", "replace").strip() if found else ""
    at = date(written)
    return to_text(at.replace(tzinfo=at.tzinfo or UTC)) if at and at.year > 1 else ""


def _begins_mail(content: bytes, found: re.Match[bytes]) -> bool:
    """At the start or below an empty line, and above headers."""
    before = content[max(0, found.start() - 4) : found.start()].replace(b"\r", b"")
    below = content[found.end() : found.end() + 200].lstrip(b"\r\n")
    return (not before or before.endswith(b"\n\n") or found.start() == 0) and (
        _HEADER.match(below) is not None
    )


def _entries(message: Message, read: Read, subjects: Subjects, depth: int = 0) -> Iterator[Entry]:
    own = _own(message, read)
    offset = offset_of(message)
    subject = visible(header(message, "Subject"), read.problems)
    found = parts(message, read.problems)
    above, text = subjects.above(own, visible(found.text, read.problems), subject)
    yield from above
    if text:
        yield from unfolded(text, own, offset=offset)
    if found.attached:
        names = ", ".join(found.attached)
        read.problems += skipped(names, ProblemKind.ATTACHMENT, len(found.attached))
        yield replace(own, text=visible(names, []), part=Part.NOTICE)
    for inner in found.messages:
        if depth < DEEPEST:
            yield from _entries(inner, read, subjects, depth + 1)
        else:
            read.problems += skipped(header(inner, "Subject"), ProblemKind.TOO_NESTED)
    if not (text or subject or found.attached or found.messages):
        read.problems += skipped(header(message, "Message-ID") or own.speaker)


def _own(message: Message, read: Read) -> Entry:
    speaker, keys = who_is(visible(header(message, "From"), read.problems))
    at, stamp, written = date_of(message)
    return Entry(
        text="",
        speaker=speaker,
        keys=keys,
        at=at,
        stamp=stamp,
        written=written,
        part=Part.AUTO_REPLY if is_automatic(message) else Part.SAID,
        is_mail=True,
    )
