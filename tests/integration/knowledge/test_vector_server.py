"""Vectors on a server that `chroma run` started, by its address; it may be away, and come back empty."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from knowledge.encoders.fake import FakeEncoder
from knowledge.errors import EncoderFailed, Refused
from knowledge.vectors.remote import RemoteVectors

from .libraries import indexed

CHROMA = Path(sys.executable).with_name("chroma")
ALL = [indexed("vpn", "VPN error 691", "Type the password."), indexed("jam", "Paper jam")]
VERSIONS = {"vpn": "1", "jam": "1"}


@contextmanager
def chroma(port: int, folder: Path) -> Iterator[None]:
    command = [CHROMA, "run", "--path", folder, "--host", "127.0.0.1", "--port", str(port)]
    with subprocess.Popen(
        [str(part) for part in command],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "ANONYMIZED_TELEMETRY": "False"},
    ) as process:
        _until_open(port)
        try:
            yield
        finally:
            process.kill()


def _until_open(port: int) -> None:
    ends = time.monotonic() + 30
    while time.monotonic() < ends:
        with socket.socket() as probe:
            probe.settimeout(0.2)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
    raise TimeoutError("chroma run did not come up")


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        found: int = taken.getsockname()[1]
        return found


@pytest.mark.timeout(120)
def test_a_server_that_goes_and_comes_back_empty(port: int, tmp_path: Path) -> None:
    """Questions fail with a sentence meanwhile; then all is filled anew without a restart."""
    vectors = RemoteVectors(f"http://127.0.0.1:{port}", FakeEncoder())
    with pytest.raises(EncoderFailed, match="is not reached"):
        vectors.differs(VERSIONS)
    with pytest.raises(EncoderFailed, match="is not reached"):
        vectors.nearest("paper jam", 1)

    with chroma(port, tmp_path / "first"):
        assert vectors.differs(VERSIONS)[0] == {"vpn", "jam"}
        vectors.put(ALL)
        assert vectors.differs(VERSIONS) == (set(), set())
        assert list(vectors.nearest("paper jam", 1)) == ["jam"]
        vectors.drop({"vpn"})
        assert vectors.differs({"jam": "1"}) == (set(), set())
        assert vectors.filled.filling is None

    with pytest.raises(EncoderFailed, match="failed"):
        vectors.nearest("paper jam", 1)
    with pytest.raises(EncoderFailed, match="failed"):
        vectors.put(ALL)

    with chroma(port, tmp_path / "second"):
        assert vectors.differs(VERSIONS)[0] == {"vpn", "jam"}
        vectors.put(ALL)
        assert list(vectors.nearest("type the password", 1)) == ["vpn"]
    vectors.close()


@pytest.mark.parametrize("url", ["", "chroma:8000", "ftp://h", "http://", "http://h:99999"])
def test_what_is_no_address(url: str) -> None:
    """It is refused when it is set, not when it is needed."""
    with pytest.raises(Refused, match="must be like"):
        RemoteVectors(url, FakeEncoder())
