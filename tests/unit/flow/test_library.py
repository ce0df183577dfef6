"""Rules and texts are put in force as a pair, or refused whole; the last good pair comes back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import prompts
from pipeline.domain.errors import Misconfigured
from pipeline.flow.library import load_texts
from pipeline.policy.loading import SHIPPED, read_rules

from .desk import opened

LAYOUT = "partials/mail.html.jinja"
BROKEN = [
    ("rules", "a.yaml", "x: 2020-99-99"),
    ("rules", "a.yaml", "[" * 5000),
    ("rules", "a.yaml", "x: " + "9" * 5000),
    ("texts", LAYOUT, "{% if %}"),
    ("texts", LAYOUT, "{{ nope }}"),
    ("texts", LAYOUT, "{{ 'a' * 99999999999 }}"),
    ("texts", LAYOUT, "{% for a in blocks %}" * 8 + "{% endfor %}" * 8),
    ("texts", LAYOUT, "<script>alert(1)</script>"),
    ("texts", "limits.yaml", "{}"),
    ("texts", "states.yaml", "{}"),
    ("texts", "samples.yaml", "number: {kind: identifier, value: INC-1}"),
    ("texts", "samples.yaml", "[" * 5000),
    ("texts", "reasons.yaml", "{}"),
    ("texts", "messages/acknowledgement/requester.en.jinja", "{% if (" * 3000),
]


PROSE = [
    ("prose/words.yaml", "numbers: ["),
    ("prose/words.yaml", "{}"),
    ("prose/problems.yaml", "version: 1\nproblems: {}"),
    ("prose/rules.jinja", "no parts"),
    ("summaries/technician.jinja", "== instructions ==\n{{ nope }}\n== material ==\nx"),
    ("extraction/said.yaml", "version: 1"),
    ("extraction/record.yaml", "[" * 5000),
    ("extraction/unfit.yaml", "cues: {order: {en: x}}"),
    ("lexicon/things.yaml", "[]"),
]


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which good rules and texts were in force."""
    root = tmp_path_factory.mktemp("good")
    rules, texts = root / "rules", root / "texts"
    rules.mkdir()
    texts.mkdir()
    shipped = read_rules(SHIPPED)["ticket_life.yaml"]
    (rules / "a.yaml").write_text(shipped, encoding="utf-8")
    states = prompts.read_texts(prompts.ROOT)["states.yaml"]
    (texts / "states.yaml").write_text(states, encoding="utf-8")
    with opened(root / "data", rules_dir=rules, templates_dir=texts):
        pass
    return root


@pytest.mark.parametrize(("kind", "name", "text"), BROKEN, ids=range(len(BROKEN)))
def test_a_broken_file_is_refused_in_words_and_the_last_good_pair_serves(
    tmp_path: Path, good: Path, kind: str, name: str, text: str
) -> None:
    """Both at the next start, which raises an alarm, and at a reload."""
    root = tmp_path / "root"
    shutil.copytree(good, root)
    path = root / kind / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    with opened(root / "data", rules_dir=root / "rules", templates_dir=root / "texts") as desk:
        desk.report()
        desk.settle()
        assert len(desk.mail.sent) == 1
        codes = {alarm.code for alarm in desk.app.queries.alarms()}
        with pytest.raises(Misconfigured):
            desk.app.library.reload()
    refused = "rules_refused_last_good_kept", "templates_refused_last_good_kept"
    assert codes & {*refused}


@pytest.mark.parametrize(("name", "text"), PROSE, ids=range(len(PROSE)))
def test_texts_of_summaries_are_refused_before_they_are_in_force(name: str, text: str) -> None:
    """By the file's name: else the first summary would fail on them, on every step."""
    files = prompts.read_texts(prompts.ROOT) | {name: text}
    with pytest.raises(Misconfigured, match=name.replace(".", r"\.")):
        load_texts(files, True)
