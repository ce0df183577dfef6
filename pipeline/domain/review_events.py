"""What may happen after a major incident, as events: its review is announced, and what it found is published."""

from __future__ import annotations

from typing import Any, ClassVar

from .directory import Bilingual
from .payload import ByPerson, Payload
from .times import Instant


class ReviewAnnounced(ByPerson):
    """There will be a review, and those who were told of the failure hear of it by then."""

    type = "heliograph.incident.review_announced.v1"
    summary = "A review was announced."
    personal = frozenset({"by"})
    example: ClassVar[dict[str, Any]] = {"review_by": "2026-08-31T18:00:00+08:00"}

    review_by: Instant


class ReviewPublished(ByPerson):
    """What the review found, in words for those who were told of the failure."""

    type = "heliograph.incident.review_published.v1"
    summary = "The findings of a review were published."
    personal = frozenset({"found", "cause", "lessons", "by"})
    example: ClassVar[dict[str, Any]] = {
        "found": {
            "zh": "登录服务与数据库的连接数用尽，新的登录请求排不上队。",
            "en": "The sign-in service ran out of database connections, so new sign-ins queued up.",
        },
        "lessons": {
            "zh": "连接数改为按负载调整，用到八成时告警。",
            "en": "The number of connections now follows the load, with an alert at 80 %.",
        },
    }

    found: Bilingual
    cause: Bilingual | None = None
    lessons: Bilingual | None = None


PAYLOADS: tuple[type[Payload], ...] = (ReviewAnnounced, ReviewPublished)
