"""Each generator of pairs catches each planted error that its kind of pairs can show."""

from __future__ import annotations

from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

import pytest
from attack_rows import ATTACKS, KNOWN_FAILURES
from harder_pairs import harder_pairs
from many_pairs import PRECISION, shown
from planted import ERRORS
from random_pairs import hidden_pairs, pairs
from test_attacks import trees
from wrong_verdicts import wrong_verdict

from tutor.mathematics.equality.decide import decide
from tutor.mathematics.values.real import limited_precision

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from planted import Decide
    from random_pairs import Pair

ORDINARY, HARDER, HIDDEN, HONEST = 1_500, 600, 200, 200


def found_in(make: Callable[[], Iterator[Pair]], decide: Decide, *, is_hidden: bool = False) -> bool:
    """Whether one of the pairs gets a verdict that is seen to be wrong."""
    for pair in make():
        with limited_precision(PRECISION):
            answer = decide(*pair).answer
        if answer != "different" and wrong_verdict(pair, answer, is_hidden=is_hidden):
            return True
    return False


@cache
def some(generator: str) -> tuple[Pair, ...]:
    made = {
        "ordinary": lambda: pairs("planted", ORDINARY),
        "harder": lambda: harder_pairs("planted", HARDER),
        "hidden": lambda: hidden_pairs("planted", HIDDEN),
    }
    return tuple(made[generator]())


SIGNS = [
    "the root of a square is its base",
    "one root for the other",
    "absolute values are dropped",
    "one branch for all",
]
CAUGHT = [
    *[("ordinary", error) for error in SIGNS],
    ("ordinary", "the root of a sum is the sum of the roots"),
    ("ordinary", "nested exponentials are taken for simple ones"),
    ("ordinary", "looking at positive places only"),
    ("ordinary", "comparing 15 digits"),
    *[("harder", error) for error in SIGNS],
    ("harder", "ln x² is 2 ln x everywhere"),
    ("harder", "nested exponentials are taken for simple ones"),
    ("harder", "looking at positive places only"),
    ("hidden", "looking nearby only"),
    ("hidden", "comparing 15 digits"),
]


@pytest.mark.parametrize(("generator", "error"), CAUGHT)
def test_a_generator_catches_an_error(generator: str, error: str) -> None:
    assert found_in(lambda: iter(some(generator)), ERRORS[error], is_hidden=generator == "hidden")


def test_the_harder_pairs_get_right_verdicts() -> None:
    wrong = []
    for pair in harder_pairs("honest", HONEST):
        with limited_precision(PRECISION):
            answer = decide(*pair).answer
        if wrong_verdict(pair, answer):
            wrong.append(shown(pair))
    assert wrong == []


@pytest.mark.parametrize("error", ERRORS)
def test_the_attacks_catch_every_error(error: str) -> None:
    assert next(islice(caught_by_attacks(ERRORS[error]), 1), None) is not None


def caught_by_attacks(decide: Decide) -> Iterator[str]:
    """Yield the rows that get a verdict that they must not get."""
    for attack in ATTACKS:
        if (
            attack.verdict not in {"equal", "narrower", "different"}
            or (attack.expected, attack.answer) in KNOWN_FAILURES
        ):
            continue
        with limited_precision(PRECISION):
            is_equal = decide(*trees(attack)).equal
        if is_equal and attack.verdict == "different":
            yield attack.answer
