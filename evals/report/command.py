"""`report`: the figures on one page; or are post-incident reports true to the record?"""

from __future__ import annotations

from pathlib import Path

from ..commands import Commands, Given


def add(commands: Commands) -> None:
    asked = commands.add_parser(
        "report", help="one page with plots of what was measured; or judge post-incident reports"
    )
    asked.add_argument("--to", type=Path, metavar="FILE", help="where the page goes")
    asked.add_argument("--json", action="store_true", help="of post-incident reports")
    asked.add_argument(
        "files", nargs="*", type=Path, metavar="JSON", help="what earlier runs wrote with --json"
    )
    asked.add_argument(
        "--data",
        nargs="+",
        type=Path,
        default=[],
        metavar="DIR",
        help="with --to folders of `grounding` to measure now, without any our own sets; without --to a "
        "folder of post-mortems (records.jsonl), of which reports are made and judged",
    )

    def do(given: Given) -> None:
        if given.to is None:
            from ..postmortems.run import run as judge

            if len(given.data) != 1:
                raise ValueError(
                    "name --to FILE for a page, or one folder of post-mortems with --data"
                )
            judge(given.data[0], as_json=given.json)
            return
        from .run import run

        run(given.to, given.files, given.data)

    asked.set_defaults(do=do)
