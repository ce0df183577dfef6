"""Articles are found by what they mean, on a real Chroma, whatever happens to its folder."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from knowledge.encoders.fake import FakeEncoder
from knowledge.errors import EncoderFailed, NotOurs
from knowledge.vectors.index import VectorIndex

from .libraries import indexed

ROOT = Path(__file__).parents[3]
VPN = indexed("vpn", "VPN error 691", "The password is wrong. Type the password again.")
JAM = indexed("jam", "Paper jam", "# Cure\nOpen the tray.\n\n# Cause\nThe sheet is damp.")
MAIL = indexed("mail", "Mail is slow", "Archive old messages.")
ALL = [VPN, JAM, MAIL]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "vectors"


@pytest.fixture
def index(folder: Path) -> Iterator[VectorIndex]:
    index = VectorIndex.in_folder(folder, FakeEncoder())
    yield index
    index.close()


def again(index: VectorIndex, folder: Path, encoder: FakeEncoder | None = None) -> VectorIndex:
    index.close()
    return VectorIndex.in_folder(folder, encoder or FakeEncoder())


def versions(*ids: str, version: str = "1") -> dict[str, str]:
    return dict.fromkeys(ids, version)


def test_the_nearest_passage_counts(index: VectorIndex) -> None:
    """An article is as near as its nearest passage; the best comes first."""
    index.put(ALL)
    found = index.nearest("is the sheet damp", 3)
    assert next(iter(found)) == "jam"
    assert 0.4 < found["jam"] <= 1
    assert sorted(found) == ["jam", "mail", "vpn"]


def test_most_counts_articles_not_passages(index: VectorIndex) -> None:
    """One long article with many near passages leaves places for others."""
    body = "\n".join(f"# Part {n}\nprinter toner tray" for n in range(60))
    index.put([indexed("long", "printer toner tray", body), *ALL])
    assert len(index.nearest("printer toner tray", 3)) == 3


def test_nothing_to_ask(index: VectorIndex) -> None:
    """An empty index, a question that the encoder does not read, and none wanted find nothing."""
    assert index.nearest("printer", 5) == {}
    index.put(ALL)
    assert index.nearest("打印机", 5) == {}
    assert index.nearest("", 5) == {}
    assert index.nearest("printer", 0) == {}


def test_what_is_here_survives_a_restart(index: VectorIndex, folder: Path) -> None:
    """Versions are kept with the passages, so nothing is encoded twice."""
    index.put(ALL)
    opened = again(index, folder)
    assert opened.differs({**versions("vpn", "jam"), "mail": "2", "new": "1"}) == (
        {"mail", "new"},
        set(),
    )
    assert opened.differs(versions("vpn")) == (set(), {"jam", "mail"})
    opened.close()


def test_a_shorter_version_leaves_no_passage_behind(index: VectorIndex, folder: Path) -> None:
    """What an article no longer says does not find it."""
    index.put(ALL)
    index.put([indexed("jam", "Paper jam", "Open the tray.", version="2")])
    opened = again(index, folder)
    assert opened.differs({**versions("vpn", "mail"), "jam": "2"}) == (set(), set())
    assert opened.nearest("the sheet is damp", 3)["jam"] < 0.5
    opened.close()


def test_dropped_articles_are_not_found(index: VectorIndex) -> None:
    """Also when one is dropped twice."""
    index.put(ALL)
    index.drop({"jam", "nobody"})
    index.drop({"jam"})
    assert "jam" not in index.nearest("paper jam", 5)


def test_an_article_that_is_not_read_is_done(index: VectorIndex) -> None:
    """It waits for nobody; when it was read before, its vectors go."""
    index.put(ALL)
    index.put([indexed("jam", "卡纸", "打开纸盒", version="2")])
    assert index.differs({**versions("vpn", "mail"), "jam": "2"}) == (set(), set())
    assert "jam" not in index.nearest("paper jam", 5)


def test_what_a_model_wrote_leads_to_it(index: VectorIndex) -> None:
    """An English title that was generated for a Chinese article, of which the rest is not read."""
    index.put([*ALL, indexed("zh", "卡纸", "打开纸盒", generated="toner is empty\n碳粉")])
    assert list(index.nearest("empty toner", 1)) == ["zh"]


def test_a_failing_encoder_changes_nothing(folder: Path) -> None:
    """Neither what is held nor what is found."""
    encoder = FakeEncoder()
    index = VectorIndex.in_folder(folder, encoder)
    index.put(ALL)
    encoder.trouble = "it is down"
    with pytest.raises(EncoderFailed, match="down"):
        index.put([indexed("new", "A new one")])
    with pytest.raises(EncoderFailed, match="down"):
        index.nearest("x", 1)
    encoder.trouble = None
    assert index.differs(versions("vpn", "jam", "mail", "new")) == ({"new"}, set())
    index.close()


def test_a_second_process_is_refused(index: VectorIndex, folder: Path) -> None:
    """Two writers would damage the folder without a word."""
    run = (
        "import sys; from pathlib import Path\n"
        "from knowledge.encoders.fake import FakeEncoder\n"
        "from knowledge.vectors.index import VectorIndex\n"
        "VectorIndex.in_folder(Path(sys.argv[1]), FakeEncoder())"
    )
    done = subprocess.run(
        [sys.executable, "-c", run, str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "NotOurs: another process works on the vectors in" in done.stderr
    index.put(ALL)
    assert index.nearest("paper jam", 1)


def test_a_second_owner_in_this_process_is_refused(index: VectorIndex, folder: Path) -> None:
    """And once the first one is closed, it is taken."""
    with pytest.raises(NotOurs, match="another process"):
        VectorIndex.in_folder(folder, FakeEncoder())
    again(index, folder).close()


def ruin_database(kept: Path) -> None:
    (kept / "chroma.sqlite3").write_bytes(b"no database" * 500)


def lose_database(kept: Path) -> None:
    (kept / "chroma.sqlite3").unlink()


def cut_database(kept: Path) -> None:
    data = (kept / "chroma.sqlite3").read_bytes()
    (kept / "chroma.sqlite3").write_bytes(data[: len(data) // 2])


def ruin_graph(kept: Path) -> None:
    for path in kept.glob("*/*"):
        path.write_bytes(b"\xff" * 100)


def be_a_file(kept: Path) -> None:
    shutil.rmtree(kept)
    kept.write_text("no folder")


def lose_all(kept: Path) -> None:
    shutil.rmtree(kept)


@pytest.mark.parametrize(
    "harm", [ruin_database, lose_database, cut_database, ruin_graph, be_a_file, lose_all]
)
def test_a_broken_folder_is_made_anew(index: VectorIndex, folder: Path, harm: object) -> None:
    """It starts, says what it lacks, and takes it in; nothing is lost but time."""
    many = [indexed(f"a{n}", f"printer {n}", "tray " * 100) for n in range(600)]
    index.put([*ALL, *many])
    index.close()
    assert callable(harm)
    harm(folder / "chroma")
    opened = VectorIndex.in_folder(folder, FakeEncoder())
    wanted, gone = opened.differs(versions("vpn", "jam", "mail"))
    opened.drop(gone)
    opened.put([one for one in ALL if one.article.id in wanted])
    assert opened.differs(versions("vpn", "jam", "mail")) == (set(), set())
    assert list(opened.nearest("password 691", 1)) == ["vpn"]
    again(opened, folder).close()


def test_the_old_encoder_serves_until_the_new_one_is_complete(folder: Path) -> None:
    """Then the old one's vectors go; what is visible says which one answers."""
    old, new = FakeEncoder("old"), FakeEncoder("new", dimensions=32)
    index = VectorIndex.in_folder(folder, old)
    index.differs(versions("vpn", "jam", "mail"))
    index.put(ALL)
    index.close()

    index = VectorIndex.in_folder(folder, new, before=[old])
    assert index.differs(versions("vpn", "jam", "mail"))[0] == {"vpn", "jam", "mail"}
    index.put([VPN])
    assert list(index.nearest("paper jam", 1)) == ["jam"]
    filled = index.filled
    assert (filled.serving, filled.filling, filled.done, filled.articles) == ("old", "new", 1, 3)

    index.close()
    index = VectorIndex.in_folder(folder, new, before=[old])
    assert index.differs(versions("vpn", "jam", "mail"))[0] == {"jam", "mail"}
    index.put([JAM, MAIL])
    assert index.differs(versions("vpn", "jam", "mail")) == (set(), set())
    assert (index.filled.serving, index.filled.filling) == ("new", None)
    assert list(index.nearest("paper jam", 1)) == ["jam"]

    index.close()
    index = VectorIndex.in_folder(folder, old, before=[new])
    assert index.differs(versions("vpn"))[0] == {"vpn"}
    index.close()


