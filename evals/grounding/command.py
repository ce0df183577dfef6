"""`grounding`: does the guard find the claims that the record does not support?"""

from __future__ import annotations

from pathlib import Path

from ..commands import Commands, Given


def add(commands: Commands) -> None:
    asked = commands.add_parser("grounding", help="judge the guard that holds claims to the record")
    asked.add_argument("--judge", type=Path, help="rows of marked texts, JSON lines")
    asked.add_argument(
        "--data",
        type=Path,
        help="a folder of status updates, post-mortems, or marked texts about box scores",
    )
    asked.add_argument("--json", action="store_true", help="JSON instead of a table")
    opinion = asked.add_mutually_exclusive_group()
    opinion.add_argument(
        "--opinion",
        type=Path,
        nargs="+",
        default=[],
        metavar="FILE",
        help="recorded answers of a model about marked texts: the guard alone, and with them",
    )
    opinion.add_argument(
        "--opinion-prompts", type=Path, metavar="DIR", help="write out what such a model is asked"
    )
    asked.add_argument("--texts", type=int, help="of how many texts; all without")
    asked.add_argument("--seed", type=int, default=20_261, help="by which those are drawn")

    def do(given: Given) -> None:
        from .run import prompts_of, run

        asks = given.opinion_prompts is not None
        if given.data and (asks or given.opinion):
            raise ValueError("opinions are about marked texts: --judge FILE, or our own set")
        if asks:
            written = prompts_of(given.judge, given.opinion_prompts, given.texts, given.seed)
            print(f"{written} prompts in {given.opinion_prompts}")
        else:
            run(given.judge, given.data, as_json=given.json, opinions=given.opinion)

    asked.set_defaults(do=do)
