"""What 60 digits say against a verdict on a pair, and the smallest pair of the same fault."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from mpmath import mpf
from random_expressions import NAMES
from real_oracle import CLOSE, are_apart, difference, random_point

from tutor.mathematics.equality.decide import decide
from tutor.mathematics.notation.expression import Name, Node, children, number, replace, walk
from tutor.mathematics.values.real import limited_precision

if TYPE_CHECKING:
    from collections.abc import Iterator

    from random_pairs import Pair

_LOOKS = 24
_MANY_LOOKS = 400
_CLOSE_LOOKS = 20
_ENOUGH = 5
_DIGITS = 300  # more than cancellation takes at nearly all points; where it takes more, the next point is looked at
_MOST_DIGITS = 4_000
_MOST_STEPS = 200
_PRECISION = 4_096


def wrong_verdict(pair: Pair, answer: str, *, is_hidden: bool = False) -> str:
    """Return how the verdict is wrong, as far as many points show: empty where it is not.

    A pair that is called different although no point tells it apart may still differ where no point fell, so each one
    is to be looked at by somebody. A hidden difference is one that is known to be there.
    """
    random = Random("points to look at")
    if answer == "equal":
        is_apart = is_hidden or any(are_apart(*pair, random_point(NAMES, random)) for _ in range(_LOOKS))
        return "wrongly equal" if is_apart else ""
    if is_hidden:
        return ""
    gaps = (difference(*pair, random_point(NAMES, random), _DIGITS) for _ in range(_MANY_LOOKS))
    common = 0
    for gap in gaps:
        common += gap is not None
        if gap is not None and gap > CLOSE:
            return "wrongly undefined" if answer == "undefined" and common >= _ENOUGH else ""
    if common < _ENOUGH or (answer == "different" and _differ_a_little(pair, random)):
        return ""
    return f"wrongly {answer}"


def _differ_a_little(pair: Pair, random: Random) -> bool:
    """Whether so many digits tell them apart as e^(e^-2000) has before it differs from 1."""
    gaps = (difference(*pair, random_point(NAMES, random), _MOST_DIGITS) for _ in range(_CLOSE_LOOKS))
    return any(gap is not None and gap > mpf(10) ** (-_MOST_DIGITS // 2) for gap in gaps)


def minimal(pair: Pair) -> Pair:
    """Return a pair, smaller where one is found in not too many steps, whose verdict is wrong in the same way."""
    fault = _fault(pair)
    steps = 0
    is_smaller = bool(fault)
    while is_smaller:
        is_smaller = False
        for candidate in _smaller(pair):
            steps += 1
            if steps > _MOST_STEPS:
                return pair
            if _fault(candidate) == fault:
                pair, is_smaller = candidate, True
                break
    return pair


def _fault(pair: Pair) -> str:
    with limited_precision(_PRECISION):
        return wrong_verdict(pair, decide(*pair).answer)


def _smaller(pair: Pair) -> Iterator[Pair]:
    """Yield pairs in which one part, of both sides where it is in both, has become a smaller one."""
    first, second = pair
    for part in sorted(dict.fromkeys((*walk(first), *walk(second))), key=_size, reverse=True):
        for less in (*children(part), Name("x"), number(1)):
            if _size(less) < _size(part):
                yield _replaced(first, part, less), _replaced(second, part, less)
                yield first, _replaced(second, part, less)
                yield _replaced(first, part, less), second


def _replaced(node: Node, part: Node, less: Node) -> Node:
    return replace(node, lambda other: less if other == part else None)


def _size(node: Node) -> tuple[int, int]:
    """Order by parts, then numbers last but names before them."""
    return sum(1 for _ in walk(node)), isinstance(node, Name)
