"""Rules that turn an expression into an equal one, wherever both sides are defined."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from tutor.mathematics.notation.expression import (
    Call,
    Name,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    number,
    product,
    replace,
    total,
    walk,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    Rule = Callable[[Node, Random], Node | None]

ONE, TWO = number(1), number(2)


def exp(node: Node) -> Node:
    return Call("exp", (node,))


def log(node: Node) -> Node:
    return Call("log", (node,))


def _halved(node: Node) -> Node:
    return Quotient(node, TWO)


# -- right rules: equal wherever both sides are defined


def shuffle(node: Node, random: Random) -> Node | None:
    match node:
        case Sum(parts) | Product(parts):
            mixed = list(parts)
            random.shuffle(mixed)
            return type(node)(tuple(mixed))
        case Call("max" | "min" as function, parts):
            return Call(function, tuple(reversed(parts)))
        case _:
            return None


def regroup(node: Node, random: Random) -> Node | None:
    match node:
        case Sum(parts) if len(parts) > 2:
            cut = random.randrange(1, len(parts) - 1)
            return Sum((total(list(parts[:cut])), total(list(parts[cut:]))))
        case Product(parts) if len(parts) > 2:
            cut = random.randrange(1, len(parts) - 1)
            return Product((product(list(parts[:cut])), product(list(parts[cut:]))))
        case _:
            return None


def distribute(node: Node, random: Random) -> Node | None:
    del random
    match node:
        case Product((factor, *others)) if isinstance(others[-1], Sum) and len(others) == 1:
            return Sum(tuple(Product((factor, term)) for term in others[-1].terms))
        case Quotient(Sum(terms), bottom):
            return Sum(tuple(Quotient(term, bottom) for term in terms))
        case Negative(Sum(terms)):
            return Sum(tuple(Negative(term) for term in terms))
        case _:
            return None


def factor_out(node: Node, random: Random) -> Node | None:
    """Return a + b as a·(1 + b/a), with a from the sum: defined where a is not 0."""
    match node:
        case Sum((first, *others)):
            factor = random.choice((first, number(random.choice((2, 3)))))
            inside = [Quotient(part, factor) for part in (first, *others)]
            return Product((factor, Sum(tuple(inside))))
        case _:
            return None


def invert(node: Node, random: Random) -> Node | None:
    match node:
        case Quotient(top, bottom):
            return random.choice(
                (
                    Product((top, Power(bottom, number(-1)))),
                    Quotient(ONE, Quotient(bottom, top)),
                    Product((top, Quotient(ONE, bottom))),
                )
            )
        case Power(base, Number(value)) if value < 0:
            return Quotient(ONE, Power(base, number(-value)))
        case _:
            return None


def do_nothing(node: Node, random: Random) -> Node:
    """Add 0, multiply by 1, negate twice, and the like."""
    some = Name(random.choice(("x", "y", "z")))
    return random.choice(
        (
            Sum((node, number(0))),
            Product((ONE, node)),
            Negative(Negative(node)),
            Sum((node, some, Negative(some))),
            Quotient(Product((node, TWO)), TWO),
            Sum((Product((TWO, node)), Negative(node))),
            Power(node, ONE),
            Sum((_halved(node), _halved(node))),
            Product((node, exp(some), exp(Negative(some)))),
            Sum((node, Negative(Call("log", (ONE,))))),
        )
    )


def powers(node: Node, random: Random) -> Node | None:
    match node:
        case Power(base, Number(value)) if value == 2:
            return Product((base, base))
        case Power(Sum((first, second)), Number(value)) if value == 2:
            return Sum((Power(first, TWO), Product((TWO, first, second)), Power(second, TWO)))
        case Power(base, Number(value)) if value.denominator == 1 and value > 1:
            return Product((base, Power(base, number(value - 1))))
        case Power(base, Quotient(Number(top), Number(bottom))) if Fraction(top, bottom) == Fraction(1, 2):
            return Call("sqrt", (base,))
        case Power(Number() as base, exponent) if not isinstance(exponent, Number):
            return exp(Product((exponent, log(base))))
        case Product((first, second)) if first == second:
            return Power(first, TWO)
        case Name():
            return random.choice(
                (Power(node, ONE), Quotient(Power(node, TWO), node), Quotient(ONE, Power(node, number(-1))))
            )
        case _:
            return None


def exponentials(node: Node, random: Random) -> Node | None:
    del random
    match node:
        case Call("exp", (Sum(terms),)):
            return Product(tuple(map(exp, terms)))
        case Call("exp", (Negative(inner),)):
            return Quotient(ONE, exp(inner))
        case Call("exp", (Product((Number(value), inner)),)) if value.denominator == 1 and value > 0:
            return Power(exp(inner), number(value))
        case Call("exp", (Call("log", (inner,)),)):
            return inner
        case Call("exp", (inner,)):
            return Power(exp(_halved(inner)), TWO)
        case _:
            return None


def logarithms(node: Node, random: Random) -> Node | None:
    match node:
        case Call("log", (Product(factors),)):
            return random.choice(
                (
                    total([log(factor) for factor in factors]),
                    total([log(Call("abs", (factor,))) for factor in factors]),
                )
            )
        case Call("log", (Quotient(top, bottom),)):
            return Sum((log(top), Negative(log(bottom))))
        case Call("log", (Power(base, Number(value)),)):
            inside = random.choice((base, Call("abs", (base,))))
            return Product((number(value), log(inside)))
        case Call("log", (Call("exp", (inner,)),)):
            return inner
        case Call("log", (inner,)):
            return Product((TWO, log(Call("sqrt", (inner,)))))
        case _:
            return None


def roots(node: Node, random: Random) -> Node | None:
    match node:
        case Call("sqrt", (Power(inner, Number(value)),)) if value == 2:
            return Call("abs", (inner,))
        case Call("sqrt", (Product(factors),)):
            return product([Call("sqrt", (factor,)) for factor in factors])
        case Call("sqrt", (inner,)):
            return random.choice((Power(inner, Quotient(ONE, TWO)), Quotient(inner, node), exp(_halved(log(inner)))))
        case _:
            return None


def absolute_values(node: Node, random: Random) -> Node | None:
    match node:
        case Call("abs", (inner,)):
            return random.choice(
                (
                    Call("sqrt", (Power(inner, TWO),)),
                    Call("abs", (Negative(inner),)),
                    Call("max", (inner, Negative(inner))),
                    Sum((Call("relu", (inner,)), Call("relu", (Negative(inner),)))),
                )
            )
        case Call("relu", (inner,)):
            return random.choice((Call("max", (number(0), inner)), _halved(Sum((inner, Call("abs", (inner,)))))))
        case Call("max", (first, second)):
            gap = Sum((first, Negative(second)))
            return random.choice(
                (
                    _halved(Sum((first, second, Call("abs", (gap,))))),
                    Sum((second, Call("relu", (gap,)))),
                    Negative(Call("min", (Negative(first), Negative(second)))),
                )
            )
        case Call("max" | "min" as function, (first, second, *others)) if others:
            return Call(function, (Call(function, (first, second)), *others))
        case Call("min", (first, second)):
            return Sum((first, second, Negative(Call("max", (first, second)))))
        case _:
            return None


def sigmoids(node: Node, random: Random) -> Node | None:
    match node:
        case Call("sigmoid", (inner,)):
            grown = exp(inner)
            return random.choice(
                (
                    Quotient(ONE, Sum((ONE, exp(Negative(inner))))),
                    Quotient(grown, Sum((ONE, grown))),
                    Sum((ONE, Negative(Call("sigmoid", (Negative(inner),))))),
                    _halved(Sum((ONE, Call("tanh", (_halved(inner),))))),
                )
            )
        case Call("tanh", (inner,)):
            grown, decayed = exp(inner), exp(Negative(inner))
            return random.choice(
                (
                    Quotient(Sum((grown, Negative(decayed))), Sum((grown, decayed))),
                    Sum((Product((TWO, Call("sigmoid", (Product((TWO, inner)),)))), number(-1))),
                    Negative(Call("tanh", (Negative(inner),))),
                    Quotient(Call("sinh", (inner,)), Call("cosh", (inner,))),
                )
            )
        case Call("sinh", (inner,)):
            return _halved(Sum((exp(inner), Negative(exp(Negative(inner))))))
        case Call("cosh", (inner,)):
            return _halved(Sum((exp(inner), exp(Negative(inner)))))
        case Call("softplus", (inner,)):
            return random.choice(
                (
                    log(Sum((ONE, exp(inner)))),
                    Sum((inner, Call("softplus", (Negative(inner),)))),
                    Negative(log(Call("sigmoid", (Negative(inner),)))),
                )
            )
        case Call("sin", (inner,)):
            half = _halved(inner)
            return Product((TWO, Call("sin", (half,)), Call("cos", (half,))))
        case Call("cos", (inner,)):
            return Sum((ONE, Negative(Product((TWO, Power(Call("sin", (_halved(inner),)), TWO))))))
        case _:
            return None


RIGHT: tuple[Rule, ...] = (
    shuffle,
    regroup,
    distribute,
    factor_out,
    invert,
    do_nothing,
    powers,
    exponentials,
    logarithms,
    roots,
    absolute_values,
    sigmoids,
)


def at_random(node: Node, rule: Rule, random: Random) -> Node:
    """Return the tree with the rule applied to one of the parts that it fits, chosen at random."""
    parts = list(walk(node))
    random.shuffle(parts)
    for part in parts:
        changed = rule(part, random)
        if changed is not None:
            return _once(node, part, changed)
    return node


def _once(node: Node, part: Node, changed: Node) -> Node:
    return replace(node, lambda other: changed if other is part else None)


def rewritten(node: Node, random: Random, steps: int) -> Node:
    """Return an equal form, made in this many steps."""
    for _ in range(steps):
        node = at_random(node, random.choice(RIGHT), random)
    return node
