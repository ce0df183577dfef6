"""What stands behind the release of texts? Put together here, beside the one place that names adapters."""

from __future__ import annotations

from .flow.releasing import Releasing
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
        wake=ground.ringer(),
    )
