"""`bench`: how fast is the product, in how much memory, and what is lost in a kill?"""

from __future__ import annotations

from pathlib import Path

from ..commands import Commands, Given


def add(commands: Commands) -> None:
    asked = commands.add_parser("bench", help="measure; a table, and JSON beside it")
    asked.add_argument("names", nargs="*", metavar="NAME", help="all without any")
    asked.add_argument("--json", type=Path, default=Path("var/bench.json"), help="where JSON goes")

    def do(given: Given) -> None:
        from .report import BENCHMARKS, run

        unknown = sorted(set(given.names) - set(BENCHMARKS))
        if unknown:
            raise ValueError(f"no benchmark {unknown[0]}; there are: {', '.join(BENCHMARKS)}")
        run(given.names or list(BENCHMARKS), given.json)

    asked.set_defaults(do=do)
