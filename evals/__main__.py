"""`python -m evals bench [NAME …]` runs the benchmarks, all or by name; `tour` takes the README's pictures."""

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
    given = parser.parse_args()
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
