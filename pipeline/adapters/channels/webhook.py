"""How is a message posted to a program, so that it can tell ours from forged, new from repeated?

Signed as Standard Webhooks say (https://www.standardwebhooks.com). Only hosts on the list are
called, and it is empty at first: an address in the directory is data, and a check of what its name
resolves to could be outrun by the next answer of the DNS, while a list of exact names cannot. The
bare transport, not a client: no redirects, cookies, proxies or .netrc to switch off.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import threading
from collections.abc import Collection
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from pipeline.domain.communication import Form
from pipeline.domain.errors import Ambiguous, Misconfigured, Rejected, Retryable
from pipeline.domain.message import Outbound, Receipt
from pipeline.ports import Clock

from .deadline import BoundedTransport

LONGEST_ANSWER = 64 * 1024
"""Octets of an answer that are read; the rest costs the connection, not our memory."""
_LATER = {408, 425, 429}
_PORTS = {"http": 80, "https": 443}
_NOT_WRITTEN = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.WriteError,
    httpx.WriteTimeout,
)
"""Raised before the last octet of the body had left, so the far side cannot have the message."""


class WebhookChannel:
    """`hosts` are `host` (the scheme's own port) or `host:port`, exact; any other is Rejected."""

    idempotent = True
    form = Form.MAIL
    room_form = Form.CHAT

    def __init__(
        self,
        secret: str,
        *,
        hosts: Collection[str],
        clock: Clock,
        timeout: float = 10.0,
        max_connections: int = 8,
        name: str = "webhook",
    ) -> None:
        self.name = name
        self.limits = {"subject": 255, "text": 100_000}
        self._key = _signing_key(secret)
        self._hosts = frozenset(host.lower() for host in hosts)
        self._clock = clock
        self._timeout = timeout
        self._extensions = {"timeout": httpx.Timeout(timeout).as_dict()}
        self._transport = BoundedTransport(max_connections=max_connections)
        self._lock = threading.Lock()
        self._closed = False

    def send(self, message: Outbound) -> Receipt:
        if self._closed:
            raise Retryable("the channel is closed")
        url = self._allowed(message.address)
        request = self._request(url, message)
        with self._transport.within(self._timeout):
            return self._posted(url, request)

    def _posted(self, url: httpx.URL, request: httpx.Request) -> Receipt:
        try:
            response = self._transport.handle_request(request)
        except _NOT_WRITTEN as failed:
            raise Retryable(f"{url.host} cannot be reached ({type(failed).__name__})") from None
        except (httpx.TransportError, httpx.StreamError) as lost:
            raise Ambiguous(
                f"{url.host} gave no answer after it had the message ({type(lost).__name__})"
            ) from None
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, RuntimeError) as failed:
            raise Ambiguous(f"posting to {url.host} failed ({type(failed).__name__})") from None
        self._drain(response)
        return self._judged(response, url.host)

    def close(self) -> None:
        with self._lock:
            if self._closed:
                return
            self._closed = True
        self._transport.close()

    def _allowed(self, address: str) -> httpx.URL:
        """The address is shown nowhere: its path is often a secret of the receiver's."""
        try:
            url = httpx.URL(address)
        except (httpx.InvalidURL, ValueError):
            raise Rejected("the address cannot be read as a URL") from None
        if url.scheme not in _PORTS or not url.host or url.userinfo:
            raise Rejected("the address is not https://host/… without user and password")
        host = f"[{url.host}]" if ":" in url.host else url.host
        port = url.port or _PORTS[url.scheme]
        usual = port == _PORTS[url.scheme]
        if f"{host}:{port}" in self._hosts or (usual and host in self._hosts):
            return url
        raise Rejected(f"{host}:{port} is no host that HELIOGRAPH_WEBHOOK_HOSTS allows")

    def _request(self, url: httpx.URL, message: Outbound) -> httpx.Request:
        if not (message.key.isascii() and message.key.isprintable()):
            raise Rejected("the message's key cannot be a header")
        body = _body(message)
        timestamp = str(int(self._clock.now().timestamp()))
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "Heliograph",
            "Idempotency-Key": message.key,
            "webhook-id": message.key,
            "webhook-timestamp": timestamp,
            "webhook-signature": sign(self._key, message.key, timestamp, body),
        }
        return httpx.Request(
            "POST", url, headers=headers, content=body, extensions=self._extensions
        )

    def _drain(self, response: httpx.Response) -> None:
        """Read the answer so that the connection can be kept; what it says was in its status."""
        read = 0
        with suppress(httpx.HTTPError, httpx.StreamError):
            for chunk in response.iter_raw():
                read += len(chunk)
                if read > LONGEST_ANSWER:
                    break
        with suppress(httpx.HTTPError, httpx.StreamError):
            response.close()

    def _judged(self, response: httpx.Response, host: str) -> Receipt:
        status = response.status_code
        said = f"{host} answered {status}"
        if 200 <= status < 300:
            return Receipt(detail=said)
        if status in _LATER or status >= 500:
            named = response.headers.get("Retry-After", "")
            raise Retryable(said, retry_after=retry_after(named, self._clock.now()))
        raise Rejected(said)


def sign(key: bytes, message_id: str, timestamp: str, body: bytes) -> str:
    """The `webhook-signature` of Standard Webhooks, version 1."""
    signed = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()


def retry_after(named: str, now: datetime) -> float | None:
    """Seconds from either form of Retry-After (RFC 9110 10.2.3); None when it is neither."""
    named = named.strip()
    if named.isascii() and named.isdigit():
        return float(named[:9])
    try:
        until = parsedate_to_datetime(named)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    aware = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (aware - now).total_seconds())


def _body(message: Outbound) -> bytes:
    said = {
        "key": message.key,
        "number": message.number,
        "thread": message.thread,
        "card": message.card,
        "subject": message.subject,
        "text": message.text,
        "html": message.html,
        "form": message.form.value,
        "language": message.language,
        "at": message.at.isoformat(),
        "recipient": message.name,
    }
    present = {name: value for name, value in said.items() if value is not None}
    try:
        return json.dumps(present, ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeError:
        raise Rejected("a character of the message has no UTF-8 form") from None


def _signing_key(secret: str) -> bytes:
    """`whsec_` and base64, as Standard Webhooks writes it, or the secret's own octets."""
    coded = secret.removeprefix("whsec_")
    if not coded:
        raise Misconfigured("is needed to sign webhooks", where="HELIOGRAPH_WEBHOOK_SECRET")
    if coded == secret:
        return secret.encode()
    try:
        return base64.b64decode(coded, validate=True)
    except (binascii.Error, ValueError):
        raise Misconfigured(
            "is not base64 after whsec_", where="HELIOGRAPH_WEBHOOK_SECRET"
        ) from None
