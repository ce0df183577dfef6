"""`recurrence`, `components`, `learn-links`, `common-terms`: are earlier reports of the same found?"""

from __future__ import annotations

from pathlib import Path

from ..commands import Commands, Given


def add(commands: Commands) -> None:
    for each in (_recurrence, _components, _learn_links, _common_terms):
        each(commands)


def _recurrence(commands: Commands) -> None:
    asked = commands.add_parser("recurrence", help="judge which earlier reports are found")
    asked.add_argument(
        "--data", type=Path, required=True, help="corpus.jsonl with times, queries.jsonl, qrels.tsv"
    )
    asked.add_argument("--json", action="store_true", help="JSON instead of a table")

    def do(given: Given) -> None:
        from .run import run

        run(given.data, as_json=given.json)

    asked.set_defaults(do=do)


def _components(commands: Commands) -> None:
    asked = commands.add_parser("components", help="judge whether status reports find their like")
    asked.add_argument("--data", type=Path, required=True, help="a folder with incidents.jsonl")
    asked.add_argument("--json", action="store_true", help="JSON instead of a table")

    def do(given: Given) -> None:
        from .components import run

        run(given.data, as_json=given.json)

    asked.set_defaults(do=do)


def _learn_links(commands: Commands) -> None:
    asked = commands.add_parser("learn-links", help="learn anew which two tickets are one failure")
    asked.add_argument("--to", type=Path, default=Path("pipeline/recurrence/weights.json"))

    def do(given: Given) -> None:
        from .learning import learn

        learn(given.to)

    asked.set_defaults(do=do)


def _common_terms(commands: Commands) -> None:
    asked = commands.add_parser("common-terms", help="count anew which terms are common")
    asked.add_argument("folders", nargs="+", type=Path, metavar="DIR", help="one language each")
    asked.add_argument("--to", type=Path, default=Path("pipeline/recurrence/background.tsv"))

    def do(given: Given) -> None:
        from .common_terms import count

        print(f"{count(given.folders, given.to)} terms in {given.to}")

    asked.set_defaults(do=do)
