"""Where a calculation that was typed as an answer leaves the right one: `26*10` beside ∂E/∂h1·∂h1/∂w1 = 26·20."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.mathematics.checking.literals import same
from tutor.mathematics.evaluation import evaluate
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
    children,
)
from tutor.mathematics.presentation import pretty_formula, shown_value
from tutor.mathematics.values.errors import NotDefinedError, TooLargeError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tutor.mathematics.values.real import Value

_MOST_PARTS = 12


class Calculation:
    """A right formula beside a calculation of the same shape; `right` and `own` give what names stand for in each."""

    def __init__(self, right: Callable[[str], Value], own: Callable[[str], Value]) -> None:
        """Remember what names stand for on both sides."""
        self._right = right
        self._own = own

    def said(self, formula: Node, answer: Node) -> str | None:
        """Return what is wrong in the calculation, None where its shape is another one or nothing in it is right."""
        found = self._difference(formula, answer)
        if found is None or found == (formula, answer):
            return None
        needed, typed = found
        value = self._value(needed, self._right)
        if value is None:
            return None
        wanted = pretty_formula(needed) + ("" if isinstance(needed, Number) else f" = {shown_value(value)}")
        return f"The calculation has the right form, but {pretty_formula(typed)} stands where {wanted} is needed."

    def _difference(self, formula: Node, answer: Node) -> tuple[Node, Node] | None:
        """Return the smallest parts of the two that differ, everything else being equal; None where nothing does."""
        if self._is_same(formula, answer):
            return None
        pair = self._odd_pair(formula, answer)
        if pair is None:
            return formula, answer
        return self._difference(*pair)

    def _odd_pair(self, formula: Node, answer: Node) -> tuple[Node, Node] | None:
        """Return the only two parts that differ where both are made in the same way of as many parts."""
        parts, others = children(formula), children(answer)
        if type(formula) is not type(answer) or len(parts) != len(others) or not 1 <= len(parts) <= _MOST_PARTS:
            return None
        match formula, answer:
            case (Sum(), Sum()) | (Product(), Product()):
                pairs = self._unmatched(parts, others)
            case (Negative(), Negative()) | (Quotient(), Quotient()) | (Power(), Power()):
                together = zip(parts, others, strict=True)
                pairs = [(part, other) for part, other in together if not self._is_same(part, other)]
            case (Call(function, _), Call(other_function, _)) if function == other_function:
                pairs = list(zip(parts, others, strict=True))
            case _:
                return None
        return pairs[0] if len(pairs) == 1 else None

    def _unmatched(self, parts: Sequence[Node], others: Sequence[Node]) -> list[tuple[Node, Node]]:
        """Return the parts without an equal one on the other side, in order, in pairs."""
        left, over = [], list(others)
        for part in parts:
            match = next((other for other in over if self._is_same(part, other)), None)
            if match is None:
                left.append(part)
            else:
                over.remove(match)
        return list(zip(left, over, strict=True))

    def _is_same(self, formula: Node, answer: Node) -> bool:
        needed, typed = self._value(formula, self._right), self._value(answer, self._own)
        return needed is not None and typed is not None and same(needed, typed)

    @staticmethod
    def _value(node: Node, look_up: Callable[[str], Value]) -> Value | None:
        try:
            return look_up(node.name) if isinstance(node, Name) else evaluate(node, look_up)
        except (NotDefinedError, TooLargeError):
            return None
