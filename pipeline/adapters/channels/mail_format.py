"""How does a finished text become one mail, the same to the byte on every attempt?

Headers are encoded here and stored ready-made: the standard library's refolding of addresses has
moved quotes and commas before (CVE-2025-1795), and takes most of the time of a send.
"""

from __future__ import annotations

import binascii
import hashlib
import re
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import Compat32
from email.utils import format_datetime
from functools import lru_cache

from pipeline.domain.directory import mail_address, one_line
from pipeline.domain.errors import Rejected
from pipeline.domain.message import Outbound

LIMITS = {"subject": 255, "text": 100_000}
_LONGEST_LINE = 998
"""Octets, RFC 5322 2.1.1."""
_OCTETS_A_WORD = 36
"""48 of base64 and 12 around them leave room for the header's name in 76."""
_ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?")
_QUOTED, _ESCAPE = re.compile(r'(["\\])'), r"\\\1"


class _ReadyMade(Compat32):
    """Headers come encoded and are written as they are."""

    def fold(self, name: str, value: str) -> str:
        return f"{name}: {value}\r\n"

    def fold_binary(self, name: str, value: str) -> bytes:
        return f"{name}: {value}\r\n".encode()


_POLICY = _ReadyMade(linesep="\r\n", cte_type="8bit", mangle_from_=False)


@dataclass(frozen=True, kw_only=True)
class Letterhead:
    """What all mails of an installation share. `domain` is the right side of every Message-ID."""

    sender: str
    sender_name: str = ""
    reply_to: str | None = None
    domain: str = ""

    @property
    def id_domain(self) -> str:
        return self.domain or self.sender.rpartition("@")[2]


def compose(message: Outbound, letterhead: Letterhead, *, eight_bit: bool = False) -> EmailMessage:
    """The mail for one recipient. `eight_bit` leaves UTF-8 bodies readable, for those who look at
    files and for relays that offer 8BITMIME. Raises Rejected for what could forge a header."""
    try:
        return _compose(message, letterhead, eight_bit)
    except ValueError as wrong:  # UnicodeError too: a lone surrogate cannot be sent
        raise Rejected(f"the mail cannot be written: {_sentence(wrong)}") from None


def to_bytes(mail: EmailMessage) -> bytes:
    """The mail as it travels, lines ended by CR LF."""
    return mail.as_bytes()


def needs_smtputf8(message: Outbound) -> bool:
    """A local part outside ASCII travels only between relays that both offer SMTPUTF8."""
    return not message.address.isascii()


def _compose(message: Outbound, letterhead: Letterhead, eight_bit: bool) -> EmailMessage:
    mail = EmailMessage(policy=_POLICY)
    for name, value in _headers(message, letterhead):
        mail[name] = value
    if message.html is None:
        _fill(mail, message.text, "plain", eight_bit)
        return mail
    mail["Content-Type"] = f'multipart/alternative; boundary="{_boundary(message)}"'
    for text, subtype in ((message.text, "plain"), (message.html, "html")):
        part = EmailMessage(policy=_POLICY)
        _fill(part, text, subtype, eight_bit)
        mail.attach(part)
    return mail


def _headers(message: Outbound, letterhead: Letterhead) -> list[tuple[str, str]]:
    domain = letterhead.id_domain
    thread = f"<{_id(message.thread)}@{domain}>"
    headers = [
        ("MIME-Version", "1.0"),
        ("Date", format_datetime(message.at)),
        ("Message-ID", f"<{_id(message.key)}@{domain}>"),
        ("In-Reply-To", thread),
        ("References", thread),
        ("From", _mailbox(letterhead.sender_name, letterhead.sender)),
        ("To", _mailbox(message.name, message.address)),
        ("Subject", _words(message.subject)),
        ("Auto-Submitted", "auto-generated"),
        ("X-Auto-Response-Suppress", "All"),
        ("Content-Language", one_line(message.language)),
        ("X-Heliograph-Number", _words(message.number)),
    ]
    if message.unsubscribe:
        headers += _unsubscribing(one_line(message.unsubscribe))
    if letterhead.reply_to:
        headers.append(("Reply-To", mail_address(letterhead.reply_to)))
    return headers


