"""`report`: are post-incident reports true to the record?"""

from __future__ import annotations

from pathlib import Path

from ..commands import Commands, Given


def add(commands: Commands) -> None:
    asked = commands.add_parser(
        "report", help="make post-incident reports of a folder of post-mortems, and judge them"
    )
    asked.add_argument(
        "--data", type=Path, required=True, metavar="DIR", help="a folder with records.jsonl"
    )
    asked.add_argument("--json", action="store_true", help="figures, and each report, as JSON")

    def do(given: Given) -> None:
        from .run import run

        run(given.data, as_json=given.json)

    asked.set_defaults(do=do)
