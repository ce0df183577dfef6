"""How much of an answer is read, and until when? A provider that never ends outlives each time-out of a socket.

Time-outs of sockets count from the last octet. What is said here counts from the question.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from time import monotonic
from typing import Any

MOST_OCTETS = 16 * 1024 * 1024
"""Of all answers to one question, as they come from the network: more than the longest text that is taken, with
each of its characters escaped."""


class EndlessAnswer(Exception):
    """More octets than anybody could use."""


class _Bounds:
    def __init__(self, within: float) -> None:
        self.ends = monotonic() + within
        self.octets = MOST_OCTETS

    def left(self) -> float:
        """Seconds. Raises TimeoutError when there are none."""
        left = self.ends - monotonic()
        if left <= 0:
            raise TimeoutError("the whole answer took too long")
        return left

    def count(self, octets: int) -> None:
        """Raises EndlessAnswer."""
        self.octets -= octets
        if self.octets < 0:
            raise EndlessAnswer(f"more than {MOST_OCTETS:,} octets")


# LangChain asks from a thread of its own, to which it hands its caller's context.
_bounds: ContextVar[_Bounds | None] = ContextVar("bounds", default=None)


@contextlib.contextmanager
def bounded(within: float) -> Iterator[None]:
    """In the block, the clients that were given to `bind` read for so many seconds, and no more than MOST_OCTETS;
    then TimeoutError or EndlessAnswer is raised where they read, and the socket closed."""
    before = _bounds.set(_Bounds(within))
    try:
        yield
    finally:
        _bounds.reset(before)


def bind(chat: Any) -> None:
    """Makes the HTTP client of LangChain's OpenAI model keep these bounds, through a proxy too. Those of other
    providers are not known here, and keep the time-outs of their sockets."""
    client = getattr(getattr(chat, "root_client", None), "_client", None)
    if client is None:
        return
    # No client offers a way to its network; the pools below it do.
    for transport in (client._transport, *client._mounts.values()):
        pool = getattr(transport, "_pool", None)
        if pool is not None and not isinstance(pool._network_backend, _Backend):
            pool._network_backend = _Backend(pool._network_backend)


def _left(timeout: float | None) -> float | None:
    """Seconds that a read or write may take. Raises TimeoutError when there are none."""
    bounds = _bounds.get()
    if bounds is None:
        return timeout
    return bounds.left() if timeout is None else min(timeout, bounds.left())


class _Backend:
    """A network of httpcore, of whichever of its packages the client uses."""

    def __init__(self, network: Any) -> None:
        self._network = network

    def connect_tcp(self, host: str, port: int, timeout: float | None = None, **more: Any) -> Any:
        return _Stream(self._network.connect_tcp(host, port, timeout=_left(timeout), **more))

    def connect_unix_socket(self, path: str, timeout: float | None = None, **more: Any) -> Any:
        return _Stream(self._network.connect_unix_socket(path, timeout=_left(timeout), **more))

    def sleep(self, seconds: float) -> None:
        self._network.sleep(seconds)


class _Stream:
    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        content: bytes = self._stream.read(max_bytes, _left(timeout))
        if (bounds := _bounds.get()) is not None:
            bounds.count(len(content))
        return content

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(self, *args: Any, **more: Any) -> _Stream:
        return _Stream(self._stream.start_tls(*args, **more))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
