"""A failure at ten, and the smallest things that may have happened around it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from pipeline.causes.ranking import candidates
from pipeline.causes.seen import ChangeSeen, Earlier, Failure, Line, Seen, Upstream
from pipeline.domain.change import Change

TEN = datetime(2026, 8, 24, 10, 0, tzinfo=UTC)


def minutes(n: float) -> timedelta:
    return timedelta(minutes=n)


def failure(**more: Any) -> Failure:
    usual: dict[str, Any] = {
        "incident": "inc_1",
        "began_at": TEN,
        "over_at": None,
        "now": TEN + minutes(120),
        "path": {"crm": 0, "crm-db": 1, "san": 2},
    }
    return Failure(**usual | more)


def change(number: str = "CHG-1", *, ago: float = 10, **more: Any) -> Change:
    at = TEN - minutes(ago)
    usual: dict[str, Any] = {
        "id": f"chg_{number}",
        "source": "ci",
        "number": number,
        "services": ("crm",),
        "what": "new session store",
        "state": "done",
        "began_at": at,
        "ended_at": at,
    }
    return Change.model_validate(usual | more)


def changed(number: str = "CHG-1", *, ago: float = 10, **more: Any) -> ChangeSeen:
    beside = {name: more.pop(name) for name in ("others_fine", "others_failed") if name in more}
    return ChangeSeen(change=change(number, ago=ago, **more), **beside)


def earlier(number: str = "INC-0", *, days: float = 7, **more: Any) -> Earlier:
    usual: dict[str, Any] = {
        "incident": f"inc_{number}",
        "number": number,
        "at": TEN - timedelta(days=days),
        "probability": 0.9,
        "cause": "the session store ran out of memory",
    }
    return Earlier(**usual | more)


def upstream(**more: Any) -> Upstream:
    usual: dict[str, Any] = {
        "incident": "inc_db",
        "number": "INC-2",
        "service": "crm-db",
        "began_at": TEN - minutes(5),
        "over_at": None,
    }
    return Upstream(**usual | more)


def line(text: str, n: int = 1, speaker: str = "Chen Li", **more: Any) -> Line:
    usual: dict[str, Any] = {"id": f"con_1:{n}", "at": TEN + minutes(20 + n), "claims": True}
    return Line(speaker=speaker, text=text, **usual | more)


def codes(seen: Seen) -> list[str]:
    """Of the one candidate."""
    (one,) = candidates(seen)
    return sorted(evidence.code.value for evidence in one.evidence)
