"""Vectors from any embeddings endpoint that speaks as OpenAI's does: what is asked, and what goes wrong."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from time import monotonic
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray
from pydantic import SecretStr

from ..errors import EncoderFailed, Refused
from ..this_machine import is_this_machine
from .reply import vectors

if TYPE_CHECKING:
    from openai import APIStatusError, OpenAI

_FURTHEST = 2_000
"""Characters of a text that are sent: some endpoints refuse what is longer than they read."""
_LARGEST = 16_000_000
"""Bytes of an answer."""
_ADVICE = {
    401: "the key is not accepted: set another one",
    403: "the key may not use this model: set another key or model",
    404: "there is no such model or address: correct one of them",
    413: "the request is too large for it",
    429: "the quota is used up or requests come too quickly; it is tried again later",
}


class Endpoint:
    """Reads every language, as far as it is known here. Safe for many threads.

    `timeout` in seconds bounds each wait for the far side, and the whole answer once it has begun. There
    are no retries within: whoever asked for a question goes without, and upkeep comes again by itself.
    """

    def __init__(
        self, *, url: str, model: str, key: SecretStr, timeout: float = 10.0, at_once: int = 10
    ) -> None:
        """`at_once` texts go in one request; 10 is what the strictest of the large providers takes.
        Raises Refused for an address that would tell the key to the network."""
        self._url, host = _checked(url)
        self.name = f"{model} at {host}"
        self._model, self._key, self._timeout = model, key, timeout
        self._at_once = at_once
        self._dimensions = 0

    def reads(self, text: str) -> bool:
        return bool(text.strip())

    def encode_question(self, question: str) -> NDArray[np.float32]:
        vector: NDArray[np.float32] = self.encode([question])[0]
        return vector

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """[len(texts), dimensions], each of length 1. Raises EncoderFailed, and never names the key."""
        found = [
            self._asked(texts[at : at + self._at_once])
            for at in range(0, len(texts), self._at_once)
        ]
        return np.concatenate(found) if found else np.empty((0, self._dimensions), np.float32)

    def _asked(self, texts: Sequence[str]) -> NDArray[np.float32]:
        found = vectors(self._answer(texts), texts=len(texts), where=self._where)
        self._dimensions = self._dimensions or found.shape[1]
        if found.shape[1] != self._dimensions:
            raise EncoderFailed(
                f"{self._where} answered with {found.shape[1]} numbers a text, and {self._dimensions} "
                "before: its model was changed; restart Heliograph to index all articles anew"
            )
        return found

    def _answer(self, texts: Sequence[str]) -> bytes:
        import openai

        try:
            return self._exchange([_sendable(text) for text in texts])
        except openai.APIStatusError as answered:
            raise self._refusal(answered) from None
        except EncoderFailed:
            raise
        except Exception as broken:
            # The SDK's own errors, and while a body is read those of its HTTP library, which is not
            # the same in each release.
            raise self._gone(broken) from None

    def _exchange(self, texts: list[str]) -> bytes:
        """The body, read by pieces: a far side that says a byte every second would hold a thread."""
        began, held = monotonic(), bytearray()
        asked = self._client.embeddings.with_streaming_response
        with asked.create(input=texts, model=self._model, encoding_format="float") as answer:
            for piece in answer.iter_bytes():
                held += piece
                if len(held) > _LARGEST:
                    raise EncoderFailed(f"{self._where} answered with more than {_LARGEST} bytes")
                if monotonic() - began > self._timeout:
                    raise self._late()
        return bytes(held)

    @cached_property
    def _client(self) -> OpenAI:
        from openai import OpenAI

        # Some endpoints need no key, but the client refuses to be without one.
        key = self._key.get_secret_value() or "none"
        return OpenAI(base_url=self._url, api_key=key, timeout=self._timeout, max_retries=0)

    @property
    def _where(self) -> str:
        return f"the embeddings endpoint {self.name}"

    def _late(self) -> EncoderFailed:
        return EncoderFailed(
            f"{self._where} did not answer within {self._timeout:g} s; it is tried again later"
        )

    def _gone(self, broken: Exception) -> EncoderFailed:
        """Only the error's kind is told: it holds the request, and in its header the key."""
        kind = type(broken.__cause__ or broken).__name__
        if "Timeout" in kind or "Timeout" in type(broken).__name__:
            return self._late()
        return EncoderFailed(
            f"{self._where} is not reached, or broke off ({kind}): see whether it runs and whether its "
            "address is right"
        )

    def _refusal(self, answered: APIStatusError) -> EncoderFailed:
        """What the far side says of it is not repeated: it may quote the key, or the text."""
        code = answered.status_code
        advice = "it is tried again later" if code >= 500 else "look at its log for the reason"
        return EncoderFailed(f"{self._where} answered {code}: {_ADVICE.get(code, advice)}")


def _sendable(text: str) -> str:
    """Never blank, which is refused, and without lone surrogates, which no JSON holds."""
    cut = text[:_FURTHEST].encode("utf-8", "replace").decode("utf-8")
    return cut if cut.strip() else "-"


def _checked(url: str) -> tuple[str, str]:
    """(the address, its host and port)."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise Refused("the address of the embeddings endpoint cannot be read") from None
    if parts.scheme not in ("http", "https") or not host:
        raise Refused(
            "the address of the embeddings endpoint must begin with https:// and name a host"
        )
    if parts.username or parts.password:
        raise Refused("the address of the embeddings endpoint holds a password: set it as the key")
    if parts.scheme == "http" and not is_this_machine(host):
        raise Refused(
            f"the embeddings endpoint on {host} is asked without encryption: use https:// "
            "(http:// is for this machine alone)"
        )
    return url, f"{host}:{port}" if port else host
