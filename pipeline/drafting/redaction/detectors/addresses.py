"""Where are hosts, networks and links inside the house? A public site's name is no secret, and stays."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from ..hits import Hit
from ..kinds import Kind

_INSIDE = r"(?:local|localdomain|lan|corp|internal|intranet|intra|private|priv|home)"
_HINT = re.compile(
    r"\d\.\d|://|\\\\|[0-9A-Fa-f]:|[0-9A-Fa-f]{2}-[0-9A-Fa-f]{2}-|\." + _INSIDE, re.IGNORECASE
)
_LINK = re.compile(
    r"(?<![A-Za-z])[a-z][a-z0-9+.-]{1,20}://[^\s<>\"'，。；、（）「」]{1,2000}", re.IGNORECASE
)
_SHARE = re.compile(r"\\\\[A-Za-z0-9._-]+(?:\\[^\s\\，。；、\"<>|]+)+")
_FOUR = re.compile(
    r"(?<![\w.-])(?:\d{1,3}\.){3}\d{1,3}(?:/\d{1,2})?(?::\d{1,5})?(?![A-Za-z0-9_]|[.-]\d)", re.ASCII
)
_SIX = re.compile(
    r"(?<![\w:.])(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}(?:/\d{1,3})?(?![\w:])", re.ASCII
)
_MAC = re.compile(
    r"(?<![\w:-])[0-9A-Fa-f]{2}(?:([:-])[0-9A-Fa-f]{2})(?:\1[0-9A-Fa-f]{2}){4}(?![\w:-])", re.ASCII
)
_HOST = re.compile(
    rf"(?<![\w.@-])[A-Za-z0-9][A-Za-z0-9-]*(?:\.[A-Za-z0-9-]+)*\.{_INSIDE}(?::\d{{1,5}})?(?![\w-]|\.\w)",
    re.IGNORECASE | re.ASCII,
)
_VERSION = re.compile(
    r"(?:\bv|ver|version|release|build|firmware|版本|固件|补丁)[^\w\n]{0,3}(?:号|is|为|是|to|到)?\s?$",
    re.IGNORECASE,
)


def addresses(text: str) -> Iterator[Hit]:
    if not _HINT.search(text):
        return
    for found in _LINK.finditer(text):
        if _leads_inside(found[0]):
            yield _hit(found)
    for shape in (_SHARE, _MAC, _HOST):
        for found in shape.finditer(text):
            yield _hit(found)
    for found in _FOUR.finditer(text):
        bare = found[0].partition("/")[0].partition(":")[0]
        if _is_address(bare) and not _VERSION.search(
            text[max(found.start() - 16, 0) : found.start()]
        ):
            yield _hit(found)
    for found in _SIX.finditer(text):
        if any(c.isdigit() for c in found[0]) and _is_address(found[0].partition("/")[0]):
            yield _hit(found)


def _hit(found: re.Match[str]) -> Hit:
    return Hit(Kind.ADDRESS, *found.span(), found[0].casefold())


def _leads_inside(link: str) -> bool:
    """To a host without a public name, or past a port or a sign-in: links that work inside the house."""
    try:
        parts = urlsplit(link)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return True
    if port is not None or parts.username or "." not in host or _is_address(host):
        return True
    return bool(re.search(rf"\.{_INSIDE}$", host))


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
