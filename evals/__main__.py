"""`python -m evals NAME`: what is measured. `bench` times the product, `tour` takes the README's pictures,
`retrieval` judges the search, `calibrate` learns how likely an article helps, `questions` shows what a chat model
is asked, `grounding` judges the guard of claims, `disclosure` looks for what the wrong readers would see,
`recurrence` judges which earlier reports are found, `chains` whether what comes back is proposed, `causes` whether a
true cause stands first,
`injection` lets a model obey its attackers, `drafts` holds a model's texts to the contract, `report` shows
their figures on one page."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable
from pathlib import Path

# As `heliograph` itself does: NumPy's threads fight with each other for the processors.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from knowledge.errors import KnowledgeError

SERVICE_DESK = Path(__file__).parent / "retrieval" / "servicedesk"
Given = argparse.Namespace


def _bench(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    asked = commands.add_parser("bench", help="measure; a table, and JSON beside it")
    asked.add_argument("names", nargs="*", metavar="NAME", help="all without any")
    asked.add_argument("--json", type=Path, default=Path("var/bench.json"), help="where JSON goes")

    def do(given: Given) -> None:
        from .bench.report import BENCHMARKS, run

        unknown = sorted(set(given.names) - set(BENCHMARKS))
        if unknown:
            raise ValueError(f"no benchmark {unknown[0]}; there are: {', '.join(BENCHMARKS)}")
        run(given.names or list(BENCHMARKS), given.json)

    asked.set_defaults(do=do)


def _tour(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    asked = commands.add_parser("tour", help="take the pictures of the README, with Chromium")
    asked.add_argument("--to", type=Path, default=Path("docs/tour"), help="where pictures go")

    def do(given: Given) -> None:
        from .tour import take

        take(given.to)

    asked.set_defaults(do=do)


def _retrieval(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
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
        from .retrieval.encoder import embedded
        from .retrieval.run import run

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


def _speed(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    asked = commands.add_parser("retrieval-speed", help="time the search in a large library")
    asked.add_argument("--data", type=Path, required=True, help="a set to mix the library from")
    asked.add_argument("--queries", default="queries.jsonl", help="another file of questions")
    asked.add_argument("--articles", type=int, default=10_000, help="how many are made")
    asked.add_argument("--no-encoder", action="store_true", help="leave vectors out")

    def do(given: Given) -> None:
        from .retrieval.encoder import embedded
        from .retrieval.speed import run

        run(given.data, given.queries, given.articles, None if given.no_encoder else embedded())

    asked.set_defaults(do=do)


def _calibrate(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
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
        from .retrieval.calibrate import calibrate
        from .retrieval.encoder import embedded

        encoder = None if given.no_encoder else embedded()
        calibrate(given.sets, given.to, encoder, given.cache)

    asked.set_defaults(do=do)


def _questions(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    asked = commands.add_parser("questions", help="what a chat model is asked, and its answers")
    asked.add_argument(
        "--set", type=Path, default=SERVICE_DESK, metavar="DIR", help="the set of the articles"
    )
    asked.add_argument("--articles", type=int, default=100, help="how many are asked for")
    way = asked.add_mutually_exclusive_group(required=True)
    way.add_argument("--to", type=Path, metavar="FILE", help="where the prompts go, as JSON lines")
    way.add_argument("--answers", type=Path, metavar="FILE", help="recorded answers to judge")

    def do(given: Given) -> None:
        from .questions import judge_answers, write_prompts

        if given.to:
            print(f"{write_prompts(given.set, given.articles, given.to)} prompts in {given.to}")
        else:
            print(json.dumps(judge_answers(given.set, given.answers)))

    asked.set_defaults(do=do)


def _grounding(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    asked = commands.add_parser("grounding", help="judge the guard that holds claims to the record")
    asked.add_argument("--judge", type=Path, help="rows of marked texts, JSON lines")
    asked.add_argument(
        "--data",
        type=Path,
        help="a folder of status updates, post-mortems, or marked texts about box scores",
    )
    asked.add_argument("--json", action="store_true", help="JSON instead of a table")
    opinion = asked.add_mutually_exclusive_group()
    opinion.add_argument(
        "--opinion",
        type=Path,
        nargs="+",
        default=[],
        metavar="FILE",
        help="recorded answers of a model about marked texts: the guard alone, and with them",
    )
    opinion.add_argument(
        "--opinion-prompts", type=Path, metavar="DIR", help="write out what such a model is asked"
    )
    asked.add_argument("--texts", type=int, help="of how many texts; all without")
    asked.add_argument("--seed", type=int, default=20_261, help="by which those are drawn")

    def do(given: Given) -> None:
        from .grounding.run import prompts_of, run

        asks = given.opinion_prompts is not None
        if given.data and (asks or given.opinion):
            raise ValueError("opinions are about marked texts: --judge FILE, or our own set")
        if asks:
            written = prompts_of(given.judge, given.opinion_prompts, given.texts, given.seed)
            print(f"{written} prompts in {given.opinion_prompts}")
        else:
            run(given.judge, given.data, as_json=given.json, opinions=given.opinion)

    asked.set_defaults(do=do)


def _disclosure(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    asked = commands.add_parser("disclosure", help="look for canaries where they may not be known")
    asked.add_argument("--trials", type=int, default=100, help="how many tickets are made")
    asked.add_argument("--seed", type=int, default=1, help="the same seed makes the same tickets")
    asked.add_argument(
        "--no-messages", action="store_true", help="briefs and prompts alone: faster"
    )
    asked.add_argument("--json", action="store_true", help="JSON instead of a table")

    def do(given: Given) -> None:
        from .disclosure.run import run

        run(given.trials, given.seed, as_json=given.json, flow=not given.no_messages)

    asked.set_defaults(do=do)


def _report(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    asked = commands.add_parser(
        "report", help="one page with plots of what was measured; or judge post-incident reports"
    )
    asked.add_argument("--to", type=Path, metavar="FILE", help="where the page goes")
    asked.add_argument("--json", action="store_true", help="of post-incident reports")
    asked.add_argument(
        "files", nargs="*", type=Path, metavar="JSON", help="what earlier runs wrote with --json"
    )
    asked.add_argument(
        "--data",
        nargs="+",
        type=Path,
        default=[],
        metavar="DIR",
        help="with --to folders of `grounding` to measure now, without any our own sets; without --to a "
        "folder of post-mortems (records.jsonl), of which reports are made and judged",
    )

    def do(given: Given) -> None:
        if given.to is None:
            from .postmortems.run import run as judge

            if len(given.data) != 1:
                raise ValueError(
                    "name --to FILE for a page, or one folder of post-mortems with --data"
                )
            judge(given.data[0], as_json=given.json)
            return
        from .report.run import run

        run(given.to, given.files, given.data)

    asked.set_defaults(do=do)


def _injection(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    asked = commands.add_parser("injection", help="let a model obey whoever attacks it")
    asked.add_argument("--data", type=Path, help="a folder with more attacks: attacks.jsonl")
    asked.add_argument("--trials", type=int, default=50_000, help="how many texts are asked for")
    asked.add_argument(
        "--tickets", type=int, default=100, help="how many go through the whole flow"
    )
    asked.add_argument("--seed", type=int, default=1, help="the same seed makes the same trials")
    asked.add_argument("--json", action="store_true", help="JSON instead of a table")

    def do(given: Given) -> None:
        from .injection.run import run

        run(given.data, given.trials, given.tickets, given.seed, as_json=given.json)

    asked.set_defaults(do=do)


def _drafts(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
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
        from .drafts.live import live
        from .drafts.run import run

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


def _recurrence(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    asked = commands.add_parser("recurrence", help="judge which earlier reports are found")
    asked.add_argument(
        "--data", type=Path, required=True, help="corpus.jsonl with times, queries.jsonl, qrels.tsv"
    )
    asked.add_argument("--json", action="store_true", help="JSON instead of a table")

    def do(given: Given) -> None:
        from .recurrence.run import run

        run(given.data, as_json=given.json)

    asked.set_defaults(do=do)


def _components(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    asked = commands.add_parser("components", help="judge whether status reports find their like")
    asked.add_argument("--data", type=Path, required=True, help="a folder with incidents.jsonl")
    asked.add_argument("--json", action="store_true", help="JSON instead of a table")

    def do(given: Given) -> None:
        from .recurrence.components import run

        run(given.data, as_json=given.json)

    asked.set_defaults(do=do)


def _learn_links(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    asked = commands.add_parser("learn-links", help="learn anew which two tickets are one failure")
    asked.add_argument("--to", type=Path, default=Path("pipeline/recurrence/weights.json"))

    def do(given: Given) -> None:
        from .recurrence.learning import learn

        learn(given.to)

    asked.set_defaults(do=do)


def _common_terms(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    asked = commands.add_parser("common-terms", help="count anew which terms are common")
    asked.add_argument("folders", nargs="+", type=Path, metavar="DIR", help="one language each")
    asked.add_argument("--to", type=Path, default=Path("pipeline/recurrence/background.tsv"))

    def do(given: Given) -> None:
        from .recurrence.common_terms import count

        print(f"{count(given.folders, given.to)} terms in {given.to}")

    asked.set_defaults(do=do)


def _chains(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    asked = commands.add_parser("chains", help="judge whether what comes back is proposed")
    asked.add_argument("--stream", type=Path, help="JSON rows in time order; made ones without")
    asked.add_argument("--proposals", type=Path, metavar="FILE", help="what was proposed when")
    asked.add_argument("--seeds", type=int, nargs="+", default=[11, 12], help="of made streams")
    asked.add_argument("--tickets", type=int, default=1000, help="of each made stream")
    asked.add_argument(
        "--learnt", action="store_true", help="streams of the failures that were learnt from"
    )
    asked.add_argument("--write", metavar="zh|en|mixed", help="write a made stream to --stream")
    asked.add_argument("--json", action="store_true", help="JSON instead of a table")

    def do(given: Given) -> None:
        from .chains.run import run, write

        if given.write and given.stream:
            write(given.stream, given.seeds[0], given.write, given.tickets)
            return
        run(
            given.stream,
            given.proposals,
            seeds=given.seeds,
            tickets=given.tickets,
            as_json_=given.json,
            learnt=given.learnt,
        )

    asked.set_defaults(do=do)


def _causes(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    asked = commands.add_parser("causes", help="judge whether the true cause stands first")
    asked.add_argument("--seeds", type=int, nargs="+", default=[11, 12, 13], help="of made streams")
    asked.add_argument("--incidents", type=int, default=250, help="of each made stream")
    asked.add_argument("--json", action="store_true", help="JSON instead of a table")

    def do(given: Given) -> None:
        from .causes.run import run

        run(given.seeds, given.incidents, as_json=given.json)

    asked.set_defaults(do=do)


def _learn_causes(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    asked = commands.add_parser("learn-causes", help="learn the weights of causes anew")
    asked.add_argument("--to", type=Path, default=Path("pipeline/causes/weights.json"))

    def do(given: Given) -> None:
        from .causes.learning import learn

        learn(given.to)

    asked.set_defaults(do=do)


COMMANDS: tuple[Callable[[argparse._SubParsersAction[argparse.ArgumentParser]], None], ...] = (
    *(_bench, _tour, _retrieval, _speed, _calibrate, _questions),
    *(_grounding, _disclosure, _injection, _drafts, _report, _recurrence, _chains),
    *(_learn_links, _common_terms, _components, _causes, _learn_causes),
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evals", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for command in COMMANDS:
        command(commands)
    given = parser.parse_args()
    try:
        given.do(given)
    except (OSError, ValueError, KnowledgeError) as wrong:
        parser.error(str(wrong))


if __name__ == "__main__":
    main()
