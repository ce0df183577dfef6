"""`python -m evals bench [NAME …]` runs the benchmarks, all or by name; `tour` takes the README's pictures;
`retrieval` judges the search."""

from __future__ import annotations

import argparse
from pathlib import Path

from .bench.report import BENCHMARKS, run


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
    retrieval.add_argument("--json", action="store_true", help="JSON instead of a table")
    given = parser.parse_args()
    if given.command == "retrieval":
        from .retrieval.run import run as judge

        try:
            judge(given.data, given.queries, titles=not given.no_title, as_json=given.json)
        except (OSError, ValueError) as wrong:
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
