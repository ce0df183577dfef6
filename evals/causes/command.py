"""`causes`, `learn-causes`: does the true cause stand first?"""

from __future__ import annotations

from pathlib import Path

from ..commands import Commands, Given


def add(commands: Commands) -> None:
    for each in (_causes, _learn_causes):
        each(commands)


def _causes(commands: Commands) -> None:
    asked = commands.add_parser("causes", help="judge whether the true cause stands first")
    asked.add_argument("--seeds", type=int, nargs="+", default=[11, 12, 13], help="of made streams")
    asked.add_argument("--incidents", type=int, default=250, help="of each made stream")
    asked.add_argument("--json", action="store_true", help="JSON instead of a table")

    def do(given: Given) -> None:
        from .run import run

        run(given.seeds, given.incidents, as_json=given.json)

    asked.set_defaults(do=do)


def _learn_causes(commands: Commands) -> None:
    asked = commands.add_parser("learn-causes", help="learn the weights of causes anew")
    asked.add_argument("--to", type=Path, default=Path("pipeline/causes/weights.json"))

    def do(given: Given) -> None:
        from .learning import learn

        learn(given.to)

    asked.set_defaults(do=do)
