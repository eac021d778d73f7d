"""Equal and unequal forms written by hand: every verdict right, and the tables right themselves."""

from random import Random

import mpmath
import pytest
from equal_pairs import EQUAL, NARROWER
from real_oracle import are_apart, difference, random_point
from unequal_pairs import (
    BRANCHES_OF_ROOTS,
    MISTAKES,
    MULTIPLES_OF_THE_PRIMES,
    NETWORK_MISTAKES,
    TINY_DIFFERENCES,
    UNDEFINED,
    UNEQUAL,
)

from tutor.mathematics.checking.formulas import check_formula
from tutor.mathematics.equality.decide import decide
from tutor.mathematics.notation.expression import Node
from tutor.mathematics.notation.mentioned import names_in
from tutor.mathematics.notation.parser import read
from tutor.mathematics.notation.scope import Scope

Pair = tuple[str, str]


def trees(pair: Pair) -> tuple[Node, Node]:
    scope = Scope.of(names_in(pair[0]))
    return read(pair[0], scope).tree, read(pair[1], scope).tree


def named(pairs: list[Pair]) -> list[str]:
    return [f"{expected[:40]} == {answer[:40]}" for expected, answer in pairs]


@pytest.mark.parametrize("pair", EQUAL, ids=named(EQUAL))
def test_an_equal_form_is_right(pair: Pair) -> None:
    reply = check_formula(*pair)
    assert (reply.verdict, reply.counts) == ("correct", True)
    assert reply.misconception is None
    assert ("fewer values" in reply.feedback) == (pair in NARROWER)


@pytest.mark.parametrize("pair", EQUAL, ids=named(EQUAL))
def test_equal_forms_are_equal_in_either_order(pair: Pair) -> None:
    expected, answer = trees(pair)
    assert decide(expected, answer).answer == "equal"
    assert decide(answer, expected).answer == "equal"


@pytest.mark.parametrize("pair", UNEQUAL, ids=named(UNEQUAL))
def test_an_unequal_form_is_wrong(pair: Pair) -> None:
    assert check_formula(*pair).verdict == "incorrect"


@pytest.mark.parametrize("pair", UNEQUAL, ids=named(UNEQUAL))
def test_unequal_forms_are_unequal_in_either_order(pair: Pair) -> None:
    expected, answer = trees(pair)
    assert not decide(expected, answer).equal
    assert not decide(answer, expected).equal


@pytest.mark.parametrize("pair", UNDEFINED, ids=named(UNDEFINED))
def test_forms_without_a_common_domain_are_told_so(pair: Pair) -> None:
    assert decide(*trees(pair)).answer == "undefined"
    assert "not defined where" in check_formula(*pair).feedback


@pytest.mark.parametrize("pair", MULTIPLES_OF_THE_PRIMES, ids=named(MULTIPLES_OF_THE_PRIMES))
def test_numbers_that_vanish_in_the_fields_do_not_vanish(pair: Pair) -> None:
    assert check_formula(*pair).verdict == "incorrect"
    expected, answer = trees(pair)
    assert not decide(answer, expected).equal


def points_for(pair: Pair, count: int) -> list[dict[str, mpmath.mpf]]:
    random = Random(f"points for {pair}")
    names = names_in(pair[0])
    points = [random_point(names, random) for _ in range(count)]
    if len(names) == 1:
        points += [{names[0]: mpmath.mpf(value)} for value in ("5.0003", "5.0007", "2e13", "5e13")]
    return points


@pytest.mark.parametrize("pair", EQUAL, ids=named(EQUAL))
def test_the_table_of_equal_forms_is_right(pair: Pair) -> None:
    points = points_for(pair, 60)
    assert any(difference(*trees(pair), point) is not None for point in points)
    assert not any(are_apart(*trees(pair), point) for point in points)


VISIBLE = [pair for pair in [*MISTAKES, *NETWORK_MISTAKES, *BRANCHES_OF_ROOTS] if "1e-" not in pair[1]]


@pytest.mark.parametrize("pair", VISIBLE, ids=named(VISIBLE))
def test_the_table_of_mistakes_is_right(pair: Pair) -> None:
    assert any(are_apart(*trees(pair), point) for point in points_for(pair, 120))


def test_tiny_differences_are_invisible_to_floating_point() -> None:
    def is_invisible(pair: Pair) -> bool:
        gaps = [difference(*trees(pair), point) for point in points_for(pair, 10)]
        return all(gap is None or gap < 1e-11 for gap in gaps)

    assert sum(map(is_invisible, TINY_DIFFERENCES)) > len(TINY_DIFFERENCES) / 2


def test_the_tables_are_as_large_as_they_should_be() -> None:
    assert len(EQUAL) >= 120
    assert len(UNEQUAL) >= 120
    assert len(set(EQUAL)) == len(EQUAL)
    assert len(set(UNEQUAL)) == len(UNEQUAL)
