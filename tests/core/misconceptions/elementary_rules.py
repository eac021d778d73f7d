"""The elementary operations of the catalogue: formula, value, right slope, and the slopes that broken rules give.

Each is written down by hand from the catalogue's tables, as plain arithmetic on fractions; an irrational number is the
fraction that agrees with it in 60 digits. Nothing here calls the derivation, the differentiation of formulas, or a
family of rules.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import mpmath
from mpmath.libmp import to_rational

if TYPE_CHECKING:
    import random

Arithmetic = Callable[..., Any]


@dataclass(frozen=True)
class Made:
    """One step as text and arithmetic, over the values of its inputs in order.

    `slopes` holds the right slope by each input, `wrong` the wrong slopes by it, by id.
    """

    text: str
    inputs: tuple[str, ...]
    value: Arithmetic
    slopes: tuple[Arithmetic, ...]
    wrong: tuple[Mapping[str, Arithmetic], ...]


def _fraction(function: Callable[[Any], Any]) -> Callable[[Fraction], Fraction]:
    """Return a function whose value is given as a fraction, right in 60 digits."""

    def value(x: Fraction) -> Fraction:
        with mpmath.workdps(60):
            found = function(mpmath.mpmathify(x))
            if mpmath.im(found):
                raise ArithmeticError("not a real number")
            return Fraction(*to_rational(mpmath.re(found)._mpf_))

    return value


exp, log, sin, cos, sqrt = map(_fraction, (mpmath.exp, mpmath.log, mpmath.sin, mpmath.cos, mpmath.sqrt))
sigmoid = _fraction(lambda z: 1 / (1 + mpmath.exp(-z)))
tanh = _fraction(mpmath.tanh)


def constant(source: random.Random) -> Fraction:
    """Return a coefficient far from 0 and 1, so that to drop it is a mistake."""
    return Fraction(source.choice([-1, 1]) * source.randint(21, 49), 10) / source.choice([1, 2, 5])


def size(source: random.Random) -> Fraction:
    return abs(constant(source))


def _named(operation: str, wrong: Mapping[str, Arithmetic]) -> dict[str, Arithmetic]:
    return {f"{operation}.{name}": value for name, value in wrong.items()}


def power(x: str, source: random.Random) -> Made:
    c, k, m, n = constant(source), constant(source), constant(source), source.choice([3, 4])
    wrong = {
        "exponent-not-brought-down": lambda x: c * x ** (n - 1) + k,
        "exponent-not-reduced": lambda x: c * n * x**n + k,
        "exponent-increased": lambda x: c * n * x ** (n + 1) + k,
        "integrated-instead": lambda x: c * x ** (n + 1) / (n + 1) + k * x**2 / 2 + m * x,
        "coefficient-dropped": lambda x: n * x ** (n - 1) + k,
        "coefficient-and-exponent-dropped": lambda x: x ** (n - 1) + k,
        "leading-term-copied": lambda x: c * x**n + k,
        "constant-kept": lambda x: c * n * x ** (n - 1) + k + m,
        "linear-term-copied": lambda x: c * n * x ** (n - 1) + k * x,
        "linear-term-deleted": lambda x: c * n * x ** (n - 1),
        "linear-term-became-1": lambda x: c * n * x ** (n - 1) + 1,
        "multiplied-by-reduced-exponent": lambda x: c * (n - 1) * x ** (n - 1) + k,
        "power-read-as-ntimesx": lambda x: c * n * x + k,
        "second-derivative-given": lambda x: c * n * (n - 1) * x ** (n - 2),
    }
    return Made(
        f"({c})*{x}^{n} + ({k})*{x} + ({m})",
        (x,),
        lambda x: c * x**n + k * x + m,
        (lambda x: c * n * x ** (n - 1) + k,),
        (_named("power", wrong),),
    )


def negative_power(x: str, source: random.Random) -> Made:
    c, n = constant(source), source.choice([2, 3])
    wrong = {
        "negative-power-moved-the-wrong-way": lambda x: -c * n / x ** (n - 1),
        "minus-sign-lost": lambda x: c * n / x ** (n + 1),
        "denominator-differentiated-on-its-own": lambda x: c / (n * x ** (n - 1)),
    }
    return Made(
        f"({c})/{x}^{n}",
        (x,),
        lambda x: c / x**n,
        (lambda x: -c * n / x ** (n + 1),),
        (_named("negative-power", wrong),),
    )


def root(x: str, _: random.Random) -> Made:
    wrong = {"half-lost": lambda x: 1 / sqrt(x), "power-not-lowered": lambda x: sqrt(x) / 2}
    return Made(f"sqrt({x})", (x,), sqrt, (lambda x: 1 / (2 * sqrt(x)),), (_named("root", wrong),))


def exponential(x: str, source: random.Random) -> Made:
    k = constant(source) / 4
    wrong = {
        "rate-lost": lambda x: exp(k * x),
        "treated-as-a-power": lambda x: k * x * exp(k * x - 1),
        "rate-removed-from-exponent": lambda x: k * exp(x),
        "integrated": lambda x: exp(k * x) / k,
    }
    return Made(
        f"exp(({k})*{x})", (x,), lambda x: exp(k * x), (lambda x: k * exp(k * x),), (_named("exponential", wrong),)
    )


def logarithm(x: str, source: random.Random) -> Made:
    k, c = size(source), size(source)
    wrong = {
        "inner-derivative-lost": lambda x: 1 / (k * x + c),
        "inside-replaced-by-x": lambda x: k / x,
        "base-10-logarithm": lambda x: k / ((k * x + c) * log(10)),
    }
    return Made(
        f"ln(({k})*{x} + {c})",
        (x,),
        lambda x: log(k * x + c),
        (lambda x: k / (k * x + c),),
        (_named("logarithm", wrong),),
    )


def sine(x: str, source: random.Random) -> Made:
    k = constant(source)
    wrong = {
        "sign-added": lambda x: -k * cos(k * x),
        "inner-factor-lost": lambda x: cos(k * x),
        "inside-lost-its-factor": lambda x: k * cos(x),
    }
    return Made(f"sin(({k})*{x})", (x,), lambda x: sin(k * x), (lambda x: k * cos(k * x),), (_named("sine", wrong),))


def product(x: str, source: random.Random) -> Made:
    a, b, c, d = (constant(source) for _ in range(4))
    f, g = (lambda x: a * x**2 + b), (lambda x: c * x + d)
    df, dg = (lambda x: 2 * a * x), (lambda _: c)
    wrong = {
        "product-of-derivatives": lambda x: df(x) * dg(x),
        "second-term-missing": lambda x: df(x) * g(x),
        "first-term-missing": lambda x: f(x) * dg(x),
        "each-factor-paired-with-its-own-derivative": lambda x: f(x) * df(x) + g(x) * dg(x),
        "minus-instead-of-plus": lambda x: df(x) * g(x) - f(x) * dg(x),
        "sum-rule-used": lambda x: df(x) + dg(x),
    }
    return Made(
        f"(({a})*{x}^2 + ({b}))*(({c})*{x} + ({d}))",
        (x,),
        lambda x: f(x) * g(x),
        (lambda x: df(x) * g(x) + f(x) * dg(x),),
        (_named("product", wrong),),
    )


def quotient(x: str, source: random.Random) -> Made:
    a, b, c, d = (constant(source) for _ in range(4))
    f, g = (lambda x: a * x**2 + b), (lambda x: c * x + d)
    df, dg = (lambda x: 2 * a * x), (lambda _: c)

    def over(x: Any) -> Any:
        return df(x) * g(x) - f(x) * dg(x)

    wrong = {
        "ratio-of-derivatives": lambda x: df(x) / dg(x),
        "plus-instead-of-minus": lambda x: (df(x) * g(x) + f(x) * dg(x)) / g(x) ** 2,
        "numerator-in-the-wrong-order": lambda x: -over(x) / g(x) ** 2,
        "denominator-not-squared": lambda x: over(x) / g(x),
        "divided-by-the-top-squared": lambda x: over(x) / f(x) ** 2,
        "only-the-top-varied": lambda x: df(x) / g(x),
    }
    return Made(
        f"(({a})*{x}^2 + ({b}))/(({c})*{x} + ({d}))",
        (x,),
        lambda x: f(x) / g(x),
        (lambda x: over(x) / g(x) ** 2,),
        (_named("quotient", wrong),),
    )


def chain(x: str, source: random.Random) -> Made:
    a, b, n = constant(source), constant(source), source.choice([3, 4])

    def g(x: Any) -> Any:
        return a * x**2 + b

    def dg(x: Any) -> Any:
        return 2 * a * x

    wrong = {
        "inner-derivative-missing": lambda x: n * g(x) ** (n - 1),
        "outer-derivative-taken-at-x": lambda x: n * x ** (n - 1) * dg(x),
        "outer-derivative-taken-at-g-prime": lambda x: n * dg(x) ** (n - 1),
        "factors-added": lambda x: n * g(x) ** (n - 1) + dg(x),
        "inner-derivative-used-twice": lambda x: n * g(x) ** (n - 1) * dg(x) ** 2,
        "multiplied-by-the-inside-not-its-derivative": lambda x: n * g(x) ** (n - 1) * g(x),
        "outer-power-not-lowered": lambda x: n * g(x) ** n * dg(x),
        "outer-exponent-not-brought-down": lambda x: g(x) ** (n - 1) * dg(x),
        "only-the-inside-differentiated": dg,
        "power-applied-to-the-derivative": lambda x: dg(x) ** n,
        "inner-coefficient-lost": lambda x: n * g(x) ** (n - 1) * 2 * x,
        "inner-constant-kept": lambda x: n * g(x) ** (n - 1) * (dg(x) + b),
    }
    return Made(
        f"(({a})*{x}^2 + ({b}))^{n}",
        (x,),
        lambda x: g(x) ** n,
        (lambda x: n * g(x) ** (n - 1) * dg(x),),
        (_named("chain", wrong),),
    )


def partial(x: str, y: str, source: random.Random) -> Made:
    a, b, c = constant(source), constant(source), constant(source)
    by_x = {
        "other-variable-also-differentiated": lambda x, y: 2 * a * x * y + a * x**2 + b + 2 * c * y,
        "mixed-term-differentiated-as-a-product": lambda x, y: 2 * a * x * y + a * x**2 + b,
        "mixed-term-dropped": lambda _x, _y: b,
        "y-only-term-kept": lambda x, y: 2 * a * x * y + b + c * y**2,
        "wrong-variable": lambda x, y: a * x**2 + 2 * c * y,
        "y-replaced-by-1": lambda x, _: 2 * a * x + b,
        "y-replaced-by-its-derivative-everywhere": lambda x, y: 2 * a * x * 1 + b + 2 * c * y,
        "mixed-partial-given": lambda x, _: 2 * a * x,
        "same-coordinate-substituted-twice": lambda x, _: 2 * a * x * x + b,
    }
    by_y = {
        "mixed-term-dropped": lambda _, y: 2 * c * y,
        "wrong-variable": lambda x, y: 2 * a * x * y + b,
        "mixed-partial-given": lambda x, _: 2 * a * x,
    }
    return Made(
        f"({a})*{x}^2*{y} + ({b})*{x} + ({c})*{y}^2",
        (x, y),
        lambda x, y: a * x**2 * y + b * x + c * y**2,
        (lambda x, y: 2 * a * x * y + b, lambda x, y: a * x**2 + 2 * c * y),
        (_named("partial", by_x), _named("partial", by_y)),
    )


def times(x: str, y: str, _: random.Random) -> Made:
    return Made(f"{x}*{y}", (x, y), lambda x, y: x * y, (lambda _, y: y, lambda x, _: x), ({}, {}))


def add(x: str, y: str, _: random.Random) -> Made:
    return Made(f"{x} + {y}", (x, y), lambda x, y: x + y, (lambda *_: 1, lambda *_: 1), ({}, {}))


def greatest(x: str, y: str, _: random.Random) -> Made:
    def loses(mine: int, value: Any) -> Arithmetic:
        """Return the wrong slope of the argument that loses; the one that wins has none."""
        return lambda *v: value if v[mine] < v[1 - mine] else None

    def wrong(mine: int) -> dict[str, Arithmetic]:
        return {"max-gate.routed-to-both": loses(mine, 1), "max-gate.split-in-half": loses(mine, Fraction(1, 2))}

    slopes = (lambda x, y: int(x > y), lambda x, y: int(y > x))
    return Made(f"max({x}, {y})", (x, y), max, slopes, (wrong(0), wrong(1)))


ONE_INPUT = (power, negative_power, root, exponential, logarithm, sine, product, quotient, chain)
TWO_INPUTS = (partial, times, add, greatest)
