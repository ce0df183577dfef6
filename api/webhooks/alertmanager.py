"""What does Prometheus Alertmanager say? Version 4 of its webhook, as alerts.

https://prometheus.io/docs/alerting/latest/configuration/#webhook_config: one message for each group, sent
again every `repeat_interval`; `endsAt` is the zero time while an alert fires.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipeline.domain.alert import (
    LONGEST_DETAIL,
    LONGEST_KEY,
    Alert,
    labels_of,
    link,
    one_line,
)
from pipeline.domain.errors import Malformed
from pipeline.domain.unfit_values import in_words, place_of

from .moments import moment

MOST_ALERTS = 10_000
_TITLES = ("summary", "title", "message", "description")
_DETAILS = ("description", "message", "summary")


class _Lenient(BaseModel):
    """What we do not know is let through: new versions add fields."""

    model_config = ConfigDict(extra="ignore")


class _Alert(_Lenient):
    status: Literal["firing", "resolved"]
    labels: dict[str, str]
    annotations: dict[str, str] = {}
    startsAt: str | None = None  # noqa: N815  Alertmanager's own names
    endsAt: str | None = None  # noqa: N815
    generatorURL: str | None = None  # noqa: N815
    fingerprint: str | None = None


class _Message(_Lenient):
    version: Literal["4"]
    groupKey: str = ""  # noqa: N815
    status: Literal["firing", "resolved"]
    truncatedAlerts: int = Field(default=0, ge=0)  # noqa: N815
    alerts: list[_Alert] = Field(min_length=1, max_length=MOST_ALERTS)


def read(raw: object) -> tuple[list[Alert], int]:
    """(its alerts, how many more there were that it left out). Raises Malformed that names every field."""
    try:
        said = _Message.model_validate(raw)
    except ValidationError as wrong:
        raise malformed(wrong) from None
    return [
        _alert(one, n, said.groupKey) for n, one in enumerate(said.alerts)
    ], said.truncatedAlerts


def malformed(wrong: ValidationError) -> Malformed:
    problems = [
        (place_of(e, "body"), in_words(e))
        for e in wrong.errors(include_url=False, include_input=False)
    ][:100]
    detail = "; ".join(f"{field}: {sentence}" for field, sentence in problems[:10])
    return Malformed(detail, field=problems[0][0], problems=problems)


def _alert(said: _Alert, n: int, group: str) -> Alert:
    name = one_line(said.labels.get("alertname", ""), LONGEST_KEY) or "alert"
    titles = (one_line(said.annotations.get(key, "")) for key in _TITLES)
    try:
        started, ended = moment(said.startsAt), moment(said.endsAt)
    except ValueError as wrong:
        at = f"alerts.{n}"
        raise Malformed(f"{at}: a time {wrong}", field=at) from None
    return Alert(
        fingerprint=one_line(said.fingerprint or "", LONGEST_KEY) or _fingerprint(said.labels),
        name=name,
        status=said.status,
        title=next((t for t in titles if t), None) or name,
        started_at=started,
        ended_at=ended if said.status == "resolved" else None,
        labels=labels_of(said.labels),
        detail=_detail(said),
        url=link(said.generatorURL),
        group=group[:2000],
    )


def _detail(said: _Alert) -> str | None:
    """What its rule says of it, and its labels: the host is among them."""
    words = (one_line(said.annotations.get(key, ""), LONGEST_DETAIL // 4) for key in _DETAILS)
    labels = ", ".join(f"{k}={v}" for k, v in labels_of(said.labels).items() if k != "alertname")
    parts = [next((w for w in words if w), ""), one_line(labels, LONGEST_DETAIL // 4)]
    return " · ".join(part for part in parts if part) or None


def _fingerprint(labels: dict[str, Any]) -> str:
    """Of its labels, as Alertmanager's own is."""
    return hashlib.sha256(json.dumps(labels, sort_keys=True).encode()).hexdigest()[:16]
