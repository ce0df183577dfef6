"""`heliograph serve`: API, console and workers in one process."""

from __future__ import annotations

import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.domain.directory import Role

from .connection import OUT_OF_REACH, CommandFailed, DataDir, announce, forget, own_token
from .output import say

if TYPE_CHECKING:
    from datetime import datetime

    from pipeline.bootstrap import Heliograph
    from pipeline.settings import Settings

    from ..sample.play import Live

ADMINISTRATOR = "admin"


def add_to(app: typer.Typer) -> None:
    app.command()(serve)


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; 0 picks one.")] = None,
    data_dir: DataDir = None,
    sample: Annotated[
        bool, typer.Option("--sample/--empty", help="Play a day of sample data in a new folder.")
    ] = False,
) -> None:
    """Serve the API and the console, and send what falls due. Ctrl-C ends it cleanly.

    Settings come from the options here, then `HELIOGRAPH_…` in the environment, then
    `heliograph.toml`; `heliograph settings` shows those in force.
    """
    from pipeline.settings import load

    from ..logs import configure

    settings = load(host=host, port=port, data_dir=data_dir)
    configure(settings.log_level, settings.log_format)
    # Told to end, we end as after Ctrl-C: everything that was opened is closed.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with ExitStack() as stack:
        listening = stack.enter_context(_listening(settings))
        settings = settings.model_copy(update={"port": listening.getsockname()[1]})
        if sample and not settings.desk_name:
            # The desk of the sample day is in Shanghai: its public page goes by the same clock.
            desk = {"desk_name": "IT Service Desk", "desk_phone": "6000", "zone": "Asia/Shanghai"}
            settings = settings.model_copy(update=desk)
        app, live = _open(settings, _play_past(settings) if sample else None)
        stack.callback(app.close)
        forget(app)
        secret = stack.enter_context(own_token(app))
        path = announce(settings.data_dir, settings.local_url, secret)
        stack.callback(path.unlink, missing_ok=True)
        if live is not None:
            stack.callback(live.stop)
        _run(app, listening, live, asked=sample)


def _run(app: Heliograph, listening: socket.socket, live: Live | None, *, asked: bool) -> None:
    import uvicorn

    from ..app import create_app

    application = create_app(app, on_start=lambda: _greet(app, live, asked))
    config = uvicorn.Config(application, log_config=None, access_log=False, server_header=False)
    uvicorn.Server(config).run(sockets=[listening])


def _play_past(settings: Settings) -> datetime | None:
    """The moment up to which the sample was played, or None in a folder that is in use."""
    from datetime import UTC, datetime

    from pipeline.bootstrap import open_simulated

    from ..sample import play

    now = datetime.now(UTC)
    # Vectors come once it serves: loading what makes them would take the start two seconds.
    by_words = settings.model_copy(update={"encoder": "none"})
    app, clock = open_simulated(by_words, play.story(now)[0].at)
    try:
        if not play.is_empty(app):
            return None
        play.play_past(app, clock, now)
    finally:
        app.close()
    return now


def _open(settings: Settings, played: datetime | None) -> tuple[Heliograph, Live | None]:
    from pipeline.bootstrap import open_heliograph
    from pipeline.domain.directory import Directory, Person

    app = open_heliograph(settings)
    if not any(p.role is Role.ADMINISTRATOR for p in app.queries.directory().people):
        first = Person(
            id=ADMINISTRATOR,
            name="Administrator",
            language=settings.language,
            zone=settings.zone,
            role=Role.ADMINISTRATOR,
        )
        app.acts.load_directory(Directory(people=(first,)))
    if played is None:
        return app, None
    from ..sample.play import Live

    return app, Live(app, played)


def _greet(app: Heliograph, live: Live | None, asked: bool) -> None:
    """What a person needs once it answers."""
    from pipeline.domain.portal_parts import off

    from ..auth.sign_in import make_link

    administrators = [p.id for p in app.queries.directory().people if p.role is Role.ADMINISTRATOR]
    mails = app.settings.smtp_url.get_secret_value()
    say(f"Heliograph answers on {app.settings.base_url}")
    say(f"Sign in (once, within 15 minutes): {make_link(app, administrators[0])}")
    say(f"API: {app.settings.base_url}/docs")
    say("Mails go to the relay." if mails else f"Mails are written to {app.settings.outbox}/")
    closed = off(app.settings.parts)
    if closed:
        say(f"Parts of the portal that are off: {closed}")
    if live is not None:
        say("A sample day was played; more of it happens during the next minute.")
        live.start()
    elif asked:
        say(f"{app.settings.data_dir} holds tickets already, so no sample was played.")


@contextmanager
def _listening(settings: Settings) -> Iterator[socket.socket]:
    """The port is taken before anything else, so that a second server ends with one sentence."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listening = socket.socket(family)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((settings.host, settings.port))
    except OSError as taken:
        listening.close()
        where = f"{settings.host}:{settings.port}"
        raise CommandFailed(f"cannot listen on {where}: {taken.strerror}", OUT_OF_REACH) from None
    # Whoever reads the address may come before the pages are ready: they wait, and are not refused.
    listening.listen()
    with listening:
        yield listening
