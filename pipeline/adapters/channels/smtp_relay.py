"""Which relay, how is a connection to it opened, and what may be repeated of what it says?

`smtp://`, `smtp+starttls://` or `smtps://` USER:PASSWORD@HOST:PORT, with `?starttls=required`,
`auto` (use it when offered) or `off`, and `?ca=FILE` for a certificate of one's own authority.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from pipeline.domain.errors import Misconfigured, Retryable

_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
_STARTTLS = ("required", "auto", "off")
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_SHOWN = 200
"""Characters of a relay's answer that are kept."""


@dataclass(frozen=True, kw_only=True)
class Relay:
    """Where mails are handed over. The credentials are in no `repr` and in no error's text."""

    host: str
    port: int
    tls: bool
    starttls: str
    timeout: float
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    context: ssl.SSLContext = field(repr=False, compare=False)

    @classmethod
    def parse(cls, url: str, *, timeout: float) -> Relay:
        """Raises Misconfigured, never with the URL in it: the URL holds the password."""
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port
            asked = {key: values[-1] for key, values in parse_qs(parts.query).items()}
        except ValueError:
            raise Misconfigured("cannot be read as a URL", where="HELIOGRAPH_SMTP_URL") from None
        if parts.scheme not in _PORTS or not host or set(asked) - {"starttls", "ca"}:
            raise Misconfigured(
                "is not smtp://USER:PASSWORD@HOST:PORT", where="HELIOGRAPH_SMTP_URL"
            )
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        return cls(
            host=host,
            port=port or _PORTS[parts.scheme],
            tls=parts.scheme == "smtps",
            starttls=_starttls(parts.scheme, asked.get("starttls"), host, bool(user)),
            timeout=timeout,
            user=user,
            password=password,
            context=_context(asked.get("ca")),
        )

    @property
    def place(self) -> str:
        return f"the relay {self.host}:{self.port}"

    def connect(self, dialling: Callable[[smtplib.SMTP], None]) -> smtplib.SMTP:
        """Greeted once, encrypted and signed in as asked. Every failure is Retryable: none of them
        says anything about the message. `dialling` learns of the client before it connects."""
        client: smtplib.SMTP | None = None
        try:
            client = self._dial(dialling)
            self._enter(client)
            return client
        except Exception as failed:
            if client is not None:
                client.close()
            raise self._unreached(failed) from None

    def said(self, code: int, text: bytes) -> str:
        """What the relay answered: one line, of bounded length, without our password."""
        shown = re.sub(r"[\x00-\x1f\x7f]+", " ", text.decode("utf-8", "replace"))
        if self.password:
            shown = shown.replace(self.password, "***")
        return f"{code} {shown}"[:_SHOWN].strip()

    def _dial(self, dialling: Callable[[smtplib.SMTP], None]) -> smtplib.SMTP:
        class Plain(smtplib.SMTP):
            """Known before it is greeted: the greeting may never end."""

            def connect(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
                dialling(self)
                return super().connect(*args, **kwargs)

        class Secure(smtplib.SMTP_SSL):
            def connect(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
                dialling(self)
                return super().connect(*args, **kwargs)

        if self.tls:
            return Secure(self.host, self.port, timeout=self.timeout, context=self.context)
        return Plain(self.host, self.port, timeout=self.timeout)

    def _enter(self, client: smtplib.SMTP) -> None:
        client.ehlo_or_helo_if_needed()
        offered = client.has_extn("starttls")
        if not self.tls and (self.starttls == "required" or (self.starttls == "auto" and offered)):
            client.starttls(context=self.context)
            client.ehlo_or_helo_if_needed()
        if self.user:
            client.login(self.user, self.password)

    def _unreached(self, failed: Exception) -> Retryable:
        # The relay's own words are left out here: after AUTH they may repeat what was sent.
        if isinstance(failed, smtplib.SMTPAuthenticationError):
            return Retryable(
                f"{self.place} refused the user or password of smtp_url ({failed.smtp_code})"
            )
        if isinstance(failed, ssl.SSLCertVerificationError):
            return Retryable(f"{self.place} has a certificate that cannot be verified")
        if isinstance(failed, smtplib.SMTPNotSupportedError):
            return Retryable(f"{self.place} does not offer the STARTTLS or AUTH that smtp_url asks")
        if isinstance(failed, smtplib.SMTPResponseException):
            return Retryable(f"{self.place} refused the connection ({failed.smtp_code})")
        return Retryable(f"{self.place} cannot be reached ({type(failed).__name__})")


def _starttls(scheme: str, asked: str | None, host: str, credentials: bool) -> str:
    if asked is not None and asked not in _STARTTLS:
        raise Misconfigured("starttls is required, auto or off", where="HELIOGRAPH_SMTP_URL")
    encrypted = scheme in ("smtps", "smtp+starttls")
    if encrypted:
        return "required"
    if credentials and host not in _LOOPBACK:
        if asked in ("auto", "off"):
            raise Misconfigured("would send a password in clear text", where="HELIOGRAPH_SMTP_URL")
        return "required"
    return asked or "auto"


def _context(ca: str | None) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=ca)
    except (OSError, ssl.SSLError):
        raise Misconfigured(
            f"the ca file {ca} cannot be read", where="HELIOGRAPH_SMTP_URL"
        ) from None
