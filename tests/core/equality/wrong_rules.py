"""What learners make of an expression by mistake, and what a checker may fall for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from expression_rewriting import ONE, TWO, exp, log

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
    total,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

_THOUSANDTH = Quotient(ONE, number(1_000))


def wrong(node: Node, random: Random) -> Node:
    """Return what a typical mistake makes of the node; some of them are right for some arguments."""
    if isinstance(node, Call):
        return WRONG_CALLS.get(node.function, _wrong_sign)(node, random)
    if isinstance(node, Power | Quotient):
        return _wrong_power(node, random)
    return _wrong_arithmetic(node, random)


def _wrong_sign(node: Node, random: Random) -> Node:
    del random
    return Negative(node)


def _wrong_bars(node: Call, random: Random) -> Node:
    return random.choice((node.arguments[0], Negative(node.arguments[0])))


def _wrong_root(node: Call, random: Random) -> Node:
    match node.arguments[0]:
        case Power(inner, Number()):
            return random.choice((inner, Negative(inner)))
        case Product((Power(inner, Number()), other)):
            return Product((inner, Call("sqrt", (other,))))
        case Sum(terms):
            return total([Call("sqrt", (term,)) for term in terms])
        case inner:
            return inner


def _wrong_logarithm(node: Call, random: Random) -> Node:
    match node.arguments[0]:
        case Power(base, Number(value)):
            return random.choice((Product((number(value), log(base))), Power(log(base), number(value))))
        case Sum(terms):
            return total([log(term) for term in terms])
        case Product(factors):
            return product([log(factor) for factor in factors])
        case inner:
            return random.choice((inner, Negative(node)))


def _wrong_exponential(node: Call, random: Random) -> Node:
    match node.arguments[0]:
        case Sum(terms):
            return total([exp(term) for term in terms])
        case Negative(inner):
            return random.choice((exp(inner), Negative(exp(inner))))
        case Product((first, second)):
            return Product((exp(first), second))
        case inner:
            return random.choice((inner, Quotient(ONE, node)))


def _wrong_choice(node: Call, random: Random) -> Node:
    return random.choice((node.arguments[0], Call("min" if node.function == "max" else "max", node.arguments)))


WRONG_CALLS: dict[str, Callable[[Call, Random], Node]] = {
    "abs": _wrong_bars,
    "relu": _wrong_bars,
    "sqrt": _wrong_root,
    "log": _wrong_logarithm,
    "exp": _wrong_exponential,
    "max": _wrong_choice,
    "min": _wrong_choice,
    "sigmoid": lambda node, _: Call("tanh", node.arguments),
    "softplus": lambda node, _: Call("relu", node.arguments),
}


def _wrong_power(node: Power | Quotient, random: Random) -> Node:
    match node:
        case Power(Power(inner, Number()), Quotient()):
            return inner
        case Power(Sum(terms), Number() as exponent):
            return total([Power(term, exponent) for term in terms])
        case Power(base, Number(value)):
            return Power(base, number(value + random.choice((-1, 1))))
        case Power(base, exponent):
            return Power(exponent, base)
        case Quotient(top, Sum((first, *_))):
            return Quotient(top, first)
        case Quotient(top, bottom):
            return random.choice((Quotient(bottom, top), Product((top, bottom))))


def _wrong_arithmetic(node: Node, random: Random) -> Node:
    match node:
        case Sum((first, *others)):
            return random.choice(
                (total([*others]), total([first, *map(Negative, others)]), Sum((*node.terms, _THOUSANDTH)))
            )
        case Product((first, *others)):
            return random.choice((product([*others]), Product((TWO, first, *others)), Negative(node)))
        case Number(value):
            return number(value + random.choice((1, -1)))
        case Name(name):
            return Name({"x": "y", "y": "x"}.get(name, "x"))
        case _:
            return Negative(node)
