"""`retrieval`, `retrieval-speed`, `calibrate`, `questions`: does the search find the article that helps?"""

from __future__ import annotations

import json
from pathlib import Path

from ..commands import Commands, Given

SERVICE_DESK = Path(__file__).parent / "servicedesk"


def add(commands: Commands) -> None:
    for each in (_retrieval, _speed, _calibrate, _questions):
        each(commands)


def _retrieval(commands: Commands) -> None:
    asked = commands.add_parser("retrieval", help="judge the search on a set of questions")
    asked.add_argument(
        "--data", type=Path, required=True, help="corpus.jsonl, queries.jsonl, qrels.tsv"
    )
    asked.add_argument("--queries", default="queries.jsonl", help="another file of questions")
    asked.add_argument("--no-title", action="store_true", help="search bodies alone")
    asked.add_argument("--no-encoder", action="store_true", help="leave vectors out")
    asked.add_argument("--cache", type=Path, help="where encoded passages are kept")
    asked.add_argument("--json", action="store_true", help="JSON instead of a table")

    def do(given: Given) -> None:
        from .encoder import embedded
        from .run import run

        encoder = None if given.no_encoder else embedded()
        run(
            given.data,
            given.queries,
            titles=not given.no_title,
            as_json=given.json,
            encoder=encoder,
            cache=given.cache,
        )

    asked.set_defaults(do=do)


def _speed(commands: Commands) -> None:
    asked = commands.add_parser("retrieval-speed", help="time the search in a large library")
    asked.add_argument("--data", type=Path, required=True, help="a set to mix the library from")
    asked.add_argument("--queries", default="queries.jsonl", help="another file of questions")
    asked.add_argument("--articles", type=int, default=10_000, help="how many are made")
    asked.add_argument("--no-encoder", action="store_true", help="leave vectors out")

    def do(given: Given) -> None:
        from .encoder import embedded
        from .speed import run

        run(given.data, given.queries, given.articles, None if given.no_encoder else embedded())

    asked.set_defaults(do=do)


def _calibrate(commands: Commands) -> None:
    asked = commands.add_parser("calibrate", help="learn anew how likely an article helps")
    asked.add_argument(
        "sets", nargs="+", metavar="DIR[:no-title][:QUERIES]", help="judged sets to learn from"
    )
    asked.add_argument(
        "--to", type=Path, default=Path("knowledge/ranking/probability.json"), help="the model"
    )
    asked.add_argument("--no-encoder", action="store_true", help="the model by words alone")
    asked.add_argument("--cache", type=Path, help="where encoded passages are kept")

    def do(given: Given) -> None:
        from .calibrate import calibrate
        from .encoder import embedded

        encoder = None if given.no_encoder else embedded()
        calibrate(given.sets, given.to, encoder, given.cache)

    asked.set_defaults(do=do)


def _questions(commands: Commands) -> None:
    asked = commands.add_parser("questions", help="what a chat model is asked, and its answers")
    asked.add_argument(
        "--set", type=Path, default=SERVICE_DESK, metavar="DIR", help="the set of the articles"
    )
    asked.add_argument("--articles", type=int, default=100, help="how many are asked for")
    way = asked.add_mutually_exclusive_group(required=True)
    way.add_argument("--to", type=Path, metavar="FILE", help="where the prompts go, as JSON lines")
    way.add_argument("--answers", type=Path, metavar="FILE", help="recorded answers to judge")

    def do(given: Given) -> None:
        from ..questions import judge_answers, write_prompts

        if given.to:
            print(f"{write_prompts(given.set, given.articles, given.to)} prompts in {given.to}")
        else:
            print(json.dumps(judge_answers(given.set, given.answers)))

    asked.set_defaults(do=do)
