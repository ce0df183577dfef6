"""`chains`: is what keeps coming back proposed, and soon?"""

from __future__ import annotations

from pathlib import Path

from ..commands import Commands, Given


def add(commands: Commands) -> None:
    asked = commands.add_parser("chains", help="judge whether what comes back is proposed")
    asked.add_argument("--stream", type=Path, help="JSON rows in time order; made ones without")
    asked.add_argument("--proposals", type=Path, metavar="FILE", help="what was proposed when")
    asked.add_argument("--seeds", type=int, nargs="+", default=[11, 12], help="of made streams")
    asked.add_argument("--tickets", type=int, default=1000, help="of each made stream")
    asked.add_argument(
        "--learnt", action="store_true", help="streams of the failures that were learnt from"
    )
    asked.add_argument(
        "--product", action="store_true", help="through the product's own door and rows: slower"
    )
    asked.add_argument(
        "--write", choices=("zh", "en", "mixed"), help="write a made stream to --stream"
    )
    asked.add_argument("--json", action="store_true", help="JSON instead of a table")

    def do(given: Given) -> None:
        from .run import run, write

        if given.write and given.stream is None:
            raise ValueError("--write needs --stream FILE, where the stream goes")
        if given.write:
            write(given.stream, given.seeds[0], given.write, given.tickets)
            return
        run(
            given.stream,
            given.proposals,
            seeds=given.seeds,
            tickets=given.tickets,
            as_json_=given.json,
            learnt=given.learnt,
            by_product=given.product,
        )

    asked.set_defaults(do=do)
