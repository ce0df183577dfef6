"""Where do mails go when there is no relay? Into a folder, one file each, named for people.

The name comes from the message alone, so a repeat overwrites itself: `at` must be the same on each
attempt, as all of `Outbound` must.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from contextlib import suppress
from datetime import UTC
from pathlib import Path

from pipeline.domain.communication import Form
from pipeline.domain.errors import Retryable
from pipeline.domain.message import Outbound, Receipt

from .mail_format import LIMITS, Letterhead, compose, to_bytes

_OURS = re.compile(r"msg_([0-9a-f]{8})[0-9a-f]{24}")
_UNSAFE = re.compile(r"[^A-Za-z0-9@.+-]+")


class FileChannel:
    """A file is there whole or not at all: written beside its place, synced, then renamed."""

    form = room_form = Form.MAIL
    idempotent = True

    def __init__(self, folder: Path, letterhead: Letterhead, *, name: str = "mail") -> None:
        self.name = name
        self.limits = dict(LIMITS)
        self._folder = folder
        self._letterhead = letterhead

    def send(self, message: Outbound) -> Receipt:
        wire = to_bytes(compose(message, self._letterhead, eight_bit=True))
        name = file_name(message)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            _write_whole(self._folder, name, wire)
        except OSError as failed:
            why = os.strerror(failed.errno) if failed.errno else type(failed).__name__
            raise Retryable(f"the file of the mail cannot be written: {why}") from None
        return Receipt(provider_id=name, detail="written")

    def close(self) -> None:
        """Nothing is kept open."""


def file_name(message: Outbound) -> str:
    """Time, number and address for people; eight digits of the key keep two messages apart."""
    ours = _OURS.fullmatch(message.key)
    key = ours[1] if ours else hashlib.sha256(message.key.encode()).hexdigest()[:8]
    at = message.at.astimezone(UTC).strftime("%Y-%m-%dT%H-%M-%S")
    return f"{at}_{_safe(message.number, 40)}_{_safe(message.address, 120)}_{key}.eml"


def _safe(text: str, longest: int) -> str:
    return _UNSAFE.sub("-", text)[:longest] or "-"


def _write_whole(folder: Path, name: str, wire: bytes) -> None:
    handle, beside = tempfile.mkstemp(dir=folder, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(wire)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, folder / name)
    except BaseException:
        with suppress(OSError):
            os.unlink(beside)
        raise
    _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    """Without it the new name itself may be gone after a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
