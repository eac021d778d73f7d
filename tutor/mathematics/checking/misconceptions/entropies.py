"""Mistakes in the value of a cross-entropy: binary, categorical, or only −ln p; of one example or over a batch."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from tutor.mathematics.cells import Cell
from tutor.mathematics.checking.misconceptions.patterns import (
    Factors,
    behind_minus,
    factors,
    forward_formula,
    minus,
    negated,
    one_minus,
    opener,
    outermost,
    scaled,
    squared,
    terms,
)
from tutor.mathematics.checking.misconceptions.situation import Situation, Suspicion, shown
from tutor.mathematics.notation.expression import Call, Node, Product, Quotient, Sum, number, total
from tutor.mathematics.values.arithmetic import subtract
from tutor.mathematics.values.errors import NotDefinedError, TooLargeError
from tutor.mathematics.values.real import sign

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tutor.mathematics.checking.misconceptions.patterns import Inside
    from tutor.mathematics.values.real import Value

_MOST_EXAMPLES = 12
_MOST_CLASSES = 10
_PAIR = 2  # p and 1 − p
_ONE, _ZERO = number(1), number(0)


@dataclass(frozen=True)
class CrossEntropy:
    """A part −coefficient·Σ label·ln(probability)."""

    coefficient: Fraction
    labels: tuple[Node, ...]
    probabilities: tuple[Node, ...]

    def of(self, parts: Sequence[Node]) -> Node:
        """Return the coefficient times the sum of other parts."""
        return scaled(self.coefficient, total([*parts]))

    def weighted(self, parts: Sequence[Node], labels: Sequence[Node] | None = None) -> Node:
        """Return the coefficient times the sum of other parts, each with its label."""
        return self.of([Product(pair) for pair in zip(labels or self.labels, parts, strict=True)])


def _ln(node: Node) -> Node:
    return Call("log", (node,))


def cross_entropy(situation: Situation) -> Iterator[Suspicion]:
    """Yield the mistakes in a cross-entropy."""
    formula = forward_formula(situation)
    if formula is not None:
        inside = opener(situation)
        for found, put in outermost(formula, lambda part: recognised(part, inside)):
            if not _has_probabilities(situation, found):
                continue
            for slip in _mistakes(found, situation.of(found.labels[0]), binary=_is_binary(found, inside)):
                yield Suspicion(slip.id, put(slip.wrong), slip.feedback)
    elif situation.cell.kind == "forward":
        yield from _over_batch(situation)


def _over_batch(situation: Situation) -> Iterator[Suspicion]:
    """Yield the same mistake made in every example of a batch."""
    cell, problem = situation.cell, situation.problem
    batch = problem.batch(cell.iteration)
    if len(batch) > _MOST_EXAMPLES:
        return
    share = Fraction(1) if problem.update and problem.update.reduce == "sum" else Fraction(1, len(batch))
    examples = [
        Situation(situation.derivation, Cell("forward", cell.name, "", "", example, cell.iteration), situation.value)
        for example in batch
    ]
    for slips in zip(*(cross_entropy(example) for example in examples), strict=False):
        if len({slip.id for slip in slips}) == 1:
            wrong = scaled(share, total([slip.wrong for slip in slips]))
            yield Suspicion(slips[0].id, wrong, slips[0].feedback)


def recognised(part: Node, inside: Inside) -> CrossEntropy | None:
    """Return the cross-entropy that a part is, None for any other part.

    −ln p alone is that of the label 1, −ln(1 − p) that of the label 0; both are returned with two terms.
    """
    whole = factors(part)
    is_sum = len(whole.top) == 1 and isinstance(whole.top[0], Sum) and not whole.bottom
    outer = whole.coefficient if is_sum else Fraction(1)
    coefficients: list[Fraction] = []
    labels: list[Node] = []
    probabilities: list[Node] = []
    for found in map(factors, terms(whole.top[0]) if is_sum else [part]):
        logarithms = [factor for factor in found.top if isinstance(factor, Call) and factor.function == "log"]
        if len(logarithms) != 1 or found.bottom or outer * found.coefficient > 0:
            return None
        coefficients.append(-outer * found.coefficient)
        labels.append(Factors(Fraction(1), tuple(f for f in found.top if f is not logarithms[0]), ()).tree)
        probabilities.append(logarithms[0].arguments[0])
    if len(labels) > 1 and all(label == _ONE for label in labels):
        labels, coefficients = [number(coefficient) for coefficient in coefficients], [Fraction(1)] * len(labels)
    if len(set(coefficients)) > 1 or not coefficients[0]:
        return None
    entropy = CrossEntropy(coefficients[0], tuple(labels), tuple(probabilities))
    return _from_label(entropy, inside) if len(labels) == 1 else _probability_first(entropy, inside)


def _from_label(found: CrossEntropy, inside: Inside) -> CrossEntropy:
    """Return −ln p as the cross-entropy of the label 1, −ln(1 − q) as that of the label 0."""
    (label,), (probability,) = found.labels, found.probabilities
    if label != _ONE:
        return found
    inner = _complement(inside(probability))
    first = probability if inner is None else inner
    return CrossEntropy(found.coefficient, (_ONE, _ZERO) if inner is None else (_ZERO, _ONE), (first, one_minus(first)))


def _probability_first(found: CrossEntropy, inside: Inside) -> CrossEntropy:
    """Return a binary cross-entropy with the term of p before that of 1 − p; others as they are."""
    if len(found.labels) == _PAIR and _complement(inside(found.probabilities[0])) == found.probabilities[1]:
        return CrossEntropy(found.coefficient, found.labels[::-1], found.probabilities[::-1])
    return found


def _is_binary(found: CrossEntropy, inside: Inside) -> bool:
    return len(found.labels) == _PAIR and _complement(inside(found.probabilities[1])) == found.probabilities[0]


def _complement(node: Node) -> Node | None:
    """Return p of 1 − p, None for any other part."""
    parts = terms(node)
    if len(parts) != _PAIR or _ONE not in parts:
        return None
    return behind_minus(parts[0] if parts[1] == _ONE else parts[1])


def _has_probabilities(situation: Situation, found: CrossEntropy) -> bool:
    """Whether every logarithm is taken of a number between 0 and 1."""
    try:
        values = [situation.of(probability) for probability in found.probabilities]
    except (NotDefinedError, TooLargeError):
        return False
    return all(sign(value) > 0 and sign(subtract(_ONE.value, value)) > 0 for value in values)


def _mistakes(found: CrossEntropy, label: Value, *, binary: bool) -> Iterator[Suspicion]:
    logs = [_ln(probability) for probability in found.probabilities]
    right = found.weighted([negated(log) for log in logs])
    p = shown(found.probabilities[0])
    yield Suspicion(
        "bce.minus-missing",
        negated(right),
        "The logarithm of a probability is negative. The loss has a minus before it.",
    )
    yield Suspicion(
        "bce.base-10", Quotient(right, _ln(number(10))), "Use the natural logarithm ln, not the one to base 10."
    )
    yield Suspicion(
        "bce.base-2", Quotient(right, _ln(number(2))), "That is in bits, with base 2. Use the natural logarithm ln."
    )
    for turned in range(1, len(logs) if len(logs) <= _MOST_CLASSES else 0):
        others = [*logs[turned:], *logs[:turned]]
        yield Suspicion(
            "bce.wrong-class", found.weighted([negated(log) for log in others]), _wrong_class(p, label, binary=binary)
        )
    yield Suspicion(
        "bce.log-forgotten",
        found.weighted([one_minus(probability) for probability in found.probabilities]),
        "That is how much the probability misses 1. Take its logarithm instead.",
    )
    yield Suspicion(
        "bce.probability-negated",
        found.weighted([negated(probability) for probability in found.probabilities]),
        "The logarithm is missing.",
    )
    gaps = [squared(minus(y, q)) for y, q in zip(found.labels, found.probabilities, strict=True)]
    yield Suspicion(
        "bce.squared-error-used",
        found.of(gaps[:1] if binary else gaps),
        "That is the squared error. The cross-entropy takes a logarithm.",
    )
    if len(logs) > 1:
        yield Suspicion(
            "bce.both-terms-counted",
            found.of([negated(log) for log in logs]),
            "The labels switch off the terms of the classes that are not true.",
        )


def _wrong_class(p: str, label: Value, *, binary: bool) -> str:
    if not binary:
        return "That is the logarithm of another class. Only the class whose label is 1 counts."
    if label in {0, 1}:
        return f"The label is {label}, so the term with ln {p if label else f'(1 − {p})'} counts."
    return f"The label weighs ln({p}), and 1 minus the label weighs ln(1 − {p})."
