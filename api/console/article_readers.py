"""Which articles may this visitor look at, and which may she change?"""

from __future__ import annotations

from pipeline.article_ports import Kept
from pipeline.bootstrap import Heliograph
from pipeline.domain.incident import Incident

from ..auth.article_readers import EDITOR, labels_of_reader, labels_on, readable_article
from ..auth.visitors import Visitor


def may_edit(visitor: Visitor) -> bool:
    return visitor.role.includes(EDITOR)


def article_for(
    app: Heliograph, visitor: Visitor, name: str, incident: Incident | None = None
) -> Kept:
    """Raises UnknownThing, also for one that she may not read."""
    labels = labels_on(app, labels_of_reader(visitor.person), incident)
    return readable_article(app, name, labels)


def latest_revision(app: Heliograph, name: str) -> str:
    """Its number, as a form carries it; 0 of an unknown one."""
    return str(app.found_articles.latest_revision(name))
