"""Which texts tell it today? Those that differ from the shipped ones: of files, and those written in the console."""

from __future__ import annotations

import prompts
from pipeline.bootstrap import Heliograph


def texts_in_force(app: Heliograph) -> dict[str, str]:
    """Name → text; laid over the shipped ones they are what readers get."""
    shipped = prompts.read_texts(prompts.ROOT)
    return {
        name: text for name, text in app.library.texts.files.items() if shipped.get(name) != text
    }
