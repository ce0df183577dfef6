"""An endpoint that misbehaves is told of in a sentence, without the key."""

from __future__ import annotations

import json
import logging
import socket
import traceback
from collections.abc import Iterator

import pytest
from pydantic import SecretStr

from knowledge.encoders.endpoint import Endpoint
from knowledge.errors import EncoderFailed, Refused
from tests.contract.embedders import KEY, EmbeddingServer, Ill


@pytest.fixture
def server() -> Iterator[EmbeddingServer]:
    server = EmbeddingServer()
    yield server
    server.close()


def endpoint(server: EmbeddingServer, timeout: float = 5.0) -> Endpoint:
    return Endpoint(url=server.url, model="m", key=SecretStr(KEY), timeout=timeout)


def answer(*rows: object) -> Ill:
    return Ill(body=json.dumps({"object": "list", "data": rows}).encode())


def row(index: int, *numbers: object) -> dict[str, object]:
    return {"object": "embedding", "index": index, "embedding": numbers}


ILL = {
    "answered 401: the key is not accepted": Ill(status=401, body=KEY.encode()),
    "answered 403": Ill(status=403, body=b"{}"),
    "answered 404: there is no such model": Ill(status=404, body=b"<h1>no</h1>"),
    "answered 429: the quota": Ill(status=429, body=b"{}", headers={"Retry-After": "60"}),
    "answered 500: it is tried again": Ill(status=500, body=b'{"error": {"message": "boom"}}'),
    "answered 418: look at its log": Ill(status=418, body=b"{}"),
    "not JSON": Ill(body=b'{"data": ['),
    "deep|not JSON": Ill(body=b"[" * 100_000),
    "empty|not JSON": Ill(body=b""),
    "page|not JSON": Ill(body=b"<html>welcome</html>"),
    "not as an embeddings endpoint": Ill(body=b'{"choices": []}'),
    "list|not as an embeddings endpoint": Ill(body=b"[1, 2]"),
    "words|not as an embeddings endpoint": answer(row(0, "a"), row(1, "b")),
    "index|not as an embeddings endpoint": answer(row(0, 1, 2), row(0, 3, 4)),
    "ragged|not as an embeddings endpoint": answer(row(0, 1, 2), row(1, 3)),
    "none|not as an embeddings endpoint": answer(row(0), row(1)),
    "strange|not as an embeddings endpoint": answer("a", 3),
    "cut|broke off": Ill(headers={"Content-Length": "999999"}),
    "2 texts with 1 vectors": answer(row(0, 1, 2)),
    "not finite": answer(row(0, 1, 2), row(1, float("nan"), 2)),
    "infinite|not finite": answer(row(0, 1, 2), row(1, float("inf"), 2)),
    "zero|zero or not finite": answer(row(0, 1, 2), row(1, 0, 0)),
}


@pytest.mark.parametrize("said", ILL)
def test_what_it_answers_wrongly(
    server: EmbeddingServer, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Each is an EncoderFailed that says what happened and where; the key is in no line of it."""
    caplog.set_level(logging.DEBUG)
    server.ill = ILL[said]
    asked = endpoint(server)
    with pytest.raises(EncoderFailed, match=said.rpartition("|")[2]) as failed:
        asked.encode(["a", "b"])
    assert server.host in str(failed.value)
    shown = "".join(traceback.format_exception(failed.value)) + caplog.text + repr(vars(asked))
    assert KEY not in shown
    assert len(server.asked) == 1


def test_the_key_is_sent_and_texts_go_in_batches(server: EmbeddingServer) -> None:
    """Ten texts in a request, in order, and the answer's own order does not matter."""
    texts = [f"text number {n}" for n in range(23)]
    vectors = endpoint(server).encode(texts)
    assert [len(asked["input"]) for asked in server.asked] == [10, 10, 3]
    assert [t for asked in server.asked for t in asked["input"]] == texts
    assert {asked["path"] for asked in server.asked} == {"/v1/embeddings"}
    assert set(server.keys) == {f"Bearer {KEY}"}
    assert (vectors[7] @ vectors.T).argmax() == 7


def test_a_late_answer_is_given_up(server: EmbeddingServer) -> None:
    """One that is silent, and one that says a byte now and then."""
    for drip in (5.0, 0.05):
        server.ill = Ill(drip=drip)
        with pytest.raises(EncoderFailed, match=r"did not answer within 0\.3 s"):
            endpoint(server, timeout=0.3).encode(["a"])


def test_nobody_there() -> None:
    """A connection that is refused says so."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    gone = Endpoint(url=f"http://127.0.0.1:{port}/v1", model="m", key=SecretStr(KEY))
    with pytest.raises(EncoderFailed, match=r"is not reached.*whether it runs"):
        gone.encode(["a"])


def test_dimensions_that_change(server: EmbeddingServer) -> None:
    """Vectors of two models cannot be compared."""
    asked = endpoint(server)
    asked.encode(["a"])
    server.ill = answer(row(0, 1, 2, 3))
    with pytest.raises(EncoderFailed, match=r"3 numbers a text, and 64 before.*restart"):
        asked.encode(["a"])


def test_the_name_holds_model_and_host(server: EmbeddingServer) -> None:
    """The same model behind another address may be another one."""
    assert endpoint(server).name == f"m at {server.host}"


OPEN = ["http://models.example/v1", "http://127.0.0.1.example/v1", "https://user:secret@h/v1"]
WRONG = ["ftp://h/v1", "models.example", "", "https://", "http://[::1", "http://h:99999/v1"]


@pytest.mark.parametrize("url", [*OPEN, *WRONG])
def test_addresses_that_are_refused(url: str) -> None:
    """The key travels only to this machine or by https, and no password stands in an address."""
    with pytest.raises(Refused) as refused:
        Endpoint(url=url, model="m", key=SecretStr(KEY))
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("url", ["https://h.example/v1", "http://localhost:1", "http://[::1]/"])
def test_addresses_that_are_taken(url: str) -> None:
    """https to anywhere; http within this machine."""
    assert Endpoint(url=url, model="m", key=SecretStr("")).name.startswith("m at ")
