"""Mistakes in the value of a neuron and of a layer: weighted sums, biases, activations, rows of a weight matrix."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from tutor.mathematics.cells import Cell
from tutor.mathematics.checking.misconceptions.activations import before_activation
from tutor.mathematics.checking.misconceptions.forms import (
    Activation,
    Roles,
    WeightedSum,
    activation,
    weighted_sum,
)
from tutor.mathematics.checking.misconceptions.patterns import (
    as_it_is,
    behind_minus,
    forward_formula,
    opener,
    places,
    square_base,
    squared,
)
from tutor.mathematics.checking.misconceptions.situation import Situation, Suspicion, shown
from tutor.mathematics.notation.expression import Name, Node, Product, Sum, total

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tutor.mathematics.checking.misconceptions.patterns import Put

_MOST_STEPS = 200
_MOST_INPUTS = 8


def neuron(situation: Situation) -> Iterator[Suspicion]:
    """Yield the mistakes in a neuron f(w1·x1 + w2·x2 + b), in one formula or with a step for the pre-activation."""
    formula = forward_formula(situation)
    if formula is None:
        return
    for found, put in _neurons(situation, formula):
        yield from _activation_mistakes(found, put)
        if found.summed is not None:
            yield from _sum_mistakes(found, found.summed, put)


class _Neuron:
    """A part that is a neuron: its activation (None for a linear one) and its weighted sum (None where it has none)."""

    def __init__(self, outer: Activation | None, summed: WeightedSum | None) -> None:
        self.outer = outer
        self.summed = summed

    def of(self, pre_activation: Node) -> Node:
        """Return the neuron's activation of another sum."""
        return pre_activation if self.outer is None else self.outer.of(pre_activation)


def _neurons(situation: Situation, formula: Node) -> Iterator[tuple[_Neuron, Put]]:
    inside, roles = opener(situation), Roles(situation.problem)
    activated: list[Node] = []
    for part, put in places(formula):
        outer = activation(part, inside)
        if outer is not None:
            activated.append(outer.argument)
            summed = weighted_sum(inside(outer.argument), roles)
            if summed is not None or outer.name != "ReLU":  # that of anything else has rules of its own
                yield _Neuron(outer, summed), put
            continue
        square = _squared_neuron(part, roles)
        if square is not None and square.outer is not None:
            activated.append(square.outer.argument)
            yield square, put
            continue
        if part not in activated and (isinstance(part, Sum) or part is formula):
            summed = weighted_sum(part, roles)
            if summed is not None and len(summed.pairs) + len(summed.biases) > 1:
                yield _Neuron(None, summed), put


def _squared_neuron(part: Node, roles: Roles) -> _Neuron | None:
    """Return the neuron that a squared weighted sum is, None for the square of a difference."""
    base = square_base(part)
    summed = weighted_sum(base, roles) if isinstance(base, Sum) else None
    if base is None or summed is None or any(behind_minus(term) is not None for term in summed.rest):
        return None
    return _Neuron(Activation("the square", base, squared, "Square it."), summed)


def _activation_mistakes(found: _Neuron, put: Put) -> Iterator[Suspicion]:
    outer = found.outer
    if outer is None:
        return
    yield Suspicion("neuron.activation-forgotten", put(outer.argument), before_activation(outer))
    yield Suspicion(
        "neuron.activation-twice", put(outer.of(outer.of(outer.argument))), f"Apply {outer.name} once only."
    )


def _sum_mistakes(found: _Neuron, summed: WeightedSum, put: Put) -> Iterator[Suspicion]:
    products = summed.products
    activated = found.outer is not None
    if summed.biases:
        bias = shown(total([*summed.biases]))
        where = " before the activation" if activated else ""
        yield Suspicion(
            "neuron.bias-forgotten",
            put(found.of(summed.tree(products, bias=False))),
            f"The bias {bias} is missing. Add it{where}.",
        )
        if activated:
            without = found.of(summed.tree(products, bias=False))
            yield Suspicion(
                "neuron.bias-added-after-the-activation",
                put(Sum((without, *summed.biases))),
                f"The bias {bias} belongs inside the activation.",
            )
    yield from _wrong_pairs(found, summed, put)
    is_square = found.outer is not None and found.outer.name == "the square"  # then only the bias makes a difference
    if activated and len(products) + len(summed.rest) > 1 and (summed.biases or not is_square):
        each = [found.of(term) for term in (*products, *summed.rest)]
        yield Suspicion(
            "neuron.activation-per-product",
            put(Sum((*each, *summed.biases))),
            "Sum up all inputs first, and apply the activation once.",
        )


