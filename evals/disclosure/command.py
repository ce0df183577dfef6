"""`disclosure`: would somebody see what is not for them?"""

from __future__ import annotations

from ..commands import Commands, Given


def add(commands: Commands) -> None:
    asked = commands.add_parser("disclosure", help="look for canaries where they may not be known")
    asked.add_argument("--trials", type=int, default=100, help="how many tickets are made")
    asked.add_argument("--seed", type=int, default=1, help="the same seed makes the same tickets")
    asked.add_argument(
        "--no-messages", action="store_true", help="briefs and prompts alone: faster"
    )
    asked.add_argument("--json", action="store_true", help="JSON instead of a table")

    def do(given: Given) -> None:
        from .run import run

        run(given.trials, given.seed, as_json=given.json, flow=not given.no_messages)

    asked.set_defaults(do=do)
