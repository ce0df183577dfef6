"""Did we issue this link, for this purpose, and does it still count?"""

from __future__ import annotations

import os
import secrets
from datetime import datetime
from pathlib import Path

from itsdangerous import BadData, URLSafeSerializer

from ..domain.errors import BadSignature
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
        try:
            body = self._serializer(purpose).loads(token)
            expires_at = from_text(body["x"])
            payload: dict[str, str] = body["p"]
        except (BadData, KeyError, TypeError, ValueError):
            raise BadSignature("this link was not issued here, or was altered") from None
        if now >= expires_at:
            raise BadSignature("this link has expired")
        return payload

    def _serializer(self, purpose: str) -> URLSafeSerializer:
        return URLSafeSerializer(self._secret, salt=f"heliograph.{purpose}")


def secret_in(folder: Path) -> str:
    """The installation's secret: read from the folder, or made there at the first start (mode 600)."""
    path = folder / "secret.key"
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        secret = secrets.token_urlsafe(48)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secret)
        return secret
