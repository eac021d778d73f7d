"""Random pairs of expressions, equal or not, and what 60 digits say about them."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING

from expression_rewriting import at_random, rewritten
from mpmath import mpf
from random_expressions import FAMILIES, NAMES, expression, polynomial
from real_oracle import are_apart, difference, random_point
from wrong_rules import wrong

from tutor.mathematics.notation.expression import Call, Name, Negative, Power, Product, Sum, number, walk
from tutor.mathematics.values.real import limited_precision

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tutor.mathematics.equality.decide import Equality
    from tutor.mathematics.notation.expression import Node

    Pair = tuple[Node, Node]
    Decide = Callable[[Node, Node], Equality]

_LARGEST = 120
_POINTS = 24
_PRECISION = 4_096


def random_pair(random: Random, family: str | None) -> Pair:
    """Return an expression and what rewriting, mistakes or both make of it; now and then two small ones."""
    if random.random() < 0.1:
        return expression(random, family, 0), expression(random, family, 0)
    start = expression(random, family, random.choice((0, 0, 1, 1, 2))) if family else polynomial(random, 3)
    answer = start
    for _ in range(random.choice((0, 0, 1, 1, 2))):
        answer = at_random(answer, wrong, random)
    answer = rewritten(answer, random, random.choice((0, 0, 1, 2, 4)))
    return start, answer


def pairs(seed: str, count: int, family: str | None = None) -> Iterator[Pair]:
    """Yield this many pairs of moderate size: of one family, or of all of them in turn."""
    random = Random(seed)
    families = [family] if family else [*FAMILIES, None]
    made = 0
    while made < count:
        first, second = random_pair(random, families[made % len(families)])
        if first != second and len(list(walk(first))) + len(list(walk(second))) <= _LARGEST:
            made += 1
            yield first, second


X = Name("x")
TWO = number(2)
# What is added to hide a difference, and an x at which it is not 0.
HIDDEN: tuple[tuple[Node, str], ...] = (
    (number(Fraction(1, 10**12)), "1"),
    (number(Fraction(1, 10**60)), "1"),
    (Power(number(10), number(-400)), "1"),
    (Power(number(10), number(-6_000)), "1"),
    (Call("exp", (number(-900),)), "1"),
    (Call("exp", (number(-20_000),)), "1"),
    (Product((number(Fraction(1, 10**70)), X)), "1"),
    (Call("relu", (Sum((X, number(-(10**4)))),)), "2e4"),
    (Call("relu", (Sum((X, number(-(10**14)))),)), "3e14"),
    (Call("relu", (Sum((number(-(10**17)), Negative(X))),)), "-3e17"),
    (Call("relu", (Sum((number(Fraction(1, 1000)), Negative(Call("abs", (Sum((X, number(-5))),))))),)), "5.0003"),
    (Call("max", (number(0), Sum((number(Fraction(1, 100)), Negative(Power(Sum((X, number(7))), TWO)))))), "-7"),
)


def hidden_pairs(seed: str, count: int) -> Iterator[Pair]:
    """Yield pairs that differ, but where nobody looks by chance: far away, in a narrow region, or by very little."""
    random = Random(seed)
    made = 0
    while made < count:
        start = expression(random, random.choice(tuple(FAMILIES)), random.choice((0, 1, 1, 2)))
        term, witness = random.choice(HIDDEN)
        answer = rewritten(Sum((start, term)), random, random.choice((0, 1, 2)))
        if _is_defined_at(start, witness, random) and _is_defined_at(answer, witness, random):
            made += 1
            yield start, answer


def _is_defined_at(node: Node, witness: str, random: Random) -> bool:
    """Whether the formula has a value for this x and some y and z, in a whole neighbourhood."""
    x = mpf(witness)
    for _ in range(5):
        around = random_point(NAMES, random)
        points = [around | {"x": x * (1 + side * mpf(10) ** -8)} for side in (-1, 0, 1)]
        if all(difference(node, X, point) is not None for point in points):
            return True
    return False


def wrongly_equal(decide: Decide, found: Iterator[Pair]) -> Iterator[Pair]:
    """Yield the pairs that are decided to be equal and are not."""
    random = Random("points to look at")
    for first, second in found:
        with limited_precision(_PRECISION):
            decided = decide(first, second)
        if decided.equal and any(are_apart(first, second, random_point(NAMES, random)) for _ in range(_POINTS)):
            yield first, second
