"""Is a made stream of incidents the same each time, and is each true cause among what the product looks at?"""

from __future__ import annotations

from evals.causes.recording import cases
from evals.causes.run import Share
from evals.causes.streams import made
from pipeline.causes.ranking import candidates


def test_a_seed_makes_one_stream() -> None:
    """Figures of two runs are of the same incidents."""
    assert made(3, 20) == made(3, 20)
    assert made(3, 20) != made(4, 20)


def test_true_causes_are_candidates() -> None:
    """An incident whose cause no candidate has would judge the generator, and not the order."""
    known = [case for case in cases(made(5, 25)) if case.truth is not None]
    found = [{one.key for one in candidates(case.seen)} for case in known]
    missed = [c.truth for c, keys in zip(known, found, strict=True) if c.truth not in keys]
    assert len(known) >= 10
    assert len(missed) <= 1


def test_a_share_has_its_interval() -> None:
    """Wilson's: within 0 and 1, around the share, and none without a count."""
    share = Share(right=9, of=10).figures()
    low, high = share["between"]
    assert 0.5 < low < share["share"] < high <= 1
    assert Share().figures() == {"share": None, "n": 0}
