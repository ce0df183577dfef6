"""`python -m evals NAME`: what is measured, learnt and pictured. `--help` lists the names, `NAME --help` what each takes."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

# As `heliograph` itself does: NumPy's threads fight with each other for the processors.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import structlog

from knowledge.errors import KnowledgeError

from .bench import command as bench
from .causes import command as causes
from .chains import command as chains
from .commands import Commands, Given
from .disclosure import command as disclosure
from .drafts import command as drafts
from .grounding import command as grounding
from .injection import command as injection
from .page import command as page
from .recurrence import command as recurrence
from .report import command as report
from .retrieval import command as retrieval

PACKAGES = (
    *(bench, retrieval, grounding, disclosure, injection, drafts),
    *(recurrence, chains, causes, report, page),
)
"""Those whose `command.py` adds what they are asked for, in the order of `--help`."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evals", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="NAME")
    for package in PACKAGES:
        package.add(commands)
    _tour(commands)
    given = parser.parse_args()
    # On stdout stand figures alone.
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger("warning"),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
    )
    try:
        given.do(given)
    except (OSError, ValueError, KnowledgeError) as wrong:
        parser.error(str(wrong))


def _tour(commands: Commands) -> None:
    asked = commands.add_parser("tour", help="take the pictures of the README, with Chromium")
    asked.add_argument("--to", type=Path, default=Path("docs/tour"), help="where pictures go")

    def do(given: Given) -> None:
        from .tour import take

        take(given.to)

    asked.set_defaults(do=do)


if __name__ == "__main__":
    main()
