"""What is read when somebody names files, folders and addresses?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from knowledge import sources
from knowledge.article import ArticleText, Unreadable
from knowledge.errors import Refused

from .connection import CommandFailed

Read = ArticleText | Unreadable
LONGEST_SOURCE = 100


class Reading:
    """All places as one stream. `present` holds the ids of each source that were read so far."""

    def __init__(
        self,
        places: Sequence[str],
        *,
        source: str | None,
        language: Literal["zh", "en"] | None,
        data_dir: Path | None,
    ) -> None:
        self._places, self._source, self._language = places, source, language
        self._data_dir = data_dir
        self.present: dict[str, set[str]] = {}

    def check_whole(self) -> None:
        """A single file is rarely all that its folder has: refuse to retire the rest by accident."""
        for place in self._places:
            if self._source is None and (_is_address(place) or not Path(place).is_dir()):
                raise CommandFailed(
                    f"--prune with {place} would retire everything else of "
                    f"{self._named(place)}: say with --source what it is all of",
                    2,
                )

    def count(self) -> int:
        """Files and pages, for a bar of progress."""
        return sum(1 if _is_address(p) else sources.count(Path(p)) for p in self._places)

    def read(self, began: Callable[[str], None]) -> Iterator[Read]:
        for place in self._places:
            found = self._page(place, began) if _is_address(place) else self._files(place, began)
            for one in found:
                yield self._once(one) if isinstance(one, ArticleText) else one

    def _files(self, place: str, began: Callable[[str], None]) -> Iterator[Read]:
        yield from sources.read(Path(place), source=self._named(place), began=began)

    def _page(self, url: str, began: Callable[[str], None]) -> Iterator[Read]:
        from knowledge.sources import web
        from pipeline.settings import load

        began(url)
        try:
            name, content = web.fetch(url, hosts=load(data_dir=self._data_dir).knowledge_hosts)
        except Refused as refused:
            yield Unreadable(place=url, reason=str(refused))
            return
        yield from sources.documents(name, content, source=self._named(url), url=url)

    def _once(self, text: ArticleText) -> Read:
        """Of two with one id the second would overwrite the first."""
        present = self.present.setdefault(text.source, set())
        if text.external_id in present:
            reason = (
                f"another one of the source {text.source} has this path: "
                "import them one by one, each with a --source of its own"
            )
            return Unreadable(place=text.external_id, reason=reason)
        present.add(text.external_id)
        return text.model_copy(update={"language": self._language}) if self._language else text

    def _named(self, place: str) -> str:
        """By its folder: a file is the same article whether it or its folder is named."""
        if self._source is not None:
            return self._source
        if _is_address(place):
            return (urlsplit(place).hostname or sources.SOURCE)[:LONGEST_SOURCE]
        path = Path(place).absolute()
        folder = path if path.is_dir() else path.parent
        name = folder.resolve().name.encode("utf-8", "replace").decode()
        return "".join(c for c in name if c.isprintable())[:LONGEST_SOURCE] or sources.SOURCE


def _is_address(place: str) -> bool:
    return place.lower().startswith(("http://", "https://"))
