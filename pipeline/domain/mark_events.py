"""What do people say of a ticket that moves nothing by itself? That an article helped, that no model may read it."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import Field

from .directory import Key
from .payload import ByPerson, Line, Payload, PersonRef
from .suggested import Opinion


class ArticleJudged(Payload):
    """Somebody said whether an article helped with this ticket. It moves nothing by itself."""

    type = "heliograph.ticket.article_judged.v1"
    summary = "An article helped, or did not."
    personal = frozenset({"title", "by"})
    example: ClassVar[dict[str, Any]] = {
        "article": "art_01",
        "title": "邮件客户端一打开就闪退",
        "opinion": "solved",
        "by": {"id": "wang.xiaolin"},
    }

    article: Key
    title: Line
    opinion: Opinion
    by: PersonRef


class Marked(ByPerson):
    """Somebody said whether chat models may read about this ticket. It moves nothing by itself."""

    type = "heliograph.ticket.marked.v1"
    summary = "The ticket is kept from chat models, or is not any more."
    personal = frozenset({"by"})
    example: ClassVar[dict[str, Any]] = {"models": "none", "by": {"id": "chen.li"}}

    models: Literal["none", "any"] = Field(
        description="`none` keeps it from all of them; `any` leaves it to the rules."
    )


PAYLOADS: tuple[type[Payload], ...] = (ArticleJudged, Marked)
