"""Fingerprints: a formula evaluated at a random point of a finite field.

Two formulas that are equal have the same fingerprint. For formulas of +, -, *, /, integer powers, exp and what is made
of it, and logarithms of products of names and linear terms, different ones differ but for a chance below 2^-100 a
point; such a fingerprint is `complete`. Nested logarithms, pi in a sine but for its quarters, and exponents that are
nested too deeply become symbols of their own: the fingerprints of equal formulas may then differ.

A square root is a symbol, too, unless it is asked to be followed: then it is a root in the field, with a sign that
the caller chooses, as nothing tells which of the two is the positive one. An odd root is the only one in the field.

abs, relu, max and min are replaced by the branch that they take in one region, given as a pattern. Without one, they
are made of absolute values, and these are the roots of the squares.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from tutor.mathematics.equality.field import element, inverse
from tutor.mathematics.equality.linear import linear_form
from tutor.mathematics.equality.logarithms import logarithm
from tutor.mathematics.equality.randomness import random_element
from tutor.mathematics.equality.turning import turned
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
from tutor.mathematics.notation.limits import constant
from tutor.mathematics.values.factoring import factored

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tutor.mathematics.equality.field import Chain

# A pattern says what each branching call does: which argument max or min takes, -1 or 1 for abs and sign,
# 0 or 1 for relu and step. Without a pattern a call is a symbol.
NO_PATTERN: dict[Node, int] = {}
_ONE = Number(Fraction(1))
_HALF = Fraction(1, 2)


@dataclass(slots=True)
class Fingerprint:
    """Evaluates formulas in one chain of fields, under one pattern of branches.

    `signs` says of each square root, in the order in which they are met, whether it is turned to its negative; without
    signs roots are symbols. `attempt` chooses the point. `roots` are those that were met; `known_roots` spare working
    out what was worked out with other signs.
    """

    chain: Chain
    pattern: Mapping[Node, int]
    has_logarithm: bool = True
    signs: tuple[bool, ...] | None = None
    attempt: int = 0
    complete: bool = True
    has_roots: bool = False
    roots: dict[tuple[int, int], int] = field(default_factory=dict)
    known_roots: dict[tuple[int, int], int] = field(default_factory=dict)
    _exponentials: dict[tuple[int, int], int] = field(default_factory=dict)
    _sigmoids: dict[tuple[int, int], int] = field(default_factory=dict)

    def of(self, node: Node, level: int = 0) -> int:
        """Return the value of the formula at the random point of a level.

        Raises UndefinedError where it divides by 0 everywhere, NoRootError where another attempt may do better.
        """
        prime = self.chain[level].prime
        if isinstance(node, Name):
            return random_element(prime, self.attempt, "name", node.name)
        if isinstance(node, Number):
            return element(node.value, prime)
        if isinstance(node, Product):
            result = 1
            for factor in node.factors:
                result = result * self.of(factor, level) % prime
            return result
        if isinstance(node, Sum):
            return sum([self.of(term, level) for term in node.terms]) % prime
        if isinstance(node, Negative):
            return -self.of(node.inner, level) % prime
        if isinstance(node, Power):
            return self._power(node.base, node.exponent, level)
        if isinstance(node, Quotient):
            return self.of(node.top, level) * inverse(self.of(node.bottom, level), prime) % prime
        if isinstance(node, Call):
            return self._call(node, level)
        return self._grown(1, level) if node.name == "e" else random_element(prime, self.attempt, "constant", node.name)

    def symbol(self, level: int, *key: object) -> int:
        """Return a number of its own for something that the field does not know."""
        self.complete = False
        return random_element(self.chain[level].prime, self.attempt, *key)

    # -- powers and roots

    def _power(self, base: Node, exponent: Node, level: int) -> int:
        if isinstance(base, Constant) and base.name == "e":
            return self._exponential(exponent, level)
        value = exponent.value if isinstance(exponent, Number) else constant(exponent)
        if value is not None and value.denominator == 1:
            return self._raised(self.of(base, level), value.numerator, level)
        if value is not None:
            return self._root_of(base, value, level)
        if isinstance(base, Call) and base.function == "exp":
            return self._exponential(Product((base.arguments[0], exponent)), level)
        return self._exponential(Product((exponent, Call("log", (base,)))), level)

    def _raised(self, value: int, exponent: int, level: int) -> int:
        prime = self.chain[level].prime
        if exponent == 2:  # noqa: PLR2004 - a square, the most frequent of all powers
            return value * value % prime
        return pow(value if exponent >= 0 else inverse(value, prime), abs(exponent), prime)

    def _root_of(self, base: Node, exponent: Fraction, level: int) -> int:
        """Return a broken power; that of a number is one of its primes, so that √2·√3 = √6."""
        prime = self.chain[level].prime
        match base:
            case Call("exp", (inner,)) | Power(Constant("e"), inner):
                return self._exponential(Product((inner, Number(exponent))), level)
            case Power(inner, Number(times)) if (times * exponent / 2).denominator == 1:
                return self._raised(self.of(inner, level), int(times * exponent), level)
        number = constant(base)
        powers = factored(number) if number is not None and number > 0 else None
        if powers is None:
            return self._broken_power(self.of(base, level), exponent, level)
        result = 1
        for factor, times in powers.items():
            result = result * self._broken_power(factor, times * exponent, level) % prime
        return result

    def _broken_power(self, inside: int, exponent: Fraction, level: int) -> int:
        """Return a root raised to the exponent's numerator, whole powers taken out of it."""
        if not inside:
            return inverse(0, self.chain[level].prime) if exponent < 0 else 0
        whole, part = divmod(exponent.numerator, exponent.denominator)
        outside = self._raised(inside, whole, level)
        if not part:
            return outside
        root = self._root(inside, exponent.denominator, level)
        return outside * self._raised(root, part, level) % self.chain[level].prime

    def _root(self, inside: int, degree: int, level: int) -> int:
        odd = degree
        while odd % 2 == 0:
            inside = self._square_root(inside, level)
            odd //= 2
        if odd == 1:
            return inside
        found = self.chain[level].odd_root(inside, odd)
        return self.symbol(level, "root", odd, inside) if found is None else found

    def _square_root(self, inside: int, level: int) -> int:
        """Return a square root: a symbol, or the one in the field with the sign that was chosen for it."""
        if self.signs is None:
            self.has_roots = True
            return random_element(self.chain[level].prime, self.attempt, "root", 2, inside)
        key = (level, inside)
        if key not in self.roots:
            found = self.known_roots.get(key) or self.chain[level].square_root(inside)
            self.known_roots[key] = found
            place = len(self.roots)
            is_turned = place < len(self.signs) and self.signs[place]
            self.roots[key] = self.chain[level].prime - found if is_turned else found
        return self.roots[key]

    # -- exponentials

    def _exponential(self, exponent: Node, level: int) -> int:
        """Return e^exponent: c·ln(f) in it leaves it as f^c, everything else is an element of the group."""
        if not self.has_logarithm:
            return self._grown(self.exponent(exponent, level), level)
        prime = self.chain[level].prime
        result, inside = 1, 0
        for atom, coefficient in linear_form(exponent).items():
            if isinstance(atom, Call) and atom.function == "log":
                value = self.of(atom.arguments[0], level)
                result = result * self._broken_power(value, coefficient, level) % prime
            else:
                inside += self.exponent(Product((Number(coefficient), atom)), level)
        return result * self._grown(inside, level) % prime

    def exponent(self, exponent: Node, level: int) -> int:
        """Return the value of an exponent, which lives one level deeper."""
        return self.of(exponent, min(level + 1, len(self.chain) - 1))

    def _grown(self, exponent: int, level: int) -> int:
        """Return e to this power, worked out once for each, and once for it and its negative."""
        place = self.chain[level]
        inside = exponent % (place.order or place.prime)
        known = self._exponentials.get((level, inside))
        if known is None:
            opposite = self._exponentials.get((level, (place.order or place.prime) - inside))
            if opposite is not None:
                known = pow(opposite, -1, place.prime)
            else:
                known = place.grown(inside) if place.order else self._too_deep(inside, level)
            self._exponentials[level, inside] = known
        return known

    def _too_deep(self, inside: int, level: int) -> int:
        """Return e to a power that is nested too deeply to follow: a symbol, turned over for the negative."""
        prime = self.chain[level].prime
        if 2 * inside > prime:
            return inverse(self.symbol(level, "exp", prime - inside), prime)
        return self.symbol(level, "exp", inside) if inside else 1

    # -- functions

    def _call(self, node: Call, level: int) -> int:
        prime = self.chain[level].prime
        first = node.arguments[0]
        match node.function:
            case "exp":
                return self._exponential(first, level)
            case "log":
                return logarithm(self, first, level)
            case "sqrt":
                return self._root_of(first, _HALF, level)
            case "sigmoid":
                return self._sigmoid(self._exponential(first, level), level)
            case "softplus":
                return logarithm(self, Sum((_ONE, Call("exp", (first,)))), level)
            case "tanh" | "sinh" | "cosh":
                return self._hyperbolic(node.function, self._exponential(first, level), prime)
            case "sin" | "cos" | "tan":
                return turned(self, node.function, first, level)
            case _:
                return self._branch(node, level)

    def _sigmoid(self, grown: int, level: int) -> int:
        """Return e^z/(1 + e^z), worked out once for each e^z, as networks repeat it."""
        known = self._sigmoids.get((level, grown))
        if known is None:
            prime = self.chain[level].prime
            known = self._sigmoids[level, grown] = grown * inverse((1 + grown) % prime, prime) % prime
        return known

    def _hyperbolic(self, function: str, grown: int, prime: int) -> int:
        square = grown * grown
        if function == "tanh":
            return (square - 1) * inverse((square + 1) % prime, prime) % prime
        both = square - 1 if function == "sinh" else square + 1
        return both * inverse(2 * grown % prime, prime) % prime

    def _branch(self, node: Call, level: int) -> int:
        """Return the branch that the pattern says this abs, relu, max, min, sign or step takes."""
        taken = self.pattern.get(node) if self.pattern else None
        if taken is None:
            return self._any_branch(node, level)
        prime = self.chain[level].prime
        if node.function in {"max", "min"}:
            return self.of(node.arguments[taken], level)
        if node.function in {"sign", "step"}:
            return taken % prime
        return taken * self.of(node.arguments[0], level) % prime

    def _any_branch(self, node: Call, level: int) -> int:
        """Return the call made of absolute values, as relu(z) = (z + |z|)/2 and max(a, b) = (a + b + |a - b|)/2."""
        prime = self.chain[level].prime
        half = (prime + 1) // 2
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
                return self.symbol(level, function, first)

    def _size(self, value: int, level: int) -> int:
        """Return the absolute value: the root of the square."""
        square = value * value % self.chain[level].prime
        return self._square_root(square, level) if square else 0


def _flattened(call: Call) -> Iterator[Node]:
    """Yield the arguments of a max or min with those of the same function in it: max(max(a, b), c) = max(a, b, c)."""
    for argument in call.arguments:
        if isinstance(argument, Call) and argument.function == call.function and call.function in {"max", "min"}:
            yield from _flattened(argument)
        else:
            yield argument
