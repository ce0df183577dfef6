"""A process that fills the vectors is killed again and again: the next one goes on where it was."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from knowledge.encoders.fake import FakeEncoder
from knowledge.vectors.index import VectorIndex

from .libraries import Rows, indexed

ROOT = Path(__file__).parents[3]
ARTICLES, KILLS = 400, 4
FILL = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from knowledge.encoders.fake import FakeEncoder
from knowledge.upkeep import Upkeep
from knowledge.vectors.index import VectorIndex
from tests.integration.knowledge.test_vector_kills import NoWords, library

index = VectorIndex.in_folder(Path(sys.argv[1]), FakeEncoder(dimensions=999))
upkeep = Upkeep(library(), NoWords(), index, now=lambda: datetime.now(UTC))
while upkeep.turn():
    print(index.filled.done, flush=True)
print("complete", flush=True)
"""


class NoWords:
    def differs(self, versions: object) -> tuple[set[str], set[str]]:
        return set(), set()

    def put(self, articles: object) -> None: ...

    def drop(self, ids: object) -> None: ...


def words_of(n: int) -> str:
    """Words that hardly two articles share: a graph finds nothing among vectors that are all alike."""
    return " ".join(f"w{n * step % 997}" for step in (1, 31, 57, 83, 131, 211))


def library() -> Rows:
    body = "# One\n{0}\n# Two\n{0} and more"
    return Rows(*(indexed(f"a{n}", words_of(n), body.format(words_of(n))) for n in range(ARTICLES)))


def filling(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", FILL, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )


@pytest.mark.timeout(120)
def test_the_next_start_goes_on(tmp_path: Path) -> None:
    """Each start finds at least what was told as done before the kill, and in the end all is there."""
    folder, done = tmp_path / "vectors", 0
    for round_ in range(KILLS):
        with filling(folder) as process:
            assert process.stdout
            # Killed at another place each time, in whatever it does just then.
            for _ in range(3 + round_):
                told = int(process.stdout.readline())
                assert told > done
            done = told
            process.kill()
    with filling(folder) as process:
        assert process.stdout
        assert process.stdout.read().endswith("complete\n")

    index = VectorIndex.in_folder(folder, FakeEncoder(dimensions=999))
    assert index.differs(library().versions()) == (set(), set())
    for n in range(0, ARTICLES, 7):
        assert f"a{n}" in index.nearest(words_of(n), 5)
    index.close()
