"""The workaround of a problem becomes an article: a draft, which nobody but editors may read until one of them says who."""

from __future__ import annotations

from knowledge.article import ArticleText
from knowledge.tokens.normal import HAN
from pipeline.bootstrap import Heliograph
from pipeline.domain.errors import Hindrance, UnknownThing, WrongState
from pipeline.flow.articles.editing import BY_HAND


def article_of(app: Heliograph, number: str, *, by: str) -> str:
    """The article's id; pressed twice it is the same. Raises UnknownThing, WrongState without a workaround."""
    with app.store.read() as tx:
        problem = tx.problem(number)
    if problem is None:
        raise UnknownThing(f"no problem {number[:100]}")
    if problem.article is not None:
        return problem.article
    if problem.workaround is None:
        raise WrongState(Hindrance.NOTHING_WRITTEN, "there is no workaround", field="workaround")
    text = ArticleText(
        source=BY_HAND,
        external_id=problem.number,
        title=problem.title,
        body=problem.workaround,
        language="zh" if HAN.search(problem.workaround) else "en",
        audience=(),
    )
    article = app.articles.write(text, by=by)
    app.problem_keeping.desk.became_article(number, article.id, by=by)
    return article.id
