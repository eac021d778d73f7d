"""SymPy's part: every local derivative. This is the one module that meets SymPy.

Trees are turned into SymPy objects by constructors; no text is ever handed to it, so nothing a learner or an author
typed can be run as code. Names become plain symbols, whatever a computer-algebra system reserves them for.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import sympy
from sympy.core.function import ArgumentIndexError

from tutor.mathematics.notation.expression import (
    ONE,
    ZERO,
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
    names,
    number,
    product,
    total,
)

if TYPE_CHECKING:
    from collections.abc import Mapping


class _Step(sympy.Function):  # type: ignore[misc]  # SymPy is not typed
    """1 above 0, else 0; flat wherever it is differentiated."""

    def fdiff(self, argindex: int = 1) -> sympy.Expr:
        del argindex
        return sympy.S.Zero


class _Sign(_Step):
    """The sign, 0 at 0; flat wherever it is differentiated."""


class _Relu(sympy.Function):  # type: ignore[misc]  # SymPy is not typed
    def fdiff(self, argindex: int = 1) -> sympy.Expr:
        del argindex
        return _Step(self.args[0])


class _Abs(sympy.Function):  # type: ignore[misc]  # SymPy is not typed
    def fdiff(self, argindex: int = 1) -> sympy.Expr:
        del argindex
        return _Sign(self.args[0])


class _Tan(sympy.Function):  # type: ignore[misc]  # SymPy is not typed
    """The tangent, left as it is written: SymPy's own becomes a cotangent, which no formula here may use."""

    def fdiff(self, argindex: int = 1) -> sympy.Expr:
        del argindex
        return self**2 + 1


class _Sigmoid(sympy.Function):  # type: ignore[misc]  # SymPy is not typed
    def fdiff(self, argindex: int = 1) -> sympy.Expr:
        del argindex
        return self * (1 - self)


class _Softplus(sympy.Function):  # type: ignore[misc]  # SymPy is not typed
    def fdiff(self, argindex: int = 1) -> sympy.Expr:
        del argindex
        return _Sigmoid(self.args[0])


class _Max(sympy.Function):  # type: ignore[misc]  # SymPy is not typed
    """The largest argument. Its slope goes to an argument above all others; at a tie to none, as for relu and abs."""

    def fdiff(self, argindex: int = 1) -> sympy.Expr:
        if not 1 <= argindex <= len(self.args):
            raise ArgumentIndexError(self, argindex)
        own = self.args[argindex - 1]
        return sympy.Mul(*[_Step(own - other) for place, other in enumerate(self.args, 1) if place != argindex])


class _Min(sympy.Function):  # type: ignore[misc]  # SymPy is not typed
    def fdiff(self, argindex: int = 1) -> sympy.Expr:
        if not 1 <= argindex <= len(self.args):
            raise ArgumentIndexError(self, argindex)
        own = self.args[argindex - 1]
        return sympy.Mul(*[_Step(other - own) for place, other in enumerate(self.args, 1) if place != argindex])


_TO_SYMPY = {
    "exp": sympy.exp, "log": sympy.log, "sqrt": sympy.sqrt, "abs": _Abs, "sin": sympy.sin, "cos": sympy.cos,
    "tan": _Tan, "sinh": sympy.sinh, "cosh": sympy.cosh, "tanh": sympy.tanh, "sigmoid": _Sigmoid,
    "relu": _Relu, "softplus": _Softplus, "max": _Max, "min": _Min, "step": _Step, "sign": _Sign,
}  # fmt: skip
_NO_NUMBERS = (sympy.nan, sympy.zoo, sympy.oo, sympy.S.NegativeInfinity)
_FROM_SYMPY = {function: name for name, function in _TO_SYMPY.items() if name != "sqrt"}


def differentiate_all(wanted: Mapping[tuple[str, str], Node]) -> dict[tuple[str, str], Node]:
    """Return the derivative of each (step, name): the step's formula by the name."""
    return {(step, name): differentiate(formula, name) for (step, name), formula in wanted.items()}


def differentiate(formula: Node, by: str) -> Node:
    """Return the derivative of the formula by a name, everything else held constant, as SymPy finds it.

    Terms and factors stand in the order in which the formula brings them in. Where there is no derivative whatever
    the names stand for, as with a division by 0, the tree has no value either.
    """
    order = {name: place for place, name in enumerate(names(formula))}
    derivative = to_sympy(formula).diff(sympy.Symbol(by))
    if derivative.has(*_NO_NUMBERS):
        return Quotient(ONE, ZERO)
    if any(power.exp.free_symbols for power in derivative.atoms(sympy.Pow)):
        derivative = sympy.powsimp(derivative, combine="exp")  # x^n*n/x has no value at 0, x^(n - 1)*n has
    return _FromSympy(order).tree(derivative)


