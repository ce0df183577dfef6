"""Conversations and notes of a ServiceDesk Plus request, as its API gives them, with the request itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..entry import Entry, Read
from ..fields import inner, mappings, text_field, time_in
from ..history import unfolded
from ..html_text import text_of
from ..line import Visible
from ..octets import visible
from ..opened import Opened
from ..skipped import skipped
from ..subjects import Subjects

_LISTS = ("conversations", "notes", "request_conversations", "request_notes")
_TIMES = ("sent_time", "created_time", "created_date", "added_time", "time")
_PEOPLE = ("from", "created_by", "sent_by", "added_by", "requester", "by")
_SHOWS = ("show_to_requester", "is_public")
_HIDES = ("is_private", "is_internal")
_REPLY = "REQREPLY"
_SEEN = frozenset({"", _REPLY})
"""Other ways of leaving, such as `REQFORWARD` to a vendor, are not to the requester."""
_TEXTS = ("description", "content", "note", "notes_text", "message", "body")


def fits(file: Opened) -> float:
    """When it holds one of the lists, or a request with its own time."""
    whole = _whole(file.document)
    if any(isinstance(whole.get(name), list) for name in _LISTS):
        return 0.85
    is_request = "created_time" in whole and "description" in whole
    return 0.85 if is_request or any(True for _ in _loose(file.document)) else 0.0


def read(files: Sequence[Opened]) -> Read:
    """The request's own words first, then conversations and notes; each is internal unless the desk says
    that the requester saw it."""
    read, subjects = Read(), Subjects()
    for file in files:
        whole = _whole(file.document)
        asker = inner(whole, "requester")
        if "description" in whole and "created_time" in whole:
            read.entries += _entries(whole, read, Visible.REQUESTER, subjects)
        for name in _LISTS:
            for entry in mappings(whole.get(name)):
                read.entries += _entries(entry, read, _seen(entry, asker), subjects)
        for entry in _loose(file.document):
            read.entries += _entries(entry, read, _seen(entry, asker), subjects)
        read.problems += file.problems
    return read


def _whole(document: object) -> Mapping[str, Any]:
    if not isinstance(document, Mapping):
        return {}
    return inner(document, "request") or document


def _loose(document: object) -> Iterator[Mapping[str, Any]]:
    """A bare list of conversations or notes."""
    for entry in mappings(document):
        whose = any(name in entry for name in _PEOPLE)
        if whose and any(isinstance(entry.get(name), Mapping) for name in _TIMES):
            yield entry


def _seen(entry: Mapping[str, Any], asker: Mapping[str, Any]) -> Visible:
    """Law 12: only what the desk says that it showed, or what the requester wrote, counts as seen by her.
    A mark that hides, or that cannot be read, weighs more than any that shows."""
    shows = [_yes_or_no(entry[name]) for name in _SHOWS if name in entry]
    hides = [_yes_or_no(entry[name]) for name in _HIDES if name in entry]
    way = text_field(entry, "type").strip().upper()
    own = _is_of(entry, asker)
    if not all(shows) or any(mark is not False for mark in hides) or (way not in _SEEN and not own):
        return Visible.INTERNAL
    return Visible.REQUESTER if shows or way == _REPLY or own else Visible.INTERNAL


def _is_of(entry: Mapping[str, Any], asker: Mapping[str, Any]) -> bool:
    """Whether the requester wrote it: by the desk's id or her address, since names are not unique."""
    _, hers = _person(asker)
    _, keys = _person(next((entry[name] for name in _PEOPLE if entry.get(name)), None))
    return bool(set(hers) & set(keys))


def _yes_or_no(value: object) -> bool | None:
    if isinstance(value, str):
        return {"true": True, "false": False}.get(value.strip().casefold())
    return value if isinstance(value, bool) else None


def _entries(
    entry: Mapping[str, Any], read: Read, seen: Visible, subjects: Subjects
) -> Iterator[Entry]:
    at, stamp, written = time_in(next((entry[name] for name in _TIMES if name in entry), None))
    name, keys = _person(next((entry[key] for key in _PEOPLE if entry.get(key)), None))
    content = text_field(entry, *_TEXTS) or text_field(inner(entry, "description"), "content")
    text = visible(text_of(content) if "<" in content else content, read.problems)
    own = Entry(
        text="",
        speaker=name,
        keys=keys,
        at=at,
        stamp=stamp,
        written=written,
        visible=seen,
        is_mail=True,
    )
    subject = visible(text_field(entry, "subject", "title"), read.problems)
    above, text = subjects.above(own, text, subject)
    yield from above
    if text:
        yield from unfolded(text, own)
    elif not subject:
        read.problems += skipped(text_field(entry, "id") or written)


def _person(value: object) -> tuple[str, tuple[str, ...]]:
    if isinstance(value, Mapping):
        mail = text_field(value, "email_id", "email")
        key = text_field(value, "id", "user_id")
        return text_field(value, "name") or mail or key, tuple(filter(None, (key, mail)))
    return (value, ()) if isinstance(value, str) else ("", ())
