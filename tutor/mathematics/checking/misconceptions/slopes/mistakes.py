"""Every way to break one rule at one place of a formula that is differentiated."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from tutor.mathematics.checking.misconceptions.slopes import functions, powers, products, sums
from tutor.mathematics.checking.misconceptions.slopes.right import has, minus, over, slope
from tutor.mathematics.notation.expression import Call, Negative, Node, Power, Product, Quotient, Sum

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tutor.mathematics.checking.misconceptions.slopes.slip import Slip


@dataclass(frozen=True)
class Slips:
    """Finds the slips in differentiating by one name; `variables` are the names that could have moved instead."""

    by: str
    variables: frozenset[str] = frozenset()

    def of(self, node: Node) -> Iterator[Slip]:
        """Yield every wrong derivative of the formula that one broken rule gives."""
        by = self.by
        if not has(node, by):
            return
        match node:
            case Sum(terms):
                yield from sums.slips(terms, by, self.of, self.variables)
            case Negative(inner):
                for slip in self.of(inner):
                    yield slip.within(minus)
            case Product(factors):
                yield from products.slips(factors, by, self.of, self.variables)
            case Quotient(top, bottom) if not has(bottom, by):
                for slip in self.of(top):
                    yield slip.within(lambda wrong: over(wrong, bottom))
            case Quotient(top, bottom):
                yield from products.quotient_slips(top, bottom, by, self.of)
            case Power(base, exponent):
                yield from powers.slips(base, exponent, by, self.of)
            case Call(function, arguments):
                yield from functions.slips(function, arguments, by, self.of)
            case _:
                return

    def of_whole(self, node: Node) -> Iterator[Slip]:
        """Yield the slips of the formula, and those that only a formula as a whole can have."""
        return iter(_of_whole(self, node))

    def _of_whole(self, node: Node) -> Iterator[Slip]:
        yield from self.of(node)
        if not isinstance(node, Call) or node.function not in {"max", "min"}:  # those have slips of their own
            yield from sums.partial_slips(node, self.by, self.variables)
        yield from sums.whole_slips(node, self.by, slope(node, self.by))


@lru_cache(maxsize=512)
def _of_whole(slips: Slips, node: Node) -> tuple[Slip, ...]:
    """Return the slips of a formula: they do not depend on its values, and are found once for all answers to it."""
    return tuple(slips._of_whole(node))  # noqa: SLF001 - a function of this class
