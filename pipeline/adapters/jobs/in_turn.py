"""How are messages sent where nothing may happen behind the caller's back? In tests, samples and replay."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any


class InTurn(Executor):
    """Runs each call where it is submitted: nothing happens behind the caller's back."""

    def __init__(self) -> None:
        self._lock = threading.Lock()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        with self._lock:
            future.set_result(fn(*args, **kwargs))
        return future
