"""What stands behind the past that is brought in? Put together here, beside the one place that names adapters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from .adapters.history_files import FolderFiles
from .adapters.jobs.embedded import Worker
from .flow.history.comparing import Comparing
from .flow.history.importing import Imports
from .flow.history.taking import Past
from .ground import Ground
from .history_ports import COMPARING, HISTORY


@dataclass(frozen=True, kw_only=True)
class Historical:
    """What the door needs for the past. `wake` tells the workers that there is something to do."""

    past: Past
    imports: Imports
    comparing: Comparing
    wake: Callable[[], None]


def open_history(ground: Ground) -> Historical:
    past = Past(ground.store)
    files = FolderFiles(ground.settings.data_dir)
    imports = Imports(ground.store, ground.clock, ground.ids, files, past)
    ground.opened.append(imports.close)
    return Historical(
        past=past,
        imports=imports,
        comparing=Comparing(ground.store, ground.clock, ground.library, past),
        wake=ground.ringer(HISTORY, COMPARING),
    )


def history_workers(ground: Ground, history: Historical) -> list[Worker]:
    def next_comparison() -> datetime | None:
        """Now: how old a past ticket is says nothing of how long it has waited, and nobody waits for it."""
        with ground.store.read() as tx:
            return None if tx.next_due(COMPARING) is None else ground.clock.now()

    return [
        ground.worker(HISTORY, HISTORY, history.imports.turn, background=True),
        ground.watcher(COMPARING, history.comparing.turn, next_comparison, background=True),
    ]
