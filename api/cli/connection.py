"""Whom does a command talk to? The running server, or the data folder itself when there is none."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Protocol
from urllib.parse import quote

import typer

if TYPE_CHECKING:
    import httpx

    from pipeline.bootstrap import Heliograph
    from pipeline.settings import Settings

SERVER_FILE = "server.json"
SEARCHES = "/api/v1/knowledge/search"
TIMEOUT = 30.0
OUT_OF_REACH = 3
DataDir = Annotated[
    Path | None, typer.Option("--data-dir", help="Folder of the data. Default: ./var.")
]


class CommandFailed(Exception):
    """One sentence for stderr."""

    def __init__(self, sentence: str, code: int = 1, *, status: int | None = None) -> None:
        super().__init__(sentence)
        self.code, self.status = code, status


class Sends(Protocol):
    def __call__(
        self,
        method: str,
        path: str,
        *,
        body: Any = None,
        params: dict[str, Any] | None = None,
        media_type: str = "application/json",
        files: Sequence[tuple[str, bytes]] | None = None,
        within: float = TIMEOUT,
    ) -> Any:
        """`files` are (name, content): they go as a form, with `body` as its fields."""


def address(*parts: str) -> str:
    """Where a resource is. A ticket's number may hold `?` or `#`, which would name another one."""
    if any(part in ("", ".", "..") for part in parts):
        raise CommandFailed("an id is needed, and a dot is none")
    return "/".join(("/api/v1", *(quote(part, safe="") for part in parts)))


@contextmanager
def connected(data_dir: Path | None = None) -> Iterator[Sends]:
    """A function that sends a request and returns the decoded answer.

    It raises CommandFailed with the refusal's own words; code 3 when nobody can be reached.
    """
    from pipeline.settings import load

    from ..logs import configure

    settings = load(data_dir=data_dir)
    configure("warning", settings.log_format)
    server = _server(settings)
    with _over_http(*server) if server is not None else _inside(settings) as sends:
        yield sends


def announce(data_dir: Path, url: str, secret: str) -> Path:
    """Tell commands of this folder where the server is. Readable for its owner alone."""
    path = data_dir / SERVER_FILE
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump({"url": url, "token": secret, "pid": os.getpid()}, file)
    return path


@contextmanager
def own_token(app: Heliograph) -> Iterator[str]:
    """A token for this process's own commands, which ends with it."""
    from pipeline.access import COMMAND_LINE, Token

    from ..auth.callers import ANY_SOURCE, SCOPES
    from ..auth.secret_values import TOKEN_PREFIX, hashed, new_secret

    secret, now = new_secret(TOKEN_PREFIX), app.clock.now()
    token = Token(
        id=app.ids.new("tok"),
        name=COMMAND_LINE,
        secret_hash=hashed(secret),
        scopes=frozenset(SCOPES),
        sources=frozenset({ANY_SOURCE}),
        created_at=now,
        expires_at=now + timedelta(days=365),
    )
    app.access.add_token(token)
    try:
        yield secret
    finally:
        app.access.revoke_token(token.id, app.clock.now())


def forget(app: Heliograph) -> None:
    """The token of a server that was killed in this folder counts no more."""
    from ..auth.secret_values import hashed

    said = _said(app.settings.data_dir)
    left = app.access.token(hashed(said[1])) if said else None
    if left is not None:
        app.access.revoke_token(left.id, app.clock.now())


def _server(settings: Settings) -> tuple[str, str] | None:
    """Address and token of the server that works in this folder, if it answers."""
    import httpx

    said = _said(settings.data_dir)
    # A file without its process is left of one that was killed: whoever has its port now is another.
    if said is None or not _is_owned(settings.lock_file):
        return None
    try:
        httpx.get(f"{said[0]}/healthz", timeout=2.0, trust_env=False).raise_for_status()
    except (httpx.HTTPError, httpx.InvalidURL):
        return None
    return said


def _said(data_dir: Path) -> tuple[str, str] | None:
    try:
        said = json.loads((data_dir / SERVER_FILE).read_text(encoding="utf-8"))
        return str(said["url"]), str(said["token"])
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _is_owned(lock_file: Path) -> bool:
    from filelock import FileLock, Timeout

    try:
        with FileLock(lock_file, timeout=0):
            return False
    except Timeout:
        return True
    except OSError:
        return False


class _Asks:
    """Turns a command into a request, and its answer into a value or a CommandFailed."""

    def __init__(
        self, url: str, secret: str, perform: Callable[[httpx.Request], httpx.Response]
    ) -> None:
        self._url, self._secret, self._perform = url, secret, perform

    def __call__(
        self,
        method: str,
        path: str,
        *,
        body: Any = None,
        params: dict[str, Any] | None = None,
        media_type: str = "application/json",
        files: Sequence[tuple[str, bytes]] | None = None,
        within: float = TIMEOUT,
    ) -> Any:
        import httpx

        headers = {"Authorization": f"Bearer {self._secret}"}
        sent: dict[str, Any] = {"data": body, "files": [("files", file) for file in files or ()]}
        if files is None:
            headers["Content-Type"] = media_type
            sent = {"content": None if body is None else json.dumps(body, ensure_ascii=False)}
        request = httpx.Request(
            method,
            f"{self._url}{path}",
            params=params,
            headers=headers,
            extensions={"timeout": httpx.Timeout(within).as_dict()},
            **sent,
        )
        try:
            return _read(self._perform(request))
        except httpx.HTTPError as lost:
            where = f"the server at {self._url} does not answer"
            raise CommandFailed(f"{where}: {lost}", OUT_OF_REACH) from None


@contextmanager
def _over_http(url: str, secret: str) -> Iterator[Sends]:
    import httpx

    with httpx.Client(timeout=TIMEOUT, trust_env=False) as client:
        yield _Asks(url, secret, client.send)


@contextmanager
def _inside(settings: Settings) -> Iterator[Sends]:
    """The same application, without a server: the workers rest, so what falls due waits for one."""
    import httpx

    from pipeline.bootstrap import open_heliograph
    from pipeline.domain.errors import Misconfigured

    from ..app import create_app

    try:
        app = open_heliograph(settings)
    except Misconfigured as unusable:
        raise CommandFailed(str(unusable), OUT_OF_REACH) from None
    transport = httpx.ASGITransport(app=create_app(app))

    def perform(request: httpx.Request) -> httpx.Response:
        if request.url.path.startswith(SEARCHES):
            # No worker does it here, and an index that is behind finds nothing.
            app.upkeep.catch_up()

        async def through() -> httpx.Response:
            async with httpx.AsyncClient(transport=transport) as client:
                return await client.send(request)

        return asyncio.run(through())

    try:
        with own_token(app) as secret:
            yield _Asks("http://inside", secret, perform)
    finally:
        app.close()


def _read(answer: httpx.Response) -> Any:
    if answer.is_success:
        if not answer.content:
            return None
        is_json = "json" in answer.headers.get("content-type", "")
        return answer.json() if is_json else answer.content
    try:
        problem = answer.json()
        sentence = "\n  ".join([problem["detail"], *_problems(problem)])
    except (ValueError, KeyError):
        sentence = f"the server answered {answer.status_code}"
    raise CommandFailed(sentence, status=answer.status_code)


def _problems(problem: Mapping[str, Any]) -> list[str]:
    """Each with its place, unless the sentence says the only one already."""
    found = problem.get("errors", ())
    if len(found) == 1 and found[0]["detail"] in problem["detail"]:
        return []
    return [f"{e['field']}: {e['detail']}" if e["field"] else str(e["detail"]) for e in found]
