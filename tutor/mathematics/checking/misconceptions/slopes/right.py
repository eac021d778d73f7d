"""The rules of differentiation, one function: what the broken ones are broken from."""

from __future__ import annotations

from fractions import Fraction

from tutor.mathematics.notation.expression import (
    ONE,
    ZERO,
    Call,
    Constant,
    Name,
    Negative,
    Node,
    Power,
    Product,
    Quotient,
    Sum,
    number,
    product,
    total,
    walk,
)
from tutor.mathematics.notation.limits import constant


def has(node: Node, name: str) -> bool:
    """Whether the name stands in the formula."""
    return any(isinstance(part, Name) and part.name == name for part in walk(node))


def times(*factors: Node) -> Node:
    """Return the product without factors 1; zero where one factor is zero."""
    kept: list[Node] = []
    for factor in factors:
        if factor == ZERO:
            return ZERO
        if factor != ONE:
            kept.extend(factor.factors if isinstance(factor, Product) else (factor,))
    return product(kept)


def plus(*terms: Node) -> Node:
    """Return the sum without terms 0."""
    return total([term for term in terms if term != ZERO])


def minus(node: Node) -> Node:
    """Return the negative; zero stays zero."""
    return node if node == ZERO else Negative(node)


def over(top: Node, bottom: Node) -> Node:
    """Return the quotient; 0 above stays 0."""
    return top if top == ZERO else Quotient(top, bottom)


def power(base: Node, exponent: Fraction) -> Node:
    """Return a power, without the exponent where it is 0 or 1."""
    if exponent == 0:
        return ONE
    return base if exponent == 1 else Power(base, number(exponent))


def slope(node: Node, by: str) -> Node:
    """Return the derivative of the formula by the name, unsimplified but for zeros and ones."""
    if not has(node, by):
        return ZERO
    match node:
        case Name():
            return ONE
        case Sum(terms):
            return plus(*(slope(term, by) for term in terms))
        case Negative(inner):
            return minus(slope(inner, by))
        case Product(factors):
            return plus(
                *(
                    times(*factors[:place], slope(factor, by), *factors[place + 1 :])
                    for place, factor in enumerate(factors)
                    if has(factor, by)
                )
            )
        case Quotient(top, bottom) if not has(bottom, by):
            return over(slope(top, by), bottom)
        case Quotient(top, bottom):
            above = plus(times(slope(top, by), bottom), minus(times(top, slope(bottom, by))))
            return over(above, power(bottom, Fraction(2)))
        case Power(base, exponent):
            return _slope_of_power(base, exponent, by)
        case Call(function, arguments):
            return plus(
                *(
                    times(outer_slope(function, arguments, place), slope(argument, by))
                    for place, argument in enumerate(arguments)
                    if has(argument, by)
                )
            )
        case _:
            return ZERO


def _slope_of_power(base: Node, exponent: Node, by: str) -> Node:
    value = constant(exponent)
    if value is not None:
        return times(number(value), power(base, value - 1), slope(base, by))
    if isinstance(base, Constant) and base.name == "e":
        return times(Power(base, exponent), slope(exponent, by))
    grown = times(Power(base, exponent), Call("log", (base,)), slope(exponent, by))
    if not has(base, by):
        return grown
    shrunk = times(exponent, Power(base, Sum((exponent, Negative(ONE)))), slope(base, by))
    return plus(shrunk, grown) if has(exponent, by) else shrunk


def outer_slope(function: str, arguments: tuple[Node, ...], place: int = 0) -> Node:
    """Return the derivative of the function by one of its arguments, taken at the arguments."""
    inside = arguments[place]
    value = Call(function, arguments)
    match function:
        case "exp":
            return value
        case "log":
            return Quotient(ONE, inside)
        case "sqrt":
            return Quotient(ONE, Product((number(2), value)))
        case "sin":
            return Call("cos", arguments)
        case "cos":
            return Negative(Call("sin", arguments))
        case "tan":
            return Sum((ONE, power(value, Fraction(2))))
        case "sinh" | "cosh":
            return Call("cosh" if function == "sinh" else "sinh", arguments)
        case "tanh":
            return Sum((ONE, Negative(power(value, Fraction(2)))))
        case "sigmoid":
            return Product((value, Sum((ONE, Negative(value)))))
        case "softplus":
            return Call("sigmoid", arguments)
        case "relu":
            return Call("step", arguments)
        case "abs":
            return Call("sign", arguments)
        case "max" | "min":
            return _winner(function, arguments, place)
        case _:
            return ZERO


def _winner(function: str, arguments: tuple[Node, ...], place: int) -> Node:
    """Return 1 where the argument wins over all others, else 0."""
    inside = arguments[place]
    others = [argument for other, argument in enumerate(arguments) if other != place]
    pairs = [(inside, other) if function == "max" else (other, inside) for other in others]
    return times(*(Call("step", (Sum((larger, Negative(smaller))),)) for larger, smaller in pairs))


def is_number(node: Node) -> bool:
    """Whether the formula is made of numbers only."""
    return all(not isinstance(part, Name) for part in walk(node))


def is_constant(node: Node, variables: frozenset[str]) -> bool:
    """Whether the formula is made of numbers and of names that are none of the variables."""
    return not any(isinstance(part, Name) and part.name in variables for part in walk(node))
