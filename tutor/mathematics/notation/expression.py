"""The expression tree: what every reader makes and everything else works on.

A tree keeps the structure that its writer chose (a product in its order, a division as a division), so that it
can be shown back. It is compared by structure; whether two trees are equal as functions is another question.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written: its exact value, and the text that it was written in."""

    value: Fraction
    text: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Name:
    """A quantity: a name of the problem, or a cell such as `dE/dw1[2]@3`."""

    name: str


@dataclass(frozen=True, slots=True)
class Constant:
    """One of the constants `pi` and `e`."""

    name: str


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of two or more terms; a subtracted one stands as a Negative."""

    terms: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Product:
    """A product of two or more factors, in the order they were written."""

    factors: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Quotient:
    """One expression divided by another."""

    top: Node
    bottom: Node


@dataclass(frozen=True, slots=True)
class Negative:
    """An expression with a minus sign before it."""

    inner: Node


@dataclass(frozen=True, slots=True)
class Power:
    """A base raised to an exponent."""

    base: Node
    exponent: Node


@dataclass(frozen=True, slots=True)
class Call:
    """A function of the table applied to its arguments."""

    function: str
    arguments: tuple[Node, ...]


Node = Number | Name | Constant | Sum | Product | Quotient | Negative | Power | Call

ZERO = Number(Fraction(0), "0")
ONE = Number(Fraction(1), "1")


def number(value: Fraction | int) -> Number:
    """Return the number as a tree."""
    return Number(Fraction(value))


def total(terms: list[Node]) -> Node:
    """Return the sum of the terms: zero for none, the term itself for one."""
    if not terms:
        return ZERO
    return terms[0] if len(terms) == 1 else Sum(tuple(terms))


def product(factors: list[Node]) -> Node:
    """Return the product of the factors: one for none, the factor itself for one."""
    if not factors:
        return ONE
    return factors[0] if len(factors) == 1 else Product(tuple(factors))


def children(node: Node) -> tuple[Node, ...]:
    """Return the parts that the node is directly made of, from left to right."""
    match node:
        case Sum(parts) | Product(parts) | Call(_, parts):
            return parts
        case Quotient(first, second) | Power(first, second):
            return (first, second)
        case Negative(inner):
            return (inner,)
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """Yield the node and everything in it, from left to right."""
    stack = [node]
    while stack:
        current = stack.pop()
        yield current
        stack.extend(reversed(children(current)))


def names(node: Node) -> tuple[str, ...]:
    """Return the names in the tree, each once, in the order of their first appearance."""
    return tuple(dict.fromkeys(part.name for part in walk(node) if isinstance(part, Name)))


def replace(node: Node, change: Callable[[Node], Node | None]) -> Node:
    """Return the tree with each part for which `change` returns another one replaced by it, from the top down."""
    changed = change(node)
    if changed is not None:
        return changed
    match node:
        case Sum(terms):
            return Sum(tuple(replace(term, change) for term in terms))
        case Product(factors):
            return Product(tuple(replace(factor, change) for factor in factors))
        case Quotient(top, bottom):
            return Quotient(replace(top, change), replace(bottom, change))
        case Negative(inner):
            return Negative(replace(inner, change))
        case Power(base, exponent):
            return Power(replace(base, change), replace(exponent, change))
        case Call(function, arguments):
            return Call(function, tuple(replace(argument, change) for argument in arguments))
        case _:
            return node


def rename(node: Node, new_name: Callable[[str], str]) -> Node:
    """Return the tree with every name exchanged for its new one."""
    return replace(node, lambda part: Name(new_name(part.name)) if isinstance(part, Name) else None)
