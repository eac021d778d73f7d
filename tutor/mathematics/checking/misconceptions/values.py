"""Slips inside the formula of a step: one at one place, the rest right. And the value of another cell."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tutor.mathematics.cells import Cell
from tutor.mathematics.checking.misconceptions.patterns import (
    behind_minus,
    exponent,
    forward_formula,
    negated,
    places,
    root_argument,
    square_base,
    squared,
    terms,
)
from tutor.mathematics.checking.misconceptions.situation import Situation, Suspicion, shown, shown_cell
from tutor.mathematics.notation.expression import (
    Call,
    Negative,
    Node,
    Power,
    Product,
    Quotient,
    Sum,
    product,
    total,
)
from tutor.mathematics.notation.limits import constant
from tutor.mathematics.values.errors import NotDefinedError, TooLargeError
from tutor.mathematics.values.real import sign

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


def slips(situation: Situation) -> Iterator[Suspicion]:
    """Yield what one slip with a square, with the order of operations or with a minus sign gives."""
    formula = forward_formula(situation)
    if formula is None:
        return
    for part, put in places(formula):
        for find in (_negative_square, _square_of_sum, _order_of_operations, _negative_exponent):
            for slip in find(situation, part):
                yield Suspicion(slip.id, put(slip.wrong), slip.feedback)


def _sign(situation: Situation, node: Node) -> int:
    """Return the sign of a part's value, 0 where it has none."""
    try:
        return sign(situation.of(node))
    except (NotDefinedError, TooLargeError):
        return 0


def _negative_square(situation: Situation, part: Node) -> Iterator[Suspicion]:
    if not isinstance(part, Power):
        return
    power = constant(part.exponent)
    if power is None or power <= 0 or power % 2 or _sign(situation, part.base) >= 0:
        return
    yield Suspicion(
        "negative-square.minus-survives-the-square",
        Negative(part),
        f"{shown(part.base)} is negative, but {shown(part)} is positive: the minus does not survive the square.",
    )


def _square_of_sum(_: Situation, part: Node) -> Iterator[Suspicion]:
    base = square_base(part)
    added = terms(base) if base is not None else []
    if base is None or len(added) == 1:
        return
    yield Suspicion(
        "square-of-sum.square-distributed",
        total([squared(term) for term in added]),
        f"Squaring {shown(base)} also brings a middle term: work out what is in the bracket first.",
    )


def _order_of_operations(_: Situation, part: Node) -> Iterator[Suspicion]:
    match part:
        case Sum(added):
            yield from _sum_before_product(added)
        case Product(parts):
            for place, factor in enumerate(parts):
                if place and isinstance(factor, Power) and constant(factor.exponent) is not None:
                    base = Product((*parts[:place], factor.base))
                    yield Suspicion(
                        "order-of-operations.left-to-right",
                        product([Power(base, factor.exponent), *parts[place + 1 :]]),
                        f"In {shown(part)} the power belongs to {shown(factor.base)} alone: it comes first.",
                    )
        case _:
            return


def _sum_before_product(added: tuple[Node, ...]) -> Iterator[Suspicion]:
    """Yield a + b·c worked out as (a + b)·c, at one place and at all of them."""
    from_left = added[0]
    count = 0
    for place, term in enumerate(added[1:], start=1):
        first, rest = _after_first_factor(term)
        from_left = rest(Sum((from_left, first)))
        if not _goes_on(term):
            continue
        count += 1
        wrong = rest(Sum((total([*added[:place]]), first)))
        yield Suspicion(
            "order-of-operations.left-to-right",
            total([wrong, *added[place + 1 :]]),
            f"Multiply before adding: {shown(term)} comes first.",
        )
    if count > 1:
        yield Suspicion("order-of-operations.left-to-right", from_left, "Multiply before adding: each product first.")


