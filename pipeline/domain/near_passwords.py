"""Which words are a password because a sentence about access holds them? `已重置，Harbour#77`: nobody writes a word
so for any other purpose, where passwords or signing in are spoken of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .handed_passwords import is_strong

_OF_PASSWORDS = (
    *("password", "passwd", "passcode", "passphrase", "pwd", "credential", "creds"),
    *("密码", "口令", "凭据", "凭证", "passwort", "kennwort", "mot de passe"),
)
_OF_ACCESS = (
    *(
        "log in",
        "login",
        "sign in",
        "sign-in",
        "reset",
        "default",
        "account",
        "new one",
        "now it's",
        "admin one",
    ),
    *(
        "登录",
        "登陆",
        "登入",
        "登进",
        "重置",
        "账号",
        "帐号",
        "账户",
        "新的",
        "默认",
        "输入",
        "就能进",
    ),
)
_RUN = re.compile(r"[!#-&(-+\--9?-_a-~-]{8,64}")
"""Printed, up to a colon, comma, semicolon, `=` or quotation mark."""
_MARKED = re.compile(
    r"(?=\S*\d)(?=\S*[A-Za-z])[A-Za-z0-9]\S*(?<=[A-Za-z0-9])[!@#$%^&*+~]\S*[A-Za-z0-9]\S*"
)
_CAPITAL = re.compile(r"[A-Z][a-z]{3,}(?:-?[A-Z][a-z]{2,}){0,3}-?(?:\d{4}|(?<=-)\d{2,6})")
"""`Winter2026`, `Sunny-Day-12`."""
_ALL_KINDS = re.compile(r"(?=\S*[A-Z])(?=\S*[a-z])(?=\S*\d)\S{8,}")
_OTHERWISE = re.compile(
    r"[\w.-]+@[A-Za-z]|[A-Za-z]+#\d{3,}$|.*\$(?:\$|Proxy|Lambda|[A-Z_]|\d+$)|.*[a-z]\.[A-Za-z]|.*%[0-9A-F]{2}|.*\d%$|.*[&;]\w+=|.*[\"'`,:;/]"
)
"""A user at a machine, a number of something, a class, part of an address, of settings or of a list."""
_BEFORE, _BEHIND = "\"'([{<“‘", ".,:;'\")]}>”’`"


def near_in(text: str, lowered: str) -> Iterator[tuple[int, int]]:
    """Where they stand, in a text of one width; `lowered` is the same in small letters."""
    of_passwords = any(map(lowered.__contains__, _OF_PASSWORDS))
    if not of_passwords and not any(map(lowered.__contains__, _OF_ACCESS)):
        return
    for run in _RUN.finditer(text):
        start = run.start() + len(run[0]) - len(run[0].lstrip(_BEFORE))
        word = text[start : run.end()].rstrip(_BEHIND)
        if _is_near(word, of_passwords=of_passwords):
            yield start, start + len(word)


def _is_near(word: str, *, of_passwords: bool) -> bool:
    if not is_strong(word) or _OTHERWISE.match(word):
        return False
    marked = _MARKED.fullmatch(word) is not None
    if of_passwords:
        return marked or _CAPITAL.fullmatch(word) is not None
    return marked and _ALL_KINDS.fullmatch(word) is not None
