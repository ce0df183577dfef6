"""How is an article fetched from an address that somebody typed, without fetching what only we can reach?"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Collection
from email.message import Message
from pathlib import PurePosixPath
from typing import TypeVar
from urllib.parse import unquote

import httpx

from ..errors import Refused
from . import READERS
from .checked_network import CheckedTransport, Resolve, resolved
from .walk import LARGEST

T = TypeVar("T")
MOST_REDIRECTS = 5
SECONDS = 20.0
"""For one page, redirects too."""
_ENDINGS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/markdown": ".md",
    "text/x-markdown": ".md",
    "text/plain": ".txt",
    "text/csv": ".csv",
    "application/json": ".json",
    "application/jsonl": ".jsonl",
    "application/x-ndjson": ".jsonl",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}
# Said of everything that a server knows nothing better of: the address's own ending counts.
_SAYS_LITTLE = {"text/plain", "application/octet-stream", "binary/octet-stream", ""}
_HEADERS = {"User-Agent": "Heliograph", "Accept": "*/*", "Accept-Encoding": "identity"}


def fetch(
    address: str,
    *,
    hosts: Collection[str] = frozenset(),
    seconds: float = SECONDS,
    limit: int = LARGEST,
    resolve: Resolve = resolved,
) -> tuple[str, bytes]:
    """A name that ends as its format says, made from the address, and the content; both fit `documents`.

    `seconds` are for all of it, redirects too; `limit` is in octets. `hosts` are the ones that may lie on
    addresses of our own (`host` or `host:port`). Raises Refused, with a sentence, for whatever fails.
    """

    def take(url: httpx.URL, answer: httpx.Response) -> tuple[str, bytes]:
        return _taken(url, answer, limit)

    return _exchanged(address, take, hosts, seconds, resolve)


def fetch_octets(
    address: str,
    *,
    hosts: Collection[str] = frozenset(),
    seconds: float = SECONDS,
    limit: int = LARGEST,
    resolve: Resolve = resolved,
) -> bytes:
    """The same for whatever is there, as it is. Raises Refused."""

    def take(url: httpx.URL, answer: httpx.Response) -> bytes:
        _check(url, answer)
        return _bounded(answer, limit)

    return _exchanged(address, take, hosts, seconds, resolve)


def _exchanged(
    address: str,
    take: Callable[[httpx.URL, httpx.Response], T],
    hosts: Collection[str],
    seconds: float,
    resolve: Resolve,
) -> T:
    """What `take` makes of the answer at the end of all redirects, each of which is checked."""
    url = _allowed(address)
    with CheckedTransport(hosts=hosts, seconds=seconds, resolve=resolve) as transport:
        try:
            for _ in range(MOST_REDIRECTS + 1):
                answer = transport.handle_request(_request(url))
                try:
                    if not answer.has_redirect_location:
                        return take(url, answer)
                    url = _allowed(str(url.join(answer.headers["Location"])))
                finally:
                    answer.close()
        except httpx.TimeoutException:
            raise Refused(f"{url.host} took longer than {seconds:g} s") from None
        except (httpx.HTTPError, httpx.StreamError) as failed:
            raise Refused(f"{url.host} cannot be read ({type(failed).__name__})") from None
        except (httpx.InvalidURL, ValueError):
            raise Refused(f"{url.host} leads on to what is no address") from None
    raise Refused(f"{address} leads on more than {MOST_REDIRECTS} times")


def _allowed(address: str) -> httpx.URL:
    try:
        url = httpx.URL(address.strip())
    except (httpx.InvalidURL, ValueError, TypeError):
        raise Refused(f"{address[:100]} is no address") from None
    if url.scheme not in {"http", "https"} or not url.host:
        raise Refused(f"{address[:100]} is no address that begins with http:// or https://")
    if url.port is not None and not 0 < url.port < 65536:
        raise Refused(f"{url.port} is no port")
    if url.userinfo:
        raise Refused("an address with a user name or password in it is not fetched")
    return url.copy_with(fragment=None)


def _request(url: httpx.URL) -> httpx.Request:
    return httpx.Request("GET", url, headers=_HEADERS)


def _check(url: httpx.URL, answer: httpx.Response) -> None:
    if answer.status_code != 200:
        raise Refused(f"{url.host} answered {answer.status_code}")
    # What is packed could unfold without end; we asked for it as it is.
    if answer.headers.get("Content-Encoding", "identity").lower() not in {"", "identity"}:
        raise Refused(f"{url.host} answers in packed form, though it was asked not to")


def _taken(url: httpx.URL, answer: httpx.Response, limit: int) -> tuple[str, bytes]:
    _check(url, answer)
    said = Message()
    said["Content-Type"] = answer.headers.get("Content-Type", "")
    ending = _ending(url, said.get_content_type() if said["Content-Type"] else "")
    content = _bounded(answer, limit)
    charset = "" if ending in {".pdf", ".docx"} else str(said.get_param("charset") or "")
    return _name(url, ending), _in_utf8(content, charset)


def _ending(url: httpx.URL, kind: str) -> str:
    own = PurePosixPath(url.path).suffix.lower()
    if kind in _SAYS_LITTLE and own in READERS:
        return own
    if kind in _ENDINGS:
        return _ENDINGS[kind]
    raise Refused(f"{url.host} answers with {kind or 'an unnamed kind'}, which is not read")


def _bounded(answer: httpx.Response, limit: int) -> bytes:
    content = bytearray()
    for chunk in answer.iter_raw():
        content += chunk
        if len(content) > limit:
            raise Refused(f"it is larger than {limit:,} octets")
    return bytes(content)


def _name(url: httpx.URL, ending: str) -> str:
    query = f"?{url.query.decode('ascii', 'replace')}" if url.query else ""
    port = f":{url.port}" if url.port else ""
    name = f"{url.host}{port}{unquote(url.path).rstrip('/')}{query}"
    return name if name.lower().endswith(ending) else f"{name}{ending}"


def _in_utf8(content: bytes, charset: str) -> bytes:
    """The encoding that only the answer's header names would be lost with it."""
    try:
        if charset and codecs.lookup(charset).name != "utf-8":
            return content.decode(charset).encode("utf-8")
    except (LookupError, ValueError):
        return content  # the header errs; what reads the file looks at its octets
    return content
