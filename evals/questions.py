"""`python -m evals questions`: what is a chat model asked for a set's articles, and are its answers kept?

Answers are recorded once, by whoever has a model, and judged here as the product judges them.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import prompts
from knowledge.article import Article
from knowledge.errors import UnfitAnswer
from knowledge.generation.questions import Questions, asked_of, held_to, prompt_of
from knowledge.generation.reading import read

from .retrieval.sets import load


def write_prompts(folder: Path, most: int, to: Path) -> int:
    """One line of JSON for each of the first articles: {article, prompt: {instructions, material}}.

    Raises FileNotFoundError and ValueError for a set that is none.
    """
    prompt = prompt_of(prompts.read_texts(prompts.ROOT))
    articles = load(folder).articles[:most]
    with to.open("w", encoding="utf-8") as file:
        for article in articles:
            asked = vars(asked_of(prompt, article))
            file.write(json.dumps({"article": article.id, "prompt": asked}, ensure_ascii=False))
            file.write("\n")
    return len(articles)


def judge_answers(folder: Path, answers: Path) -> Counter[str]:
    """How many are accepted as they stand, accepted once mended, and refused; each refusal is printed."""
    articles = {article.id: article for article in load(folder).articles}
    outcomes: Counter[str] = Counter(accepted=0, repaired=0, refused=0)
    for article, answer in _recorded(answers, articles):
        try:
            reading = read(Questions, answer)
            held_to(article, reading.form)
        except UnfitAnswer as unfit:
            outcomes["refused"] += 1
            print(f"{article.id}: {unfit}")
        else:
            outcomes["repaired" if reading.mended else "accepted"] += 1
    return outcomes


def _recorded(path: Path, articles: Mapping[str, Article]) -> Iterator[tuple[Article, str]]:
    """Lines of {article, answer: the model's words}."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            yield articles[row["article"]], str(row["answer"])
        except (ValueError, KeyError, TypeError) as wrong:
            raise ValueError(f"{path}, line {number}: {wrong!r}") from None
