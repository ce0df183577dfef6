"""How long may a whole exchange take? A far side that says a little every second outlives each time-out.

Time-outs of sockets count from the last octet. What is said here counts from the first.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from time import monotonic
from typing import Any

import httpcore
import httpx

Socket = Callable[[], socket.socket | None]
"""Asked when the time is up: a connection may have been made, or replaced, meanwhile."""


class Watch:
    """Cuts the connections whose time is up, from one thread that sleeps while there are none."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._open: dict[object, tuple[float, Socket]] = {}
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._closed = False

    def close(self) -> None:
        """The thread ends; exchanges that still run keep the time-outs of their sockets."""
        with self._changed:
            self._closed = True
            self._changed.notify()

    @contextlib.contextmanager
    def over(self, connection: Socket) -> Iterator[None]:
        """Within the block the exchange has `seconds`; then its socket is shut, and reads end."""
        key = object()
        with self._changed:
            self._open[key] = (monotonic() + self._seconds, connection)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="deadlines", daemon=True)
                self._thread.start()
            elif len(self._open) == 1:
                self._changed.notify()
        try:
            yield
        finally:
            with self._changed:
                self._open.pop(key, None)

    def _run(self) -> None:
        while True:
            with self._changed:
                # Every exchange has the same time: the oldest is the first to run out.
                if self._closed:
                    return
                oldest = next(iter(self._open.items()), None)
                if oldest is None:
                    self._changed.wait()
                    continue
                key, (ends, connection) = oldest
                left = ends - monotonic()
                if left > 0:
                    self._changed.wait(left)
                    continue
                del self._open[key]
            _shut(connection())


def _shut(open_socket: socket.socket | None) -> None:
    if open_socket is not None:
        with contextlib.suppress(OSError):
            open_socket.shutdown(socket.SHUT_RDWR)


class _Ends(threading.local):
    at: float | None = None


class BoundedTransport(httpx.HTTPTransport):
    """An HTTP transport whose reads, all together, end when the block of `within` says."""

    def __init__(self, *, max_connections: int) -> None:
        super().__init__(trust_env=False)
        self._ends = _Ends()
        # The public transport offers no way to its network; the pool below it does.
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False),
            max_connections=max_connections,
            max_keepalive_connections=max_connections,
            keepalive_expiry=5.0,
            network_backend=_Backend(self._ends),
        )

    @contextlib.contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        self._ends.at = monotonic() + seconds
        try:
            yield
        finally:
            self._ends.at = None


class _Backend(httpcore.SyncBackend):
    def __init__(self, ends: _Ends) -> None:
        super().__init__()
        self._ends = ends

    def connect_tcp(self, *args: Any, **kwargs: Any) -> httpcore.NetworkStream:
        return _Stream(super().connect_tcp(*args, **kwargs), self._ends)


class _Stream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream, ends: _Ends) -> None:
        self._stream, self._ends = stream, ends

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        if self._ends.at is not None:
            left = self._ends.at - monotonic()
            if left <= 0:
                raise httpcore.ReadTimeout("the whole answer took too long")
            timeout = left if timeout is None else min(timeout, left)
        return self._stream.read(max_bytes, timeout)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, timeout)

    def close(self) -> None:
        self._stream.close()

    def start_tls(self, *args: Any, **kwargs: Any) -> httpcore.NetworkStream:
        return _Stream(self._stream.start_tls(*args, **kwargs), self._ends)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
