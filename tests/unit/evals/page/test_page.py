"""One page shows what was measured: whole in itself, its plots with their tables, and nothing made up."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from evals.page.plots import Bar, Goal, Plot, Verdict
from evals.page.run import run

TALLY = {"share": 0.5, "between": [0.2, 0.8], "of": 12}
GROUNDING = {
    "found": {"digit": 0.5},
    "stopped_clean": 0.02,
    "ms_per_rendition": 4.5,
    "texts": 3,
    "trials": 20,
    "tallies": [
        {"figure": "found", "way": "digit", "language": "zh", **TALLY},
        {"figure": "stopped_clean", "language": "zh", "share": 0.02, "between": [0.0, 0.1], "of": 50},
    ],
}  # fmt: skip
DISCLOSURE = {
    "trials": 5,
    "leaks": {"brief": 0, "prompt": 1},
    "texts": {"brief": 400, "prompt": 900},
    "rightly_known": {"brief": 70, "prompt": 80},
    "canaries": 90,
    "events_refused": 0,
}
SEARCH = {
    "ndcg_at_10": 0.766, "ndcg_at_10_between": [0.722, 0.81], "recall_at_5": 0.812,
    "recall_at_5_between": [0.762, 0.859], "mrr": 0.8, "mrr_between": [0.7, 0.9],
    "p50_ms": 2.7, "p95_ms": 7.3,
}  # fmt: skip
RETRIEVAL = {
    "set": "<b>desk</b>",
    "questions": 160,
    "metrics": {"fused": SEARCH, "vectors": None},
    "abstention": {
        "auroc": 0.758,
        "auroc_between": [0.72, 0.79],
        "coverage_at_90_precision": 0.5,
        "suggested_without_gold": 0.07,
    },
}
ONE_TYPE = {"found": 0.6, "found_between": [0.5, 0.7], "recall": 0.5, "precision": None}
WHOLE = {
    "recall": 0.4,
    "recall_between": [0.3, 0.5],
    "errors": 90,
    "precision": 0.7,
    "precision_between": [0.6, 0.8],
    "reports": 60,
}
BOX = {
    **WHOLE,
    "by_type": {"NAME": {**ONE_TYPE, "errors": 90, "reports": 0}},
    "whole_sheet": WHOLE,
    "best_published": {"recall": 0.691, "precision": 0.756},
}


def written(folder: Path, name: str, found: Any) -> Path:
    file = folder / f"{name}.json"
    file.write_text(json.dumps(found), encoding="utf-8")
    return file


def shown(folder: Path, **found: Any) -> str:
    to = folder / "made" / "report.html"
    run(to, [written(folder, name, what) for name, what in found.items()], [])
    return to.read_text(encoding="utf-8")


class _Balanced(HTMLParser):
    """Each tag that is opened is closed, in its order; tells all addresses of the page."""

    EMPTY = frozenset({"meta"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.addresses: list[str] = []
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src")]
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_stands_alone_and_has_no_script(tmp_path: Path) -> None:
    page = shown(
        tmp_path,
        grounding={"metrics": GROUNDING},
        box={"metrics": BOX},
        disclosure={"metrics": DISCLOSURE},
        retrieval=RETRIEVAL,
    )
    read = _Balanced()
    read.feed(page)
    assert read.open == []
    assert read.seen.count("section") == 4
    assert all(address.startswith("#part-") for address in read.addresses)
    assert not {"script", "link", "img", "iframe"} & set(read.seen)
    assert "url(" not in page
    assert "@import" not in page


def test_every_plot_has_its_table_and_words_for_who_sees_no_colour(tmp_path: Path) -> None:
    page = shown(tmp_path, grounding={"metrics": GROUNDING})
    assert page.count("<figure>") == page.count("<details>") == 2
    label = "digit zh: 50 %, between 20 % and 80 %, goal 99.5 %, missed"
    assert f'aria-label="{label}"' in page
    assert "<td>20 % to 80 %</td><td>12</td><td>≥ 99.5 %</td><td>missed</td>" in page
    assert "missed, within chance" in page


def test_a_leak_misses_the_goal_and_none_has_an_interval_still(tmp_path: Path) -> None:
    page = shown(tmp_path, disclosure={"metrics": DISCLOSURE})
    assert re.search(r'brief : 0 %, between 0 % and 0\.95 %, goal 0 %, met"', page)
    assert re.search(r"prompt : 0\.11 %, between [^\"]*, missed", page)


def test_a_run_of_before_the_tallies_is_shown_by_way(tmp_path: Path) -> None:
    old = {k: v for k, v in GROUNDING.items() if k != "tallies"}
    page = shown(tmp_path, grounding={"metrics": old})
    assert "digit : 50 %, goal 99.5 %, missed" in page


def test_names_of_sets_and_files_are_data(tmp_path: Path) -> None:
    page = shown(tmp_path, **{"<i>name<i>": RETRIEVAL})
    assert "&lt;b&gt;desk&lt;/b&gt;" in page
    assert "<b>desk" not in page
    assert "<i>name" not in page


def test_a_search_that_was_not_measured_is_left_out(tmp_path: Path) -> None:
    page = shown(tmp_path, retrieval=RETRIEVAL)
    assert "fused" in page
    assert ">vectors" not in page
    assert "0.766" in page


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ([], "no figures that the page knows"),
        ({"metrics": {}}, "no figures that the page knows"),
        ({"metrics": []}, "no figures that the page knows"),
        ({"metrics": {**GROUNDING, "tallies": [{"figure": "found"}]}}, "missing or is none"),
        ({"metrics": {**GROUNDING, "tallies": None, "found": {"digit": 7}}}, "is no share"),
        ({"metrics": {**GROUNDING, "tallies": None, "found": {"digit": "x"}}}, "missing or is none"),
        ({"metrics": {"leaks": {}, "rightly_known": {}}}, "texts"),
    ],
)  # fmt: skip
def test_what_is_no_measurement_is_refused_with_its_file(
    tmp_path: Path, found: Any, told: str
) -> None:
    with pytest.raises(ValueError, match=rf"broken\.json: .*{told}"):
        shown(tmp_path, broken=found)
    assert not (tmp_path / "made").exists()


def test_a_file_that_is_no_json_is_named(tmp_path: Path) -> None:
    file = tmp_path / "half.json"
    file.write_text('{"metrics": {', encoding="utf-8")
    with pytest.raises(ValueError, match=r"half\.json: is no JSON"):
        run(tmp_path / "report.html", [file], [])


def test_a_folder_is_measured_now(tmp_path: Path) -> None:
    update = {"at": "2026-08-24T02:10:00Z", "status": "Resolved", "text": "This is fixed."}
    incident = {"id": "a", "title": "CRM", "start": "2026-08-24T02:00:00Z", "end": update["at"]}
    (tmp_path / "incidents.jsonl").write_text(
        json.dumps({**incident, "updates": [update]}), encoding="utf-8"
    )
    to = tmp_path / "report.html"
    run(to, [], [tmp_path])
    assert "Claims held to the record" in to.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("share", "between", "most", "verdict"),
    [
        (0.96, (0.9, 0.99), False, Verdict.MET),
        (0.95, None, False, Verdict.MET),
        (0.94, (0.9, 0.97), False, Verdict.WITHIN_CHANCE),
        (0.94, (0.9, 0.949), False, Verdict.MISSED),
        (0.94, None, False, Verdict.MISSED),
        (0.96, (0.94, 0.99), True, Verdict.WITHIN_CHANCE),
        (0.96, (0.955, 0.99), True, Verdict.MISSED),
    ],
)
def test_a_goal_is_met_missed_or_missed_within_chance(
    share: float, between: tuple[float, float] | None, most: bool, verdict: Verdict
) -> None:
    assert Goal(at=0.95, most=most).verdict(share, between) is verdict


def test_a_scale_holds_bars_intervals_and_goals() -> None:
    bar = Bar(label="x", share=0.001, between=(0.0, 0.003), goal=Goal(at=0.01, most=True))
    plot = Plot(title="t", bars=(bar,))
    assert plot.top == 0.01
    assert (plot.x(0.01), plot.x(0.0025)) == (100.0, 25.0)


@pytest.mark.parametrize(
    ("share", "told"),
    [(0, "0 %"), (1, "100 %"), (0.5, "50 %"), (0.995, "99.5 %"), (0.9996, "99.96 %"), (0.00012, "0.012 %")],
)  # fmt: skip
def test_a_share_near_an_end_keeps_its_digits(share: float, told: str) -> None:
    assert Plot(title="t", bars=()).shown(share) == told
