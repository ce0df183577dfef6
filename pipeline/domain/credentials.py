"""How are passwords and keys written? One list for all who look for them, before a model and before readers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .credential_shapes import SHAPES
from .handed_passwords import handed_in
from .told_passwords import TOLD_WITH, is_password, told_in

_VALUE = r"[^\s，。；、？！]{3,}[^\s，。；、？！,.;:)\]}>\"'”」]"
"""What is written after a colon: whatever it is, up to a blank or the mark that ends its sentence."""
_PRINTED = r"[!-~]{4,}(?<![,.;:)\]}>\"'])"
_NO_MOMENT = r"(?!\d{4}-\d\d-\d\d|\d{1,2}[:/]\d\d|0x[0-9a-f]|[a-z]{2,5}-\d)"
"""Nor a ticket's number or an error's: `reset password INC-9602`."""
_DIGIT = r"(?=\S{0,200}\d)"
_PASSWORD = (
    # What follows "password" is one when it has a digit, stands in quotes or after a colon.
    (
        r"(?<![a-z])(?:password|passwd|passphrase|passcode|pwd|pin)(?![a-z])[\"']?"
        r"(?:(?: has been| have been| was| is)? (?:re)?(?:set|changed|updated) to| is| was)?\s*"
        rf"(?:[:=]\s*[\"'“]?(?P<s1>{_VALUE})|(?:is|was)?\s*{_NO_MOMENT}{_DIGIT}(?P<s2>{_VALUE})"
        r"|[\"'“](?P<s3>[^\"'”\n]{4,100})[\"'”])"
    ),
    (
        r"(?:密码|口令)(?:\([^()]{1,8}\)|统一|已)?"
        r"(?:是|为|改为|改成|设为|设成|设置为|重置为|更新为|变更为|[:：=])?\s*"
        rf"{_NO_MOMENT}(?=[!-~]{{0,200}}\d)(?P<s4>{_PRINTED})"
    ),
    rf"(?:密码|口令)\s*(?:[:：=]|是|为)\s*[「“\"']?(?!https?:)(?P<s5>{_PRINTED})",
    (
        r"(?:验证码|校验码|动态码|verification code|one-time code|otp)(?: is|是|为)?\s*[:：]?\s*"
        r"(?P<s6>(?<!\d)\d{4,8}(?![\d.:-]))"
    ),
)
_KEY = (
    (
        r"(?P<k1>-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY[\s\S]*?"
        r"(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|\Z))"
    ),
    (
        r"(?<![A-Za-z0-9])(?P<k2>sk-[\w-]{16,}|[rs]k_(?:live|test)_\w{10,}|gh[pousr]_\w{20,}"
        r"|github_pat_\w{20,}|glpat-[\w-]{16,}|npm_\w{30,}|xox[abeprs]-[\w-]{10,}|ya29\.[\w-]{20,}"
        r"|(?-i:AIza)[\w-]{30,}|(?-i:(?:AKIA|ASIA)[0-9A-Z]{16})|(?-i:LTAI[A-Za-z0-9]{12,24})"
        r"|(?-i:AKID[A-Za-z0-9]{13,40})|(?-i:SG)\.[\w-]{16,}\.[\w-]{16,}"
        r"|eyJ[\w-]{8,}\.eyJ[\w-]{8,}(?:\.[\w-]*)?)"
    ),
    (
        r"(?<![A-Za-z])(?:api[ _-]?key|access[ _-]?key|secret[ _-]?key|account[ _-]?key"
        r"|sharedaccesskey(?:name)?|secret|token|密钥|令牌|访问码)(?![A-Za-z])[\"']?\s*(?:is|[:：=]|是|为)\s*"
        rf"[\"'“]?{_DIGIT}(?P<k3>[\w./+=-]{{12,}})"
    ),
    rf"(?<![A-Za-z])(?:Bearer|Basic)\s+{_DIGIT}(?P<k4>[\w.~+/-]{{12,}}=*)",
    r"(?<![A-Za-z])[a-z][a-z0-9+.-]{1,30}://[^\s/:@]{0,100}:(?P<k5>[^\s/@]{1,200})@",
    (
        r"[?&#;](?:[\w-]{0,40}(?:token|key|secret|sig|signature|password|passwd|pwd|auth|session|sid))="
        r"(?P<k6>[^&#\s，。；、]{6,})"
    ),
    r"(?<![A-Za-z])(?:key|secret|token)(?:=|[\"']?\s?[:=]\s?[\"'])(?P<k8>[^\s\"'&;,，。]{8,})",
    r"(?<![A-Za-z])(?:key|secret|token|密钥|令牌)\s+(?=[a-z_-]{0,60}\d)(?P<k9>[a-z0-9_-]{20,})",
    r"(?<![A-Za-z])(?:set-)?cookie:\s*(?P<k10>[^\s=]{1,80}=[^\n]{4,})",
    r"(?<![A-Za-z])(?:j?session(?:_?id)?|phpsessid|sid)=(?P<k11>[\w-]{10,})",
    r"(?:hooks\.slack\.com/services/|/bot/v2/hook/)(?P<k7>[\w/-]{20,})",
)
RULES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("password", re.compile("|".join(_PASSWORD), re.IGNORECASE)),
    ("secret-key", re.compile("|".join(_KEY), re.IGNORECASE)),
)
_HINT = re.compile(
    r"pass|pwd|pw\s?[:=]|cookie|sess?ion|sid=|pin|密码|口令|码|otp|code|-u |key|secret|token|密钥|令牌|bearer|basic|://|[?&#;]\w"
    r"|-{5}|sk[-_]|rk_|gh._|github_|glpat|npm_|xox|ya29|AIza|AKIA|ASIA|LTAI|AKID|SG\.|eyJ|/services/|/hook/",
    re.IGNORECASE,
)
"""Most lines hold none of these, and are read once."""


@dataclass(frozen=True, slots=True)
class Credential:
    """Where one stands: of `password: hunter2` the last seven characters."""

    rule: str
    start: int
    end: int


def credentials_in(text: str) -> Iterator[Credential]:
    """Passwords, keys, tokens and the secret part of addresses, in a text of one width (`ｐａｓｓ` is not read)."""
    if _HINT.search(text):
        yield from _ruled(text)
    lowered = text.lower()
    for shape in SHAPES:
        if shape.may_be_in(lowered):
            for found in shape.pattern.finditer(text):
                yield Credential(shape.rule, *found.span(found.lastgroup or 0))
    if any(word in lowered for word in TOLD_WITH):
        for start, end in told_in(text):
            yield Credential("password", start, end)
    for start, end in handed_in(text, lowered):
        yield Credential("password", start, end)


def _ruled(text: str) -> Iterator[Credential]:
    for rule, pattern in RULES:
        for found in pattern.finditer(text):
            name = found.lastgroup
            if name == "s1" and not is_password(found[name], by_sign=True):
                continue
            if name is not None:
                yield Credential(rule, *found.span(name))
