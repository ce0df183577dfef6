"""`python -m evals bench [NAME …]`: run the benchmarks, all or by name."""

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
    given = parser.parse_args()
    unknown = sorted(set(given.names) - set(BENCHMARKS))
    if unknown:
        parser.error(f"no benchmark {unknown[0]}; there are: {', '.join(BENCHMARKS)}")
    run(given.names or list(BENCHMARKS), given.json)


if __name__ == "__main__":
    main()
