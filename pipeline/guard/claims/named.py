"""Which identifiers and names does a sentence give? Tickets, hosts, versions, codes, addresses; names by their capitals."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .atoms import Named
from .tokens import Token

_RUN = re.compile(r"[A-Za-z0-9]+(?:(?:[-._/\\@]|:(?!\d+/\d)|::)[A-Za-z0-9]+)*")
_LINK = re.compile(r"\b(?:https?://|www\.)[^\s<>\"'，。；）)]+", re.IGNORECASE)
_MARKS = re.compile(r"[-._/\\:@\s#]")
_MEASURE = re.compile(
    r"\d+(?:[.,]\d+)*(?:%|k|m|ms|s|sec|gb|mb|tb|kb|gbps|mbps|kbps|dbm|min|mins|h|hr|hrs|am|pm|th|st|nd|rd|x|v|c|d|w|kw|hz|ghz|mhz|px|g|kg|km|mm|cm|eur|usd|fps|day|days|hours?|minutes?|seconds?|users?|people|percent)",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    r"[ps][0-5]|24/7|24x7|7x24|2fa|mfa|m365|o365|office365|ipv[46]|http2|https?|s3|ec2|[345]g|q[1-4]|h[12]|win(?:dows)?1[01]|utf-?8|sha-?\d+|md5|b2b|i18n|utc[+-]?\d*|gmt[+-]?\d*|tier-?\d|level-?\d|and/or|covid-19|a4|x64|x86",
    re.IGNORECASE,
)
_LONG = re.compile(
    r"\d+(?:\.\d+)?-(?:day|hour|minute|second|week|month|year|digit|page|person|user|point|fold|odd|strong|metre|meter|percent)s?",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?")
_HOST = re.compile(r"[a-z0-9][a-z0-9-]*(?:\.[a-z0-9][a-z0-9-]*)*\.(?:[a-z]{2,})", re.IGNORECASE)
_VERSION = re.compile(r"v?\d+(?:\.\d+){2,}", re.IGNORECASE)
_ANNOUNCED = re.compile(
    r"(?:\b(?:ticket|case|incident|change|problem|request|job|reference|ref|extension|ext|code|error|event id|kb|order|build|version|release|firmware|version number|patch|no|number|room(?!\s?:)|hall(?!\s?:))\b\.?|#|№|工单号?|单号|编号|变更号?|事件号|问题单|分机|内线|代码|错误码|版本号?|房间)\s?(?:no\.?|number|id|号)?\s?[:：#]?\s?(v?-?\d[\d.]*\d|-\d+)(?!\s?[%:]|\d)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}(?:/\d{1,2}|:\d+)?")
_SEQUENCE = re.compile(r"(.*?)(\d+)/(\d+)")
_LONGEST = 120


def collapsed(written: str) -> str:
    """One way of writing: `KB 5034441`, `KB-5034441` and `kb5034441` are one."""
    bare = _MARKS.sub("", written.lower())
    return bare[2:] if bare.startswith("0x") and len(bare) > 4 else bare


def identifiers(text: str) -> list[Named]:
    """What machines gave: never a measure, a clock time, or a common abbreviation with a digit."""
    found = [Named(start=m.start(), end=m.end(), key=collapsed(m[0])) for m in _LINK.finditer(text)]
    taken = [(n.start, n.end) for n in found]
    for m in _RUN.finditer(text):
        if any(s < m.end() and m.start() < e for s, e in taken):
            continue
        written = m[0]
        if len(written) <= _LONGEST and _is_one(written):
            found.append(Named(start=m.start(), end=m.end(), key=collapsed(written)))
            taken.append((m.start(), m.end()))
    for m in _ANNOUNCED.finditer(text):
        if not any(s < m.end(1) and m.start(1) < e for s, e in taken):
            found.append(Named(start=m.start(1), end=m.end(1), key=m[1].lower().lstrip("v")))
    return sorted(found, key=lambda n: n.start)


def _is_one(written: str) -> bool:
    if _GENERIC.fullmatch(written) or _CLOCK.fullmatch(written) or _MEASURE.fullmatch(written):
        return False
    if _LONG.fullmatch(written):
        return False
    digits = sum(c.isdigit() for c in written)
    letters = sum(c.isalpha() for c in written)
    if digits and letters:
        return len(written) >= 3 or written[0].isalpha()
    if letters >= 4 and "_" in written.strip("_"):
        return True
    if _VERSION.fullmatch(written) or _ADDRESS.fullmatch(written) or "@" in written:
        return True
    return bool(
        letters
        and _HOST.fullmatch(written)
        and written.count(".") >= 1
        and written.lower() not in ("e.g", "i.e", "a.m", "p.m")
    )


def spelled_out(written: str) -> Iterator[str]:
    """Each identifier that one writing stands for: `paygw-01/02` is two of them."""
    yield collapsed(written)
    for part in written.split("/"):
        if any(c.isdigit() for c in part) and any(c.isalpha() for c in part):
            yield collapsed(part)
    sequence = _SEQUENCE.fullmatch(written)
    if sequence:
        yield collapsed(sequence[1] + sequence[3])


_SMALL_WORDS = frozenset(
    [
        "I",
        "A",
        "The",
        "We",
        "It",
        "This",
        "That",
        "There",
        "They",
        "You",
        "He",
        "She",
        "If",
        "In",
        "On",
        "At",
        "By",
        "For",
        "From",
        "To",
        "Of",
        "And",
        "But",
        "Or",
        "So",
        "As",
        "No",
        "Not",
        "All",
        "Our",
        "Your",
        "Their",
        "I'm",
        "I'd",
        "I'll",
        "I've",
        "We're",
        "We've",
        "We'll",
        "It's",
        "OK",
        "Ok",
        "IT",
        "Yes",
        "Hi",
        "Hello",
        "Dear",
        "Regards",
        "Mr",
        "Ms",
        "Mrs",
        "Dr",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Mon",
        "Tue",
        "Wed",
        "Thu",
        "Fri",
        "Sat",
        "Sun",
        "Jan",
        "Feb",
        "Mar",
        "Apr",
        "Jun",
        "Jul",
        "Aug",
        "Sep",
        "Sept",
        "Oct",
        "Nov",
        "Dec",
        "AM",
        "PM",
        "ETA",
        "FAQ",
        "ID",
        "IDs",
        "URL",
        "Q",
        "SLA",
        "KPI",
        "CEO",
        "CIO",
        "PC",
        "PCs",
        "USB",
        "Internet",
        "English",
        "Chinese",
        "Service",
        "Desk",
        "Incident",
        "Major",
        "Status",
        "Update",
        "Next",
        "Cause",
        "Impact",
        "Scope",
        "Resolution",
        "Summary",
        "Severity",
        "Priority",
        "Workaround",
        "Times",
        "Time",
        "Now",
        "UTC",
        "GMT",
        "BST",
        "CET",
        "CEST",
        "EST",
        "EDT",
        "PST",
        "PDT",
        "CST",
        "CDT",
        "Beijing",
        "London",
        "Please",
        "Thank",
        "Thanks",
        "Sorry",
        "Note",
        "N",
        "TBC",
        "TBD",
        "HTTP",
        "RCA",
        "PIR",
        "Ticket",
        "EUR",
        "USD",
        "GB",
        "MB",
        "TB",
        "KB",
        "Team",
        "Support",
        "Helpdesk",
        "Management",
        "Manager",
        "Technician",
        "Requester",
    ]
)
_SENTENCE_START = re.compile(r"(?:^|[.!?:;•\-–—\n\"“(]|^\s*\d+[.)])\s*$")


def names(text: str, words: list[Token]) -> list[Named]:
    """English words with a capital that are none at the start of a sentence; runs of them are one name."""
    found: list[Named] = []
    for word in words:
        if word.han or not word.text[0].isupper() or word.text in _SMALL_WORDS:
            continue
        bare = word.text.removesuffix("'s").removesuffix("’s")
        first = bool(_SENTENCE_START.search(text[: word.start]))
        odd = sum(c.isupper() for c in bare) >= 2
        if first and not odd:
            continue
        if found and text[found[-1].end : word.start] in (" ", "-", " of ", "&"):
            found[-1] = Named(
                start=found[-1].start,
                end=word.start + len(bare),
                key=f"{found[-1].key} {bare.lower()}",
            )
        else:
            found.append(Named(start=word.start, end=word.start + len(bare), key=bare.lower()))
    return found
