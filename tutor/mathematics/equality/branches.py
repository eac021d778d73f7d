"""Where a formula takes one of several branches, and what decides which: the signs of its conditions."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from tutor.mathematics.equality.sampling import value_at
from tutor.mathematics.notation.expression import Call, Constant, Negative, Node, Power, Sum, walk
from tutor.mathematics.notation.limits import constant
from tutor.mathematics.values.arithmetic import subtract
from tutor.mathematics.values.real import sign

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

    from tutor.mathematics.values.real import Value

BRANCHING = frozenset({"abs", "relu", "max", "min", "sign", "step"})
PARTIAL = frozenset({"log", "sqrt"})
_MOST_ARGUMENTS = 6


def branch_calls(node: Node) -> list[Call]:
    """Return every call in the formula that takes one of several branches, inner ones first."""
    found = (part for part in reversed(list(walk(node))) if isinstance(part, Call) and part.function in BRANCHING)
    return list(dict.fromkeys(found))


def is_total(node: Node) -> bool:
    """Whether the formula is defined and smooth on an open dense set, whatever its names are."""
    return not any(
        _is_broken_power(part) or (isinstance(part, Call) and part.function in BRANCHING | PARTIAL)
        for part in walk(node)
    )


def _is_broken_power(part: Node) -> bool:
    if not isinstance(part, Power) or isinstance(part.base, Constant):
        return False
    value = constant(part.exponent)
    return value is None or value.denominator != 1


def conditions(node: Node) -> list[Node]:
    """Return the formulas whose signs say which branches are taken, and where roots and logarithms are defined."""
    found: dict[Node, None] = {}
    for part in walk(node):
        if isinstance(part, Call) and part.function in {"max", "min"}:
            for first, second in combinations(part.arguments[:_MOST_ARGUMENTS], 2):
                found[Sum((first, Negative(second)))] = None
        elif isinstance(part, Call) and part.function in BRANCHING | PARTIAL:
            found[part.arguments[0]] = None
        elif isinstance(part, Power) and _is_broken_power(part):
            found[part.base] = None
    return list(found)


def taken_branch(call: Call, point: Mapping[str, Fraction]) -> int | None:
    """Return which branch the call takes at the point; None on a kink or where it is not defined."""
    arguments = [value_at(argument, point) for argument in call.arguments]
    known = [argument for argument in arguments if argument is not None]
    if len(known) != len(arguments):
        return None
    if call.function in {"max", "min"}:
        return _largest(known, 1 if call.function == "max" else -1)
    side = sign(known[0])
    if side == 0:
        return None
    return side if call.function in {"abs", "sign"} else max(side, 0)


def _largest(values: Sequence[Value], direction: int) -> int | None:
    best = 0
    for place in range(1, len(values)):
        side = sign(subtract(values[place], values[best])) * direction
        if side == 0:
            return None
        if side > 0:
            best = place
    return best
