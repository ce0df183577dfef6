"""What a model wrote for articles, and how many it read today: rows inside a unit of work."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, update

from ...domain.generated import Generated
from . import tables
from .article_rows import ArticleRows
from .rows import Found as FoundRow

Q = tables.article_questions
N = tables.counters
READ_ON = "articles_read_on_"


class QuestionRows(ArticleRows):
    """What `article_ports.QuestionWork` promises."""

    def questions_of(self, article_ids: Sequence[str]) -> dict[str, Generated]:
        if not article_ids:
            return {}
        rows = self._all(Q.select().where(Q.c.article_id.in_(list(article_ids))))
        return {row["article_id"]: generated_of(row) for row in rows}

    def save_questions(self, article_id: str, generated: Generated) -> None:
        row = {
            "article_id": article_id,
            "made_of": generated.made_of,
            "state": generated.standing.value,
            "body": generated.model_dump_json(),
        }
        self._upsert(Q, ["article_id"], [row])
        self._touch({article_id})

    def may_read_article(self, day: date, most: int) -> bool:
        today = f"{READ_ON}{day.isoformat()}"
        others = N.c.name.startswith(READ_ON, autoescape=True), N.c.name != today
        self._connection.execute(delete(N).where(*others))
        self._insert_new(N, [{"name": today, "value": 0}])
        one_more = update(N).where(N.c.name == today, N.c.value < most).values(value=N.c.value + 1)
        return self._connection.execute(one_more).rowcount == 1


def generated_of(row: FoundRow) -> Generated:
    return Generated.model_validate_json(row["body"])