def test_an_article_that_goes_is_not_found_by_the_old_encoder(folder: Path) -> None:
    """Although its vectors are not made anew."""
    old, new = FakeEncoder("old"), FakeEncoder("new")
    index = VectorIndex.in_folder(folder, old)
    index.put(ALL)
    index.close()
    index = VectorIndex.in_folder(folder, new, before=[old])
    wanted, gone = index.differs(versions("vpn", "mail"))
    assert (wanted, gone) == ({"vpn", "mail"}, {"jam"})
    index.drop(gone)
    assert "jam" not in index.nearest("paper jam", 3)
    index.close()


def test_another_model_of_the_same_name_is_noticed(index: VectorIndex, folder: Path) -> None:
    """Its dimensions differ: all vectors are made anew, and questions meanwhile say so."""
    index.put(ALL)
    opened = again(index, folder, FakeEncoder(dimensions=32))
    with pytest.raises(EncoderFailed, match="32 numbers, and the index holds 64"):
        opened.nearest("paper jam", 1)
    opened.put([indexed("jam", "Paper jam", version="2")])
    assert opened.differs(versions("vpn", "mail"))[0] == {"vpn", "mail"}
    assert list(opened.nearest("paper jam", 1)) == ["jam"]
    opened.close()


def test_questions_are_answered_while_articles_are_put(index: VectorIndex) -> None:
    """By many threads at once."""
    index.put(ALL)

    def ask(n: int) -> bool:
        return "jam" in index.nearest("paper jam", 5)

    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(ask, n) for n in range(200)]
        for n in range(20):
            index.put([indexed(f"x{n}", f"Something else {n}")])
        assert all(one.result() for one in asked)
