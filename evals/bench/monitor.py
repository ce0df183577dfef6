"""The real Alertmanager, as a process of its own that sends to one address."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

PROGRAMS = ("prometheus-alertmanager", "alertmanager")
WITHIN = 20.0
CONFIG = """
route:
  receiver: heliograph
  group_by: [service]
  group_wait: 20ms
  group_interval: 200ms
  repeat_interval: 1h
receivers:
  - name: heliograph
    webhook_configs:
      - url: {url}
        send_resolved: true
        http_config:
          authorization: {{type: Bearer, credentials: {secret}}}
"""


class Alertmanager:
    """Its API, version 2."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._client = httpx.Client(base_url=url, trust_env=False, timeout=5)

    def post(self, *alerts: dict[str, Any]) -> None:
        self._client.post("/api/v2/alerts", json=list(alerts)).raise_for_status()

    def is_ready(self) -> bool:
        try:
            return self._client.get("/-/ready").is_success
        except httpx.HTTPError:
            return False

    def close(self) -> None:
        self._client.close()


def program() -> str | None:
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


@contextmanager
def running(path: str, folder: Path, webhook: str, secret: str) -> Iterator[Alertmanager]:
    """It sends to this address with this token."""
    config = folder / "alertmanager.yml"
    config.write_text(CONFIG.format(url=json.dumps(webhook), secret=json.dumps(secret)))
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
    process = subprocess.Popen(
        [
            path,
            f"--config.file={config}",
            f"--storage.path={folder / 'alertmanager'}",
            "--cluster.listen-address=",
            f"--web.listen-address=127.0.0.1:{port}",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    found = Alertmanager(f"http://127.0.0.1:{port}")
    try:
        until(found.is_ready)
        yield found
    finally:
        found.close()
        process.terminate()
        process.wait(20)


def until(holds: Callable[[], Any], within: float = WITHIN) -> Any:
    """What it gives, as soon as that is something. Fails when it is late."""
    waiting, end = threading.Event(), time.monotonic() + within
    while time.monotonic() < end:
        if found := holds():
            return found
        waiting.wait(0.01)
    raise AssertionError("it did not come")
