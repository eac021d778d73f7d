"""Fingerprints: a formula evaluated at a random point of a finite field.

Two formulas that are equal have the same fingerprint. For formulas of +, -, *, /, integer powers, exp and what is made
of it, and logarithms of products of names and linear terms, different ones differ but for a chance below 2^-100 a
point; such a fingerprint is `complete`. Roots, nested logarithms, pi inside a sine and exponents that are nested too
deeply become symbols of their own: the fingerprints of equal formulas may then differ, and it is not complete.

abs, relu, max and min are replaced by the branch that they take in one region, given as a pattern. Without one, they
are made of absolute values, and these are symbols: the same that the roots of the squares are.
"""

from __future__ import annotations

import hashlib
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from tutor.mathematics.equality.linear import linear_form
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
    walk,
)
from tutor.mathematics.notation.limits import constant
from tutor.mathematics.values.arithmetic import factored

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tutor.mathematics.equality.field import Level

# A pattern says what each branching call does: which argument max or min takes, -1 or 1 for abs and sign,
# 0 or 1 for relu and step. Without a pattern a call is a symbol.
NO_PATTERN: dict[Node, int] = {}


class UndefinedError(ArithmeticError):
    """The formula divides by something that is 0 everywhere, or takes its logarithm."""


@lru_cache(maxsize=8192)
def _random(prime: int, *key: object) -> int:
    digest = hashlib.blake2b(repr((prime, key)).encode(), digest_size=40).digest()
    return int.from_bytes(digest) % prime


