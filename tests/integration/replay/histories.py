"""Histories in a line or two."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from api.replay.histories import History, Statement
from api.replay.run import Outcome, play
from pipeline.settings import Settings

NOON = datetime(2024, 3, 4, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
BOTH = ("affected", "public")


def said(minute: int, status: str, text: str = "We looked at it.") -> Statement:
    return Statement(at=NOON + minute * MINUTE, status=status, text=text)


def history(*statements: Statement, **more: Any) -> History:
    usual: dict[str, Any] = {
        "id": "gh-1",
        "title": "Incident with Pages",
        "severity": "P2",
        "components": ("Pages",),
        "statements": statements,
    }
    return History(**usual | more)


def played(*histories: History, zone: str = "UTC", **more: Any) -> Outcome:
    return play(histories, Settings(zone=zone), audiences=BOTH, **more)
