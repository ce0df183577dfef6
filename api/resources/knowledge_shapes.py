"""What do answers about articles look like, and what may be asked of them?"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic.config import JsonDict

from knowledge import article as kinds
from knowledge.answer import MOST, Answer, Suggestion
from knowledge.article import LONGEST_BODY, Article, ArticleText, Label, Standing
from pipeline.article_ports import Day, Revised, Use
from pipeline.domain.directory import Language
from pipeline.domain.errors import Malformed
from pipeline.domain.generated import Generated
from pipeline.domain.times import Instant
from pipeline.domain.unfit_values import in_words
from pipeline.flow.articles.editing import Taken
from pipeline.policy.readers import STAFF

from ..json_routes import Body
from .question_shapes import QuestionsShape

LONGEST_QUESTION = LONGEST_BODY
"""Characters that are searched with: an article's own text is a question, too."""
MOST_REVISIONS = 200
"""Changes of an article that are told with it."""
DEFAULT_AUDIENCE = (STAFF,)
"""Who may read an article of which nobody said it (law 12)."""

WRITTEN: JsonDict = {
    "title": "Reset the VPN token",
    "body": "## Steps\n\n1. Open the portal.\n2. Choose *New token*.",
    "language": "en",
    "products": ["VPN"],
    "audience": ["everybody"],
}


def asked(text: str) -> str:
    if not text.strip():
        raise ValueError("is empty: say what the trouble is")
    return text


Question = Annotated[str, Field(max_length=LONGEST_QUESTION), AfterValidator(asked)]


class PassageShape(BaseModel):
    """The piece of an article that made it fit. `headings` lead to it, outermost first."""

    headings: list[str]
    text: str


class SuggestionShape(BaseModel):
    id: str
    title: str
    language: str
    products: list[str]
    url: str | None
    probability: float = Field(description="That it helps, 0 to 1.")
    fits: bool = Field(description="Whether it is worth a person's time.")
    passage: PassageShape
    matched: list[str] = Field(description="Words of the question that the article says.")
    ranks: dict[str, int] = Field(
        description="The place that each retriever alone gave it, from 1."
    )


class SearchAnswer(BaseModel):
    fits: bool = Field(
        description="False when nothing fits; the nearest ones are told all the same."
    )
    fits_from: float = Field(description="The least probability at which an article fits.")
    missing: list[str] = Field(description="Retrievers that could not answer in time.")
    suggestions: list[SuggestionShape]

    @classmethod
    def of(cls, answer: Answer) -> Self:
        fitting = {s.article.id for s in answer.fitting}
        return cls(
            fits=bool(fitting),
            fits_from=answer.fits_from,
            missing=list(answer.missing),
            suggestions=[_suggestion(s, s.article.id in fitting) for s in answer.suggestions],
        )


