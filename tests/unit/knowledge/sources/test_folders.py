"""A folder is read whole, in the same order each time, and only itself: no loop, no way out of it."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from knowledge.article import ArticleText, Unreadable
from knowledge.sources import count, documents, read


def folder(root: Path, *names: str) -> Path:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"What {path.stem} says.", encoding="utf-8")
    return root


def ids(found: Iterable[ArticleText | Unreadable]) -> list[str]:
    return [one.external_id for one in found if isinstance(one, ArticleText)]


def told(found: Iterable[ArticleText | Unreadable]) -> dict[str, str]:
    return {one.place: one.reason for one in found if isinstance(one, Unreadable)}


def test_all_articles_of_a_folder_are_read_by_name(tmp_path: Path) -> None:
    """Hidden files, folders of tools and what belongs to pages are left aside."""
    folder(tmp_path, "b.md", "a/z.md", "a/b/c.txt", "A.MD", "知识/打印机.md")
    folder(
        tmp_path, ".git/x.md", ".hidden.md", "node_modules/y/README.md", "images/tray.PNG", "s.css"
    )
    found = list(read(tmp_path))
    assert ids(found) == ["A.MD", "b.md", "a/z.md", "a/b/c.txt", "知识/打印机.md"]
    assert not told(found)


def test_importing_again_meets_itself(tmp_path: Path) -> None:
    """Wherever the folder lies, and however it is named on the way."""
    first, second = folder(tmp_path / "one", "a/b.md"), folder(tmp_path / "two", "a/b.md")
    (once,), (again,) = list(read(first)), list(read(second / "a" / ".."))
    assert isinstance(once, ArticleText)
    assert isinstance(again, ArticleText)
    assert once.digest == again.digest


def test_a_single_file_is_read_by_its_name(tmp_path: Path) -> None:
    """With the source that the caller says."""
    (found,) = read(folder(tmp_path, "a/vpn.md") / "a" / "vpn.md", source="wiki")
    assert isinstance(found, ArticleText)
    assert (found.source, found.external_id) == ("wiki", "vpn.md")


def test_progress_is_told_file_by_file(tmp_path: Path) -> None:
    """As often as `count` said, whatever becomes of each."""
    folder(tmp_path, "a.md", "b.xlsx", "c/d.csv", "e.png")
    begun: list[str] = []
    found = list(read(tmp_path, began=begun.append))
    assert begun == ["a.md", "b.xlsx", "c/d.csv"]
    assert count(tmp_path) == 3
    assert told(found).keys() == {"b.xlsx", "c/d.csv"}


def test_no_link_is_followed(tmp_path: Path) -> None:
    """One that leads out is told, one that leads in circles or to what is read anyway is not."""
    inside = folder(tmp_path / "in", "a/b.md")
    outside = folder(tmp_path / "out", "secret.md")
    (inside / "out").symlink_to(outside)
    (inside / "file.md").symlink_to(outside / "secret.md")
    (inside / "a" / "loop").symlink_to(inside)
    (inside / "again.md").symlink_to(inside / "a" / "b.md")
    (inside / "self.md").symlink_to(inside / "self.md")
    found = list(read(inside))
    assert ids(found) == ["a/b.md"]
    reasons = told(found)
    assert "leads out" in reasons["out"]
    assert "leads out" in reasons["file.md"]
    assert reasons.keys() <= {"out", "file.md", "self.md"}


def test_a_folder_that_is_a_link_itself_is_read(tmp_path: Path) -> None:
    """Whoever names it means what it leads to."""
    (tmp_path / "link").symlink_to(folder(tmp_path / "real", "a.md"))
    assert ids(read(tmp_path / "link")) == ["a.md"]


def test_what_vanishes_meanwhile_is_told(tmp_path: Path) -> None:
    """And the rest is read on."""
    folder(tmp_path, "a.md", "b.md", "c/d.md", "e/f.md", "g.md")
    reading = read(tmp_path)
    assert ids([next(reading)]) == ["a.md"]
    (tmp_path / "b.md").unlink()
    (tmp_path / "c" / "d.md").unlink()
    (tmp_path / "c").rmdir()
    rest = list(reading)
    assert ids(rest) == ["g.md", "e/f.md"]
    assert {place: "is gone" in reason for place, reason in told(rest).items()} == {
        "b.md": True,
        "c/": True,
    }


def test_a_place_that_is_not_there_is_told(tmp_path: Path) -> None:
    """It is no error of the others that were named."""
    assert told(read(tmp_path / "gone")) == {"gone": "there is no such file or folder"}


@contextlib.contextmanager
def as_nobody() -> Iterator[None]:
    """Root may read everything; whoever else runs the tests is nobody enough."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_what_may_not_be_read_is_told() -> None:
    """A file, a folder, and the very place that was named."""
    with tempfile.TemporaryDirectory() as made:
        root = folder(Path(made), "in/a.md", "in/b/c.md", "in/d.md", "no/e.md")
        root.chmod(0o755)
        for closed in (root / "in" / "a.md", root / "in" / "b", root / "no"):
            closed.chmod(0)
        with as_nobody():
            found = [*read(root / "in"), *read(root / "no"), *read(root / "no" / "e.md")]
        for closed in (root / "in" / "b", root / "no"):
            closed.chmod(0o700)
    assert ids(found) == ["d.md"]
    assert told(found).keys() == {"a.md", "b/", ".", "e.md"}
    assert all("permissions" in reason for reason in told(found).values())


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    """Only plain files are read."""
    os.mkfifo(tmp_path / "a.md")
    (tmp_path / "b.md").write_text("Open it.")
    assert ids(read(tmp_path)) == ["b.md"]
    assert told(read(tmp_path / "a.md")) == {"a.md": "it is no plain file"}


def test_a_name_in_another_encoding_is_told(tmp_path: Path) -> None:
    """It could be no article's id."""
    wrong = os.path.join(os.fsencode(tmp_path), "打印机.md".encode("gbk"))
    with open(wrong, "wb") as file:
        file.write(b"Open it.")
    (reason,) = told(read(tmp_path)).values()
    assert "UTF-8" in reason


def test_an_uploaded_file_is_bounded_as_well() -> None:
    """As one on the disk is."""
    (found,) = documents("a.md", b"")
    assert isinstance(found, Unreadable)
