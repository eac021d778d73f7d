"""Mistakes with Adam and AdamW: the two moments, their correction, and the step that they make."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.mathematics.checking.misconceptions.one_update import ADAM, OneUpdate, minus, one_update, scaled
from tutor.mathematics.checking.misconceptions.situation import Situation, Suspicion, shown
from tutor.mathematics.notation.expression import ONE, Call, Name, Node, Power, Product, Quotient, Sum, number
from tutor.mathematics.update_rules import hyperparameter

if TYPE_CHECKING:
    from collections.abc import Iterator

_TWO = number(2)
_BETA1, _BETA2 = hyperparameter("beta1"), hyperparameter("beta2")
_EPSILON = hyperparameter("epsilon")
_MOMENTS = {"m": ("first", "β1"), "v": ("second", "β2")}


def mixed(share: Node, old: Node, new: Node) -> Node:
    """Return share·old + (1 − share)·new."""
    return Sum((Product((share, old)), Product((minus(ONE, share), new))))


def adam_state(situation: Situation) -> Iterator[Suspicion]:
    """Yield the mistakes in Adam's moments, plain and corrected."""
    update = one_update(situation, "state")
    if update is None or update.rule not in ADAM:
        return
    if situation.cell.state in _MOMENTS:
        yield from _moment(update, situation.cell.state)
    else:
        yield from _correction(update, situation.cell.state.removesuffix("hat"))


def _moment(update: OneUpdate, state: str) -> Iterator[Suspicion]:
    if state == "m":
        yield from _first_moment(update)
    else:
        yield from _second_moment(update)


def _first_moment(update: OneUpdate) -> Iterator[Suspicion]:
    m, g = update.state_before("m"), update.gradient
    yield Suspicion("adam-m.beta2-used", mixed(_BETA2, m, g), "The first moment is made with β1. You used β2.")
    yield from mixing_mistakes("adam-m", "β1", _BETA1, m, g)


def _second_moment(update: OneUpdate) -> Iterator[Suspicion]:
    v, g = update.state_before("v"), update.gradient
    yield from squaring_mistakes(_BETA2, v, g)
    yield Suspicion(
        "adam-v.beta1-used",
        mixed(_BETA1, v, Power(g, _TWO)),
        "The second moment is made with β2. You used β1.",
    )
    yield from mixing_mistakes("adam-m", "β2", _BETA2, v, Power(g, _TWO))


def squaring_mistakes(share: Name, old: Name, gradient: Name) -> Iterator[Suspicion]:
    """Yield the mistakes with the square in an average of squared gradients."""
    g, rest = shown(gradient), minus(ONE, share)
    yield Suspicion(
        "adam-v.gradient-not-squared", mixed(share, old, gradient), f"This averages the squared gradient: ({g})²."
    )
    yield Suspicion(
        "adam-v.whole-share-squared",
        Sum((Product((share, old)), Power(Product((rest, gradient)), _TWO))),
        f"Square the gradient {g} only, not its weight 1 − {shown(share)}.",
    )


def mixing_mistakes(operation: str, symbol: str, share: Name, old: Name, new: Node) -> Iterator[Suspicion]:
    """Yield the mistakes in share·old + (1 − share)·new."""
    kept, added = Product((share, old)), Product((minus(ONE, share), new))
    right = f"{symbol}·{shown(old)} + (1 − {symbol})·{_text(new)}"
    for identity, wrong, feedback in (
        (
            f"{operation}.weights-swapped",
            mixed(share, new, old),
            f"{symbol} multiplies the old value, and the new one gets the small share: {right}.",
        ),
        (
            f"{operation}.full-gradient-added",
            Sum((kept, new)),
            f"{_text(new)} is weighted by 1 − {symbol} here: {right}.",
        ),
        ("velocity.old-velocity-forgotten", added, f"Part of the old value carries over: add {shown(kept)}."),
        ("velocity.beta-forgotten", Sum((old, added)), f"The old value decays: multiply {shown(old)} by {symbol}."),
    ):
        yield Suspicion(identity, wrong, feedback)


def _text(node: Node) -> str:
    return f"({shown(node.base)})²" if isinstance(node, Power) else shown(node)


