"""How is a secret made and recognised? 256 bits of chance; only its SHA-256 is ever kept."""

from __future__ import annotations

import hashlib
import secrets

TOKEN_PREFIX = "hg_"  # noqa: S105  what tokens begin with, so that scanners find leaked ones


def new_secret(prefix: str = "") -> str:
    return prefix + secrets.token_urlsafe(32)


def hashed(secret: str) -> str:
    """Fast on purpose: a secret of 256 random bits cannot be guessed, whatever the hash costs."""
    return hashlib.sha256(secret.encode()).hexdigest()
