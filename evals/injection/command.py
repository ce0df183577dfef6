"""`injection`: what comes of a model that obeys whoever attacks it?"""

from __future__ import annotations

from pathlib import Path

from ..commands import Commands, Given


def add(commands: Commands) -> None:
    asked = commands.add_parser("injection", help="let a model obey whoever attacks it")
    asked.add_argument("--data", type=Path, help="a folder with more attacks: attacks.jsonl")
    asked.add_argument("--trials", type=int, default=50_000, help="how many texts are asked for")
    asked.add_argument(
        "--tickets", type=int, default=100, help="how many go through the whole flow"
    )
    asked.add_argument("--seed", type=int, default=1, help="the same seed makes the same trials")
    asked.add_argument("--json", action="store_true", help="JSON instead of a table")

    def do(given: Given) -> None:
        from .run import run

        run(given.data, given.trials, given.tickets, given.seed, as_json=given.json)

    asked.set_defaults(do=do)
