"""Which possible causes does a report's page offer as suspected factors?"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.bootstrap import Heliograph
from pipeline.causes.ranking import Likely
from pipeline.domain.directory import Language
from pipeline.domain.incident import Incident
from pipeline.domain.report import Edition

from ..auth.visitors import Visitor


def suspected_on(
    app: Heliograph, incident: Incident, edition: Edition, language: Language, visitor: Visitor
) -> Sequence[tuple[Likely, str]]:
    """On the edition for those who run the service alone, in the language that is written."""
    if edition is not Edition.ENGINEERS:
        return []
    return app.suspicions.offered(incident, language, visitor.person.zone)
