"""How many messages are handed over a second, with the ledger, beside a bare loop without one?

The bare loop sends the same finished text with the same client on one connection, one after the other;
over SMTP its mail is made once, ours one for each recipient.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from smtplib import SMTP

import httpx

from pipeline.bootstrap import Heliograph
from pipeline.domain.message import Message, MessageState, Outbound

from .figures import Figure
from .installation import folder, incoming, installation, report
from .sinks import Sink, http_sink, smtp_sink

RUNS, MESSAGES = 3, 2000
Bare = Callable[[Sink, Outbound], float]


def measure() -> Iterator[Figure]:
    with http_sink() as sink:
        yield from _compare(sink, "HTTP", _bare_http, goal=True)
    with smtp_sink() as sink:
        yield from _compare(sink, "SMTP", _bare_smtp, goal=False)


def _compare(sink: Sink, name: str, bare: Bare, *, goal: bool) -> Iterator[Figure]:
    ours, theirs = [], []
    for _ in range(RUNS):
        with folder() as made, installation(made, sink.url) as app:
            sample = _queue(app, MESSAGES)
            theirs.append(bare(sink, app.preview(sample)))
            sink.forget()
            start = time.perf_counter()
            app.workers.start()
            sink.wait_for(MESSAGES)
            ours.append(MESSAGES / (time.perf_counter() - start))
            sink.forget()
    ratio = tuple(o / t for o, t in zip(ours, theirs, strict=True))
    least = min(ours)
    yield Figure(
        name=f"messages over {name}, with the ledger",
        values=tuple(ours),
        unit="/s",
        goal="≥ 1,000/s" if goal else "",
        met=least >= 1000 if goal else None,
    )
    yield Figure(name=f"bare loop over {name}", values=tuple(theirs), unit="/s")
    yield Figure(
        name=f"ratio to the bare loop, {name}",
        values=ratio,
        unit="×",
        goal="≥ 1.0",
        met=min(ratio) >= 1.0,
    )


def _queue(app: Heliograph, count: int) -> Message:
    """Messages of one real communication, each to a recipient of its own."""
    app.intake.accept([incoming(report("S-1"))])
    compose = next(step for step in app.steps if step.name == "compose")
    compose.turn()
    found = app.queries.messages(limit=1)[0]
    many = [
        found.model_copy(
            update={
                "id": f"msg_{n:032x}",
                "recipient": found.recipient.model_copy(update={"id": f"reader-{n}"}),
                "state": MessageState.QUEUED,
            }
        )
        for n in range(count - 1)
    ]
    with app.store.write() as tx:
        tx.add_messages(many)
    return found


def _bare_http(sink: Sink, finished: Outbound) -> float:
    start = time.perf_counter()
    with httpx.Client(timeout=10) as client:
        for _ in range(MESSAGES):
            client.post(sink.url, json=finished.model_dump(mode="json")).raise_for_status()
    return MESSAGES / (time.perf_counter() - start)


def _bare_smtp(sink: Sink, finished: Outbound) -> float:
    mail = EmailMessage()
    mail["From"], mail["To"] = "desk@example.org", finished.address
    mail["Subject"] = finished.subject
    mail.set_content(finished.text)
    mail.add_alternative(finished.html or "", subtype="html")
    host, _, port = sink.url.removeprefix("smtp://").partition(":")
    start = time.perf_counter()
    with SMTP(host, int(port), timeout=10) as client:
        for _ in range(MESSAGES):
            client.send_message(mail)
    return MESSAGES / (time.perf_counter() - start)
