"""Is there markup, or a second line? A text is plain sentences; quotation marks come with the slot of a line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..problems import Code, Found
from ..text import Text
from .against import Against

_MARKUP = re.compile(
    r"</?[a-z!][^>]{0,60}>?|[<>`|]|&[a-z]{2,8};|&#|\*+|~~|\[\[|\]\]|\]\(|[\[\]]|^\s*(?:[-–—+•·#>]|[a-z][.)]\s)|#|\n",
    re.IGNORECASE,
)
_MARKS = re.compile(r"[\"“”„«»‹›「」『』《》‘]|(?<![^\W\d_])'|(?<![^\W\d_])’(?![^\W\d_])")


def markup(text: Text, _against: Against) -> Iterator[Found]:
    if found := _MARKUP.search(text.plain):
        yield Found(code=Code.MARKUP, words=found[0].replace("\n", "a line break"))
    if _MARKS.search(_without_possessives(text.plain)):
        yield Found(code=Code.QUOTATION)


def _without_possessives(plain: str) -> str:
    """`the users’ mail`, and the one of a value: `{S1}'s`."""
    return re.sub(r"(?<=s)[’'](?= )|(?<=\ufffc)[’'](?=s\b| )", "", plain)
