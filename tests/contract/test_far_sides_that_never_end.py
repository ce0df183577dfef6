"""A far side that says a little at a time, for ever, gets no thread for ever."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain, repeat

import pytest

from pipeline.adapters.channels.smtp import SmtpChannel
from pipeline.adapters.channels.webhook import WebhookChannel
from pipeline.domain.errors import Ambiguous, ChannelError, Retryable
from pipeline.ports import Channel

from .test_channels import LETTERHEAD, SECRET, FixedClock, outbound

TIMEOUT = 0.2
PAUSE = 0.05
"""Between two lines: each read is in time, the whole never is."""


class Drip:
    """Accepts one connection and sends `first`, then `more` again and again, until it is cut."""

    def __init__(self, first: bytes, more: bytes) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self._stop = threading.Event()
        self._said = chain([first], repeat(more))
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._stop.set()
        self._listening.close()
        self._thread.join(5)

    def _run(self) -> None:
        with suppress(OSError):
            connection, _ = self._listening.accept()
            with connection:
                for line in self._said:
                    connection.sendall(line)
                    if self._stop.wait(PAUSE):
                        return


@pytest.fixture
def endless_greeting() -> Iterator[Drip]:
    drip = Drip(b"220-hello\r\n", b"220-still here\r\n")
    yield drip
    drip.close()


@pytest.fixture
def endless_header() -> Iterator[Drip]:
    drip = Drip(b"HTTP/1.1 200 OK\r\n", b"X-More: 1\r\n")
    yield drip
    drip.close()


def _fails(channel: Channel, address: str, kind: type[ChannelError]) -> None:
    done = threading.Event()
    found: list[ChannelError] = []

    def send() -> None:
        try:
            channel.send(outbound(address))
        except ChannelError as failed:
            found.append(failed)
        done.set()

    threading.Thread(target=send, daemon=True).start()
    assert done.wait(10), "the sender never came back"
    assert [type(one) for one in found] == [kind]
    channel.close()


def test_a_relay_that_never_ends_its_greeting_is_given_up(endless_greeting: Drip) -> None:
    """Nothing was accepted, so the mail is tried again later."""
    url = f"smtp://127.0.0.1:{endless_greeting.port}"
    _fails(SmtpChannel(url, LETTERHEAD, timeout=TIMEOUT), "wang@example.org", Retryable)


def test_a_receiver_that_never_ends_its_headers_is_given_up(endless_header: Drip) -> None:
    """It may have the message: that is said, and the key tells a repeat."""
    host = f"127.0.0.1:{endless_header.port}"
    clock = FixedClock()
    channel = WebhookChannel(SECRET, hosts=[host], clock=clock, timeout=TIMEOUT)
    _fails(channel, f"http://{host}/hook", Ambiguous)
