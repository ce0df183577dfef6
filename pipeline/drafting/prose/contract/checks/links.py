"""Does a link, an address of the net or of mail stand in the words? Slots alone bring them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..problems import Code, Found
from ..text import Text
from .against import Against

_LINK = re.compile(
    r"\S*://\S*|\bwww\.\S+|\b(?:mailto|tel|javascript|data|ftp|https?)\s?:\S*|\S*@\S*"
    r"|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|net|org|edu|gov|int|mil|info|biz|io|dev|app|xyz|top|site|shop|online|cn|hk|tw|us|uk|eu|de|fr|ru|jp|me|co|ai|example|test|internal|corp|intra)\b"
    r"|[。．]\s?(?:com|cn|net|org)\b",
    re.IGNORECASE,
)


def links(text: Text, _against: Against) -> Iterator[Found]:
    yield from (Found(code=Code.LINK, words=m[0]) for m in _LINK.finditer(text.plain))
