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
_TEXTS = ("description", "content", "note", "notes_text", "message", "body")


def fits(file: Opened) -> float:
    """When it holds one of the lists, or a request with its own time."""
    whole = _whole(file.document)
    if any(isinstance(whole.get(name), list) for name in _LISTS):
        return 0.85
    is_request = "created_time" in whole and "description" in whole
    return 0.85 if is_request or any(True for _ in _loose(file.document)) else 0.0


def read(files: Sequence[Opened]) -> Read:
    """The request's own words first, then conversations and notes; a note is internal unless the desk
    showed it to the requester."""
    read, subjects = Read(), Subjects()
    for file in files:
        whole = _whole(file.document)
        if "description" in whole and "created_time" in whole:
            read.entries += _entries(whole, read, Visible.REQUESTER, subjects)
        for name in _LISTS:
            for entry in mappings(whole.get(name)):
                read.entries += _entries(
                    entry, read, _seen(entry, is_note="note" in name), subjects
                )
        for entry in _loose(file.document):
            is_note = "show_to_requester" in entry
            read.entries += _entries(entry, read, _seen(entry, is_note=is_note), subjects)
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


def _seen(entry: Mapping[str, Any], *, is_note: bool) -> Visible:
    if is_note:
        return Visible.REQUESTER if entry.get("show_to_requester") is True else Visible.INTERNAL
    hidden = entry.get("is_private") is True or entry.get("is_internal") is True
    return Visible.INTERNAL if hidden else Visible.REQUESTER


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
    text = subjects.above(text, subject)
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
