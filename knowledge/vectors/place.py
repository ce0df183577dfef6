"""Where is Chroma? In a folder that this process alone may open, or behind an address.

Two processes that write one folder damage it without a word: hence the lock. Nothing in it is the only
copy of anything: a folder that cannot be read is set aside, and all is made from rows again.
"""

from __future__ import annotations

import logging
import shutil
import socket
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

import structlog
from filelock import FileLock, Timeout

from ..errors import EncoderFailed, NotOurs, Refused

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.config import Settings

log = structlog.get_logger(__name__)

PATIENCE = 10.0
"""Seconds for one request to a Chroma server."""
_KEPT, _ASIDE = "chroma", "broken"
T = TypeVar("T")


class Place:
    """An opened Chroma; `close` lets the folder go."""

    def __init__(self, client: ClientAPI, where: str, closing: Callable[[], object]) -> None:
        """`closing` ends what the client itself leaves open."""
        self.client, self.where = client, where
        self._closing = closing

    def close(self) -> None:
        self.client.close()  # type: ignore[attr-defined]
        self._closing()


class PlaceFailed(EncoderFailed):
    """It is Chroma that fails, not the encoder."""


def in_folder(folder: Path, use: Callable[[Place], T]) -> T:
    """What `use` makes of the folder. It reads what it needs, and when that cannot be read the folder
    is set aside and an empty one is used. Raises NotOurs when another process has it."""
    import chromadb  # noqa: F401 - a package that is broken is no broken folder

    lock = _locked(folder)
    try:
        try:
            return use(Place(_opened(folder / _KEPT), str(folder), lock.release))
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as broken:  # the engine panics on some files, which is no Exception
            _set_aside(folder, broken)
            return use(Place(_opened(folder / _KEPT), str(folder), lock.release))
    except BaseException:
        lock.release()
        raise


def host_of(url: str) -> tuple[str, int, bool]:
    """(host, port, whether by TLS). Raises Refused for what is no address."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port = "", None
    if not host or parts.scheme not in ("http", "https"):
        raise Refused("the address of Chroma must be like http://127.0.0.1:8000")
    secure = parts.scheme == "https"
    return host, port or (443 if secure else 8000), secure


def at_address(url: str) -> Place:
    """A server that `chroma run` started. Raises PlaceFailed while nobody answers there."""
    import chromadb

    host, port, secure = host_of(url)
    where = f"Chroma on {host}:{port}"
    try:
        # The client waits for ever, from its making on: whether there is somebody is asked before.
        socket.create_connection((host, port), timeout=PATIENCE).close()
        client = chromadb.HttpClient(host=host, port=port, ssl=secure, settings=_settings())
    except Exception as gone:  # the client raises ValueError for whatever goes wrong at first
        raise PlaceFailed(f"{where} is not reached ({gone}): see whether it runs") from None
    sessions = _sessions(client)
    for session in sessions:
        session.timeout = PATIENCE
    return Place(client, where, closing=lambda: [session.close() for session in sessions])


def _sessions(client: Any) -> list[Any]:
    """The client has one for itself and one for its administration, no setting for their time-outs,
    and closes neither."""
    return [one._server._session for one in (client, client._admin_client)]


def _locked(folder: Path) -> FileLock:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / "owner.lock")
        lock.acquire(timeout=0)
    except Timeout:
        raise NotOurs(
            f"another process works on the vectors in {folder}: stop it, name another folder, or let "
            "both ask one `chroma run` by its address"
        ) from None
    except OSError as unusable:
        raise NotOurs(f"{folder} cannot be used for vectors: {unusable.strerror}") from None
    return lock


def _opened(folder: Path) -> ClientAPI:
    import chromadb

    return chromadb.PersistentClient(folder, settings=_settings())


def _settings() -> Settings:
    from chromadb.config import Settings

    logging.getLogger("chromadb").setLevel(logging.ERROR)
    return Settings(anonymized_telemetry=False)


def _set_aside(folder: Path, broken: BaseException) -> None:
    """Only the newest is kept, for whoever wants to know what happened."""
    from chromadb.api.shared_system_client import SharedSystemClient

    log.warning(
        "vectors cannot be read and are made anew", folder=str(folder), reason=str(broken)[:300]
    )
    # Chroma keeps what it opened by its path, a broken one too.
    SharedSystemClient.clear_system_cache()
    aside = folder / _ASIDE
    shutil.rmtree(aside, ignore_errors=True)
    kept = folder / _KEPT
    if kept.is_dir():
        kept.rename(aside)
    else:
        kept.unlink(missing_ok=True)
