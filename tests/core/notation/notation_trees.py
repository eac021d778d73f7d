"""Random trees for hypothesis: everything that the notation can write, in the shapes that its reader makes."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

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

NAMES = ("x", "y1", "w_12", "ŷ", "η", "E", "sinus")
ONE_ARGUMENT = ("exp", "log", "sqrt", "abs", "sin", "cos", "tan", "sinh", "cosh", "tanh", "sigmoid", "relu", "softplus")

written_numbers = st.one_of(
    st.integers(0, 9999).map(str),
    st.decimals(0, 999, places=3, allow_nan=False).map(lambda value: f"{value:f}"),
    st.builds("{}e{}".format, st.integers(1, 99), st.integers(-9, 9)),
    st.integers(0, 99).map("{}%".format),
)


def number(text: str, *, minus: bool) -> Number:
    value = Fraction(text.rstrip("%")) / (100 if text.endswith("%") else 1)
    return Number(-value, "-" + text) if minus else Number(value, text)


def negative(inner: Node) -> Node:
    """Return what a minus sign before this is read as."""
    if isinstance(inner, Number) and not inner.text.startswith("-"):
        return number(inner.text, minus=True)
    return Negative(inner)


def added(first: Node, others: list[tuple[bool, Node]]) -> Node:
    terms = [Negative(term) if minus else term for minus, term in others]
    return Sum((first, *terms))


leaves = st.one_of(
    st.builds(number, written_numbers, minus=st.booleans()),
    st.sampled_from(NAMES).map(Name),
    st.sampled_from(("pi", "e")).map(Constant),
)


small_numbers = st.integers(0, 3).map(lambda digit: number(str(digit), minus=False))
some_name = st.sampled_from(NAMES).map(Name)
exponents = st.one_of(
    small_numbers,
    some_name,
    small_numbers.map(negative),
    st.builds(lambda first, second: Sum((first, second)), some_name, small_numbers),
    st.builds(Quotient, some_name, small_numbers),
    st.builds(lambda name, argument: Call(name, (argument,)), st.sampled_from(ONE_ARGUMENT), some_name),
)


def _larger(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return st.one_of(
        st.builds(added, inner, st.lists(st.tuples(st.booleans(), inner), min_size=1, max_size=3)),
        st.lists(inner, min_size=2, max_size=4).map(lambda factors: Product(tuple(factors))),
        st.builds(Quotient, inner, inner),
        inner.map(negative),
        st.builds(Power, inner, exponents),
        st.builds(lambda name, argument: Call(name, (argument,)), st.sampled_from(ONE_ARGUMENT), inner),
        st.builds(
            lambda name, arguments: Call(name, tuple(arguments)),
            st.sampled_from(("max", "min")),
            st.lists(inner, min_size=2, max_size=3),
        ),
    )


trees = st.recursive(leaves, _larger, max_leaves=12)
