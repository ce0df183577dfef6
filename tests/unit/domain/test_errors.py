"""An error says whether the caller is wrong, whether to try again, and which field is at fault."""

from __future__ import annotations

import pytest

from pipeline.domain import errors
from pipeline.domain.errors import (
    Ambiguous,
    ChannelError,
    HeliographError,
    Malformed,
    Misconfigured,
    Refused,
    Rejected,
    Retryable,
    misconfigured,
)


def _all(root: type[HeliographError]) -> set[type[HeliographError]]:
    return {root}.union(*(_all(child) for child in root.__subclasses__()))


def test_every_error_hangs_on_the_tree_that_the_module_draws() -> None:
    """A reader finds each by name in the first lines."""
    for error in _all(HeliographError):
        if error.__module__ == errors.__name__:
            assert error.__name__ in (errors.__doc__ or ""), error


def test_every_refusal_has_an_answer_of_its_own() -> None:
    """A status of the client's fault, or "not now", and a name that no other has. What a part refuses in words of
    its own answers as what it is a kind of."""
    refusals = {error for error in _all(Refused) if error.__module__ == errors.__name__}
    kinds = [error for error in refusals if issubclass(error, Refused)]
    assert all(400 <= error.status < 500 or error.status == 503 for error in kinds)
    assert len({error.slug for error in kinds}) == len(refusals)


def test_whether_to_try_again_is_in_the_type() -> None:
    """Three ends of an attempt, and none is another's."""
    ends = (Retryable, Rejected, Ambiguous)
    assert all(issubclass(end, ChannelError) for end in ends)
    assert not any(issubclass(a, b) for a in ends for b in ends if a is not b)
    assert Retryable("later", retry_after=3).retry_after == 3
    assert Retryable("later").retry_after is None


@pytest.mark.parametrize(
    ("error", "problems"),
    [
        (Malformed("is missing", field="data.title"), [("data.title", "is missing")]),
        (Malformed("two", problems=[("a", "x"), ("b", "y")]), [("a", "x"), ("b", "y")]),
        (Malformed("nothing to point at"), []),
    ],
)
def test_a_malformed_body_lists_its_problems(
    error: Malformed, problems: list[tuple[str, str]]
) -> None:
    """Each with its field; the one field serves as the list."""
    assert error.problems == problems


def test_a_wrong_setting_says_where() -> None:
    """One sentence that begins with the place."""
    assert str(Misconfigured("is not a number", where="HELIOGRAPH_PORT")) == (
        "HELIOGRAPH_PORT: is not a number"
    )
    assert str(Misconfigured("no rules")) == "no rules"


def test_all_wrong_places_are_told_at_once() -> None:
    """A line each, and the list for a program."""
    found = [("a.yaml:3", "no such kind"), ("b.yaml:9", "no such field")]
    error = misconfigured(found)
    assert str(error).splitlines() == ["a.yaml:3: no such kind", "b.yaml:9: no such field"]
    assert error.problems == found
