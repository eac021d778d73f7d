"""Formulas as functions of floats: a tree becomes a function made of NumPy's operations, nothing is ever run as text.

Each name has a slot in a list of values, and each value may be a number or an array: the examples of a batch, or the
points of a grid. What has no value is nan or infinite; no warning is given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tutor.mathematics.notation.expression import (
    ONE,
    Call,
    Constant,
    Name,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from fractions import Fraction

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Code = Callable[[Sequence[Floats]], Floats]

_KINKED = frozenset({"relu", "abs", "max", "min"})
_ROUNDING = 8 * np.finfo(np.float64).eps  # times the sizes of its terms: what a sum may be off by


def sigmoid(x: Floats) -> Floats:
    """Return 1/(1 + e^−x), with full relative precision on both sides."""
    small = np.exp(-np.abs(x))
    return np.asarray(np.where(x >= 0, 1 / (1 + small), small / (1 + small)))


_FUNCTIONS: dict[str, Callable[[Floats], Floats]] = {
    "exp": np.exp,
    "log": np.log,
    "sqrt": np.sqrt,
    "abs": np.abs,
    "sin": np.sin,
    "cos": np.cos,
    "tan": np.tan,
    "sinh": np.sinh,
    "cosh": np.cosh,
    "tanh": np.tanh,
    "sigmoid": sigmoid,
    "relu": lambda x: np.maximum(x, 0.0),
    "softplus": lambda x: np.logaddexp(0.0, x),
    "step": lambda x: np.heaviside(x, 0.0),
    "sign": np.sign,
}


def as_float(value: Fraction) -> np.float64:
    """Return the nearest float, infinite where the number is beyond all floats."""
    try:
        return np.float64(value)
    except OverflowError:
        return np.float64(np.inf if value > 0 else -np.inf)


class Compiler:
    """Makes functions of floats from formulas over the names of one problem.

    `slots` tells where each name's value stands; `formulas` are the steps' own.
    """

    def __init__(self, slots: Mapping[str, int], formulas: Mapping[str, Node]) -> None:
        """Remember what the names mean."""
        self._slots = slots
        self._formulas = formulas

    def code(self, node: Node) -> Code:
        """Return the function that gives the value of the formula."""
        match node:
            case Number(value):
                return _constant(as_float(value))
            case Name(name):
                slot = self._slots[name]
                return lambda values: values[slot]
            case Constant(name):
                return _constant(np.float64(np.pi if name == "pi" else np.e))
            case Sum(terms):
                complement = self._complement(terms)
                return complement if complement is not None else _folded(np.add, [self.code(term) for term in terms])
            case Product(factors):
                return _folded(np.multiply, [self.code(factor) for factor in factors])
            case Quotient(top, bottom):
                return _folded(np.divide, [self.code(top), self.code(bottom)])
            case Negative(inner):
                return _applied(np.negative, self.code(inner))
            case Power(Constant("e"), exponent):
                return _applied(np.exp, self.code(exponent))
            case Power(base, exponent):
                return _folded(np.power, [self.code(base), self.code(exponent)])
            case Call(function, arguments):
                return self._call(function, arguments)

    def _call(self, function: str, arguments: tuple[Node, ...]) -> Code:
        if function in {"max", "min"}:
            return _folded(np.maximum if function == "max" else np.minimum, [self.code(part) for part in arguments])
        apply = _FUNCTIONS[function]
        if function in {"step", "sign", "relu"}:
            return _applied(apply, self.settled(arguments[0]))
        return _applied(apply, self.code(arguments[0]))

    # -- where rounding would decide

    def settled(self, node: Node) -> Code:
        """Return the function that gives the value, and 0 where it is no more than the rounding of its sum.

        0.5·1 − 0.3·2 + 0.1 is 0, but 3·10⁻¹⁷ in floats: the slope of a kink must not depend on that.
        """
        code, rounding = self.code(node), self._rounding(node)
        if rounding is None:
            return code
        return lambda values: np.asarray(np.where(np.abs(value := code(values)) <= rounding(values), 0.0, value))

    def _rounding(self, node: Node) -> Code | None:
        """Return the function that tells by how much a sum may be off; None where the formula is no sum."""
        while isinstance(node, Name) and node.name in self._formulas:
            node = self._formulas[node.name]
        if not isinstance(node, Sum):
            return None
        sizes = _folded(np.add, [_applied(np.abs, self.code(term)) for term in node.terms])
        return lambda values: _ROUNDING * sizes(values)

    def kinks(self, node: Call) -> list[Code]:
        """Return what is 0 where the function stands on its kink; functions without one have none."""
        if node.function not in _KINKED:
            return []
        if node.function in {"relu", "abs"}:
            return [self.settled(node.arguments[0])]
        return [self.settled(Sum((node, Negative(argument)))) for argument in node.arguments]

    # -- what would cancel

    def _complement(self, terms: tuple[Node, ...]) -> Code | None:
        """Return the code of 1 − sigmoid(x) as sigmoid(−x), which stays right where the sigmoid is nearly 1."""
        if len(terms) != 2:  # noqa: PLR2004 - the 1 and the sigmoid
            return None
        for one, other in (terms, terms[::-1]):
            if one == ONE and isinstance(other, Negative):
                inner = other.inner
                while isinstance(inner, Name) and inner.name in self._formulas:
                    inner = self._formulas[inner.name]
                if isinstance(inner, Call) and inner.function == "sigmoid":
                    return _applied(sigmoid, _applied(np.negative, self.code(inner.arguments[0])))
        return None


def _constant(value: np.float64) -> Code:
    found = np.asarray(value)
    return lambda _: found


def _applied(function: Callable[[Floats], Floats], inner: Code) -> Code:
    return lambda values: function(inner(values))


def _folded(operation: Callable[[Floats, Floats], Floats], parts: Sequence[Code]) -> Code:
    """Return the code that joins the parts by an operation, from left to right."""
    first, *rest = parts

    def joined(values: Sequence[Floats]) -> Floats:
        result = first(values)
        for part in rest:
            result = operation(result, part(values))
        return result

    return joined
