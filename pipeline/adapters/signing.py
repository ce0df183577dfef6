"""Did we issue this link, for this purpose, and does it still count?"""

from __future__ import annotations

import os
import secrets
from datetime import datetime
from pathlib import Path

from itsdangerous import BadData, URLSafeSerializer

from ..domain.errors import BadSignature, Misconfigured
from ..domain.times import from_text, to_text


class LinkSigner:
    """Signs small values into URL-safe tokens. The expiry is part of what is signed, so that the
    injected clock decides and the same input gives the same token (law 13)."""

    def __init__(self, secret: str) -> None:
        self._secret = secret

    def sign(self, purpose: str, payload: dict[str, str], expires_at: datetime) -> str:
        signed = self._serializer(purpose).dumps({"p": payload, "x": to_text(expires_at)})
        return signed if isinstance(signed, str) else signed.decode()

    def open(self, purpose: str, token: str, now: datetime) -> dict[str, str]:
        """The payload. Raises BadSignature for a token that is foreign, altered or expired."""
        payload, expires_at = self._read(purpose, token)
        if now >= expires_at:
            raise BadSignature("this link has expired")
        return payload

    def until(self, purpose: str, token: str) -> datetime:
        """When a token of ours expires, so that a link made from it lives no longer. Raises BadSignature."""
        return self._read(purpose, token)[1]

    def _read(self, purpose: str, token: str) -> tuple[dict[str, str], datetime]:
        try:
            body = self._serializer(purpose).loads(token)
            return body["p"], from_text(body["x"])
        except (BadData, KeyError, TypeError, ValueError):
            raise BadSignature("this link was not issued here, or was altered") from None

    def _serializer(self, purpose: str) -> URLSafeSerializer:
        return URLSafeSerializer(self._secret, salt=f"heliograph.{purpose}")


LEAST = 32
"""Characters of a secret; a shorter one is what a full disk left of it."""


def secret_in(folder: Path) -> str:
    """The installation's secret: read from the folder, or made there at the first start (mode 600).

    Raises Misconfigured for one that is too short to sign with.
    """
    path = folder / "secret.key"
    if not path.exists():
        _make(path)
    secret = path.read_text(encoding="ascii", errors="replace").strip()
    if not secret.isascii():
        raise Misconfigured("is not the file we wrote; restore it, or remove it", where=str(path))
    if len(secret) < LEAST:
        raise Misconfigured("is too short to sign with; restore it, or remove it", where=str(path))
    return secret


def _make(path: Path) -> None:
    """Whole or not at all: it has its name only once it is on the disk."""
    beside = path.with_suffix(".new")
    beside.unlink(missing_ok=True)
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