def _wrong_pairs(found: _Neuron, summed: WeightedSum, put: Put) -> Iterator[Suspicion]:
    pairs = summed.pairs[:_MOST_INPUTS]
    for (first, entered), (second, other) in combinations(pairs, 2):
        swapped = {first: second, second: first}
        products = [Product((swapped.get(weight, weight), x)) for weight, x in summed.pairs]
        yield Suspicion(
            "neuron.weights-swapped",
            put(found.of(summed.tree(products))),
            f"Each weight goes with its own input: {shown(first)} with {shown(entered)}, "
            f"{shown(second)} with {shown(other)}.",
        )
    sums: list[Node] = [Sum((weight, x)) for weight, x in summed.pairs]
    yield Suspicion(
        "neuron.weights-added-to-inputs",
        put(found.of(summed.tree(sums))),
        f"Multiply each weight by its input: {shown(summed.products[0])}.",
    )


# -- layers


def layer(situation: Situation) -> Iterator[Suspicion]:
    """Yield the mistakes in a unit of a layer z = W·x, whose other rows stand in the steps beside it."""
    formula = forward_formula(situation)
    if formula is None or len(situation.problem.steps) > _MOST_STEPS:
        return
    inside, roles = opener(situation), Roles(situation.problem)
    for part, put in places(formula):
        outer = activation(part)
        argument = part if outer is None else inside(outer.argument)
        if outer is None and not (isinstance(part, Sum) or part is formula):
            continue
        own = weighted_sum(argument, roles)
        if own is not None and len(own.pairs) > 1:
            apply = as_it_is if outer is None else outer.of
            yield from _row_mistakes(own, _rows(situation, own), lambda wrong, put=put, apply=apply: put(apply(wrong)))  # type: ignore[misc]  # bound now


def _rows(situation: Situation, own: WeightedSum) -> list[WeightedSum]:
    """Return the weighted sums of the same inputs in the order of the steps: the rows of the weight matrix."""
    cell, roles = situation.cell, Roles(situation.problem)
    inputs = {entered for _, entered in own.pairs}
    rows: list[WeightedSum] = []
    for name in situation.problem.steps:
        formula = situation.derivation.formula(Cell("forward", name, "", "", cell.example, cell.iteration))
        outer = activation(formula)
        found = weighted_sum(formula if outer is None else outer.argument, roles)
        if found is not None and {entered for _, entered in found.pairs} == inputs and len(found.pairs) == len(inputs):
            rows.append(found)
    return rows


def _row_mistakes(own: WeightedSum, rows: list[WeightedSum], put: Put) -> Iterator[Suspicion]:
    inputs = [entered for _, entered in rows[0].pairs] if rows else []
    place = next((place for place, row in enumerate(rows) if row.pairs == own.pairs), None)
    if place is None or len(rows) < 2:  # noqa: PLR2004 - one row is no matrix
        return
    matrix: list[dict[Node, Name]] = [{entered: weight for weight, entered in row.pairs} for row in rows]
    written = shown(total(own.products))
    if len(rows) == len(inputs):
        column: list[Node] = [Product((matrix[row][inputs[place]], x)) for row, x in enumerate(inputs)]
        yield Suspicion(
            "layer.columns-used",
            put(own.tree(column)),
            f"You went down a column of the weights. This unit uses its own row: {written}.",
        )
    feedback = f"That is one product of the row. Every input reaches this unit: {written}."
    alone = [(place, "only-the-diagonal")] if place < len(inputs) else []
    for column_number, identity in (*alone, (0, "products-not-summed")):
        x = inputs[column_number]
        single: list[Node] = [Product((matrix[place][x], x))]
        yield Suspicion(f"layer.{identity}", put(own.tree(single)), feedback)
        if own.biases:
            yield Suspicion(f"layer.{identity}", put(own.tree(single, bias=False)), feedback)
