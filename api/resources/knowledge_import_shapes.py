"""What does an import say, and what is it answered?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.config import JsonDict

from knowledge.article import ArticleText, ExternalId, Label, SourceName, Unreadable
from pipeline.domain.errors import Malformed, TooLarge
from pipeline.flow.articles.editing import MOST_AT_ONCE, Taken

from ..json_routes import Body
from .knowledge_shapes import DEFAULT_AUDIENCE, OutcomeShape, outcome

MOST_PRESENT = 20_000
"""External ids in one part of what a source still tells of."""
Audience = Annotated[
    list[Label],
    Field(
        max_length=50,
        description="Who may read those of which the source does not say. Default: staff alone.",
    ),
]
EXAMPLE: JsonDict = {
    "source": "handbook",
    "audience": ["everybody"],
    "articles": [
        {
            "external_id": "vpn/reset.md",
            "title": "Reset the VPN token",
            "body": "## Steps\n\n1. Open the portal.\n2. Choose *New token*.",
            "language": "en",
            "products": ["VPN"],
            "url": "https://kb.example.org/vpn/reset",
            "valid_until": "2027-12-31",
        }
    ],
}


class ImportBody(Body):
    """Articles as a source tells them. `source` counts for those that name none."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [EXAMPLE]})

    source: SourceName | None = None
    audience: Audience = list(DEFAULT_AUDIENCE)
    articles: list[ArticleText] = Field(
        min_length=1, description=f"At most {MOST_AT_ONCE}; each may leave out `source`."
    )

    @model_validator(mode="before")
    @classmethod
    def _name_the_source(cls, said: Any) -> Any:
        if not isinstance(said, dict) or not isinstance(said.get("articles"), list):
            return said
        if len(said["articles"]) > MOST_AT_ONCE:
            # Before each of them is read: a caller's mistake should cost little.
            raise TooLarge(f"an import has at most {MOST_AT_ONCE} articles", field="articles")
        source = said.get("source")
        if source is None:
            return said
        named = [{"source": source, **a} if isinstance(a, dict) else a for a in said["articles"]]
        return said | {"articles": named}

    def check_once(self) -> None:
        """Raises Malformed when two are called the same: the second would overwrite the first."""
        seen: dict[tuple[str, str], int] = {}
        for n, article in enumerate(self.articles):
            first = seen.setdefault((article.source, article.external_id), n)
            if first != n:
                raise Malformed(
                    f"is the id of articles.{first}, too", field=f"articles.{n}.external_id"
                )


class UnreadableShape(BaseModel):
    place: str
    reason: str


class ImportAnswer(BaseModel):
    """What became of each, in the order in which they came."""

    counts: dict[str, int] = Field(examples=[{"added": 1, "unchanged": 4}])
    articles: list[OutcomeShape]
    unreadable: list[UnreadableShape] = []

    @classmethod
    def of(cls, taken: Iterable[Taken], unreadable: Iterable[Unreadable] = ()) -> Self:
        outcomes = [outcome(one) for one in taken]
        return cls(
            counts=dict(Counter(one.outcome for one in outcomes)),
            articles=outcomes,
            unreadable=[UnreadableShape(place=u.place, reason=u.reason) for u in unreadable],
        )


class FinishBody(Body):
    """What a source still tells of, between two of its ids (`after` is not among them, `until` is), in
    the order of Unicode code points. Without both it is all that the source has."""

    source: SourceName
    present: list[ExternalId] = Field(min_length=1, max_length=MOST_PRESENT)
    after: str = Field(default="", max_length=500)
    until: str | None = Field(default=None, max_length=500)

    @model_validator(mode="after")
    def _within(self) -> Self:
        for n, one in enumerate(self.present):
            if one <= self.after or (self.until is not None and one > self.until):
                raise ValueError(f"present.{n} does not lie between `after` and `until`")
        return self


class FinishAnswer(BaseModel):
    retired: list[str] = Field(description="By the ids of their source.")


class AddressBody(Body):
    url: str = Field(max_length=2000, examples=["https://kb.example.org/vpn/reset"])
    source: SourceName = "web"
    audience: Audience = list(DEFAULT_AUDIENCE)
