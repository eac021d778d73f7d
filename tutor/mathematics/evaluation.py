"""Evaluating a tree: one walk, whatever the numbers are."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from tutor.mathematics.notation.expression import (
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
from tutor.mathematics.values import arithmetic
from tutor.mathematics.values.arithmetic import add, divide, multiply, negative, power

if TYPE_CHECKING:
    from collections.abc import Callable

    from tutor.mathematics.values.real import Value

_ONE = Fraction(1)
_ONE_ARGUMENT: dict[str, Callable[[Value], Value]] = {
    "exp": arithmetic.exp,
    "log": arithmetic.log,
    "sqrt": arithmetic.sqrt,
    "abs": arithmetic.absolute,
    "sin": arithmetic.sin,
    "cos": arithmetic.cos,
    "tan": arithmetic.tan,
    "sinh": arithmetic.sinh,
    "cosh": arithmetic.cosh,
    "tanh": arithmetic.tanh,
    "sigmoid": arithmetic.sigmoid,
    "relu": arithmetic.relu,
    "softplus": arithmetic.softplus,
    "step": arithmetic.step,
    "sign": arithmetic.signum,
}


def evaluate(node: Node, lookup: Callable[[str], Value]) -> Value:
    """Return the value of the tree; `lookup` gives the value of each name.

    Raises NotDefinedError where it has none, TooLargeError where it is beyond all bounds.
    """
    match node:
        case Number(value):
            return value
        case Name(name):
            return lookup(name)
        case Constant(name):
            return arithmetic.pi() if name == "pi" else arithmetic.exp(_ONE)
        case Sum(terms):
            return add([evaluate(term, lookup) for term in terms])
        case Product(factors):
            return multiply([evaluate(factor, lookup) for factor in factors])
        case Quotient(top, bottom):
            return divide(evaluate(top, lookup), evaluate(bottom, lookup))
        case Negative(inner):
            return negative(evaluate(inner, lookup))
        case Power(Constant("e"), exponent):
            return arithmetic.exp(evaluate(exponent, lookup))
        case Power(base, exponent):
            return power(evaluate(base, lookup), evaluate(exponent, lookup))
        case Call(function, arguments):
            values = [evaluate(argument, lookup) for argument in arguments]
            if function == "max":
                return arithmetic.largest(values)
            if function == "min":
                return arithmetic.smallest(values)
            return _ONE_ARGUMENT[function](values[0])
