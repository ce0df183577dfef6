"""Where do log lines go, and in which shape? To stderr, as text for people or JSON for machines."""

from __future__ import annotations

import logging
import sys
from typing import Literal

import structlog


def configure(level: str, shape: Literal["text", "json"]) -> None:
    """Once, at the start. Values come as keys, never inside sentences, so that none is lost or leaks."""
    renderer = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if shape == "json"
        # The formatter that comes with Rich prints local variables, and with them secrets. Quoted,
        # since terminals obey control characters, and strangers ask for addresses that hold them.
        else structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(),
            exception_formatter=structlog.dev.plain_traceback,
            repr_native_str=True,
        )
    )
    processors: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    if shape == "json":
        processors.append(structlog.processors.format_exc_info)
    structlog.configure(
        processors=[*processors, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        # Asked for each line: whoever puts another stream in its place finds the lines there.
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
    )
    # Libraries speak up only when something is wrong.
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(name)s: %(message)s")