def _correction(update: OneUpdate, state: str) -> Iterator[Suspicion]:
    """Yield the mistakes in m̂ or v̂."""
    time = update.before + 1
    moment = update.state_after(state)
    own, other = (_BETA1, _BETA2) if state == "m" else (_BETA2, _BETA1)
    which, symbol = _MOMENTS[state]
    share = minus(ONE, Power(own, number(time)))
    written = f"1 − {symbol}^{time}"
    for identity, wrong, feedback in (
        ("not-corrected", moment, f"Early moments are too small: divide {shown(moment)} by {written}."),
        ("t-ignored", Quotient(moment, minus(ONE, own)), f"Raise {symbol} to the step number: divide by {written}."),
        (
            "multiplied",
            Product((moment, share)),
            f"The correction makes the moment larger: divide by {written}, do not multiply.",
        ),
        (
            "t-counted-from-0",
            Quotient(moment, minus(ONE, Power(own, number(time - 1)))),
            f"Steps are counted from 1 here, so this is step {time}: divide by {written}.",
        ),
        (
            "beta2-used",
            Quotient(moment, minus(ONE, Power(other, number(time)))),
            f"The {which} moment is corrected with {symbol}: divide by {written}.",
        ),
        (
            "power-of-the-difference",
            Quotient(moment, Power(minus(ONE, own), number(time))),
            f"Raise {symbol} to the power {time} first, and subtract then: {written}.",
        ),
    ):
        yield Suspicion(f"adam-correction.{identity}", wrong, feedback)


def adam_step(situation: Situation) -> Iterator[Suspicion]:
    """Yield the mistakes in a parameter that Adam moves."""
    update = one_update(situation, "parameter")
    if update is None or update.rule not in ADAM:
        return
    yield from _wrong_moments(update)
    yield from _wrong_scaling(update)
    for state in _MOMENTS:
        for suspicion in _moment(update, state):
            name = shown(update.state_after(state))
            yield Suspicion(
                suspicion.id, update.with_states({state: suspicion.wrong}), f"In {name}: {suspicion.feedback}"
            )


def _wrong_moments(update: OneUpdate) -> Iterator[Suspicion]:
    m, v = update.state_after("m"), update.state_after("v")
    m_hat, v_hat = update.state_after("mhat"), update.state_after("vhat")
    for identity, direction, feedback in (
        (
            "no-bias-correction",
            scaled(m, v),
            f"Use the corrected moments, {shown(m_hat)} and {shown(v_hat)}.",
        ),
        ("only-m-corrected", scaled(m_hat, v), f"Correct the second moment as well: {shown(v_hat)}, not {shown(v)}."),
        ("only-v-corrected", scaled(m, v_hat), f"Correct the first moment as well: {shown(m_hat)}, not {shown(m)}."),
        (
            "gradient-on-top",
            scaled(update.gradient, v_hat),
            f"On top stands the averaged gradient {shown(m_hat)}, not the current {shown(update.gradient)}.",
        ),
    ):
        yield Suspicion(f"adam-step.{identity}", update.moved_by(direction), feedback)


def _wrong_scaling(update: OneUpdate) -> Iterator[Suspicion]:
    m_hat, v_hat = update.state_after("mhat"), update.state_after("vhat")
    root = Call("sqrt", (v_hat,))
    for identity, direction, feedback in (
        (
            "adam-step.root-missing",
            Quotient(m_hat, Sum((v_hat, _EPSILON))),
            f"Divide by the square root of {shown(v_hat)}.",
        ),
        (
            "adam-step.multiplied-by-the-root",
            Product((m_hat, root)),
            f"Divide by the root of {shown(v_hat)}, so that steep directions take smaller steps.",
        ),
        ("adam-step.scaling-left-out", m_hat, f"Scale the step: divide {shown(m_hat)} by the root of {shown(v_hat)}."),
        (
            "rmsprop-step.epsilon-inside-the-root",
            Quotient(m_hat, Call("sqrt", (Sum((v_hat, _EPSILON)),))),
            "That is another convention. Here ε is added after taking the root.",
        ),
        (
            "momentum-step.plain-gradient-used",
            update.gradient,
            f"That is a plain gradient step. Adam divides {shown(m_hat)} by the root of {shown(v_hat)}.",
        ),
    ):
        yield Suspicion(identity, update.moved_by(direction), feedback)
    yield Suspicion(
        "adam-step.sign",
        _against(update),
        f"The step is subtracted: {shown(update.old)} − {shown(Product((update.eta, update.moment)))}.",
    )


def _against(update: OneUpdate) -> Node:
    climbed = Sum((update.old, Product((update.eta, update.moment))))
    return minus(climbed, update.decay) if update.decays else climbed
