"""Into which passages does an article fall? Pieces that an encoder reads at once and a person at a glance."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from math import ceil

from .answer import Passage
from .article import ArticleText
from .blocks import Block, Kind, blocks

LIKED = 110.0
"""Words of a passage. Chinese counts by characters: 180 of them say as much."""
JOINED = 140.0
"""Words of a passage to which a short neighbour was added."""
LONGEST = 180.0
"""Words of a step, a row or a piece of code that is still kept whole: encoders read 256 tokens."""
_SHORT = LIKED / 3
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")
_WORD = re.compile(r"[^\W\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]+")
_SENTENCE = re.compile(r"(?<=[。！？；])|(?<=[.!?;])(?=\s)")
_GAP = re.compile(r"(?<=\s)(?=\S)")
_SLICE = 180
"""Characters of a piece of something that has no spaces."""


def passages(article: ArticleText) -> list[Passage]:
    """At least one, in the order of the text; an article of a title alone has an empty one.

    Every word of the body is in one of them, in `text` or, for headings, in `headings`; only the header
    of a table and the marks around a piece of code are said in several. None is longer than `LONGEST`
    and a header.
    """
    found = [
        Passage(headings=headings, text=piece.text)
        for headings, group in groupby(blocks(article.body), key=lambda b: b.headings)
        for piece in _joined(group)
    ]
    return found or [Passage(headings=(), text="")]


def size(text: str) -> float:
    """In words. Ten characters count as a word at least: there are texts without spaces."""
    words = len(_WORD.findall(text)) + len(_HAN.findall(text)) * LIKED / 180
    return max(words, len(text) / 10)


@dataclass
class _Piece:
    parts: list[Block]
    size: float

    @property
    def text(self) -> str:
        """Rows and steps that follow one another stay one table and one list."""
        said = [self.parts[0].lead, "\n"] if self.parts[0].lead else []
        said.append(self.parts[0].text)
        for before, part in pairwise(self.parts):
            listed = part.kind is before.kind and part.kind in (Kind.ROW, Kind.STEP)
            new_table = part.lead and part.lead != before.lead
            said.append("\n" if listed and not new_table else "\n\n")
            said += [part.lead, "\n"] if new_table else []
            said.append(part.text)
        return "".join(said).strip("\n")


def _joined(group: Iterable[Block]) -> list[_Piece]:
    """Blocks of one heading, filled up to what is liked; a short rest goes with the piece before it."""
    pieces: list[_Piece] = []
    for block in group:
        for part in _cut(block):
            lead = pieces[-1].parts[-1].lead if pieces else ""
            more = size(part.text) + (size(part.lead) if part.lead != lead else 0)
            if pieces and _takes(pieces[-1].size, more):
                pieces[-1].parts.append(part)
                pieces[-1].size += more
            else:
                pieces.append(_Piece([part], size(part.text) + size(part.lead)))
    if len(pieces) > 1 and pieces[-1].size < _SHORT:
        last = pieces.pop()
        if pieces[-1].size + last.size <= JOINED:
            pieces[-1].parts += last.parts
        else:
            pieces.append(last)
    return pieces


def _takes(has: float, more: float) -> bool:
    return has + more <= LIKED or (has < _SHORT and has + more <= JOINED)


def _cut(block: Block) -> Iterator[Block]:
    """A paragraph is cut between sentences; the rest stays whole unless it alone is far too long."""
    whole = size(block.text)
    if whole <= (JOINED if block.kind is Kind.PARAGRAPH else LONGEST):
        yield block
        return
    opening, text, closing = _unwrapped(block)
    for piece in _filled(_fragments(text), whole / ceil(whole / LIKED)):
        yield replace(block, text=f"{opening}{piece}{closing}")


def _unwrapped(block: Block) -> tuple[str, str, str]:
    """(the line that opens a piece of code, what it holds, the line that closes it)."""
    first, _, rest = block.text.partition("\n")
    inner, _, last = rest.rpartition("\n")
    mark = first.strip()[:3]
    if block.kind is Kind.CODE and inner and last.strip().startswith(mark) and len(first) <= 80:
        return f"{first}\n", inner, f"\n{mark}"
    return "", block.text, ""


def _filled(fragments: Iterable[str], wanted: float) -> Iterator[str]:
    """Pieces of about this many words each; none is blank."""
    held: list[str] = []
    has = 0.0
    for fragment in fragments:
        more = size(fragment)
        if held and has + more > wanted * 1.1:
            yield "".join(held).strip("\n")
            held, has = [], 0.0
        if held or fragment.strip():
            held.append(fragment)
            has += more
    if held:
        yield "".join(held).strip("\n")


def _fragments(text: str) -> Iterator[str]:
    """Lines; of a long line its sentences, of a long sentence its words, of a long word slices."""
    for line in re.split(r"(?<=\n)", text):
        for sentence in [line] if size(line) <= LIKED else _SENTENCE.split(line):
            for word in [sentence] if size(sentence) <= LIKED else _GAP.split(sentence):
                if size(word) <= LIKED:
                    yield word
                else:
                    yield from (word[at : at + _SLICE] for at in range(0, len(word), _SLICE))
