"""What stands behind the release of texts, and behind their versions? Put together here, beside the one place that names adapters."""

from __future__ import annotations

from .flow.drafter import Drafter
from .flow.releasing import Releasing
from .flow.text_versions import TextVersions
from .flow.writing.waits import Prospects
from .ground import Ground


def open_releasing(ground: Ground, prospects: Prospects) -> Releasing:
    """A vote may make messages leave at once, and new texts due."""
    return Releasing(
        store=ground.store,
        clock=ground.clock,
        ids=ground.ids,
        library=ground.library,
        prospects=prospects,
        rows=ground.store.texts,
        wake=ground.ringer(),
    )


def open_text_versions(ground: Ground, drafter: Drafter) -> TextVersions:
    return TextVersions(
        store=ground.store,
        clock=ground.clock,
        library=ground.library,
        drafter=drafter,
        rows=ground.store.texts,
    )
