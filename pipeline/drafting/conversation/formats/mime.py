"""What is in a mail: its headers, its words, its attachments, the mails within it? Broken ones too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.errors import InvalidBase64CharactersDefect, MessageError
from email.header import decode_header
from email.message import Message
from email.utils import parsedate_to_datetime

from ..html_text import text_of
from ..line import Problem, ProblemKind
from ..octets import text_in
from ..stamps import Stamp, dated_stamp
from ..words import folded

DEEPEST = 8
"""Mails within one another."""
MOST_PARTS = 200
_MOST_BOUNDARIES = 200
_BASE64 = re.compile(r"^[A-Za-z0-9+/=]{40,}$", re.MULTILINE)
_LONGEST_HEADER = 10_000
_AUTOMATIC = ("X-Autoreply", "X-Autorespond", "X-Auto-Response-Suppress-Reply")


@dataclass(kw_only=True)
class Parts:
    """Text and HTML that say the same are told once, by the text."""

    texts: list[str] = field(default_factory=list)
    attached: list[str] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n\n".join(self.texts)


def parsed(content: bytes, problems: list[Problem]) -> Message:
    """The mail. One that is nested without end is taken as headers with a text below."""
    nested = content.count(b"boundary=") + content.lower().count(b"message/rfc822")
    if nested <= _MOST_BOUNDARIES:
        try:
            return message_from_bytes(content)
        except (MessageError, RecursionError, ValueError, LookupError, TypeError):
            pass
    problems.append(Problem(kind=ProblemKind.TOO_NESTED))
    head, _, body = content.replace(b"\r\n", b"\n").partition(b"\n\n")
    message = Message()
    for name in ("From", "Date", "Subject", "Message-ID"):
        value = _first(head, name)
        if value:
            message[name] = value
    message.set_payload(text_in(body, problems))
    return message


def header(message: Message, name: str) -> str:
    """Its words on one line; empty when it is missing."""
    # As it stands in the file: the parser's own reading of octets without a charset loses them.
    raw = next((str(v) for key, v in message.raw_items() if key.lower() == name.lower()), "")
    return " ".join(_decoded(raw[:_LONGEST_HEADER]).split())


def date_of(message: Message) -> tuple[datetime | None, Stamp | None, str]:
    """The instant of its date, or a time in words; and what was written."""
    written = header(message, "Date")[:120]
    if not written:
        return None, None, ""
    at = date(written)
    if at is not None:
        return at if at.tzinfo else at.replace(tzinfo=UTC), None, written
    return None, dated_stamp(written), written


def offset_of(message: Message) -> int | None:
    """Minutes east of UTC by which its writer's clock ran; None when that is not told, as by `-0000`."""
    at = date(header(message, "Date")[:120])
    offset = at.utcoffset() if at is not None else None
    return None if offset is None else int(offset.total_seconds() // 60)


def is_automatic(message: Message) -> bool:
    """Whether a program answered, by its headers (RFC 3834) or its subject."""
    said = header(message, "Auto-Submitted").partition(";")[0].strip().lower()
    if said.startswith("auto-replied") or header(message, "Precedence").lower() == "auto_reply":
        return True
    subject = header(message, "Subject").casefold()
    return any(name in message for name in _AUTOMATIC) or subject.startswith(folded("auto_replies"))


def parts(message: Message, problems: list[Problem]) -> Parts:
    """What it holds, without what stands in mails within it."""
    found = Parts()
    for n, part in enumerate(_leaves(message)):
        if n == MOST_PARTS:
            problems.append(Problem(kind=ProblemKind.TOO_NESTED))
            break
        _sort(part, found, problems)
    return found


def _leaves(message: Message) -> Iterator[Message]:
    """Its parts in their order; of alternatives the plain text, if that says anything."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        inner = part.get_payload()
        if part.get_content_type() == "message/rfc822" or not isinstance(inner, list):
            yield part
            continue
        inside = [each for each in inner if isinstance(each, Message)]
        if part.get_content_type() == "multipart/alternative":
            inside = _chosen(inside)
        waiting += reversed(inside)


def _chosen(inside: list[Message]) -> list[Message]:
    plain = [each for each in inside if each.get_content_type() == "text/plain"]
    if any(str(_octets(each)[:2_000].strip(), "latin-1") for each in plain):
        rest = [e for e in inside if not e.is_multipart() and e.get_content_maintype() != "text"]
        return [*plain, *rest]
    others = [each for each in inside if each.get_content_type() != "text/plain"]
    return others or plain


def _sort(part: Message, found: Parts, problems: list[Problem]) -> None:
    kind = part.get_content_type()
    name = _file_name(part)
    if kind == "message/rfc822":
        inner = part.get_payload()
        held = inner[0] if isinstance(inner, list) and inner else None
        if isinstance(held, Message):
            found.messages.append(held)
        return
    if part.get_content_maintype() == "multipart":
        kind = "text/plain"  # its boundary never came: all that it holds is words
    is_words = (
        kind in {"text/plain", "text/html"} and part.get_content_disposition() != "attachment"
    )
    if not is_words or name:
        if name or kind != "text/plain":
            found.attached.append(name or kind)
        return
    text = text_in(_octets(part), problems, str(part.get_param("charset") or ""))
    if kind == "text/html":
        text = text_of(text)
    if text.strip():
        found.texts.append(text)


def _octets(part: Message) -> bytes:
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError, TypeError):
        content = str(part.get_payload()).encode("utf-8", "replace")
    wrong = any(isinstance(defect, InvalidBase64CharactersDefect) for defect in part.defects)
    if wrong and _BASE64.search(str(part.get_payload())) is None:
        # Said to be base64, and plain words: what they decode to is nobody's.
        del part["Content-Transfer-Encoding"]
        content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _file_name(part: Message) -> str:
    try:
        return " ".join(_decoded(part.get_filename() or "")[:200].split())
    except (MessageError, ValueError, LookupError, TypeError):
        return ""


def _decoded(raw: str) -> str:
    """Encoded words as text; octets that no charset was told for as the whole file's rules say."""
    told: list[str] = []
    try:
        pieces = decode_header(raw)
    except (MessageError, ValueError, LookupError, TypeError):
        return raw
    for piece, charset in pieces:
        if isinstance(piece, bytes):
            told.append(
                text_in(piece, [], "" if charset in {None, "unknown-8bit"} else str(charset))
            )
            if piece[-1:] == b" ":
                told.append(" ")
        else:
            told.append(piece)
    text = "".join(told)
    if any("\udc80" <= character <= "\udcff" for character in text):
        return text_in(text.encode("utf-8", "surrogateescape"), [])
    return text


def date(written: str) -> datetime | None:
    """The moment of a date as mails write it (RFC 5322), or None."""
    try:
        return parsedate_to_datetime(written)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _first(head: bytes, name: str) -> str:
    for line in head.split(b"\n"):
        if line.lower().startswith(name.lower().encode() + b":"):
            return text_in(line.partition(b":")[2], []).strip()
    return ""
