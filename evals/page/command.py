"""`page`: the figures on one page."""

from __future__ import annotations

from pathlib import Path

from ..commands import Commands, Given


def add(commands: Commands) -> None:
    asked = commands.add_parser("page", help="one page with plots of what was measured")
    asked.add_argument("--to", type=Path, required=True, metavar="FILE", help="where the page goes")
    asked.add_argument(
        "files", nargs="*", type=Path, metavar="JSON", help="what earlier runs wrote with --json"
    )
    asked.add_argument(
        "--data",
        nargs="+",
        type=Path,
        default=[],
        metavar="DIR",
        help="folders of `grounding` to measure now; without any our own sets",
    )

    def do(given: Given) -> None:
        from .run import run

        run(given.to, given.files, given.data)

    asked.set_defaults(do=do)