def to_sympy(node: Node) -> sympy.Expr:
    """Return the tree as a SymPy expression."""
    match node:
        case Number(value):
            return sympy.Rational(value.numerator, value.denominator)
        case Name(name):
            return sympy.Symbol(name)
        case Constant(name):
            return sympy.pi if name == "pi" else sympy.E
        case Sum(terms):
            return sympy.Add(*map(to_sympy, terms))
        case Product(factors):
            return sympy.Mul(*map(to_sympy, factors))
        case Quotient(top, bottom):
            return to_sympy(top) / to_sympy(bottom)
        case Negative(inner):
            return -to_sympy(inner)
        case Power(base, exponent):
            return to_sympy(base) ** to_sympy(exponent)
        case Call(function, arguments):
            return _TO_SYMPY[function](*map(to_sympy, arguments))


class _FromSympy:
    """SymPy expressions back to trees, written as a person would: 2·(y − t), not −2·t + 2·y."""

    def __init__(self, order: dict[str, int]) -> None:
        self._order = order
        self._trees: dict[sympy.Expr, Node] = {}
        self._places: dict[sympy.Expr, tuple[int, int, int, str]] = {}

    def tree(self, expression: sympy.Expr) -> Node:
        """Return the tree; what occurs many times in a derivative is turned into one only once."""
        if expression not in self._trees:
            self._trees[expression] = self._made(expression)
        return self._trees[expression]

    def _made(self, expression: sympy.Expr) -> Node:
        if expression.is_Rational:
            return _rational(expression)
        if expression.is_Symbol:
            return Name(expression.name)
        if expression is sympy.I:
            return Call("sqrt", (number(-1),))
        if expression is sympy.pi or expression is sympy.E:
            return Constant("pi" if expression is sympy.pi else "e")
        if expression.is_Add:
            return self._sum(expression)
        if expression.is_Mul:
            return self._product(expression)
        if expression.is_Pow:
            return self._power(expression)
        return Call(_FROM_SYMPY[expression.func], tuple(self.tree(argument) for argument in expression.args))

    def _place(self, expression: sympy.Expr) -> tuple[int, int, int, str]:
        """Return a key that sorts by first appearance, larger expressions before the names in them, numbers last."""
        if expression not in self._places:
            symbols = expression.free_symbols
            first = min((self._order.get(symbol.name, 0) for symbol in symbols), default=len(self._order))
            self._places[expression] = first, -len(symbols), expression.count_ops(), str(expression)
        return self._places[expression]

    def _sum(self, expression: sympy.Expr) -> Node:
        content, primitive = expression.primitive()
        if content != 1 and content.is_Integer and primitive.is_Add:
            return Product((_rational(content), self._sum(primitive)))
        terms = sorted(expression.args, key=self._place)
        first = next((term for term in terms if not _has_minus(term)), None)
        if first is None:
            return Negative(self._sum(-expression))
        terms.remove(first)
        return total([self._term(term) for term in (first, *terms)])

    def _term(self, term: sympy.Expr) -> Node:
        return Negative(self.tree(-term)) if _has_minus(term) else self.tree(term)

    def _product(self, expression: sympy.Expr) -> Node:
        coefficient, rest = expression.as_coeff_Mul()
        if coefficient < 0:
            return Negative(self.tree(-expression))
        top: list[Node] = []
        bottom: list[Node] = []
        if coefficient.p != 1:
            top.append(_rational(sympy.Integer(coefficient.p)))
        if coefficient.q != 1:
            bottom.append(_rational(sympy.Integer(coefficient.q)))
        for factor in sorted(sympy.Mul.make_args(rest), key=self._place):
            base, exponent = factor.as_base_exp()
            if exponent.is_Rational and exponent < 0:
                bottom.append(self.tree(base**-exponent))
            else:
                top.append(self.tree(factor))
        return Quotient(product(top), product(bottom)) if bottom else product(top)

    def _power(self, expression: sympy.Expr) -> Node:
        base, exponent = expression.as_base_exp()
        if base is sympy.E:
            return Call("exp", (self.tree(exponent),))
        if exponent == sympy.Rational(1, 2):
            return Call("sqrt", (self.tree(base),))
        if exponent.is_Rational and exponent < 0:
            return Quotient(number(1), self.tree(base**-exponent))
        return Power(self.tree(base), self.tree(exponent))


def _rational(value: sympy.Rational) -> Node:
    return number(Fraction(int(value.p), int(value.q)))


def _has_minus(term: sympy.Expr) -> bool:
    """Whether the term is written with a minus sign before it."""
    coefficient, _ = term.as_coeff_Mul()
    return bool(coefficient < 0)