class Fingerprint:
    """Evaluates formulas in one chain of fields, under one pattern of branches."""

    def __init__(self, chain: tuple[Level, ...], pattern: Mapping[Node, int]) -> None:
        """Remember where to evaluate."""
        self._chain = chain
        self._pattern = pattern
        self.complete = True
        self._exponentials: dict[tuple[Node, int], int] = {}

    def of(self, node: Node, level: int = 0) -> int:
        """Return the value of the formula at the random point of a level.

        Raises UndefinedError where it divides by 0 everywhere.
        """
        prime = self._chain[level].prime
        match node:
            case Number(value):
                return self._rational(value, prime)
            case Name(name):
                return _random(prime, "name", name)
            case Constant("e"):
                return self._grow(1, level)
            case Constant(name):
                return _random(prime, "constant", name)
            case Sum(terms):
                return sum([self.of(term, level) for term in terms]) % prime
            case Product(factors):
                result = 1
                for factor in factors:
                    result = result * self.of(factor, level) % prime
                return result
            case Quotient(top, bottom):
                return self.of(top, level) * self._inverse(self.of(bottom, level), prime) % prime
            case Negative(inner):
                return -self.of(inner, level) % prime
            case Power(base, exponent):
                return self._power(base, exponent, level)
            case Call(function, arguments):
                return self._call(node, function, arguments, level)

    @staticmethod
    def _inverse(value: int, prime: int) -> int:
        if not value:
            raise UndefinedError("a division by 0")
        return pow(value, -1, prime)

    def _rational(self, value: Fraction, prime: int) -> int:
        if value.denominator == 1:
            return value.numerator % prime
        return value.numerator * self._inverse(value.denominator % prime, prime) % prime

    # -- powers and exponentials

    def _power(self, base: Node, exponent: Node, level: int) -> int:
        value = constant(exponent)
        prime = self._chain[level].prime
        if isinstance(base, Constant) and base.name == "e":
            return self._exponential(exponent, level)
        if value is not None and value.denominator == 1:
            below = self.of(base, level)
            return pow(self._inverse(below, prime) if value < 0 else below, abs(value.numerator), prime)
        if isinstance(base, Call) and base.function == "exp":
            return self._exponential(Product((base.arguments[0], exponent)), level)
        if value is not None:
            return self._root(base, value, level)
        return self._exponential(Product((exponent, Call("log", (base,)))), level)

    def _root(self, base: Node, exponent: Fraction, level: int) -> int:
        """Return a symbol for a root of a formula, raised to the exponent's numerator."""
        prime = self._chain[level].prime
        inside = self.of(base, level)
        whole, part = divmod(exponent.numerator, exponent.denominator)
        if not inside:
            return self._inverse(0, prime) if exponent < 0 else 0
        outside = pow(self._inverse(inside, prime) if whole < 0 else inside, abs(whole), prime)
        if not part:
            return outside
        return outside * pow(self._symbol(level, "root", exponent.denominator, inside), part, prime) % prime

    def _symbol(self, level: int, *key: object) -> int:
        """Return a number of its own for something that the field does not know."""
        self.complete = False
        return _random(self._chain[level].prime, *key)

    def _exponential(self, exponent: Node, level: int) -> int:
        """Return e^exponent, worked out once for each exponent."""
        known = self._exponentials.get((exponent, level))
        if known is None:
            known = self._exponentials[exponent, level] = self._raised(exponent, level)
        return known

    def _raised(self, exponent: Node, level: int) -> int:
        """Return e^exponent: c·ln(f) in it leaves it as f^c, everything else is an element of the group."""
        terms = linear_form(exponent)
        prime = self._chain[level].prime
        result, inside = 1, 0
        for atom, coefficient in terms.items():
            if isinstance(atom, Call) and atom.function == "log":
                result = result * self._root(atom.arguments[0], coefficient, level) % prime
            else:
                inside += self._exponent_term(atom, coefficient, level)
        return result * self._grow(inside, level) % prime

    def _exponent_term(self, atom: Node, coefficient: Fraction, level: int) -> int:
        if level + 1 >= len(self._chain):
            return self._rational(coefficient, self._chain[level].prime) * self.of(atom, level)
        order = self._chain[level + 1].prime
        return self._rational(coefficient, order) * self.of(atom, level + 1)

    def _grow(self, exponent: int, level: int) -> int:
        place = self._chain[level]
        if place.order:
            return pow(place.growing, exponent % place.order, place.prime)
        inside = exponent % place.prime  # too deep to follow: a symbol, turned over for the negative
        if 2 * inside > place.prime:
            return self._inverse(self._symbol(level, "exp", place.prime - inside), place.prime)
        return self._symbol(level, "exp", inside) if inside else 1

    # -- functions

    def _call(self, node: Call, function: str, arguments: tuple[Node, ...], level: int) -> int:
        prime = self._chain[level].prime
        first = arguments[0]
        match function:
            case "exp":
                return self._exponential(first, level)
            case "log":
                return self._logarithm(first, level)
            case "sqrt":
                return self._power(first, Number(Fraction(1, 2)), level)
            case "sigmoid":
                return self._inverse((1 + self._exponential(Negative(first), level)) % prime, prime)
            case "softplus":
                return self._logarithm(Sum((Number(Fraction(1)), Call("exp", (first,)))), level)
            case "tanh" | "sinh" | "cosh":
                return self._hyperbolic(function, self._exponential(first, level), prime)
            case "sin" | "cos" | "tan":
                return self._turned(function, first, level)
            case _:
                return self._branch(node, level)

    def _hyperbolic(self, function: str, grown: int, prime: int) -> int:
        decayed = self._inverse(grown, prime)
        if function == "tanh":
            return (grown - decayed) * self._inverse((grown + decayed) % prime, prime) % prime
        both = grown - decayed if function == "sinh" else grown + decayed
        return both * self._inverse(2, prime) % prime

    def _turned(self, function: str, angle: Node, level: int) -> int:
        if level:
            return self._symbol(level, function, self.of(angle, level))
        if any(isinstance(part, Constant) and part.name == "pi" for part in walk(angle)):
            self.complete = False
        place = self._chain[level]
        prime = place.prime
        inside = sum(self._exponent_term(atom, times, level) for atom, times in linear_form(angle).items())
        turned = pow(place.turning, inside % place.order, prime)
        back = self._inverse(turned, prime)
        sine = (turned - back) * self._inverse(2 * place.imaginary % prime, prime) % prime
        cosine = (turned + back) * self._inverse(2, prime) % prime
        if function == "tan":
            return sine * self._inverse(cosine, prime) % prime
        return sine if function == "sin" else cosine

    def _branch(self, node: Call, level: int) -> int:
        """Return the branch that the pattern says this abs, relu, max, min, sign or step takes."""
        taken = self._pattern.get(node)
        if taken is None:
            return self._any_branch(node, level)
        prime = self._chain[level].prime
        if node.function in {"max", "min"}:
            return self.of(node.arguments[taken], level)
        if node.function in {"sign", "step"}:
            return taken % prime
        return taken * self.of(node.arguments[0], level) % prime

    def _any_branch(self, node: Call, level: int) -> int:
        """Return the call made of absolute values, as relu(z) = (z + |z|)/2 and max(a, b) = (a + b + |a - b|)/2."""
        prime = self._chain[level].prime
        half = self._inverse(2, prime)
        first, *others = sorted({self.of(argument, level) for argument in _flattened(node)})
        match node.function:
            case "abs":
                return self._size(first, level)
            case "relu":
                return (first + self._size(first, level)) * half % prime
            case "max" | "min":
                direction = 1 if node.function == "max" else -1
                for other in others:
                    first = (first + other + direction * self._size(first - other, level)) * half % prime
                return first
            case function:
                return self._symbol(level, function, first)

    def _size(self, value: int, level: int) -> int:
        """Return the symbol for an absolute value: that of the root of its square."""
        square = value * value % self._chain[level].prime
        return self._symbol(level, "root", 2, square) if square else 0

    # -- logarithms

    def _logarithm(self, node: Node, level: int) -> int:
        """Return ln|node| as a sum over its factors: of names, numbers and whatever cannot be split."""
        prime = self._chain[level].prime
        if level:  # x^y·x² = x^(y+2) is not seen where ln x stands in an exponent
            self.complete = False
        match node:
            case Product(factors):
                return sum(self._logarithm(factor, level) for factor in factors) % prime
            case Quotient(top, bottom):
                return (self._logarithm(top, level) - self._logarithm(bottom, level)) % prime
            case Negative(inner):
                return self._logarithm(inner, level)
            case Call("abs", (inner,)):
                return self._logarithm(inner, level)
            case Call("exp", (inner,)):
                return self.of(inner, level)
            case Call("sqrt", (inner,)):
                return self._logarithm(inner, level) * self._inverse(2, prime) % prime
            case Call("sigmoid", (inner,)):
                return -self._logarithm(Sum((Number(Fraction(1)), Call("exp", (Negative(inner),)))), level) % prime
            case Constant("e"):
                return 1
            case Power(Constant("e"), exponent):
                return self.of(exponent, level)
            case Power(base, exponent) if constant(exponent) is not None:
                return self.of(exponent, level) * self._logarithm(base, level) % prime
            case Number(value):
                return self._logarithm_of_number(value, prime)
            case Name(name):
                return _random(prime, "log of linear", ((name, Fraction(1)),))
            case _:
                return self._logarithm_of_sum(node, level)

    def _logarithm_of_number(self, value: Fraction, prime: int) -> int:
        if not value:
            raise UndefinedError("a logarithm of 0")
        powers = factored(abs(value))
        if powers is None:
            self.complete = False
            return _random(prime, "log of number", abs(value))
        return (
            sum(int(power) * _random(prime, "log of number", Fraction(base)) for base, power in powers.items()) % prime
        )

    def _logarithm_of_sum(self, node: Node, level: int) -> int:
        prime = self._chain[level].prime
        content, monic = _monic_linear(node)
        if monic is None:
            inside = self.of(node, level)
            if not inside:
                raise UndefinedError("a logarithm of 0")
            self.complete = False
            return _random(prime, "log of sum", min(inside, prime - inside))
        return (self._logarithm_of_number(content, prime) + _random(prime, "log of linear", monic)) % prime


def _flattened(call: Call) -> Iterator[Node]:
    """Yield the arguments of a max or min with those of the same function in it: max(max(a, b), c) = max(a, b, c)."""
    for argument in call.arguments:
        if isinstance(argument, Call) and argument.function == call.function and call.function in {"max", "min"}:
            yield from _flattened(argument)
        else:
            yield argument


def _monic_linear(node: Node) -> tuple[Fraction, tuple[tuple[str, Fraction], ...] | None]:
    """Return a linear formula as a number times its monic form; None for any other formula."""
    if any(not isinstance(part, Number | Name | Sum | Product | Negative | Quotient) for part in walk(node)):
        return Fraction(1), None
    terms: dict[str, Fraction] = {}
    for atom, coefficient in linear_form(node).items():
        if isinstance(atom, Name):
            terms[atom.name] = coefficient
        elif isinstance(atom, Number):
            terms[""] = coefficient * atom.value
        else:
            return Fraction(1), None
    terms = {name: coefficient for name, coefficient in sorted(terms.items()) if coefficient}
    if not terms or set(terms) == {""}:
        return Fraction(1), None
    lead = next(reversed(terms.values()))
    return lead, tuple((name, coefficient / lead) for name, coefficient in terms.items())
