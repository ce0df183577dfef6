"""How is a mail handed to a relay, one envelope a recipient, over a few kept connections?

What failed when decides: before the final dot nothing was accepted and it may be tried again; after
it the relay has the mail, and a lost answer is Ambiguous. Sender and credentials are ours: a relay
that refuses those never makes a message Rejected.
"""

from __future__ import annotations

import select
import smtplib
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from pipeline.domain.communication import Form
from pipeline.domain.errors import Ambiguous, ChannelError, Rejected, Retryable
from pipeline.domain.message import Outbound, Receipt

from .deadline import Watch
from .mail_format import LIMITS, Letterhead, compose, needs_smtputf8, to_bytes
from .smtp_relay import Relay

EXCHANGES = 3
"""A whole mail, with connecting and signing in, may take so many time-outs; then it is cut."""
IDLE_SECONDS = 15.0
"""A connection unused for longer is asked (NOOP) before it is trusted."""
_LOGIN_WANTED = {530, 534, 535, 538}
_TOO_BIG = 552
_CLOSING = 421


class _Gone(Exception):
    """A kept connection ended before this message's text was sent: nothing is lost by a new one."""


class _Connection:
    def __init__(self, client: smtplib.SMTP) -> None:
        self.client = client
        self.used_at = time.monotonic()


class SmtpChannel:
    """`url` as `Relay.parse` takes it; `pool` bounds the connections, and so the sends at once. `trusted` is for how
    many seconds an unused one is taken to be there still."""

    form = room_form = Form.MAIL
    idempotent = False

    def __init__(
        self,
        url: str,
        letterhead: Letterhead,
        *,
        pool: int = 4,
        timeout: float = 20.0,
        trusted: float = IDLE_SECONDS,
        name: str = "mail",
    ) -> None:
        self.name = name
        self.limits = dict(LIMITS)
        self._relay = Relay.parse(url, timeout=timeout)
        self._letterhead = letterhead
        self._timeout, self._trusted = timeout, trusted
        self._watch = Watch(timeout * EXCHANGES)
        self._turn = threading.BoundedSemaphore(pool)
        self._lock = threading.Lock()
        self._idle: list[_Connection] = []
        self._closed = False

    def send(self, message: Outbound) -> Receipt:
        if self._closed:
            raise Retryable("the channel is closed")
        wire = to_bytes(compose(message, self._letterhead))
        with self._in_turn():
            kept = self._kept()
            try:
                if kept is not None:
                    return self._over(kept, message, wire)
            except _Gone:
                pass
            try:
                return self._over(self._opened(), message, wire)
            except _Gone as gone:
                raise Retryable(f"{self._relay.place} {gone}") from None

    def close(self) -> None:
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            _quit(connection.client)
        self._watch.close()

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        if not self._turn.acquire(timeout=self._timeout):
            raise Retryable("all connections to the relay are in use")
        try:
            yield
        finally:
            self._turn.release()

    def _kept(self) -> _Connection | None:
        """The connection used last, if one still answers."""
        while True:
            with self._lock:
                if not self._idle:
                    return None
                connection = self._idle.pop()
            if time.monotonic() - connection.used_at < self._trusted or _alive(connection.client):
                return connection
            connection.client.close()

    def _opened(self) -> _Connection:
        dialling: list[smtplib.SMTP] = []
        with self._watch.over(lambda: dialling[-1].sock if dialling else None):
            return _Connection(self._relay.connect(dialling.append))

    def _over(self, connection: _Connection, message: Outbound, wire: bytes) -> Receipt:
        """Send, then keep the connection unless its state is in doubt."""
        client = connection.client
        keep = False
        try:
            with self._watch.over(lambda: client.sock):
                self._envelope(client, message)
                receipt = self._content(client, wire)
            keep = not _has_more(client)
            return receipt
        except OSError as lost:  # every error of smtplib is one
            raise _Gone(f"ended the connection ({_why(lost)})") from None
        except (Rejected, Retryable):
            keep = _reset(client)
            raise
        finally:
            self._put_back(connection, keep)

    def _envelope(self, client: smtplib.SMTP, message: Outbound) -> None:
        options = []
        if needs_smtputf8(message):
            if not client.has_extn("smtputf8"):
                raise Rejected("the relay cannot carry an address outside ASCII (no SMTPUTF8)")
            options = ["SMTPUTF8", "BODY=8BITMIME"]
        try:
            code, text = client.mail(self._letterhead.sender, options)
            if code in (_TOO_BIG, _CLOSING):
                raise self._refused(code, text, "the mail")
            if code != 250:
                # The sender is ours: a relay that refuses it says nothing about the message.
                raise Retryable(f"the relay refused our sender: {self._relay.said(code, text)}")
            code, text = client.rcpt(message.address)
            if code not in (250, 251):
                raise self._refused(code, text, "the recipient")
        finally:
            client.command_encoding = "ascii"
        code, text = client.docmd("DATA")
        if code != 354:
            raise self._refused(code, text, "the mail")

    def _content(self, client: smtplib.SMTP, wire: bytes) -> Receipt:
        # One write: while it has not returned, the final dot has not left, so a failure in it is
        # still "not sent" (raised as _Gone by the caller).
        client.send(_dotted(wire))
        try:
            code, text = client.getreply()
        except OSError as lost:
            raise Ambiguous(
                f"{self._relay.place} gave no answer after it had the mail ({_why(lost)})"
            ) from None
        if 200 <= code < 300:
            return Receipt(detail=self._relay.said(code, text))
        if 400 <= code < 600:
            raise self._refused(code, text, "the mail")
        raise Ambiguous(f"{self._relay.place} answered the mail with {code}")

    def _refused(self, code: int, text: bytes, what: str) -> ChannelError:
        if code == _CLOSING:
            raise _Gone(f"closed the connection ({code})")
        said = self._relay.said(code, text)
        if code in _LOGIN_WANTED:
            return Retryable(
                f"the relay wants other credentials than HELIOGRAPH_SMTP_URL has: {said}"
            )
        kind = Rejected if 500 <= code < 600 else Retryable
        return kind(f"the relay refused {what}: {said}")

    def _put_back(self, connection: _Connection, keep: bool) -> None:
        connection.used_at = time.monotonic()
        with self._lock:
            if keep and not self._closed:
                self._idle.append(connection)
                return
        connection.client.close()


def _dotted(wire: bytes) -> bytes:
    """RFC 5321 4.5.2; lines end with CR LF already."""
    stuffed = wire.replace(b"\r\n.", b"\r\n..")
    return (b"." if stuffed.startswith(b".") else b"") + stuffed + b".\r\n"


def _has_more(client: smtplib.SMTP) -> bool:
    """An answer nobody asked for would be taken for the next mail's."""
    if not isinstance(client.sock, socket.socket):
        return True
    readable, _, _ = select.select([client.sock], [], [], 0)
    return bool(readable)


def _alive(client: smtplib.SMTP) -> bool:
    try:
        return client.noop()[0] == 250
    except OSError:
        return False


def _reset(client: smtplib.SMTP) -> bool:
    """After a refusal the next envelope needs a clean start; False when that is in doubt."""
    try:
        return client.rset()[0] == 250
    except OSError:
        return False


def _quit(client: smtplib.SMTP) -> None:
    try:
        client.quit()
    except OSError:
        client.close()


def _why(lost: Exception) -> str:
    cause = lost.__context__ if isinstance(lost.__context__, OSError) else lost
    return "time-out" if isinstance(cause, TimeoutError) else "connection lost"
