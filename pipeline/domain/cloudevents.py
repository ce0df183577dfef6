"""Is this a CloudEvent that we understand? From raw JSON values to `Incoming`, or every problem at once.

Follows CloudEvents 1.0 in its structured and batched JSON form; `time` and `subject` are stricter here:
the time is required, and the subject is the ticket's number as people know it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from difflib import get_close_matches
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from .directory import Key, Number, Value
from .errors import Malformed
from .events import OPENING, PAYLOADS, UPCASTERS, content_hash, parse_payload
from .made_here import FROM_OUTSIDE, refusal
from .own_names import borrowed
from .payload import Payload
from .times import FUTURE_TOLERANCE, Instant, to_text
from .unfit_values import in_words


class Incoming(Value):
    """A well-formed event that is not recorded yet. `number` is None for a report that we number."""

    source: Key
    source_id: Key
    type: Key
    number: Number | None
    occurred_at: Instant
    data: Payload
    content_hash: str
    expected_version: int | None = None


def _json_type(text: str) -> str:
    if not _JSON_TYPE.fullmatch(text):
        raise ValueError("must be a JSON media type such as application/json")
    return text


_JSON_TYPE = re.compile(r"application/([\w.+-]+\+)?json *(;[^\r\n]*)?", re.ASCII | re.IGNORECASE)
_JsonType = Annotated[str, AfterValidator(_json_type)]


class _Envelope(BaseModel):
    """The attributes of a CloudEvent; extension attributes that we do not know are let through."""

    model_config = ConfigDict(extra="allow")

    specversion: Literal["1.0"]
    id: Key
    source: Key
    type: Key
    time: Instant
    subject: Number | None = None
    datacontenttype: _JsonType = "application/json"
    data: dict[str, Any]
    expectedversion: int | None = Field(default=None, strict=True, ge=0)


def parse(raw: object, *, now: datetime, at: str = "", ours: bool = False) -> Incoming:
    """The event in `raw`, a decoded JSON value. `at` prefixes the fields of problems ("3." in a batch); one that
    was made here (`ours`) may bear our names, and be of a type that Heliograph alone records.

    Raises Malformed, whose `problems` name every field at fault.
    """
    if not isinstance(raw, dict):
        raise Malformed("an event is a JSON object", field=at.rstrip(".") or "body")
    envelope = _envelope(raw, at)
    if not ours:
        _refuse_ours(envelope, at)
    if envelope.time > now + FUTURE_TOLERANCE:
        raise Malformed(f"{to_text(envelope.time)} lies in the future", field=f"{at}time")
    payload = _payload(envelope, at)
    if envelope.subject is None and not isinstance(payload, OPENING):
        raise Malformed("the ticket's number is needed", field=f"{at}subject")
    said = content_hash(envelope.type, envelope.subject, to_text(envelope.time), envelope.data)
    return Incoming(
        source=envelope.source,
        source_id=envelope.id,
        type=payload.type,
        number=envelope.subject,
        # A clock that runs ahead must not make every later step look old.
        occurred_at=min(envelope.time, now),
        data=payload,
        content_hash=said,
        expected_version=envelope.expectedversion,
    )


def _refuse_ours(envelope: _Envelope, at: str) -> None:
    taken = borrowed(envelope.source, envelope.id)
    if (said := refusal(envelope.type)) is not None:
        taken.append(("type", said))
    if taken:
        problems = [(f"{at}{field}", sentence) for field, sentence in taken]
        raise Malformed(_told(problems), field=problems[0][0], problems=problems)


def _envelope(raw: dict[str, Any], at: str) -> _Envelope:
    try:
        return _Envelope.model_validate(raw)
    except ValidationError as wrong:
        raise _malformed(wrong, at) from None


def _payload(envelope: _Envelope, at: str) -> Payload:
    if envelope.type not in PAYLOADS and envelope.type not in UPCASTERS:
        raise Malformed(_unknown(envelope.type), field=f"{at}type")
    try:
        return parse_payload(envelope.type, envelope.data)
    except ValidationError as wrong:
        raise _malformed(wrong, f"{at}data.") from None


def _unknown(type_: str) -> str:
    """With the one that was likely meant, instead of some sixty."""
    near = get_close_matches(type_, FROM_OUTSIDE, n=1)
    meant = f"; did you mean {near[0]}?" if near else ""
    return f"{type_} is not a type we know{meant} (GET /api/v1/schemas lists them)"


def _malformed(wrong: ValidationError, at: str) -> Malformed:
    problems = [
        (_field(at, error["loc"]), in_words(error))
        for error in wrong.errors(include_url=False, include_input=False)
    ]
    return Malformed(_told(problems), field=problems[0][0], problems=problems)


def _told(problems: Sequence[tuple[str, str]]) -> str:
    return "; ".join(f"{field}: {sentence}" for field, sentence in problems)


def _field(at: str, place: tuple[int | str, ...]) -> str:
    return (at + ".".join(str(part) for part in place)).rstrip(".") or "body"
