"""A Slack export: day files of channels, and the file of users where it was given."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..entry import Entry, Read
from ..fields import inner, instant, mappings, text_field
from ..line import Part, ProblemKind
from ..newest import newest
from ..octets import visible
from ..opened import Opened
from ..skipped import skipped

_REFERENCE = re.compile(r"<([^<>|]{1,2000})(?:\|([^<>]{0,500}))?>")
_QUIET = (
    "channel_",
    "group_",
    "pinned_",
    "unpinned_",
    "bot_add",
    "bot_remove",
    "reminder_",
    "tombstone",
)
_People = dict[str, tuple[str, tuple[str, ...]]]


def fits(file: Opened) -> float:
    """When its entries are messages with `ts`, or users with their profiles."""
    entries = list(mappings(file.document))[:20]
    if any("ts" in entry and ("text" in entry or "type" in entry) for entry in entries):
        return 0.9
    if file.name in {"users.json", "channels.json"} and any("id" in entry for entry in entries):
        return 0.8
    return 0.9 if any("profile" in entry and "id" in entry for entry in entries) else 0.0


def read(files: Sequence[Opened]) -> Read:
    """The messages of all channels, by file; times are exact."""
    read = Read()
    people = _people(files)
    messages: list[Mapping[str, Any]] = []
    for file in sorted(files, key=lambda each: each.file.name):
        entries = list(mappings(file.document))
        messages += [entry for entry in entries if "ts" in entry]
        others = sum(1 for entry in entries if "ts" not in entry and not _is_about(entry))
        read.problems += skipped(file.name, count=others) if others else ()
        read.problems += file.problems
    kept, read.dropped = newest(messages, lambda message: text_field(message, "ts"))
    for message in kept:
        read.entries += _entries(message, people, read)
    return read


def _is_about(entry: Mapping[str, Any]) -> bool:
    """A user, a channel: not something that somebody said."""
    return "id" in entry and "text" not in entry


def _people(files: Sequence[Opened]) -> _People:
    found: _People = {}
    for file in files:
        for user in mappings(file.document):
            key = text_field(user, "id")
            if key and "ts" not in user and ("profile" in user or "real_name" in user):
                profile = inner(user, "profile")
                name = text_field(profile, "real_name") or text_field(user, "real_name", "name")
                found[key] = name, tuple(filter(None, (key, text_field(profile, "email"))))
    return found


def _entries(message: Mapping[str, Any], people: _People, read: Read) -> Iterator[Entry]:
    user = text_field(message, "user", "bot_id")
    own = text_field(inner(message, "user_profile"), "real_name", "display_name")
    bot = text_field(message, "username") or text_field(inner(message, "bot_profile"), "name")
    name, keys = people.get(user, (own or bot or user, (user,) if user else ()))
    written = text_field(message, "ts")
    quiet = text_field(message, "subtype").startswith(_QUIET)

    def entry(text: str, part: Part) -> Entry:
        at = instant(written)
        return Entry(text=text, speaker=name, keys=keys, at=at, written=written, part=part)

    text = visible(_plain("\n".join(_texts(message)), people), read.problems)
    if text:
        yield entry(text, Part.NOTICE if quiet else Part.SAID)
    names = [
        text_field(each, "name", "title", "id") or "?" for each in mappings(message.get("files"))
    ]
    if names:
        read.problems += skipped(", ".join(names), ProblemKind.ATTACHMENT, len(names))
        yield entry(", ".join(names), Part.NOTICE)
    if not text and not names:
        read.problems += skipped(written)


def _texts(message: Mapping[str, Any]) -> Iterator[str]:
    """Its words; and those of its cards, which is all that monitors say."""
    yield text_field(message, "text")
    for card in mappings(message.get("attachments")):
        told = [text_field(card, "pretext"), text_field(card, "title"), text_field(card, "text")]
        told = [each for each in told if each] or [text_field(card, "fallback")]
        yield from dict.fromkeys(told)


def _plain(text: str, people: _People) -> str:
    def shown(found: re.Match[str]) -> str:
        target, label = found[1], found[2]
        if target.startswith("@"):
            return f"@{people.get(target[1:], (label or target[1:], ()))[0]}"
        if target.startswith(("#", "!")):
            sign = "#" if target[0] == "#" else "@"
            return f"{sign}{(label or target[1:].partition('^')[0]).lstrip('@#')}"
        return f"{label} ({target})" if label and label not in target else target

    return html.unescape(_REFERENCE.sub(shown, text)).strip()
