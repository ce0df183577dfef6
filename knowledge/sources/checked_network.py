"""How is a connection made to the very address that was checked, and ended when its time is up?

A name that is resolved twice can answer twice: public for the check, private for the connection. So it is
resolved once, here, and the connection is made to what was checked; the name still goes into the Host
header and the TLS handshake, because the layers above know nothing of this.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Collection, Sequence
from time import monotonic
from typing import Any

import httpcore
import httpx

from ..errors import Refused
from .public import is_public

Resolve = Callable[[str, int], Sequence[str]]
"""(host, port) to addresses; raises OSError."""
_USUAL_PORTS = {80, 443}


def resolved(host: str, port: int) -> list[str]:
    """By the system's resolver, the addresses in its order."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class CheckedTransport(httpx.HTTPTransport):
    """For one exchange: all that it does must end within `seconds`. `hosts` are those that may lie on
    addresses of our own, as `host` (the usual ports) or `host:port`."""

    def __init__(self, *, hosts: Collection[str], seconds: float, resolve: Resolve) -> None:
        super().__init__(trust_env=False)
        # The public transport offers no way to its network; the pool below it does.
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False),
            network_backend=_Network(hosts, monotonic() + seconds, resolve),
        )


class _Network(httpcore.SyncBackend):
    def __init__(self, hosts: Collection[str], ends: float, resolve: Resolve) -> None:
        super().__init__()
        self._hosts, self._ends, self._resolve = hosts, ends, resolve

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Any = None,
    ) -> httpcore.NetworkStream:
        failed: Exception = httpcore.ConnectError("the name has no address")
        for address in self._checked(host, port):
            try:
                stream = super().connect_tcp(
                    address, port, _left(self._ends), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as wrong:
                failed = wrong
            else:
                return _Stream(stream, self._ends)
        raise failed

    def _checked(self, host: str, port: int) -> Sequence[str]:
        addresses = self._within_time(host, port)
        if not _is_listed(host, port, self._hosts):
            for address in addresses:
                if not is_public(address):
                    raise Refused(
                        f"{host} lies on {address}, which is not public: list {host}:{port} among the "
                        "hosts that may be imported from, if it is meant"
                    )
        return addresses

    def _within_time(self, host: str, port: int) -> Sequence[str]:
        """A resolver has no time-out that could be set, so it is waited for from outside."""
        answers: list[Sequence[str] | OSError | UnicodeError] = []

        def ask() -> None:
            try:
                answers.append(self._resolve(host, port))
            except (OSError, UnicodeError) as failed:
                answers.append(failed)

        asking = threading.Thread(target=ask, name="resolving", daemon=True)
        asking.start()
        asking.join(_left(self._ends))
        if not answers:
            raise httpcore.ConnectTimeout("its name was not resolved in time")
        if isinstance(answers[0], Exception):
            raise Refused(f"{host} has no address: check its spelling")
        return answers[0]


class _Stream(httpcore.NetworkStream):
    """Each read and write may take what is left of the whole time."""

    def __init__(self, stream: httpcore.NetworkStream, ends: float) -> None:
        self._stream, self._ends = stream, ends

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._ends))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._ends))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, _left(self._ends))
        return _Stream(secured, self._ends)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(ends: float) -> float:
    left = ends - monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("the whole exchange took too long")
    return left


def _is_listed(host: str, port: int, hosts: Collection[str]) -> bool:
    shown = f"[{host}]" if ":" in host else host
    known = {one.lower() for one in hosts}
    return f"{shown}:{port}" in known or (port in _USUAL_PORTS and bool({shown, host} & known))
