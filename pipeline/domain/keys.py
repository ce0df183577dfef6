"""How are keys built? Each kind in one place, from stable ids only, so that a repeat meets itself."""

from __future__ import annotations

import hashlib


def message_key(bundle: str, revision: int, recipient: str, channel: str) -> str:
    """Law 3: one message per (communication or digest, revision, recipient, channel).

    A digest over the parts rather than the parts themselves: recipient ids are somebody's data and
    the key travels in mail headers. 128 bits, hexadecimal, after `msg_`.
    """
    parts = "\x1f".join((bundle, str(revision), recipient, channel))
    return "msg_" + hashlib.sha256(parts.encode()).hexdigest()[:32]


def digest_key(communications: tuple[str, ...]) -> str:
    """The bundle of a message that carries several communications, whatever their order."""
    joined = "\x1f".join(sorted(communications))
    return "dig_" + hashlib.sha256(joined.encode()).hexdigest()[:32]


def survey_key(communication: str, recipient: str) -> str:
    """What one reader of a question is asked, however often that message is composed."""
    joined = f"{communication}\x1f{recipient}"
    return "srv_" + hashlib.sha256(joined.encode()).hexdigest()[:32]


def address_turn(address: str) -> str:
    """The turn of a mail address: a person and a subscriber who share one are asked once. A digest, because it is
    kept longer than the address may be."""
    return "adr_" + hashlib.sha256(address.strip().casefold().encode()).hexdigest()[:32]


def thread_key(incident: str, recipient: str) -> str:
    """Messages to one recipient about one incident belong together."""
    joined = f"{incident}\x1f{recipient}"
    return "thr_" + hashlib.sha256(joined.encode()).hexdigest()[:32]


def rendition_key(communication: str, revision: int, language: str, form: str) -> str:
    """One text per communication, revision, language and form."""
    return f"{communication}.{revision}.{language}.{form}"


def promise_key(incident: str, what: str, promised_at: str) -> str:
    """One time that was promised for one thing, however many audiences were told of it."""
    joined = "\x1f".join((incident, what, promised_at))
    return "promise:" + hashlib.sha256(joined.encode()).hexdigest()[:32]


def ticket_scope(incident: str) -> str:
    """The circle of one ticket: its requester and those who work on it."""
    return f"ticket:{incident}"


def major_scope(incident: str) -> str:
    """The circle of a major incident: everybody whom it concerns."""
    return f"major:{incident}"


def approval_scope(incident: str) -> str:
    """The circle of a ticket's approvals: those who are asked, and those who work on it."""
    return f"approval:{incident}"


def line_key(conversation: str, n: int) -> str:
    """The `n`-th line of a conversation, as a sentence names it."""
    return f"{conversation}.{n}"


def is_line_of(key: str, conversation: str) -> bool:
    """Whether a key names a line of this conversation."""
    before, _, n = key.rpartition(".")
    return before == conversation and n.isdecimal()


def clock_key(incident: str, what: str, n: int) -> str:
    """One clock for what has to be done in one round of a ticket."""
    joined = "\x1f".join((incident, what, str(n)))
    return "clk_" + hashlib.sha256(joined.encode()).hexdigest()[:32]


def site_place(site: str) -> str:
    """Where people are found who work at one site."""
    return f"site:{site}"


def customer_place(customer: str) -> str:
    """Where people are found who belong to one customer."""
    return f"customer:{customer}"
