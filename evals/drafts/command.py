"""`drafts`: do a model's texts keep the contract?"""

from __future__ import annotations

from pathlib import Path

from ..commands import Commands, Given


def add(commands: Commands) -> None:
    asked = commands.add_parser("drafts", help="hold a model's texts to the contract")
    way = asked.add_mutually_exclusive_group()
    way.add_argument("--answers", type=Path, metavar="DIR", help="recorded answers of one model")
    way.add_argument("--model", help="ask it now: NAME at --url, or PROVIDER:NAME")
    asked.add_argument("--url", default="", help="an endpoint that speaks as OpenAI's does")
    asked.add_argument("--key-env", default="", metavar="VAR", help="where the key stands")
    asked.add_argument("--keep", type=Path, metavar="DIR", help="where the answers are kept")
    asked.add_argument("--price-in", type=float, help="of a million tokens asked")
    asked.add_argument("--price-out", type=float, help="of a million tokens answered")
    asked.add_argument("--within", type=float, default=60.0, help="seconds for one answer")
    asked.add_argument("--json", action="store_true", help="JSON instead of a table")

    def do(given: Given) -> None:
        from .live import live
        from .run import run

        answering = None
        if given.model:
            answering = live(
                given.model,
                given.url,
                given.key_env,
                prices=(given.price_in, given.price_out),
                keep=given.keep,
            )
        run(answering, given.answers, as_json=given.json, within=given.within)

    asked.set_defaults(do=do)
