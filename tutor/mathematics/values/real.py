"""Real numbers that are exact: a fraction where the number is rational, else a recipe that any precision can follow.

A `Real` remembers the operation and the numbers that it came from. It is evaluated on demand, in enclosures, at
whatever precision the question needs; long chains are evaluated without recursion.
Sums of logarithms of fractions are kept as such (`Logs`), so that e^(ln 3) is 3 and softmax(ln 6, ln 3, 0) is rational.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from fractions import Fraction
from typing import TYPE_CHECKING

from tutor.lazy_module import LazyModule
from tutor.mathematics.values import residue
from tutor.mathematics.values.errors import TooLargeError, TooWideError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tutor.mathematics.values import enclosure
    from tutor.mathematics.values.enclosure import Enclosure
else:
    # mpmath comes with it, 50 ms and 5 MB: the numbers of most lessons are fractions.
    enclosure = LazyModule("tutor.mathematics.values.enclosure")

FIRST_PRECISION = 96
LAST_PRECISION = 1 << 16
_last_precision: ContextVar[int] = ContextVar("last precision", default=LAST_PRECISION)
# Fractions beyond this many bits go on as a Real: a thousand digits can be shown, and some room to cancel.
FRACTION_BITS = 16_000
SHOWN_BITS = 72  # 20 digits and a little more: as much as is ever shown of a value


class Real:
    """A real number given by an operation on others; immutable but for the enclosure it remembers."""

    __slots__ = ("arguments", "known", "known_bits", "operation", "residue")

    def __init__(self, operation: str, arguments: tuple[Value, ...]) -> None:
        """Remember the recipe; nothing is computed yet."""
        self.operation = operation
        self.arguments = arguments
        self.known_bits = 0
        self.known: Enclosure = enclosure.ZERO
        self.residue = residue.of_operation(operation, [_residue(argument) for argument in arguments])

    def __repr__(self) -> str:
        return f"Real({self.operation!r}, …)"

    def enclose(self, precision: int) -> Enclosure:
        """Return an enclosure worked out with this many bits.

        Raises NotDefinedError where there is no real value, TooWideError where this precision cannot tell.
        """
        if self.known_bits < precision:
            self._work_out(precision)
        return self.known

    def _work_out(self, precision: int) -> None:
        stack: list[Real] = [self]
        while stack:
            current = stack[-1]
            if current.known_bits >= precision:
                stack.pop()
                continue
            waiting = [
                argument
                for argument in current.arguments
                if isinstance(argument, Real) and argument.known_bits < precision
            ]
            if waiting:
                stack.extend(waiting)
                continue
            ends = [_enclose(argument, precision) for argument in current.arguments]
            current.known = OPERATIONS[current.operation](ends, precision)
            current.known_bits = precision
            stack.pop()


Value = Fraction | Real


class Logs(Real):
    """A fraction plus fractions times logarithms of primes: `rest + Σ powers[p]·ln p`; zero only where all are."""

    __slots__ = ("powers", "rest")

    def __init__(self, rest: Fraction, powers: Mapping[int, Fraction]) -> None:
        """Keep the coefficients; at least one of the powers is not 0."""
        terms: list[Value] = [rest]
        terms += [Real("log_times", (Fraction(prime), power)) for prime, power in powers.items()]
        super().__init__("add", tuple(terms))
        self.rest = rest
        self.powers = dict(powers)


def _residue(value: Value) -> int:
    return value.residue if isinstance(value, Real) else residue.of_fraction(value)


def _enclose(value: Value, precision: int) -> Enclosure:
    if isinstance(value, Real):
        return value.known
    return enclosure.of_fraction(value, precision)


def _add(ends: list[Enclosure], precision: int) -> Enclosure:
    result = ends[0]
    for end in ends[1:]:
        result = enclosure.add(result, end, precision)
    return result


def _multiply(ends: list[Enclosure], precision: int) -> Enclosure:
    result = ends[0]
    for end in ends[1:]:
        result = enclosure.multiply(result, end, precision)
    return result


def _sigmoid(ends: list[Enclosure], precision: int) -> Enclosure:
    return tuple(
        enclosure.divide(
            enclosure.ONE,
            enclosure.one_plus(enclosure.exp(enclosure.negative((end, end)), precision), precision),
            precision,
        )[side]
        for side, end in enumerate(ends[0])
    )


def _tanh(ends: list[Enclosure], precision: int) -> Enclosure:
    return tuple(_tanh_at(end, precision)[side] for side, end in enumerate(ends[0]))


def _tanh_at(end: object, precision: int) -> Enclosure:
    point = (end, end)
    turned = enclosure.sign(point) == -1
    inside = point if turned else enclosure.negative(point)
    decayed = enclosure.exp(enclosure.add(inside, inside, precision), precision)
    ratio = enclosure.divide(
        enclosure.subtract(enclosure.ONE, decayed, precision),
        enclosure.one_plus(decayed, precision),
        precision,
    )
    return enclosure.negative(ratio) if turned else ratio


def _softplus(ends: list[Enclosure], precision: int) -> Enclosure:
    return tuple(_softplus_at(end, precision)[side] for side, end in enumerate(ends[0]))


def _softplus_at(end: object, precision: int) -> Enclosure:
    point = (end, end)
    if enclosure.sign(point) == 1:  # ln(1 + e^x) = x + ln(1 + e^-x), which cannot overflow
        decayed = enclosure.exp(enclosure.negative(point), precision)
        return enclosure.add(point, enclosure.log_one_plus(decayed, precision), precision)
    return enclosure.log_one_plus(enclosure.exp(point, precision), precision)


def _hyperbolic(ends: list[Enclosure], precision: int, *, minus: bool) -> Enclosure:
    grown = enclosure.exp(ends[0], precision)
    decayed = enclosure.exp(enclosure.negative(ends[0]), precision)
    both = enclosure.subtract(grown, decayed, precision) if minus else enclosure.add(grown, decayed, precision)
    return enclosure.multiply(both, enclosure.of_fraction(Fraction(1, 2), precision), precision)


def _log_times(ends: list[Enclosure], precision: int) -> Enclosure:
    return enclosure.multiply(enclosure.log(ends[0], precision), ends[1], precision)


OPERATIONS: dict[str, Callable[[list[Enclosure], int], Enclosure]] = {
    "add": _add,
    "multiply": _multiply,
    "divide": lambda ends, precision: enclosure.divide(ends[0], ends[1], precision),
    "negative": lambda ends, _: enclosure.negative(ends[0]),
    "exp": lambda ends, precision: enclosure.exp(ends[0], precision),
    "log": lambda ends, precision: enclosure.log(ends[0], precision),
    "log_times": _log_times,
    "sqrt": lambda ends, precision: enclosure.sqrt(ends[0], precision),
    "sin": lambda ends, precision: enclosure.sin(ends[0], precision),
    "cos": lambda ends, precision: enclosure.cos(ends[0], precision),
    "sinh": lambda ends, precision: _hyperbolic(ends, precision, minus=True),
    "cosh": lambda ends, precision: _hyperbolic(ends, precision, minus=False),
    "tanh": _tanh,
    "sigmoid": _sigmoid,
    "softplus": _softplus,
    "pi": lambda _, precision: enclosure.pi(precision),
}


def integer_power_operation(exponent: int) -> str:
    """Return the name of the operation that raises to this integer."""
    name = f"power {exponent}"
    if name not in OPERATIONS:
        OPERATIONS[name] = lambda ends, precision: enclosure.power(ends[0], exponent, precision)
    return name


def enclose(value: Value, precision: int) -> Enclosure:
    """Return an enclosure of any value, worked out with this many bits."""
    return value.enclose(precision) if isinstance(value, Real) else enclosure.of_fraction(value, precision)


@contextmanager
def limited_precision(bits: int) -> Iterator[None]:
    """Work with at most this many bits inside the block: for answers, whose verdict must come at once."""
    token = _last_precision.set(bits)
    try:
        yield
    finally:
        _last_precision.reset(token)


def sign(value: Value) -> int:
    """Return -1, 0 or 1.

    A value that 65 536 bits (or what `limited_precision` allows) cannot tell from 0 is taken for 0.
    Raises NotDefinedError where the number does not exist.
    """
    if isinstance(value, Fraction):
        return (value > 0) - (value < 0)
    precision = FIRST_PRECISION
    last = _last_precision.get()
    while True:
        try:
            found = enclosure.sign(value.enclose(precision))
        except TooWideError:
            found = None
        if found is not None:
            return found
        if precision >= last:
            return 0
        precision = min(4 * precision, last)


def narrow(value: Real, bits: int) -> Enclosure:
    """Return an enclosure whose width is at most 2^-bits of its size, that of 0 where the value cannot be told from 0.

    Raises NotDefinedError where the number does not exist, TooLargeError where it is beyond all bounds.
    """
    precision = max(FIRST_PRECISION, bits + 24)
    told_from_zero = False
    while precision <= _last_precision.get():
        try:
            found = value.enclose(precision)
        except TooWideError:
            found = None
        if found is not None and enclosure.is_narrow(found, bits):
            enclosure.check_size(found)
            return found
        if not told_from_zero:
            if sign(value) == 0:
                return enclosure.ZERO
            told_from_zero = True
        precision *= 2
    raise TooLargeError("a number that needs more than 65 536 bits")


def finite(value: Value) -> Value:
    """Return the value, once it is certain that as many of its digits can be told as are ever shown.

    Raises NotDefinedError where the number does not exist, TooLargeError where it is beyond all bounds.
    """
    if isinstance(value, Real):
        narrow(value, SHOWN_BITS)
    return value
