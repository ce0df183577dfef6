"""Which articles may this visitor look at, and which may she change?"""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from pipeline.article_ports import Kept
from pipeline.bootstrap import Heliograph
from pipeline.domain.directory import Role
from pipeline.domain.errors import UnknownThing
from pipeline.policy.readers import labels_of

from ..auth.visitors import Visitor

EDITOR = Role.INCIDENT_MANAGER
"""From this role on articles are written, imported and retired."""


def may_edit(visitor: Visitor) -> bool:
    return visitor.role.includes(EDITOR)


def readers_labels(visitor: Visitor) -> frozenset[str] | None:
    """None for an editor, who sees everything."""
    return None if may_edit(visitor) else labels_of(visitor.person)


def article_for(app: Heliograph, visitor: Visitor, name: str) -> Kept:
    """Raises UnknownThing, also for one that she may not read: its title is no news for her either."""
    kept = app.found_articles.kept(name)
    if kept is None or not kept.article.is_for(readers_labels(visitor)):
        raise UnknownThing(f"no article {name[:100]}")
    return kept


def today(app: Heliograph) -> date:
    """The day for which articles hold: that of the desk."""
    return app.clock.now().astimezone(ZoneInfo(app.settings.zone)).date()
