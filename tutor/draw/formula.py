"""Formulas as they are set on a page: fractions with a line, derivatives, raised exponents, small indices."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tutor.draw.boxes import Box, beside, bracketed, fraction, raised, text_box
from tutor.mathematics.notation.errors import ReadingError
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
from tutor.mathematics.notation.mentioned import names_in
from tutor.mathematics.notation.parser import read
from tutor.mathematics.notation.printing import pretty
from tutor.mathematics.notation.scope import Scope

if TYPE_CHECKING:
    from tutor.draw.glyphs import Glyphs

_DERIVATIVE = re.compile(r"∂(?P<top>[^\W\d]\w*)\s*/\s*∂(?P<bottom>[^\W\d]\w*)")
_RELATIONS = re.compile(r"\s*(=|≈|←|→|≤|≥|<|>)\s*")
_INDEX = re.compile(r"(?P<letters>.*?[^\d_])_?(?P<digits>\d+)")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_SMALL = 3
"""Characters up to which an exponent of one row may be raised by its own small signs."""


class FormulaError(ValueError):
    """A formula that cannot be read; says where and why."""


def set_formula(text: str, glyphs: Glyphs) -> list[str]:
    """Return the rows of a formula in the project's own notation, such as `∂E/∂w = (y − t)/2 · x`.

    Sides of `=` and other relations are set one after the other. Raises FormulaError where a side cannot be read.
    """
    parts = _RELATIONS.split(text.strip())
    boxes: list[Box] = []
    for place, part in enumerate(parts):
        if place % 2:
            boxes.append(text_box(f" {glyphs.spell(part)} "))
        elif part:
            boxes.append(_Setter(glyphs).box(_read(part)))
        elif place:
            raise FormulaError(f"“{text.strip()}” ends with {parts[place - 1]}. Write what follows it.")
    return [row.rstrip() for row in beside(boxes).rows] if boxes else []


class _Derivatives:
    """Reads ∂E/∂w as one name."""

    def cell_at(self, text: str, position: int) -> tuple[str, int] | None:
        """Return the derivative at a position and where it ends."""
        found = _DERIVATIVE.match(text, position)
        return (f"∂{found['top']}/∂{found['bottom']}", found.end()) if found else None


def _read(text: str) -> Node:
    names = names_in(_DERIVATIVE.sub(" ", text))
    try:
        return read(text, Scope.of(names, _Derivatives())).tree
    except ReadingError as error:
        raise FormulaError(f"“{text}” cannot be set: {error.message}") from error


class _Setter:
    """Turns a tree into a box."""

    def __init__(self, glyphs: Glyphs) -> None:
        self._glyphs = glyphs

    def box(self, node: Node) -> Box:
        match node:
            case Sum(terms):
                return self._sum(terms)
            case Product(factors):
                return self._product(factors)
            case Quotient(top, bottom):
                return fraction(self.box(top), self.box(bottom), self._glyphs)
            case Negative(inner):
                return beside([self._text("−"), self._within(inner, Sum, Negative)])
            case Power(base, exponent):
                return self._power(base, exponent)
            case Call(function, arguments):
                return self._call(function, arguments)
            case Name(name):
                return self._name(name)
            case Number() | Constant():
                return self._text(pretty(node))

    def _text(self, text: str) -> Box:
        return text_box(self._glyphs.spell(text))

    def _within(self, node: Node, *loose: type[Node]) -> Box:
        """Return a box, in brackets where the node is of a kind that holds together less than what is around it."""
        box = self.box(node)
        signed = isinstance(node, Number) and node.value < 0
        return bracketed(box, self._glyphs) if isinstance(node, loose) or signed else box

    def _sum(self, terms: tuple[Node, ...]) -> Box:
        boxes: list[Box] = []
        for place, term in enumerate(terms):
            minus = isinstance(term, Negative)
            if place:
                boxes.append(self._text(" − " if minus else " + "))
            shown = term.inner if minus and place and isinstance(term, Negative) else term
            boxes.append(self._within(shown, Sum))
        return beside(boxes)

    def _product(self, factors: tuple[Node, ...]) -> Box:
        boxes: list[Box] = []
        for factor in factors:
            if boxes:
                boxes.append(self._text("·"))
            boxes.append(self._within(factor, Sum, Negative))
        return beside(boxes)

    def _power(self, base: Node, exponent: Node) -> Box:
        lower = self._within(base, Sum, Product, Quotient, Negative, Power)
        is_fraction = isinstance(base, Number) and "/" in pretty(base)
        if is_fraction or (isinstance(base, Name) and _DERIVATIVE.fullmatch(base.name)):
            lower = bracketed(lower, self._glyphs)
        small = pretty(Power(Name("x"), exponent)).removeprefix("x")
        if lower.height == 1 and not small.startswith("^") and len(small) <= _SMALL:
            return beside([lower, self._text(small)])
        if lower.height == 1 and self._glyphs.plain:
            return beside([lower, self._text("^"), self._within(exponent, Sum, Product, Quotient, Negative)])
        return raised(lower, self.box(exponent))

    def _call(self, function: str, arguments: tuple[Node, ...]) -> Box:
        if function == "abs":
            return bracketed(self.box(arguments[0]), self._glyphs, "||")
        name = {"sigmoid": "σ", "log": "ln"}.get(function, function)
        if function == "sqrt":
            name = "sqrt" if self._glyphs.plain else "√"
        boxes: list[Box] = []
        for argument in arguments:
            boxes += [*([self._text(", ")] if boxes else []), self.box(argument)]
        return beside([self._text(name), bracketed(beside(boxes), self._glyphs)])

    def _name(self, name: str) -> Box:
        found = _DERIVATIVE.fullmatch(name)
        if found is None:
            return self._text(self._indexed(name))
        top, bottom = (self._text(f"∂{self._indexed(found[part])}") for part in ("top", "bottom"))
        return fraction(top, bottom, self._glyphs)

    def _indexed(self, name: str) -> str:
        """Return a name with the number at its end as a small index: w1 as w₁."""
        found = _INDEX.fullmatch(name)
        if found is None or self._glyphs.plain:
            return name
        return found["letters"] + found["digits"].translate(_LOWERED)