def _unsubscribing(url: str) -> list[tuple[str, str]]:
    """RFC 2369, and RFC 8058 where the address is a secure one: nothing else may be posted to by itself."""
    headers = [("List-Unsubscribe", f"<{url}>")]
    if url.startswith("https://"):
        headers.append(("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"))
    return headers


def _mailbox(name: str, address: str) -> str:
    address, name = mail_address(address), _one_line(name).strip()
    if not name:
        return address
    shown = f'"{_QUOTED.sub(_ESCAPE, name)}"' if _plain(name) else _encoded_words(name)
    return f"{shown} <{address}>"


def _words(text: str) -> str:
    text = _one_line(text)
    return text if _plain(text) else _encoded_words(text)


def _plain(text: str) -> bool:
    """True for what needs no encoding, and would not be taken for something encoded."""
    return text.isascii() and len(text) <= 400 and "=?" not in text


@lru_cache(maxsize=1024)
def _encoded_words(text: str) -> str:
    """RFC 2047 in base64, folded so that no line is longer than 76. Our own: the standard
    library's takes a third of the time of writing a mail."""
    octets = text.encode()
    words, start = [], 0
    while start < len(octets):
        end = min(start + _OCTETS_A_WORD, len(octets))
        while end < len(octets) and octets[end] & 0xC0 == 0x80:  # not within a character
            end -= 1
        coded = binascii.b2a_base64(octets[start:end], newline=False).decode("ascii")
        words.append(f"=?utf-8?b?{coded}?=")
        start = end
    return "\r\n ".join(words)


def _one_line(text: str) -> str:
    """A tab in a ticket's title is a space; any other control character is refused."""
    return one_line(text.replace("\t", " "))


def _fill(part: EmailMessage, text: str, subtype: str, eight_bit: bool) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")
    body = ("\r\n".join(lines) + "\r\n").encode()
    encoding, payload = _encoded(body, eight_bit)
    part["Content-Type"] = f'text/{subtype}; charset="utf-8"'
    part["Content-Transfer-Encoding"] = encoding
    part.set_payload(payload)


def _encoded(body: bytes, eight_bit: bool) -> tuple[str, str]:
    """The plainest encoding that every relay on the way can carry."""
    short = max(map(len, body.split(b"\r\n"))) <= _LONGEST_LINE
    if short and body.isascii() and b"\x00" not in body:
        return "7bit", body.decode("ascii")
    if short and eight_bit and b"\x00" not in body:
        return "8bit", body.decode("ascii", "surrogateescape")
    foreign = len(body.translate(None, bytes(range(128))))
    if foreign * 6 < len(body):
        return "quoted-printable", binascii.b2a_qp(body, istext=True).decode("ascii")
    return "base64", _base64(body)


def _base64(body: bytes) -> str:
    coded = binascii.b2a_base64(body, newline=False).decode("ascii")
    return "".join(f"{coded[at : at + 76]}\r\n" for at in range(0, len(coded), 76))


def _boundary(message: Outbound) -> str:
    """From the key and the texts: the same on every attempt, and in neither text."""
    told = f"{message.key}\x1f{message.text}\x1f{message.html}"
    return f"={hashlib.sha256(told.encode()).hexdigest()[:32]}="


def _id(key: str) -> str:
    """Ours fit as they are; any other key is digested, so that none can break out of the <…>."""
    return key if _ID.fullmatch(key) else hashlib.sha256(key.encode()).hexdigest()[:32]


def _sentence(wrong: ValueError) -> str:
    return (
        "a character has no UTF-8 form"
        if isinstance(wrong, UnicodeError)
        else (f"a header's text {wrong}")
    )
