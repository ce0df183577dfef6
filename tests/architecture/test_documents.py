"""A clean checkout is all that a reader needs: every link leads somewhere, and nothing leads out."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from .source import ROOT, files, from_root

DOCUMENTS = [path for path in files() if path.suffix == ".md"]
LINK = re.compile(
    r"!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)|(?:src|href)=\"([^\"]+)\""
)
FENCED = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#+\s+(.+?)\s*#*$", re.MULTILINE)
OUTSIDE = re.compile(r"(?<![\w.\-*}])/(?:home|root|Users|work|workspace|mnt|tmp)/\w")
UP = re.compile(r"(?<![\w./])(?:\.\./)+[\w.\-]+")
BINARY = {".png", ".jpg", ".gif", ".ico", ".woff2", ".mo", ".gz", ".whl", ".zip", ".db"}
PROSE = {".md", ".toml", ".yaml", ".yml", ".cfg", ".ini", ".sh", ".lock", ".txt", ""}


def _slugs(text: str) -> set[str]:
    """The anchors that a page has, as GitHub makes them."""
    titles = HEADING.findall(FENCED.sub("", text))
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", DOCUMENTS, ids=from_root)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    """To a file of ours, and to a heading that is there."""
    text = page.read_text(encoding="utf-8")
    for found in LINK.finditer(FENCED.sub("", text)):
        link = urlsplit(found[1] or found[2])
        if link.scheme or link.netloc:
            continue
        target = (page.parent / unquote(link.path)).resolve() if link.path else page
        assert target.is_relative_to(ROOT), found[0]
        assert target.exists(), found[0]
        if link.fragment and target.suffix == ".md":
            assert link.fragment in _slugs(target.read_text(encoding="utf-8")), found[0]


def test_no_file_knows_a_machine() -> None:
    """Somebody's home folder is nobody else's."""
    for path in files():
        if path.suffix not in BINARY:
            text = path.read_text(encoding="utf-8", errors="replace")
            assert not (found := OUTSIDE.search(text)), f"{from_root(path)}: {found}"


def test_no_page_and_no_script_leads_out_of_the_repository() -> None:
    """What lies beside the checkout here is missing everywhere else."""
    for path in files():
        if path.suffix not in PROSE:
            continue
        for way in UP.findall(path.read_text(encoding="utf-8", errors="replace")):
            assert (path.parent / way).resolve().is_relative_to(ROOT), f"{from_root(path)}: {way}"
