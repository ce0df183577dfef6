"""`python -m evals bench [NAME …]` runs the benchmarks, all or by name; `tour` takes the README's pictures;
`retrieval` judges the search, `calibrate` learns how likely an article helps, `questions` shows what a chat
model is asked."""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path

from knowledge.errors import KnowledgeError

# As `heliograph` itself does: NumPy's threads fight with each other for the processors.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from .bench.report import BENCHMARKS, run

SERVICE_DESK = Path(__file__).parent / "retrieval" / "servicedesk"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evals", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    bench = commands.add_parser("bench", help="measure; a table, and JSON beside it")
    bench.add_argument("names", nargs="*", metavar="NAME", help=f"of: {', '.join(BENCHMARKS)}")
    bench.add_argument("--json", type=Path, default=Path("var/bench.json"), help="where JSON goes")
    tour = commands.add_parser("tour", help="take the pictures of the README, with Chromium")
    tour.add_argument("--to", type=Path, default=Path("docs/tour"), help="where pictures go")
    retrieval = commands.add_parser("retrieval", help="judge the search on a set of questions")
    retrieval.add_argument(
        "--data", type=Path, required=True, help="corpus.jsonl, queries.jsonl, qrels.tsv"
    )
    retrieval.add_argument("--queries", default="queries.jsonl", help="another file of questions")
    retrieval.add_argument("--no-title", action="store_true", help="search bodies alone")
    retrieval.add_argument("--no-encoder", action="store_true", help="leave vectors out")
    retrieval.add_argument("--cache", type=Path, help="where encoded passages are kept")
    retrieval.add_argument("--json", action="store_true", help="JSON instead of a table")
    speed = commands.add_parser("retrieval-speed", help="time the search in a large library")
    speed.add_argument("--data", type=Path, required=True, help="a set to mix the library from")
    speed.add_argument("--queries", default="queries.jsonl", help="another file of questions")
    speed.add_argument("--articles", type=int, default=10_000, help="how many are made")
    speed.add_argument("--no-encoder", action="store_true", help="leave vectors out")
    calibrate = commands.add_parser("calibrate", help="learn anew how likely an article helps")
    calibrate.add_argument(
        "sets", nargs="+", metavar="DIR[:no-title][:QUERIES]", help="judged sets to learn from"
    )
    calibrate.add_argument(
        "--to", type=Path, default=Path("knowledge/ranking/probability.json"), help="the model"
    )
    calibrate.add_argument("--no-encoder", action="store_true", help="the model by words alone")
    calibrate.add_argument("--cache", type=Path, help="where encoded passages are kept")
    questions = commands.add_parser("questions", help="what a chat model is asked, and its answers")
    questions.add_argument(
        "--set", type=Path, default=SERVICE_DESK, metavar="DIR", help="the set of the articles"
    )
    questions.add_argument("--articles", type=int, default=100, help="how many are asked for")
    way = questions.add_mutually_exclusive_group(required=True)
    way.add_argument("--to", type=Path, metavar="FILE", help="where the prompts go, as JSON lines")
    way.add_argument("--answers", type=Path, metavar="FILE", help="recorded answers to judge")
    given = parser.parse_args()
    if given.command == "questions":
        from .questions import judge_answers, write_prompts

        try:
            if given.to:
                print(f"{write_prompts(given.set, given.articles, given.to)} prompts in {given.to}")
            else:
                print(json.dumps(judge_answers(given.set, given.answers)))
        except (OSError, ValueError) as wrong:
            parser.error(str(wrong))
        return
    if given.command == "retrieval-speed":
        from .retrieval.encoder import embedded
        from .retrieval.speed import run as time_it

        try:
            encoder = None if given.no_encoder else embedded()
            time_it(given.data, given.queries, given.articles, encoder)
        except (OSError, ValueError, KnowledgeError) as wrong:
            parser.error(str(wrong))
        return
    if given.command == "calibrate":
        from .retrieval.calibrate import calibrate as learn
        from .retrieval.encoder import embedded

        try:
            encoder = None if given.no_encoder else embedded()
            learn(given.sets, given.to, encoder, given.cache)
        except (OSError, ValueError, KnowledgeError) as wrong:
            parser.error(str(wrong))
        return
    if given.command == "retrieval":
        from .retrieval.encoder import embedded
        from .retrieval.run import run as judge

        try:
            judge(
                given.data,
                given.queries,
                titles=not given.no_title,
                as_json=given.json,
                encoder=None if given.no_encoder else embedded(),
                cache=given.cache,
            )
        except (OSError, ValueError, KnowledgeError) as wrong:
            parser.error(str(wrong))
        return
    if given.command == "tour":
        from .tour import take

        take(given.to)
        return
    unknown = sorted(set(given.names) - set(BENCHMARKS))
    if unknown:
        parser.error(f"no benchmark {unknown[0]}; there are: {', '.join(BENCHMARKS)}")
    run(given.names or list(BENCHMARKS), given.json)


if __name__ == "__main__":
    main()
