"""`heliograph`: serve, send events, look, decide, administer. Each command is a request to the API.

A running server is asked when there is one; otherwise the data folder is opened here.
Exit codes: 0 done, 1 refused or failed, 2 wrong usage, 3 out of reach.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from pipeline.domain.errors import HeliographError

from . import (
    administration,
    approvals,
    causes,
    chains,
    conversations,
    history,
    incidents,
    ingest,
    knowledge,
    models,
    monitoring,
    mutes,
    on_call,
    packs,
    problems,
    replay,
    reports,
    serve,
    services,
    settings,
    similar,
    subscriptions,
    summarize,
    surveys,
    waiting,
    why,
)
from .connection import CommandFailed

EXAMPLES = """
Words to the right people while IT is in trouble.

Begin with `heliograph serve --sample`, and open the link that it prints.

Examples:

    heliograph serve --sample            a server with a day of sample data

    heliograph ingest events.jsonl       send events, one CloudEvent a line

    heliograph incidents list            what is going on

    heliograph summarize INC-9527        a summary of a ticket, for those it concerns

    heliograph similar INC-9527          earlier tickets like it, and what fixed them

    heliograph causes show INC-9604      what may have caused it, and what speaks against it

    heliograph history import FILE       bring in the tickets of the time before

    heliograph waiting                   what waits for a person

    heliograph knowledge import DIR      take in articles that may help

    heliograph sign-in admin             a link to sign in with
"""

app = typer.Typer(
    help=EXAMPLES,
    no_args_is_help=True,
    invoke_without_command=True,
    add_completion=False,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
)


@app.callback()
def root(
    version: Annotated[bool, typer.Option("--version", help="Print the version and end.")] = False,
) -> None:
    if version:
        from importlib.metadata import version as installed

        print(installed("heliograph"))  # noqa: T201
        raise typer.Exit


COMMANDS = (
    *(
        serve,
        ingest,
        incidents,
        similar,
        causes,
        chains,
        problems,
        summarize,
        reports,
        conversations,
        waiting,
        surveys,
        on_call,
    ),
    *(
        knowledge,
        history,
        services,
        administration,
        models,
        packs,
        why,
        replay,
        settings,
        monitoring,
        approvals,
        subscriptions,
        mutes,
    ),
)
for commands in COMMANDS:
    commands.add_to(app)


def main() -> None:
    """Run the command line; every failure is one sentence on stderr."""
    try:
        app(prog_name="heliograph")
    except CommandFailed as failed:
        _end(str(failed), failed.code)
    except HeliographError as refused:
        _end(str(refused), 1)
    except KeyboardInterrupt:
        sys.exit(130)


def _end(sentence: str, code: int) -> None:
    print(f"heliograph: {sentence}", file=sys.stderr)  # noqa: T201
    sys.exit(code)
