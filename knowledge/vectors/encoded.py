"""Which texts of an article does an encoder get? Its passages under title and headings, if it reads it."""

from __future__ import annotations

from ..ports import Encoder, Indexed
from ..splitting import passages

_JUDGED = 2_000
"""Characters of a body by which it is judged whether an article is read."""


def texts_of(one: Indexed, encoder: Encoder) -> list[str]:
    """Empty for an article that the encoder does not read. What a model wrote is a text of its own, of
    the lines that are read: an English title leads English questions to a Chinese article."""
    article, texts = one.article, []
    if encoder.reads(f"{article.title}\n{article.body[:_JUDGED]}"):
        for passage in passages(article):
            above = [h for h in passage.headings if h != article.title]
            texts.append("\n".join([article.title, *above, passage.text]).strip())
    written = [line for line in one.generated.splitlines() if encoder.reads(line)]
    return [*texts, "\n".join(written)] if written else texts
