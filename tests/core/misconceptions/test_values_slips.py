"""Slips in any formula: squares, the order of operations, exponents, lengths, central differences."""

from __future__ import annotations

import pytest
from mpmath import exp, sqrt
from wrong_answers import Operation, Tally, examine

from tutor.course.wrong_values import suspicions_of
from tutor.mathematics.derivation import derive
from tutor.mathematics.problem import read_problem

WIDE = (-2.5, 2.5)
ABOVE = (0.2, 2.5)
BELOW = (-2.5, -0.2)
MINUS = "negative-square.minus-survives-the-square"
SQUARE = "square-of-sum.square-distributed"
ORDER = "order-of-operations.left-to-right"
AS_NEGATIVE = "negative-exponent.negative-exponent-as-negative-number"
DROPPED = "negative-exponent.minus-dropped"
CENTRAL = "central-difference."


def difference(f: object) -> dict[str, object]:
    return {
        "central-difference.divided-by-h-only": lambda v: (f(v.x + v.h) - f(v.x - v.h)) / v.h,
        "central-difference.forward-difference": lambda v: (f(v.x + v.h) - f(v.x)) / v.h,
        "central-difference.not-divided": lambda v: f(v.x + v.h) - f(v.x - v.h),
        "central-difference.order-reversed": lambda v: (f(v.x - v.h) - f(v.x + v.h)) / (2 * v.h),
        "central-difference.difference-of-inputs": lambda v: f((v.x + v.h) - (v.x - v.h)) / (2 * v.h),
    }


def central(f: object, **steps: str) -> Operation:
    return Operation(
        steps,
        "d",
        lambda v: (f(v.x + v.h) - f(v.x - v.h)) / (2 * v.h),
        difference(f),
        given={"x": ABOVE, "h": "0.1 0.05 0.2"},
    )


def cube(x: object) -> object:
    return x**3


def curve(x: object) -> object:
    return 3 * (x * x + 2 * x) ** 2


