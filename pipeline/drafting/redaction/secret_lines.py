"""Which lines of a conversation are secrets because of a line before? Rows of a private key, and a password
that comes as a message of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from ...domain.handed_passwords import is_strong
from .readable import likeness
from .words import one_of

_HEAD = re.compile(r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY", re.IGNORECASE)
_END = re.compile(r"-----END [A-Z0-9 ]{0,40}PRIVATE KEY", re.IGNORECASE)
_BODY = re.compile(r"\s*(?:[A-Za-z0-9+/=]{16,76}|[A-Za-z-]{4,20}: .*)\s*")
_ASKED = re.compile(
    r"(?:password|passwd|pwd|pass|pin|otp|code|token|api key)(?: is)?\s*[:?]?\s*$",
    re.IGNORECASE,
)
_ANSWER = re.compile(r"(?=\S*\d)(?!\d{1,2}:\d\d|\d{4}-\d\d|0x|[A-Za-z]{2,5}-\d)[!-~]{4,64}")
_TOPIC = re.compile(
    r"(?<![a-z])(?:pass ?words?|passwd|pwd|pass ?code|passphrase|credentials?|creds)(?![a-z])",
    re.IGNORECASE,
)
_HANDED = re.compile(
    r"(?:(?:it'?s|it is|try|use|here(?: it is| you go)?|this one|now|new|就?是|试试|试一下|用|给你|新的|如下|现在是?)"
    r"[\s:：,，]*){0,3}"
    r"(?P<value>[!-~]{6,64}?)[\s.,;。，；]*(?:了|试试|please|pls|try it|for now|ok)?[\s.!?。！？]*",
    re.IGNORECASE,
)
MOST_ROWS = 120
"""Of the longest key that people paste."""
LONGEST_HANDED = 120
"""Characters of a message that only hands a word over."""


def secret_lines(texts: Sequence[str]) -> frozenset[int]:
    """Their places. Heads of keys and what asks for a password are no secrets themselves."""
    return _rows_of_keys(texts) | _answers(texts)


def _answers(texts: Sequence[str]) -> frozenset[int]:
    """`密码是？`, and in the next message nothing but `hunter2`; and where passwords were the topic, `try Lantern#88`."""
    asked = _asked()
    return frozenset(
        n + 1
        for n, (one, other) in enumerate(pairwise(texts))
        if (_ANSWER.fullmatch(other.strip()) and (_ASKED.search(one) or asked.search(one)))
        or (_is_handed(other) and _is_topic(one))
    )


def _is_handed(text: str) -> bool:
    """Nothing but a word that is written like a password, and what hands it over."""
    if len(text) > LONGEST_HANDED:
        return False
    found = _HANDED.fullmatch(likeness(text).strip())
    return found is not None and is_strong(found["value"])


def _is_topic(text: str) -> bool:
    return bool(_TOPIC.search(text) or _topic().search(likeness(text)))


@cache
def _topic() -> re.Pattern[str]:
    return re.compile(one_of("secrets_zh"))


@cache
def _asked() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{one_of('secrets_zh')})[^\w]{{0,3}}(?:{one_of('given_zh')})?[^\w]{{0,3}}$"
    )


def _rows_of_keys(texts: Sequence[str]) -> frozenset[int]:
    """Rows of talk between them stay."""
    found: set[int] = set()
    left = 0
    for n, text in enumerate(texts):
        if _HEAD.search(text) and not _END.search(text):
            left = MOST_ROWS
        elif left and _END.search(text):
            found.add(n)
            left = 0
        elif left:
            left -= 1
            if _BODY.fullmatch(text):
                found.add(n)
    return frozenset(found)