class SearchRequest(Body):
    """A text that is too long for an address, such as a whole ticket."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"text": "Outlook closes by itself since the update."}]},
    )

    text: Question
    limit: int = Field(default=10, ge=1, le=MOST)


class UseShape(BaseModel):
    """How often requesters were told of an article, and what people said of it."""

    told: int
    solved: int
    not_this: int

    @classmethod
    def of(cls, use: Use) -> Self:
        return cls(told=use.told, solved=use.solved, not_this=use.not_this)


class ArticleSummary(BaseModel):
    id: str
    title: str
    language: str
    products: list[str]
    audience: list[str] = Field(description="Whoever carries one of these labels may read it.")
    source: str
    external_id: str
    url: str | None
    valid_from: date | None
    valid_until: date | None
    standing: Standing
    updated_at: Instant
    use: UseShape


class ArticleList(BaseModel):
    articles: list[ArticleSummary]
    total: int = Field(description="All that match.")
    after: str | None = Field(description="Cursor of the next page, or null on the last one.")


class RevisionShape(BaseModel):
    n: int
    at: Instant
    by: str
    what: str = Field(description="imported, written, retired, restored or put_back")
    title: str


class ArticleDetail(ArticleSummary):
    body: str = Field(description="Markdown.")
    edited: bool = Field(description="A person changed it here: no import overwrites it.")
    revision: int = Field(description="Send it as `expected_revision` with a change.")
    revisions: list[RevisionShape] = Field(
        description=f"Newest first, without their text; at most {MOST_REVISIONS}."
    )
    questions: QuestionsShape | None = Field(description="What a model wrote for it, if any.")


class ArticleWritten(Body):
    """What a person writes; whatever is left out is empty."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [WRITTEN]})

    title: kinds.Title
    body: Annotated[kinds.Body, Field(min_length=1, description="Markdown.")]
    language: Language
    products: list[Label] = Field(default=[], max_length=50)
    audience: list[Label] = Field(
        default=list(DEFAULT_AUDIENCE),
        max_length=50,
        description="`everybody`, `staff`, `group:ID`, `site:ID`, `customer:ID`; an empty list is "
        "editors alone.",
    )
    url: kinds.Url | None = None
    valid_from: date | None = None
    valid_until: date | None = Field(default=None, description="The last day on which it holds.")

    def text(self, source: str) -> ArticleText:
        """Raises Malformed for a period that ends before it begins."""
        fields = {name: getattr(self, name) for name in ArticleWritten.model_fields}
        try:
            return ArticleText(source=source, external_id="new", **fields)
        except ValidationError as wrong:
            said = in_words(wrong.errors(include_url=False)[0])
            raise Malformed(said, field="valid_until") from None


class ArticleRewritten(ArticleWritten):
    """The article as it shall be, whole. `audience` must be said: nobody should lose it by accident."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{**WRITTEN, "expected_revision": 1}]},
    )

    audience: list[Label] = Field(max_length=50)
    expected_revision: int | None = Field(
        default=None, description="Refuse when somebody changed it after this revision."
    )


class PutBack(Body):
    revision: int = Field(ge=1, description="The revision whose text shall be the article's again.")
    expected_revision: int | None = None


class OutcomeShape(BaseModel):
    source: str
    external_id: str
    id: str
    outcome: Literal["added", "changed", "unchanged", "kept"] = Field(
        description="`kept`: the source says something new, but a person has changed it here."
    )


class DayShape(BaseModel):
    """Tickets of a day (in UTC) by when they were opened."""

    day: date
    searched: int = Field(description="Tickets for which articles were searched.")
    suggested: int = Field(description="Those whose requester was told of any.")
    solved: int = Field(description="Those that an article solved, as somebody said.")

    @classmethod
    def of(cls, day: Day) -> Self:
        return cls(day=day.day, searched=day.searched, suggested=day.suggested, solved=day.solved)


def article_summary(article: Article, use: Use) -> ArticleSummary:
    return ArticleSummary(**_fields(article, use))


def article_detail(
    article: Article,
    use: Use,
    revisions: list[Revised],
    questions: Generated | None,
    *,
    edited: bool,
) -> ArticleDetail:
    return ArticleDetail(
        **_fields(article, use),
        body=article.body,
        edited=edited,
        revision=revisions[0].n if revisions else 0,
        revisions=[
            RevisionShape(n=r.n, at=r.at, by=r.by, what=r.what, title=r.title) for r in revisions
        ],
        questions=QuestionsShape.of(questions),
    )


def outcome(taken: Taken) -> OutcomeShape:
    return OutcomeShape(
        source=taken.source, external_id=taken.external_id, id=taken.id, outcome=taken.outcome
    )


def _fields(article: Article, use: Use) -> dict[str, Any]:
    names = ArticleSummary.model_fields.keys() - {"use", "products", "audience"}
    return {name: getattr(article, name) for name in names} | {
        "products": list(article.products),
        "audience": list(article.audience or ()),
        "use": UseShape.of(use),
    }


def _suggestion(s: Suggestion, fits: bool) -> SuggestionShape:
    return SuggestionShape(
        id=s.article.id,
        title=s.article.title,
        language=s.article.language,
        products=list(s.article.products),
        url=s.article.url,
        probability=round(s.probability, 4),
        fits=fits,
        passage=PassageShape(headings=list(s.passage.headings), text=s.passage.text),
        matched=list(s.matched),
        ranks=dict(s.ranks),
    )