def _goes_on(term: Node) -> bool:
    """Whether something is done to the first factor of a term: it is a product, or a quotient that is no number."""
    match term:
        case Negative(inner):
            return _goes_on(inner)
        case Product():
            return True
        case Quotient():
            return constant(term) is None
        case _:
            return False


def _after_first_factor(term: Node) -> tuple[Node, Callable[[Node], Node]]:
    """Return the first factor of a term, with the term's sign, and what is then done to it."""
    match term:
        case Negative(inner):
            first, rest = _after_first_factor(inner)
            return negated(first), rest
        case Product((first, *others)):
            return first, lambda start: Product((start, *others))
        case Quotient(top, bottom) if constant(term) is None:
            first, rest = _after_first_factor(top)
            return first, lambda start: Quotient(rest(start), bottom)
        case _:
            return term, lambda start: start


def _negative_exponent(situation: Situation, part: Node) -> Iterator[Suspicion]:
    raised = exponent(part)
    if raised is not None and (behind_minus(raised) is not None or _sign(situation, raised) < 0):
        positive: Node = Call("exp", (negated(raised),))
    elif isinstance(part, Power) and (constant(part.exponent) or 0) < 0:
        positive = Power(part.base, negated(part.exponent))
    else:
        return
    written = shown(part)
    yield Suspicion(
        "negative-exponent.negative-exponent-as-negative-number",
        Negative(positive),
        f"The minus in the exponent of {written} means one divided by: the result stays positive.",
    )
    yield Suspicion(
        "negative-exponent.minus-dropped", positive, f"The minus sign in the exponent of {written} was dropped."
    )


def norm(situation: Situation) -> Iterator[Suspicion]:
    """Yield the mistakes in a length √(u² + v²)."""
    formula = forward_formula(situation)
    if formula is None:
        return
    for part, put in places(formula):
        inner = root_argument(part)
        parts = [square_base(term) for term in terms(inner)] if inner is not None else []
        sides = [side for side in parts if side is not None]
        if inner is None or len(sides) < len(parts) or len(sides) == 1:
            continue
        written = shown(part)
        yield Suspicion(
            "norm.root-missing", put(inner), f"That is the squared length {shown(inner)}. Take the square root."
        )
        yield Suspicion(
            "norm.absolute-values-added",
            put(total([Call("abs", (side,)) for side in sides])),
            f"Square, add, then take the root: {written}. Adding the sizes is another norm.",
        )


def previous_step(situation: Situation) -> Iterator[Suspicion]:
    """Yield the value of the cell that comes before this one in the order of work."""
    before = _before(situation)
    if before is not None:
        name = situation.named(before)
        yield Suspicion(
            "number.previous-step-repeated", name, f"That is the value of {shown_cell(name)}, the step before this one."
        )


def _before(situation: Situation) -> Cell | None:
    """Return the cell before this one: forward, then backward, then the update; None before the first."""
    cell, derivation, problem = situation.cell, situation.derivation, situation.problem
    objective = problem.objective
    whole_batch = bool(problem.examples) and not cell.example
    match cell.kind:
        case "forward" if whole_batch:
            return replace(cell, example=problem.batch(cell.iteration)[-1])
        case "forward":
            return _neighbour(list(problem.steps), cell.name, lambda name: replace(cell, name=name))
        case "total":
            order = derivation.backward_order()
            if whole_batch:
                order = [name for name in order if name in problem.parameters]
            found = _neighbour(order, cell.by, lambda name: replace(cell, by=name))
            return found or Cell("forward", objective, "", "", cell.example, cell.iteration)
        case "parameter":
            found = _neighbour(list(problem.parameters), cell.name, lambda name: replace(cell, name=name))
            order = [name for name in derivation.backward_order() if name in problem.parameters]
            last = Cell("total", objective, order[-1], iteration=cell.iteration - 1) if order else None
            return found or last
        case _:
            return None


def _neighbour(order: Sequence[str], name: str, cell: Callable[[str], Cell]) -> Cell | None:
    place = order.index(name)
    return cell(order[place - 1]) if place else None
