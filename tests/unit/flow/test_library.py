"""Rules and texts are put in force as a pair, or refused whole; the last good pair comes back."""

from __future__ import annotations

from pathlib import Path

import pytest

import prompts
from pipeline.domain.errors import Misconfigured
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


@pytest.fixture
def folders(tmp_path: Path) -> dict[str, Path]:
    """Good ones, which were in force before."""
    found = {"rules": tmp_path / "rules", "texts": tmp_path / "texts"}
    for folder in found.values():
        folder.mkdir()
    shipped = read_rules(SHIPPED)["ticket_life.yaml"]
    (found["rules"] / "a.yaml").write_text(shipped, encoding="utf-8")
    states = prompts.read_texts(prompts.ROOT)["states.yaml"]
    (found["texts"] / "states.yaml").write_text(states, encoding="utf-8")
    with opened(tmp_path / "data", rules_dir=found["rules"], templates_dir=found["texts"]) as desk:
        desk.app.library.reload()
    return found


@pytest.mark.parametrize(("kind", "name", "text"), BROKEN, ids=range(len(BROKEN)))
def test_a_broken_file_is_refused_in_words_and_the_last_good_pair_serves(
    tmp_path: Path, folders: dict[str, Path], kind: str, name: str, text: str
) -> None:
    """Both at a reload and at the next start, which raises an alarm."""
    path = folders[kind] / name
    data, settings = (
        tmp_path / "data",
        {"rules_dir": folders["rules"], "templates_dir": folders["texts"]},
    )
    with opened(data, **settings) as desk:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        with pytest.raises(Misconfigured):
            desk.app.library.reload()
    with opened(data, **settings) as again:
        again.report()
        again.settle()
        assert len(again.mail.sent) == 1
        codes = {alarm.code for alarm in again.app.queries.alarms()}
    refused = "rules_refused_last_good_kept", "templates_refused_last_good_kept"
    assert codes & {*refused}
