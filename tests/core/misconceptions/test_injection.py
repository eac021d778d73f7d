"""A single mistake of a known id is injected into random problems: it is named rightly, and by no other name.

The wrong values come from formulas of the tests, the ids that mean the same on a cell from `same_meaning`. The counts
are printed by operation (`pytest -s`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import injected_graphs
import injected_networks
import injected_shipped
import injected_training
import injected_values
import pytest
from injection import Census
from same_meaning import IN_GENERAL, SAME, SIGN_TURNED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from injection import Wrong

NAMED = 0.95
# how many problems of each kind, and how many of the mistakes in each of their cells
SOURCES: dict[str, tuple[Callable[[int, int], Iterator[Wrong]], int, int, int]] = {
    "graphs of steps": (injected_graphs.injected, 110, 3, 110),
    "training with every rule": (injected_training.injected, 1, 10, 42),
    "networks": (injected_networks.injected, 5, 4, 30),
    "values": (injected_values.injected, 1, 6, 60),
}


@pytest.mark.parametrize("source", SOURCES)
def test_an_injected_mistake_is_named_rightly_and_alone(source: str) -> None:
    injected, count, most, problems = SOURCES[source]
    census = Census()
    census.take(injected(count, 7), seed=7, most=most)
    print(f"\n{source}\n{census}")
    for (identity, named, others), times in census.mistaken.most_common(12):
        print(f"  {times}x {identity} was named {named}, also {', '.join(others) or 'nothing'}")
    assert len(census.problems) >= problems
    assert census.share >= NAMED
    assert not census.diagnosed, census.diagnosed[0]
    assert not census.unsaid, census.unsaid[0]


def test_an_injected_mistake_in_a_problem_of_the_course_is_named() -> None:
    """Its small round numbers give many rules the same value; then each of them is said."""
    census = Census()
    census.take(injected_shipped.injected(1, 1))
    print(f"\nproblems of the course\n{census}")
    assert len(census.problems) >= 5
    assert not census.diagnosed, census.diagnosed[0]
    assert census.silent.total() * 100 <= census.asked.total(), census.silent
    assert len(census.unsaid) * 50 <= census.shared, census.unsaid[0]


def test_the_problems_are_more_than_two_hundred() -> None:
    assert sum(problems for *_, problems in SOURCES.values()) >= 200


def test_every_equivalence_has_its_reason() -> None:
    for group, reason in (*SAME, *IN_GENERAL.values()):
        assert group
        assert len(reason.split()) > 2
    assert len(SIGN_TURNED) == len(set(SIGN_TURNED))
