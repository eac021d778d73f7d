"""Where a formula takes one of several branches, and what decides which: the signs of its conditions."""

from __future__ import annotations

import math
from itertools import combinations
from typing import TYPE_CHECKING

from tutor.mathematics.equality.domain import is_broken_power
from tutor.mathematics.equality.sampling import rough_or_nothing, value_at
from tutor.mathematics.notation.expression import (
    Call,
    Negative,
    Node,
    Power,
    Product,
    Quotient,
    Sum,
    names,
    walk,
)
from tutor.mathematics.notation.limits import constant
from tutor.mathematics.notation.outline import BRANCHING, PARTIAL
from tutor.mathematics.values.arithmetic import subtract
from tutor.mathematics.values.real import sign

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tutor.mathematics.equality.sampling import Point, RoughPoint
    from tutor.mathematics.values.real import Value

_MOST_ARGUMENTS = 6


class Branching:
    """A call that takes one of several branches."""

    def __init__(self, call: Call) -> None:
        """Prepare to look at the call roughly."""
        self.call = call
        self._arguments = [rough_or_nothing(argument) for argument in call.arguments]

    def seems_taken(self, point: Point, at: RoughPoint) -> int | None:
        """Return which branch the call takes, in floating point where that has the numbers for it."""
        function = self.call.function
        values = [argument(at) for argument in self._arguments]
        if function in {"max", "min"}:
            best = max(values) if function == "max" else min(values)
            is_clear = values.count(best) == 1
            place = values.index(best) if is_clear else 0
        else:
            is_clear = values[0] != 0
            place = int(values[0] > 0)
        if not is_clear or not all(map(math.isfinite, values)):
            return self.taken(point)
        return 2 * place - 1 if function in {"abs", "sign"} else place

    def taken(self, point: Point) -> int | None:
        """Return which branch the call takes at the point; None on a kink or where it is not defined."""
        function = self.call.function
        arguments = [value_at(argument, point) for argument in self.call.arguments]
        known = [argument for argument in arguments if argument is not None]
        if len(known) != len(arguments):
            return None
        if function in {"max", "min"}:
            return _largest(known, 1 if function == "max" else -1)
        side = sign(known[0])
        if side == 0:
            return None
        return side if function in {"abs", "sign"} else max(side, 0)


def _largest(values: Sequence[Value], direction: int) -> int | None:
    best = 0
    for place in range(1, len(values)):
        side = sign(subtract(values[place], values[best])) * direction
        if side == 0:
            return None
        if side > 0:
            best = place
    return best


def branchings(node: Node) -> list[Branching]:
    """Return every call in the formula that takes one of several branches, inner ones first."""
    found = (part for part in reversed(list(walk(node))) if isinstance(part, Call) and part.function in BRANCHING)
    return [Branching(call) for call in dict.fromkeys(found)]


def deciding_conditions(node: Node) -> list[Node]:
    """Return the formulas whose signs say which branches are taken, and where roots and logarithms are defined."""
    found: list[Node] = []
    for part in walk(node):
        if isinstance(part, Call) and part.function in {"max", "min"}:
            for first, second in combinations(part.arguments[:_MOST_ARGUMENTS], 2):
                found.append(Sum((first, Negative(second))))
        elif isinstance(part, Call) and part.function in BRANCHING | PARTIAL:
            found += _factors(part.arguments[0])
        elif is_broken_power(part):
            found += _factors(part.base)
    return [condition for condition in dict.fromkeys(found) if names(condition)]


def _factors(node: Node) -> Iterator[Node]:
    """Yield the factors of a product, whose signs say the sign of the product, and whose zeros are its zeros."""
    match node:
        case Product(parts):
            for part in parts:
                yield from _factors(part)
        case Quotient(top, bottom):
            yield from _factors(top)
            yield from _factors(bottom)
        case Negative(inner) | Call("abs" | "sqrt", (inner,)):
            yield from _factors(inner)
        case Power(base, exponent) if constant(exponent) is not None:
            yield from _factors(base)
        case _:
            yield node