OPERATIONS = {
    "square of a negative number": Operation(
        {"y": "x^2 + c"}, "y", lambda v: v.x**2 + v.c, {MINUS: lambda v: -(v.x**2) + v.c}, {"x": BELOW, "c": ABOVE}
    ),
    "square of a negative difference": Operation(
        {"y": "5*(a - c)^2"},
        "y",
        lambda v: 5 * (v.a - v.c) ** 2,
        {MINUS: lambda v: -5 * (v.a - v.c) ** 2},
        {"a": BELOW, "c": ABOVE},
    ),
    "fourth power of a negative number": Operation(
        {"y": "2*x^4"}, "y", lambda v: 2 * v.x**4, {MINUS: lambda v: -2 * v.x**4}, parameters={"x": BELOW}
    ),
    "square of a sum": Operation(
        {"y": "(a + b*c)^2"},
        "y",
        lambda v: (v.a + v.b * v.c) ** 2,
        {SQUARE: lambda v: v.a**2 + (v.b * v.c) ** 2, ORDER: lambda v: ((v.a + v.b) * v.c) ** 2},
        {"a": ABOVE, "b": WIDE, "c": ABOVE},
    ),
    "square of three terms": Operation(
        {"y": "(a + b - c)^2 + a"},
        "y",
        lambda v: (v.a + v.b - v.c) ** 2 + v.a,
        {SQUARE: lambda v: v.a**2 + v.b**2 + v.c**2 + v.a},
        {"a": ABOVE, "b": WIDE, "c": ABOVE},
    ),
    "sum and product": Operation(
        {"y": "a + b*c"},
        "y",
        lambda v: v.a + v.b * v.c,
        {ORDER: lambda v: (v.a + v.b) * v.c},
        dict.fromkeys("abc", WIDE),
    ),
    "difference and quotient": Operation(
        {"y": "a - b/c"},
        "y",
        lambda v: v.a - v.b / v.c,
        {ORDER: lambda v: (v.a - v.b) / v.c},
        dict.fromkeys("abc", ABOVE),
    ),
    "two products": Operation(
        {"y": "a*b + c*d + f"},
        "y",
        lambda v: v.a * v.b + v.c * v.d + v.f,
        {ORDER: lambda v: (v.a * v.b + v.c) * v.d + v.f},
        dict.fromkeys("abcdf", WIDE),
    ),
    "three products": Operation(
        {"y": "a*b + c*d + f*g"},
        "y",
        lambda v: v.a * v.b + v.c * v.d + v.f * v.g,
        {
            ORDER: (
                lambda v: (v.a * v.b + v.c) * v.d + v.f * v.g,
                lambda v: (v.a * v.b + v.c * v.d + v.f) * v.g,
                lambda v: ((v.a * v.b + v.c) * v.d + v.f) * v.g,
            )
        },
        dict.fromkeys("abcdfg", WIDE),
    ),
    "product and power": Operation(
        {"y": "3*x^2"}, "y", lambda v: 3 * v.x**2, {ORDER: lambda v: (3 * v.x) ** 2}, {"x": WIDE}
    ),
    "e to a negative power": Operation(
        {"y": "e^(-x)"},
        "y",
        lambda v: exp(-v.x),
        {AS_NEGATIVE: lambda v: -exp(v.x), DROPPED: lambda v: exp(v.x)},
        {"x": WIDE},
    ),
    "e to a negative product": Operation(
        {"y": "a*exp(-2*x) + 1"},
        "y",
        lambda v: v.a * exp(-2 * v.x) + 1,
        {AS_NEGATIVE: lambda v: -v.a * exp(2 * v.x) + 1, DROPPED: lambda v: v.a * exp(2 * v.x) + 1},
        {"x": ABOVE, "a": WIDE},
    ),
    "e to a negative value": Operation(
        {"y": "exp(x)"},
        "y",
        lambda v: exp(v.x),
        {AS_NEGATIVE: lambda v: -exp(-v.x), DROPPED: lambda v: exp(-v.x)},
        {"x": BELOW},
    ),
    "a number to a negative power": Operation(
        {"y": "x^(-2)"},
        "y",
        lambda v: 1 / v.x**2,
        {AS_NEGATIVE: lambda v: -(v.x**2), DROPPED: lambda v: v.x**2},
        {"x": WIDE},
    ),
    "length": Operation(
        {"n": "sqrt(u^2 + v^2)"},
        "n",
        lambda v: sqrt(v.u**2 + v.v**2),
        {"norm.root-missing": lambda v: v.u**2 + v.v**2, "norm.absolute-values-added": lambda v: abs(v.u) + abs(v.v)},
        {"u": WIDE, "v": BELOW},
    ),
    "length of a difference, of a product": Operation(
        {"n": "(u*u + (v - 1)^2)^(1/2)"},
        "n",
        lambda v: sqrt(v.u**2 + (v.v - 1) ** 2),
        {
            "norm.root-missing": lambda v: v.u**2 + (v.v - 1) ** 2,
            "norm.absolute-values-added": lambda v: abs(v.u) + abs(v.v - 1),
        },
        parameters={"u": WIDE, "v": BELOW},
    ),
    "central difference in one formula": central(cube, d="((x + h)^3 - (x - h)^3)/(2*h)"),
    "central difference of two steps": central(cube, fp="(x + h)^3", fm="(x - h)^3", d="(fp - fm)/(2*h)"),
    "central difference of points in steps": central(
        cube, xp="x + h", xm="x - h", fp="xp^3", fm="xm^3", d="1/(2*h)*(fp - fm)"
    ),
    "central difference through several steps": central(
        curve,
        xp="x + h",
        xm="x - h",
        up="xp^2 + 2*xp",
        um="xm^2 + 2*xm",
        fp="3*up^2",
        fm="3*um^2",
        d="(fp - fm)/2/h",
    ),
    "central difference with numbers": Operation(
        {"d": "((x + 0.1)^3 - (x - 0.1)^3)/0.2"},
        "d",
        lambda v: ((v.x + v.h) ** 3 - (v.x - v.h) ** 3) / (2 * v.h),
        difference(cube),
        {"x": ABOVE, "h": "0.1"},
    ),
    "central difference of given values": Operation(
        {"d": "(fp - fm)/(2*h)"},
        "d",
        lambda v: (v.fp - v.fm) / (2 * v.h),
        {
            "central-difference.divided-by-h-only": lambda v: (v.fp - v.fm) / v.h,
            "central-difference.not-divided": lambda v: v.fp - v.fm,
            "central-difference.order-reversed": lambda v: (v.fm - v.fp) / (2 * v.h),
        },
        {"fp": WIDE, "fm": WIDE, "h": "0.1 0.05"},
    ),
}


@pytest.mark.parametrize("name", OPERATIONS)
def test_slips_are_named(name: str) -> None:
    tally = Tally()
    examine(OPERATIONS[name], tally)
    print(f"{name}: {tally}")


@pytest.mark.parametrize("formula", ["v - 4", "(v - 4)^2", "w - v + 2", "-4 + v"])
def test_a_sum_without_products_has_no_order_to_mistake(formula: str) -> None:
    text = f'[parameters]\nv = 7\nw = 2\n[steps]\nf = "{formula}"\ng = "w + f"\n'
    derivation = derive(read_problem(text, "sums.toml"))
    assert not list(suspicions_of(derivation, "f", ORDER))
