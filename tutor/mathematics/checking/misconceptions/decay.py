"""Mistakes with weight decay: a penalty λ·w² in the objective, and the decay of AdamW."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from tutor.mathematics.cells import depends
from tutor.mathematics.checking.misconceptions.one_update import OneUpdate, minus, one_update
from tutor.mathematics.checking.misconceptions.reducing import is_mean
from tutor.mathematics.checking.misconceptions.residuals import moving_names
from tutor.mathematics.checking.misconceptions.situation import Situation, Suspicion, shown
from tutor.mathematics.checking.misconceptions.slopes.right import over, plus, times
from tutor.mathematics.notation.expression import (
    ONE,
    ZERO,
    Call,
    Name,
    Negative,
    Node,
    Power,
    Product,
    Quotient,
    Sum,
    names,
    number,
    rename,
    walk,
)
from tutor.mathematics.notation.limits import constant
from tutor.mathematics.update_rules import hyperparameter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tutor.mathematics.problem import Problem

_TWO = number(2)
_HALF = Fraction(1, 2)


@dataclass(frozen=True)
class Penalty:
    """A term share·w² of the objective; `share` is over given values, such as λ/2."""

    share: Node
    is_halved: bool

    @property
    def strength(self) -> Node:
        """The λ of (λ/2)·w² or of λ·w²."""
        return _symbols(self.share) if self.is_halved else self.share

    def slope(self, w: Node) -> Node:
        """Return the slope of the penalty: λ·w or 2·λ·w."""
        return times(self.strength, w) if self.is_halved else times(_TWO, self.share, w)


def penalty(problem: Problem, parameter: str) -> Penalty | None:
    """Return the penalty that the objective puts on a parameter; None where it has none.

    A term counts as a penalty if the objective depends on the parameter through other terms as well, which are more
    than a product of parameters.
    """
    formula = problem.steps[problem.objective].formula
    terms = formula.terms if isinstance(formula, Sum) else ()
    shares: list[Node] = []
    is_learnt = False
    for term in terms:
        share = _share(_opened(problem, term), parameter, problem)
        if share is None:
            is_learnt = is_learnt or _is_loss(problem, term, parameter)
        else:
            shares.append(share)
    found = plus(*shares)
    if not is_learnt or found == ZERO:
        return None
    size = _size(found)
    if not names(found) and (size is None or size >= 1):
        return None
    return Penalty(found, is_halved=bool(names(found)) and size == _HALF)


def _opened(problem: Problem, term: Node) -> Node:
    return problem.steps[term.name].formula if isinstance(term, Name) and term.name in problem.steps else term


def _is_loss(problem: Problem, term: Node, parameter: str) -> bool:
    """Whether a term depends on the parameter and is more than a product of parameters and given values."""
    used = names(term)
    if not any(name == parameter or (name in problem.steps and depends(problem, name, parameter)) for name in used):
        return False
    return any(name in problem.steps for name in used) or any(isinstance(part, Sum | Call) for part in walk(term))


def _share(node: Node, parameter: str, problem: Problem) -> Node | None:
    """Return what multiplies w² in a term made of squares of parameters; zero where w is not in it, None for others."""
    match node:
        case Sum(terms):
            shares = [_share(term, parameter, problem) for term in terms]
            known = [share for share in shares if share is not None]
            return plus(*known) if len(known) == len(shares) else None
        case Power(Name(name), exponent) if name in problem.parameters and constant(exponent) == 2:  # noqa: PLR2004
            return ONE if name == parameter else ZERO
        case Product(factors):
            moving = [factor for factor in factors if _moves(problem, factor)]
            resting = [factor for factor in factors if factor not in moving]
            if len(moving) == 2 and moving[0] == moving[1]:  # noqa: PLR2004 - w·w is w²
                moving = [Power(moving[0], _TWO)]
            inner = _share(moving[0], parameter, problem) if len(moving) == 1 else None
            return None if inner is None else times(*resting, inner)
        case Quotient(top, bottom) if not _moves(problem, bottom):
            inner = _share(top, parameter, problem)
            return None if inner is None else over(inner, bottom)
        case _:
            return None


def _moves(problem: Problem, node: Node) -> bool:
    return not moving_names(problem).isdisjoint(names(node))


def _size(node: Node) -> Fraction | None:
    """Return the number in a product of numbers and names: 1/2 for λ/2."""
    match node:
        case Name():
            return Fraction(1)
        case Product(factors):
            size = Fraction(1)
            for factor in factors:
                size *= _size(factor) or 0
            return size or None
        case Quotient(top, bottom):
            above, below = _size(top), _size(bottom)
            return above / below if above and below else None
        case _:
            return constant(node)


def _symbols(node: Node) -> Node:
    """Return a product of numbers and names without the numbers."""
    match node:
        case Name():
            return node
        case Product(factors):
            return times(*map(_symbols, factors))
        case Quotient(top, bottom):
            below = _symbols(bottom)
            return _symbols(top) if below == ONE else Quotient(_symbols(top), below)
        case _:
            return ONE


# -- in the gradient, and in the step that uses it


def penalty_gradient(situation: Situation) -> Iterator[Suspicion]:
    """Yield the mistakes in the gradient of an objective with a penalty, and in the step against that gradient."""
    cell, problem = situation.cell, situation.problem
    if cell.kind == "total":
        if cell.by not in problem.parameters:
            return
        found = penalty(problem, cell.by)
        if found is not None:
            yield from _wrong_gradients(situation, found, situation.formula, cell.by, cell.iteration)
        return
    update = one_update(situation, "parameter", "state")
    found = penalty(problem, update.name) if update else None
    if update is None or found is None:
        return
    for suspicion in _wrong_gradients(situation, found, update.gradient, update.name, update.before):
        yield Suspicion(suspicion.id, update.with_gradient(suspicion.wrong), suspicion.feedback)


def _wrong_gradients(
    situation: Situation, found: Penalty, right: Node, parameter: str, iteration: int
) -> Iterator[Suspicion]:
    problem, derivation = situation.problem, situation.derivation
    batch = problem.batch(iteration)
    is_whole = bool(batch) and not situation.cell.example
    example = batch[0] if is_whole else situation.cell.example
    count = number(len(batch)) if is_whole and not is_mean(problem) else ONE

    def here(node: Node) -> Node:
        return times(count, rename(node, lambda name: derivation.name_at(name, example, iteration)))

    def instead(brought: Node) -> Node:
        """Return the gradient if the penalty brought this instead of its slope."""
        return plus(right, Negative(here(times(_TWO, found.share, w))), here(brought))

    w = Name(parameter)
    term, slope = shown(times(found.share, Power(w, _TWO))), shown(found.slope(w))
    right_slope = f"The slope of the penalty {term} by {parameter} is {slope}"
    yield Suspicion(
        "weight-decay.penalty-forgotten", instead(ZERO), f"The penalty {term} also has a slope: add {slope}."
    )
    yield Suspicion(
        "weight-decay.weight-missing", instead(found.slope(ONE)), f"{right_slope}: {parameter} itself is in it."
    )
    yield Suspicion(
        "weight-decay.sign",
        instead(Negative(found.slope(w))),
        f"The penalty pulls {parameter} towards zero: its slope {slope} is added.",
    )
    if found.is_halved:
        twice = times(_TWO, found.strength, w), f"The ½ in the penalty cancels the 2: its slope is {slope}."
    else:
        twice = times(found.share, w), f"The square in {term} brings down a 2: its slope is {slope}."
    yield Suspicion("weight-decay.factor-2", instead(twice[0]), twice[1])
    yield Suspicion(
        "weight-decay.penalty-value-added",
        instead(times(found.share, Power(w, _TWO))),
        f"Add the slope of the penalty, {slope}, not its value {term}.",
    )
    for strength in (found.strength, found.slope(ONE)):
        yield Suspicion(
            "weight-decay.l1-penalty",
            instead(times(strength, Call("sign", (w,)))),
            f"That is the rule for a penalty by |{parameter}|. {right_slope}: it grows with {parameter}.",
        )


# -- AdamW


def decoupled_decay(situation: Situation) -> Iterator[Suspicion]:
    """Yield the mistakes in what adamw takes away besides the step: η·λ·w."""
    update = one_update(situation, "parameter")
    if update is None or not update.decays:
        return
    strength, w, decay = hyperparameter("weight_decay"), update.old, shown(update.decay)
    name = update.name
    for identity, wrong, feedback in (
        ("penalty-forgotten", ZERO, f"The decay is missing: {decay} is taken away as well."),
        ("weight-missing", times(update.eta, strength), f"The decay {decay} has {name} itself in it."),
        ("sign", Negative(update.decay), f"The decay pulls {name} towards zero: {decay} is taken away, not added."),
        ("factor-2", times(_TWO, update.decay), f"The decay is {decay}, without a factor 2."),
        (
            "penalty-value-added",
            times(update.eta, strength, number(_HALF), Power(w, _TWO)),
            f"Take away the decay {decay}, not the value of a penalty.",
        ),
        (
            "l1-penalty",
            times(update.eta, strength, Call("sign", (w,))),
            f"That would be the decay of a penalty by |{name}|. Here it is {decay}: it grows with {name}.",
        ),
    ):
        yield Suspicion(f"weight-decay.{identity}", minus(_stepped(update), wrong), feedback)
    yield Suspicion(
        "step.learning-rate-forgotten",
        minus(_stepped(update), times(strength, w)),
        f"The decay is scaled by η as well: {decay}.",
    )


def _stepped(update: OneUpdate) -> Node:
    """Return the parameter after the step of Adam, before any decay."""
    return plus(update.moved_by(update.moment), update.decay)
